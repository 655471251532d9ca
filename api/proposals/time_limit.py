"""How long one reading of an OParl server may take, whatever the server does meanwhile.

A time limit of a socket bounds each silence only: a server that sends a byte now and then is never silent for
long, and would be waited for without end.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from api.proposals import sentences
from ledger.errors import Unreachable

SILENCE = 60.0
"""Seconds for which a server may say nothing."""


class TimeLimit:
    """Of one reading: it begins when this is made."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._until = seconds, time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises `Unreachable` where none are."""
        if (left := self._until - time.monotonic()) <= 0:
            raise Unreachable(sentences.TAKES_TOO_LONG, minutes=f"{self._seconds / 60:g}")
        return left

    @contextmanager
    def cuts(self, connection: socket.socket) -> Iterator[None]:
        """Ends the connection under the block when the time is over. Raises `Unreachable` then."""
        timer = threading.Timer(self.left(), _cut, (connection,))
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, http.client.HTTPException, ValueError, Unreachable):
            self.left()
            raise
        finally:
            timer.cancel()
            timer.join()
        self.left()  # to http.client a head that is cut off is a whole one


def _cut(connection: socket.socket) -> None:
    """Under whoever waits for it; not through TLS, which is not made for two threads."""
    with suppress(OSError):  # ended already
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
