"""Connections that are kept between uses, each lent to one thread at a time.

Made in the thread that needs one, so that a database which is down is reported at once and with its
reason; there are no threads behind it, and no waiting for a next attempt when it is back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Event
from time import monotonic
from typing import Generic, NamedTuple, Protocol, TypeVar

from ledger.errors import StoreUnavailable
from ledger.storage import sentences

MAX_IDLE = 600.0
"""Seconds after which a connection that nobody needed is closed."""


class Connection(Protocol):
    """What a pool needs to know of a connection."""

    def close(self) -> None:
        """Ends it, and whatever was open on it."""


C = TypeVar("C", bound=Connection)


class Behaviour(NamedTuple, Generic[C]):
    """How a backend's connections are handled."""

    connect: Callable[[], C]
    usable: Callable[[C], bool]
    """Whether an idle connection still works: asked before it is lent, so it must be quick."""
    recover: Callable[[C, BaseException], bool]
    """Brings a connection back to its idle state after an error; False if it cannot be used again."""


class Pool(Generic[C]):
    """At most `limit` connections are in use at once; who needs one more waits `patience` seconds."""

    def __init__(self, behaviour: Behaviour[C], limit: int, patience: float) -> None:
        self._behaviour = behaviour
        self._patience = patience
        self._permits = BoundedSemaphore(limit)
        self._idle: deque[tuple[float, C]] = deque()  # with the time of its last use, newest last
        self.closed = Event()

    @contextmanager
    def lend(self) -> Iterator[C]:
        """A connection for the block. Raises `StoreUnavailable` when closed or all are in use."""
        if not self._permits.acquire(timeout=self._patience):
            raise StoreUnavailable(sentences.ALL_IN_USE)
        try:
            connection = self._take()
            try:
                yield connection
            except BaseException as error:
                if self._behaviour.recover(connection, error):
                    self._keep(connection)
                else:
                    connection.close()
                raise
            self._keep(connection)
        finally:
            self._permits.release()

    def close(self) -> None:
        """Closes the idle connections now, and those in use when they come back."""
        self.closed.set()
        self._close_idle(0.0)

    def _take(self) -> C:
        if self.closed.is_set():
            raise StoreUnavailable(sentences.STORE_CLOSED)
        while self._idle:
            try:
                _, connection = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if self._behaviour.usable(connection):
                return connection
            connection.close()
        return self._behaviour.connect()

    def _keep(self, connection: C) -> None:
        self._idle.append((monotonic(), connection))
        self._close_idle(0.0 if self.closed.is_set() else MAX_IDLE)

    def _close_idle(self, longer_than: float) -> None:
        """Closes connections that were not used for so many seconds."""
        while True:
            try:
                used, connection = self._idle.popleft()
            except IndexError:
                return
            if monotonic() - used < longer_than:
                self._idle.appendleft((used, connection))
                return
            connection.close()
