"""Connections to one ledger file: a pool for reading, and one connection that writes."""

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
from eventsourcing.persistence import ConnectionUnavailableError

from ledger.errors import StoreLocked, StoreUnavailable
from ledger.storage.recorder import LOCK_TIMEOUT
from ledger.storage.sqlite_file import connect, typed_errors


class LedgerPool(library.SQLiteConnectionPool):
    """The library's pool with our connections: plain tuples, our pragmas, never a new file."""

    def __init__(self, path: Path, patience: float) -> None:
        super().__init__(db_name=str(path))
        self.path = path
        self.patience = patience

    def _create_connection(self) -> library.SQLiteConnection:
        with typed_errors(self.path):
            return library.SQLiteConnection(connect(self.path, self.patience), max_age=None)


class LedgerDatastore(library.SQLiteDatastore):
    """`select` reads, `locked` writes; both raise our errors."""

    def __init__(self, path: Path, lock_timeout: float = LOCK_TIMEOUT) -> None:
        super().__init__(str(path))
        self.path = path
        self.lock_timeout = lock_timeout
        self.pool = LedgerPool(path, lock_timeout)
        self._turn = Lock()
        self._writer: sqlite3.Connection | None = None

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """The result of one query, in a snapshot of its own."""
        try:
            connection = self.pool.get_connection()
        except ConnectionUnavailableError as error:
            raise StoreUnavailable("all connections to the ledger file are in use") from error
        try:
            with typed_errors(self.path):
                cursor = connection.cursor()
                cursor.execute(sql, parameters)
                rows: list[Any] = cursor.fetchall()
                return rows
        finally:
            self.pool.put_connection(connection)

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock: commits at the end, rolls back on an exception."""
        deadline = monotonic() + self.lock_timeout
        if not self._turn.acquire(timeout=self.lock_timeout):
            raise StoreLocked(f"another thread holds the lock of {self.path}")
        try:
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
                    self._writer = connect(self.path, timeout=0)
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
        """Closes all connections; an open batch of another thread is waited for."""
        super().close()
        if getattr(self, "_writer", None) is not None and self._turn.acquire(timeout=self.lock_timeout):
            self._close_writer()
            self._turn.release()
