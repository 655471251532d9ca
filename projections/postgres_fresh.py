"""A second set of tables in the schema of the views, filled and compared beside the one in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ledger.errors import StorageError
from projections import sentences
from projections.changes import Changes
from projections.postgres_giving_way import GIVE_WAY, giving_way
from projections.postgres_schema import become_maker, typed_errors
from projections.postgres_session import Connection, transaction
from projections.postgres_tables import TableSet
from projections.tables import FRESH

ROWS = 2000
"""Rows of a comparison that travel at once."""


class PostgresFresh:
    """`FreshViews` in the same schema."""

    def __init__(self, connection: Connection, schema: str) -> None:
        self._connection, self._schema = connection, schema
        self._tables = TableSet(schema, FRESH)
        with self._making():
            self._tables.create(connection)

    def write(self, changes: Changes) -> None:
        with typed_errors(), transaction(self._connection):
            if not self._tables.write(self._connection, changes):
                raise StorageError(sentences.SOMEBODY_WROTE)

    @contextmanager
    def snapshot(self) -> Iterator[PostgresSnapshot]:
        with typed_errors(), self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield PostgresSnapshot(self._connection, TableSet(self._schema), self._tables)

    def swap(self, *, force: bool = False) -> bool:
        return giving_way(self._connection, self._schema, lambda: self._swap(force=force))

    def _swap(self, *, force: bool) -> bool:
        used = TableSet(self._schema)
        with self._making():
            self._connection.execute(GIVE_WAY)
            # The table and not only its row: a writer that waits for the row would hold the table.
            self._connection.execute(used.sql("LOCK TABLE {view_position} IN ACCESS EXCLUSIVE MODE"))
            ours, theirs = (
                tables.sql("SELECT position FROM {view_position}") for tables in (self._tables, used)
            )
            if not force and self._number(ours) < self._number(theirs):
                return False
            used.drop(self._connection)
            self._tables.rename(self._connection)
            return True

    def drop(self) -> None:
        """Removes what was not swapped in."""
        with self._making():
            self._tables.drop(self._connection)

    @contextmanager
    def _making(self) -> Iterator[None]:
        with typed_errors(), transaction(self._connection):
            become_maker(self._connection, self._schema)
            yield

    def _number(self, query: bytes) -> int:
        row = self._connection.execute(query).fetchone()
        return int(row[0]) if row else -1


class PostgresSnapshot:
    """`Snapshot` in a transaction that only reads; rows come through a cursor of the server."""

    def __init__(self, connection: Connection, used: TableSet, fresh: TableSet) -> None:
        self._connection, self._used, self._fresh = connection, used, fresh

    def position(self, *, fresh: bool) -> int:
        return int(next(self._rows("SELECT position FROM {view_position}", fresh=fresh))[0])

    def columns(self, table: str) -> list[str]:
        found = self._connection.execute(self._used.sql(f"SELECT * FROM {{{table}}} LIMIT 0"))
        return [column.name for column in found.description or ()]

    def rows(self, table: str, keys: Sequence[str], *, fresh: bool) -> Iterator[Any]:
        return self._rows(f"SELECT * FROM {{{table}}} ORDER BY {', '.join(keys)}", fresh=fresh)

    def _rows(self, text: str, *, fresh: bool) -> Iterator[Any]:
        tables = self._fresh if fresh else self._used
        with self._connection.cursor(name="fresh" if fresh else "used") as cursor:
            cursor.itersize = ROWS
            yield from cursor.execute(tables.sql(text))
