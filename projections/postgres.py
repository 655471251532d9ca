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

from ledger.errors import StorageError, StoreLocked, StoreUnavailable
from projections.changes import Changes
from projections.followed import FollowedViews
from projections.postgres_schema import become_maker, ensure_schema, typed_errors, views_schema
from projections.postgres_tables import FORMAT, FRESH, Connection, TableSet
from projections.rows import Mark, history_row, item_tally, procedure_view, vote_view
from projections.views import HistoryRow, ItemTally, ProcedureView, VoteView

CONNECTIONS = 8
"""For reading, at most, in one process; one more writes."""

PATIENCE = 10.0
"""Seconds to wait for a connection."""

_TRY_LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"
_FORMAT = "SELECT format FROM {view_position}"


class PostgresViews(FollowedViews):
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
            conninfo, kwargs={"autocommit": True}, min_size=1, max_size=CONNECTIONS, timeout=PATIENCE, open=False
        )

    # ── reading ────────────────────────────────────────────────────────────────────────────────

    def mark(self) -> Mark:
        return Mark(*self._read("SELECT position, leaf FROM {view_position}")[0])

    def procedures(
        self, *, after: int = -1, limit: int = 100, state: str | None = None, body: str | None = None
    ) -> list[ProcedureView]:
        sql, given = "SELECT * FROM {view_procedures} WHERE opened_seq > %s", [after, limit]
        for column, value in (("state", state), ("body", body)):
            if value is not None:
                sql += f" AND {column} = %s"
                given.insert(-1, value)
        return [procedure_view(row) for row in self._read(f"{sql} ORDER BY opened_seq LIMIT %s", given)]

    def procedure(self, procedure: str) -> ProcedureView | None:
        rows = self._read("SELECT * FROM {view_procedures} WHERE id = %s", [procedure])
        return procedure_view(rows[0]) if rows else None

    def tally(self, procedure: str) -> list[ItemTally]:
        sql = "SELECT item, counts, result, derivation FROM {view_tallies} WHERE procedure = %s ORDER BY number"
        return [item_tally(row) for row in self._read(sql, [procedure])]

    def votes(self, procedure: str, *, after: str = "", limit: int = 1000) -> list[VoteView]:
        sql = (
            "SELECT member, choices, weight, seq, at, leaf, counts FROM {view_votes}"
            " WHERE procedure = %s AND member > %s ORDER BY member LIMIT %s"
        )
        return [vote_view(row) for row in self._read(sql, [procedure, after, limit])]

    def history(
        self, stream: str | None = None, *, after: int = -1, limit: int = 1000, until: int | None = None
    ) -> list[HistoryRow]:
        sql, given = "SELECT * FROM {view_history} WHERE seq > %s", [after, limit]
        for condition, value in ((" AND stream = %s", stream), (" AND seq <= %s", until)):
            if value is not None:
                sql += condition
                given.insert(-1, value)
        return [history_row(row) for row in self._read(f"{sql} ORDER BY seq LIMIT %s", given)]

    def overdue(self, now: str) -> Sequence[str]:
        sql = (
            "SELECT id FROM {view_procedures} WHERE state = 'opened' AND closes_at <= %s ORDER BY opened_seq"
        )
        return [row[0] for row in self._read(sql, [now])]

    # ── writing ────────────────────────────────────────────────────────────────────────────────

    def write(self, changes: Changes) -> bool:
        with self._writing() as connection, transaction(connection):
            return self._tables.write(connection, changes)

    def lead(self) -> bool:
        # The lock belongs to the session that writes: when the session is gone, so is the lead, and
        # what it was about to write is not written.
        with self._writing() as connection:
            if not self._leading:
                row = connection.execute(_TRY_LOCK, (f"{self.schema} lead",)).fetchone()
                self._leading = bool(row and row[0])
            return self._leading

    def release(self) -> None:
        with self._turn, suppress(psycopg.Error):
            if self._leading and self._writer is not None:
                self._writer.execute(_UNLOCK, (f"{self.schema} lead",))
            self._leading = False

    @contextmanager
    def fresh(self) -> Iterator[PostgresFresh]:
        with typed_errors(), psycopg.connect(self._conninfo, autocommit=True) as connection:
            row = connection.execute(_TRY_LOCK, (f"{self.schema} rebuild",)).fetchone()
            if not (row and row[0]):
                raise StoreLocked("the views are being rebuilt already")
            yield PostgresFresh(connection, self.schema)
            
    def close(self) -> None:
        with self._turn:
            self._close_writer()
        self._pool.close()

    # ── inside ─────────────────────────────────────────────────────────────────────────────────
