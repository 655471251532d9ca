"""The views of one ledger in one SQLite file, beside the ledger and not in it.

Write-ahead log with synchronous=NORMAL: readers never wait, and only checkpoints reach for the disk.
If the machine goes down, the file is whole but may be some batches older; the follower makes them again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from ledger.errors import StorageError, StoreLocked, StoreUnavailable
from ledger.lock_file import LockFile
from projections import sentences
from projections import sqlite_tables as tables
from projections.changes import Changes
from projections.reads import ReadableViews

PATIENCE = 30.0
"""Seconds to wait for another writer: a batch, or a swap that drops large tables."""


class SqliteViews(ReadableViews):
    """The file is made when it is missing, and made anew when it has another format."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lead = LockFile(path.with_suffix(".lock"))
        self._idle: list[sqlite3.Connection] = []
        self._writing = Lock()
        with typed_errors(path):
            path.touch(mode=0o600)
            self._writer = connect(path)
            self._prepare()

    # ── reading ────────────────────────────────────────────────────────────────────────────────

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with typed_errors(self._path):
            try:
                connection = self._idle.pop()  # atomic, like append: no lock is needed
            except IndexError:
                connection = connect(self._path)
            try:
                return connection.execute(tables.sql(sql), values).fetchall()
            finally:
                self._idle.append(connection)

    # ── writing ────────────────────────────────────────────────────────────────────────────────

    def write(self, changes: Changes) -> bool:
        with self._writing, typed_errors(self._path), transaction(self._writer):
            return tables.write(self._writer, changes)

    def lead(self) -> bool:
        with typed_errors(self._path):
            return self._lead.take()

    def release(self) -> None:
        self._lead.give()

    @contextmanager
    def fresh(self) -> Iterator[SqliteFresh]:
        maker = LockFile(self._path.with_suffix(".rebuild.lock"))
        with typed_errors(self._path):
            if not maker.take():
                raise StoreLocked(sentences.REBUILDING)
            connection = connect(self._path)
            for pragma in tables.MANY_WRITES:
                connection.execute(pragma)
        try:
            yield SqliteFresh(connection, self._path)
        finally:
            # After a swap there is nothing to drop. If dropping fails, the next rebuild does it.
            with suppress(sqlite3.Error):
                tables.drop(connection, tables.FRESH)
            connection.close()
            maker.give()

    def close(self) -> None:
        self.release()
        self._writer.close()
        while self._idle:
            self._idle.pop().close()

    # ── inside ─────────────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        if self._format() == tables.FORMAT:
            return
        self._writer.execute("PRAGMA journal_mode = WAL")
        with transaction(self._writer):
            if self._format() != tables.FORMAT:  # nobody else has made them in this moment
                tables.create(self._writer)

    def _format(self) -> int | None:
        found = self._writer.execute("SELECT 1 FROM sqlite_master WHERE name = 'view_position'").fetchone()
        row = found and self._writer.execute("SELECT format FROM view_position").fetchone()
        return row[0] if row else None


class SqliteFresh:
    """`FreshViews` in the same file: its names cannot be confused with the other set's."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        with typed_errors(path), transaction(connection):
            tables.create(connection, tables.FRESH)

    def write(self, changes: Changes) -> None:
        with typed_errors(self._path), transaction(self._connection):
            if not tables.write(self._connection, changes, tables.FRESH):
                raise StorageError(sentences.SOMEBODY_WROTE)

    @contextmanager
    def snapshot(self) -> Iterator[SqliteSnapshot]:
        with typed_errors(self._path):
            self._connection.execute("BEGIN")
            try:
                yield SqliteSnapshot(self._connection)
            finally:
                self._connection.execute("ROLLBACK")

    def swap(self, *, force: bool = False) -> bool:
        with typed_errors(self._path), transaction(self._connection):
            sql = "SELECT f.position >= v.position FROM view_position_fresh f, view_position v"
            if not (force or self._connection.execute(sql).fetchone()[0]):
                return False
            tables.replace(self._connection)
            return True


class SqliteSnapshot:
    """`Snapshot` in a transaction that only reads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def position(self, *, fresh: bool) -> int:
        return int(next(self._rows("SELECT position FROM {view_position}", fresh=fresh))[0])

    def columns(self, table: str) -> list[str]:
        found = self._connection.execute(f"SELECT * FROM {table} LIMIT 0")
        return [column[0] for column in found.description]

    def rows(self, table: str, keys: Sequence[str], *, fresh: bool) -> Iterator[Any]:
        return self._rows(f"SELECT * FROM {{{table}}} ORDER BY {', '.join(keys)}", fresh=fresh)

    def _rows(self, sql: str, *, fresh: bool) -> Iterator[Any]:
        return self._connection.execute(tables.sql(sql, tables.FRESH if fresh else ""))


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode, for any thread, one at a time."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    connection.execute("PRAGMA synchronous = NORMAL")
    # Some builds of SQLite overwrite what is deleted. Nothing is erased here that does not stand in the log.
    connection.execute("PRAGMA secure_delete = OFF")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Takes the file's write lock; commits at the end, rolls back on an exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def typed_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreLocked(sentences.FILE_LOCKED, path=path) from error
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise StorageError(sentences.DAMAGED_VIEWS, path=path, error=error) from error
        raise StoreUnavailable(sentences.CANNOT_BE_USED, path=path, reason=error) from error
    except OSError as error:
        raise StoreUnavailable(sentences.CANNOT_BE_USED, path=path, reason=error.strerror) from error
