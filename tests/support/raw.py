"""Requests written byte by byte over a socket, for what no client library sends."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path


def head(method: str, path: str, *headers: str) -> bytes:
    """The head of a request to this machine."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode("latin-1")


def connected(port: int) -> socket.socket:
    """A connection."""
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def until_closed(connection: socket.socket) -> bytes:
    """Everything that comes until the other side has closed. Raises `TimeoutError` if it does not."""
    found = []
    with connection, suppress(ConnectionResetError):
        while part := connection.recv(65536):
            found.append(part)
    return b"".join(found)


def status(answer: bytes) -> int:
    """Of an answer; 0 if there is none."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


def asked(port: int, request: bytes, *, close: bool = False) -> bytes:
    """What is answered to a request after which the connection ends; `close`: we say no more after it."""
    connection = connected(port)
    connection.sendall(request)
    if close:
        connection.shutdown(socket.SHUT_WR)
    return until_closed(connection)


def is_read(connection: socket.socket) -> bool:
    """Whether the program at the other end, on this machine, has read everything that was sent to it.

    From then on a request is inside: a server that is told to stop answers it.
    """
    ends = connection.getpeername(), connection.getsockname()
    theirs = [f"0100007F:{port:04X}" for _, port in ends]
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        # The columns: proc_net_tcp, Linux's manual.
        _, local, remote, _, queues, _, _, _, _, inode, *_ = line.split()
        if [local, remote] == theirs:
            return inode != "0" and int(queues.partition(":")[2], 16) == 0  # 0: nobody has accepted it
    return False
