"""Connections to one ledger file: one for each thread that reads at a time, and one that writes."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from eventsourcing import sqlite as library

from ledger.errors import StoreLocked, StoreUnavailable
from ledger.storage import sentences
from ledger.storage.pool import Behaviour, Pool
from ledger.storage.recorder import LOCK_TIMEOUT
from ledger.storage.sqlite_file import connect, typed_errors

MAX_READERS = 100
"""Threads that read at once. Each needs a few file descriptors while it does."""

CACHE_KIB = 65536
"""For the writer: digests of statements come in no order, each touches another page of their index."""

CHECKPOINT = 4000
"""Pages of the write-ahead log, 16 MiB, after which it is copied into the file. A batch of a thousand votes
writes more than SQLite's 1,000, nearly one a vote in that index; later, several votes share a page. One block
of the log's index in shared memory holds so many: readers look into no second one."""


class LedgerDatastore(library.SQLiteDatastore):
    """`select` reads, `locked` writes; both raise our errors.

    The library's pool stays unused: its `close` closes connections that other threads are using,
    which crashes the interpreter, and its readers queue behind a waiting writer.
    """

    def __init__(self, path: Path, lock_timeout: float = LOCK_TIMEOUT) -> None:
        super().__init__(str(path))
        self.path = path
        self.lock_timeout = lock_timeout
        self._readers = Pool(
            Behaviour(lambda: connect(path, lock_timeout), lambda _: True, lambda _, __: False),
            MAX_READERS,
            lock_timeout,
        )
        self.closed = self._readers.closed
        self._turn = Lock()
        self._writer: sqlite3.Connection | None = None

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """The result of one query, in a snapshot of its own."""
        with typed_errors(self.path), self._readers.lend() as connection:
            return connection.execute(sql, parameters).fetchall()

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock: commits at the end, rolls back on an exception.

        Raises `StoreLocked` after the lock's timeout, `StoreUnavailable` after the store was closed.
        """
        deadline = monotonic() + self.lock_timeout
        if not self._turn.acquire(timeout=self.lock_timeout):
            raise StoreLocked(sentences.THREAD_HOLDS_LOCK, path=self.path)
        try:
            if self.closed.is_set():
                raise StoreUnavailable(sentences.STORE_CLOSED)
            with self._writing() as connection:
                self._begin(connection, deadline)
                yield connection
                with typed_errors(self.path, committing=True):
                    connection.execute("COMMIT")
        finally:
            self._turn.release()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The writing connection. On an exception it is closed, which rolls back whatever was open."""
        try:
            if self._writer is None:
                with typed_errors(self.path):
                    self._writer = connect(self.path, self.lock_timeout)
                    self._writer.execute("PRAGMA busy_timeout = 0")  # see _begin
                    self._writer.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
                    self._writer.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
            yield self._writer
        except BaseException:
            self._close_writer()
            raise

    def _begin(self, connection: sqlite3.Connection, deadline: float) -> None:
        # SQLite's own waiting sleeps up to 100 ms, and a busy neighbour would win every time:
        # so that connection has no timeout, and we ask again every millisecond or three.
        while True:
            try:
                with typed_errors(self.path):
                    connection.execute("BEGIN IMMEDIATE")
                return
            except StoreLocked:
                if monotonic() >= deadline:
                    raise
            sleep(random.uniform(0.0005, 0.003))  # noqa: S311  # spreads those who ask

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def close(self) -> None:
        """Closes all connections; those in use when they are given back. An open batch is waited for."""
        super().close()
        if hasattr(self, "_turn"):  # the library closes a datastore whose construction failed, too
            self._readers.close()
            if self._turn.acquire(timeout=self.lock_timeout):
                self._close_writer()
                self._turn.release()
