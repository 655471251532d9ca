"""A batch on PostgreSQL in two round trips: one for the lock, one for the rows and the commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import psycopg
from psycopg.errors import Diagnostic
from psycopg.rows import RowMaker, scalar_row
from psycopg.sql import SQL, Identifier, Literal
from psycopg.types.numeric import Int8

from ledger.errors import OutcomeUnknown, StorageError, StoreUnavailable
from ledger.storage.batch import LockedBatch
from ledger.storage.postgres_datastore import alive
from ledger.storage.postgres_errors import ends_the_session, translate, typed_errors
from ledger.storage.recorder import Row
from ledger.storage.watchdog import Watchdog

BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
COLUMNS = SQL("notification_id - 1, originator_id, originator_version, topic, state, statement")


class Statements(NamedTuple):
    """The SQL of one ledger, written out once: rendering it costs more than sending it."""

    lock: bytes
    append: bytes
    notify: bytes
    between: bytes

    @classmethod
    def of(cls, schema: str, channel: str) -> Statements:
        """The statements for the ledger in this schema."""
        # Binary parameters: sending states as text took two to three times as long.
        append = (
            "SELECT {}.stimmbuch_append(%b, %b::uuid[], %b::bigint[], %b::text[], %b::bytea[], %b::bytea[])"
        )
        between = (
            "SELECT {} FROM {}.ledger_events WHERE notification_id BETWEEN %s AND %s ORDER BY notification_id"
        )
        name = Identifier(schema)
        return cls(
            SQL("SELECT {}.stimmbuch_lock(%s::integer)").format(name).as_bytes(),
            SQL(append).format(name).as_bytes(),
            SQL("SELECT pg_catalog.pg_notify({}, '')").format(Literal(channel)).as_bytes(),
            SQL(between).format(COLUMNS, name).as_bytes(),
        )


class PostgresBatch(LockedBatch):
    """Rows are kept until the commit; a violated key therefore shows when the block is left."""

    def __init__(self, connection: psycopg.Connection[Any], statements: Statements, patience: float) -> None:
        self._connection = connection
        self._statements = statements
        self._queue: list[tuple[Any, ...]] = []
        self._warnings: list[str] = []
        super().__init__(self._lock(patience))

    def _lock(self, patience: float) -> int:
        with typed_errors(), self._connection.pipeline():
            self._connection.execute(BEGIN, prepare=True)
            answer = self._connection.cursor(row_factory=scalar_row)
            answer.execute(self._statements.lock, (int(patience * 1000),), prepare=True)
        return int(answer.fetchone() or 0) - 1

    def _load(self, after: int, until: int) -> list[Row]:
        with typed_errors():
            cursor = self._connection.cursor(binary=True, row_factory=make_row)
            return cursor.execute(self._statements.between, (after + 2, until + 1)).fetchall()

    def _insert(self, rows: Sequence[Row]) -> None:
        _, streams, positions, topics, states, statements = (
            list(column) for column in zip(*rows, strict=True)
        )
        first = Int8(rows[0].seq + 1)
        self._queue.append((first, streams, [Int8(pos) for pos in positions], topics, states, statements))

    def commit(self, watchdog: Watchdog) -> None:
        """Stores the queued rows. Raises what became of them."""
        if not self._queue:
            with typed_errors():
                self._connection.execute("ROLLBACK", prepare=True)
            return
        if not alive(self._connection):  # nothing was sent yet
            raise StoreUnavailable("the connection was lost before the commit")
        self._connection.add_notice_handler(self._hear)
        try:
            with watchdog.watch(self._connection):
                self._send()
        finally:
            self._connection.remove_notice_handler(self._hear)
        if self._warnings:
            # Committed here, but perhaps not on the standby: after a failover it may be gone.
            raise OutcomeUnknown(f"the commit came with a warning: {self._warnings[0]}")

    def _send(self) -> None:
        answer = None
        try:
            with self._connection.pipeline():
                for parameters in self._queue:
                    self._connection.execute(self._statements.append, parameters, prepare=True)
                answer = self._connection.execute("COMMIT", prepare=True)
                # After the commit, not in it: PostgreSQL lets only one transaction at a time commit
                # with a notification, which would make all ledgers of a server wait for each other.
                self._connection.execute(self._statements.notify, prepare=True)
        except psycopg.Error as error:
            self._judge(error, answer)
        if answer is None or answer.statusmessage != "COMMIT":
            raise StorageError("the database answered the commit with a rollback: nothing was stored")

    def _hear(self, notice: Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self._warnings.append(f"{notice.sqlstate} {notice.message_primary}")

    def _judge(self, error: psycopg.Error, answer: psycopg.Cursor[Any] | None) -> None:
        """Raises unless the commit was acknowledged before the error."""
        if answer is not None and answer.statusmessage == "COMMIT":
            return  # it was the notification that failed: who waits looks by himself, too
        if ends_the_session(error):
            self._connection.close()
            raise OutcomeUnknown("the connection was lost during the commit") from error
        raise translate(error) from error


def make_row(_cursor: psycopg.Cursor[Any]) -> RowMaker[Row]:
    """Makes rows of `COLUMNS` (a row factory of psycopg)."""
    return Row._make
