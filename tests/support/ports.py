"""Ports of loopback for programs that are told which one to listen on."""

from __future__ import annotations

import socket


def held_port() -> socket.socket:
    """A socket whose port nobody else is given until it is closed; `getsockname` tells it.

    It does not listen, so a program may: both sides allow the address to be used again. A port that was
    only looked up would be given to the next one who asks, in this process or in another worker.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held
