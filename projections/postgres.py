"""The views of one ledger in a schema of their own, in the ledger's PostgreSQL database.

Commits are not waited for (synchronous_commit=off): after a crash of the server the tables are whole,
but may be some batches older; the follower makes them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

import psycopg
import psycopg_pool

from ledger.errors import StorageError, StoreLocked
from projections import sentences
from projections.changes import Changes
from projections.followed import FollowedViews
from projections.postgres_fresh import PostgresFresh
from projections.postgres_giving_way import GIVE_WAY, giving_way
from projections.postgres_schema import become_maker, ensure_schema, typed_errors, views_schema
from projections.postgres_session import Connection, transaction, try_lock, unlock
from projections.postgres_tables import TableSet
from projections.tables import FORMAT

if TYPE_CHECKING:
    from ledger.storage.recorder import LedgerRecorder

CONNECTIONS = 8
"""For reading, at most, in one process; one more writes."""

PATIENCE = 5.0
"""Seconds to wait for a connection."""


class PostgresViews(FollowedViews):
    """The tables are made when they are missing, and made anew when they have another format."""

    def __init__(self, conninfo: str, schema: str, log: LedgerRecorder) -> None:
        """`schema` and `log` are the ledger's; the views' schema is `views_schema(schema)`."""
        self.schema, self.log = views_schema(schema), log
        self._conninfo = conninfo
        self._tables = TableSet(self.schema)
        self._turn = Lock()
        self._writer: Connection | None = None
        self._leading = False
        with typed_errors(), psycopg.connect(conninfo, autocommit=True) as connection:
            giving_way(connection, self.schema, lambda: self._prepare(connection))
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
        """In one transaction: of many processes that start, one makes the tables.

        Older processes may still read those that it drops.
        """
        with typed_errors(), connection.transaction():
            ensure_schema(connection, self.schema)
            if self._format(connection) != FORMAT:
                become_maker(connection, self.schema)
                connection.execute(GIVE_WAY)
                self._tables.create(connection)

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
