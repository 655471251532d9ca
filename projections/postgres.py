"""The views of one ledger in a schema of their own, in the ledger's PostgreSQL database.

Commits are not waited for (synchronous_commit=off): after a crash of the server the tables are whole,
but may be some batches older; the follower makes them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

import psycopg
import psycopg_pool

from ledger.errors import StorageError, StoreLocked
from projections import sentences
from projections.changes import Changes
from projections.postgres_schema import become_maker, ensure_schema, typed_errors, views_schema
from projections.postgres_tables import FORMAT, FRESH, HISTORY_KEYS, Connection, TableSet
from projections.reads import ReadableViews

CONNECTIONS = 8
"""For reading, at most, in one process; one more writes."""

PATIENCE = 5.0
"""Seconds to wait for a connection."""

ROWS = 2000
"""Rows of a comparison that travel at once."""


class PostgresViews(ReadableViews):
    """The tables are made when they are missing, and made anew when they have another format."""

    def __init__(self, conninfo: str, schema: str) -> None:
        """`schema` is the ledger's; the views' one is `views_schema(schema)`."""
        self.schema = views_schema(schema)
        self._conninfo = conninfo
        self._tables = TableSet(self.schema)
        self._turn = Lock()
        self._writer: Connection | None = None
        self._leading = False
        with typed_errors(), psycopg.connect(conninfo) as connection:
            self._prepare(connection)
        # Opened with the first read, so that a process may fork before it.
        self._pool = psycopg_pool.ConnectionPool(
            conninfo,
            kwargs={"autocommit": True},
            min_size=1,
            max_size=CONNECTIONS,
            timeout=PATIENCE,
            open=False,
        )

    # ── reading ────────────────────────────────────────────────────────────────────────────────

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        query, again = self._tables.sql(sql), True
        with typed_errors():
            self._pool.open()
            while True:
                with self._pool.connection() as connection:
                    try:
                        return connection.execute(query, values).fetchall()
                    except psycopg.OperationalError:
                        if not (again and connection.closed):  # broken: once more, on another one
                            raise
                        again = False

    # ── writing ────────────────────────────────────────────────────────────────────────────────

    def write(self, changes: Changes) -> bool:
        with self._writing() as connection, transaction(connection):
            return self._tables.write(connection, changes)

    def lead(self) -> bool:
        # The lock belongs to the session that writes: when the session is gone, so is the lead, and
        # what it was about to write is not written.
        with self._writing() as connection:
            self._leading = self._leading or try_lock(connection, f"{self.schema} lead")
            return self._leading

    def release(self) -> None:
        with self._turn, suppress(psycopg.Error):
            try:
                if self._leading and self._writer is not None:
                    unlock(self._writer)
            finally:
                self._close_writer()

    @contextmanager
    def fresh(self) -> Iterator[PostgresFresh]:
        with typed_errors(), psycopg.connect(self._conninfo, autocommit=True) as connection:
            if not try_lock(connection, f"{self.schema} rebuild"):
                raise StoreLocked(sentences.REBUILDING)
            fresh = PostgresFresh(connection, self.schema)
            try:
                yield fresh
            finally:
                # After a swap there is nothing to drop. If dropping fails, the next rebuild does it.
                with suppress(StorageError, psycopg.Error):
                    fresh.drop()
                    unlock(connection)

    def close(self) -> None:
        self.release()
        self._pool.close()

    # ── inside ─────────────────────────────────────────────────────────────────────────────────

    def _prepare(self, connection: Connection) -> None:
        """In one transaction: of many processes that start, one makes the tables."""
        ensure_schema(connection, self.schema)
        if self._format(connection) != FORMAT:
            become_maker(connection, self.schema)
            self._tables.create(connection)
            connection.execute(self._tables.sql(HISTORY_KEYS))

    def _format(self, connection: Connection) -> int | None:
        table = f"{self.schema}.view_position"
        found = connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
        if not (found and found[0]):
            return None
        row = connection.execute(self._tables.sql("SELECT format FROM {view_position}")).fetchone()
        return row[0] if row else None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The writing session. After an exception it is closed, which rolls back and gives up the lead."""
        with self._turn, typed_errors():
            try:
                if self._writer is None:
                    self._writer = psycopg.connect(self._conninfo, autocommit=True)
                yield self._writer
            except BaseException:
                self._close_writer()
                raise

    def _close_writer(self) -> None:
        writer, self._writer, self._leading = self._writer, None, False
        if writer is not None:
            writer.close()


class PostgresFresh:
    """`FreshViews` in the same schema."""

    def __init__(self, connection: Connection, schema: str) -> None:
        self._connection, self._schema = connection, schema
        self._tables = TableSet(schema, FRESH)
        self._keyed = False
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
        used = TableSet(self._schema)
        if not self._keyed:  # in a transaction of its own: nobody waits for it
            with self._making():
                self._connection.execute(self._tables.sql(HISTORY_KEYS))
            self._keyed = True
        with self._making():
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


def try_lock(connection: Connection, name: str) -> bool:
    """Takes a lock that the session keeps until it ends, if nobody else has it. Never waits."""
    row = connection.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (name,)).fetchone()
    return bool(row and row[0])


def unlock(connection: Connection) -> None:
    """Gives the session's locks back. Said before it ends: the server takes its time to notice that."""
    connection.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One transaction whose commit does not wait for the disk, nor for a standby."""
    with connection.transaction():
        connection.execute("SET LOCAL synchronous_commit = off")
        yield
