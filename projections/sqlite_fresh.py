"""A second set of tables in the file of the views, filled and compared beside the one in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.errors import StorageError
from projections import sentences
from projections import sqlite_tables as tables
from projections.changes import Changes
from projections.sqlite_file import transaction, typed_errors
from projections.tables import FRESH


class SqliteFresh:
    """`FreshViews` in the same file: its names cannot be confused with the other set's."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        with typed_errors(path), transaction(connection):
            tables.create(connection, FRESH)

    def write(self, changes: Changes) -> None:
        with typed_errors(self._path), transaction(self._connection):
            if not tables.write(self._connection, changes, FRESH):
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
        return self._connection.execute(tables.sql(sql, FRESH if fresh else ""))
