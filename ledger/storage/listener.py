"""Waiting for new entries on PostgreSQL: one connection that LISTENs, shared by all who wait."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

import psycopg
from psycopg.sql import SQL, Identifier

LOOK_AGAIN = 1.0
"""Seconds after which a waiting thread looks by itself. A notification follows its commit, so it is
lost if the writer dies between the two, and while the connection is being renewed."""


class Listener:
    """`wait` may be called by many threads; the first one starts the listening thread."""

    def __init__(self, conninfo: str, channel: str) -> None:
        self._conninfo = conninfo
        self._channel = channel
        self._bell = Condition()
        self._rings = 0
        self._stopped = False
        self._thread: Thread | None = None
        self._hangup: socket.socket | None = None  # closing it wakes the thread

    def wait(self, ready: Callable[[], bool], timeout: float) -> bool:
        """True as soon as `ready()` holds, False after `timeout` seconds or when closed."""
        deadline = monotonic() + timeout
        self._start()
        while True:
            rings = self._rings  # before looking: whatever comes after that look rings again
            if ready():
                return True
            remaining = deadline - monotonic()
            if remaining <= 0 or self._stopped:
                return False
            with self._bell:
                self._bell.wait_for(lambda: self._rings != rings, min(remaining, LOOK_AGAIN))  # noqa: B023

    def close(self) -> None:
        """Ends the thread and every waiting call."""
        with self._bell:
            self._stopped = True
            if self._hangup is not None:
                self._hangup.close()
        self._ring()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        with self._bell:
            if self._thread is None and not self._stopped:
                self._hangup, line = socket.socketpair()
                self._thread = Thread(target=self._run, args=(line,), name="ledger-listener", daemon=True)
                self._thread.start()

    def _run(self, line: socket.socket) -> None:
        with line, selectors.DefaultSelector() as selector:
            selector.register(line, selectors.EVENT_READ)
            while not self._stopped:
                try:
                    self._listen(selector)
                except psycopg.Error:
                    selector.select(LOOK_AGAIN)  # returns at once when closed

    def _listen(self, selector: selectors.BaseSelector) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            connection.execute(SQL("LISTEN {}").format(Identifier(self._channel)))
            descriptor = connection.fileno()  # a connection that broke does not tell it any more
            selector.register(descriptor, selectors.EVENT_READ)
            try:
                while not self._stopped:
                    self._ring()  # also after (re)connecting: something may have come before
                    selector.select()
                    for _ in connection.notifies(timeout=0):
                        pass
            finally:
                selector.unregister(descriptor)

    def _ring(self) -> None:
        with self._bell:
            self._rings += 1
            self._bell.notify_all()
