"""A batch on PostgreSQL in two round trips: one for the lock, one for the rows and the commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

import psycopg
from psycopg.errors import Diagnostic
from psycopg.pq.abc import PGresult
from psycopg.rows import RowMaker
from psycopg.sql import SQL, Identifier, Literal

from ledger.errors import OutcomeUnknown, StorageError, StoreUnavailable
from ledger.storage import sentences
from ledger.storage.batch import LockedBatch
from ledger.storage.postgres_datastore import alive
from ledger.storage.postgres_errors import ends_the_session, translate, typed_errors
from ledger.storage.postgres_pipeline import (
    BYTEA,
    INT8,
    TEXT,
    UUIDS,
    Order,
    Pipeline,
    array,
    int8,
    read_int8,
    read_rows,
)
from ledger.storage.recorder import Row
from ledger.storage.watchdog import Watchdog

COLUMNS = SQL("notification_id - 1, originator_id, originator_version, topic, state, statement")

AHEAD = 100
"""Entries of others that are sent along with the lock; more than have gathered in a turn or two."""


class Statements(NamedTuple):
    """The SQL of one ledger, written out once: rendering it costs more than sending it."""

    begin: Order
    lock: Order
    between: Order
    append: Order
    commit: Order
    rollback: Order
    notify: Order
    pipeline: Pipeline

    @classmethod
    def of(cls, schema: str, channel: str) -> Statements:
        """The statements for the ledger in this schema."""
        between = (
            "SELECT {} FROM {}.ledger_events WHERE notification_id BETWEEN $1::bigint AND $2::bigint"
            " ORDER BY notification_id"
        )
        append = (
            "SELECT {}.stimmbuch_append"
            "($1::bigint, $2::uuid[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[])"
        )
        name = Identifier(schema)
        orders = (
            Order(b"stimmbuch_begin", b"BEGIN ISOLATION LEVEL READ COMMITTED"),
            Order(b"stimmbuch_lock", SQL("SELECT {}.stimmbuch_lock($1::integer)").format(name).as_bytes()),
            Order(b"stimmbuch_between", SQL(between).format(COLUMNS, name).as_bytes()),
            Order(b"stimmbuch_append", SQL(append).format(name).as_bytes()),
            Order(b"stimmbuch_commit", b"COMMIT"),
            Order(b"stimmbuch_rollback", b"ROLLBACK"),
            Order(
                b"stimmbuch_notify",
                SQL("SELECT pg_catalog.pg_notify({}, '')").format(Literal(channel)).as_bytes(),
            ),
        )
        return cls(*orders, Pipeline(*orders))


class PostgresBatch(LockedBatch):
    """Rows are kept until the commit; a violated key therefore shows when the block is left."""

    def __init__(
        self, connection: psycopg.Connection[Any], statements: Statements, patience: float, after: int | None
    ) -> None:
        self._connection = connection
        self._statements = statements
        self._queue: list[Sequence[bytes]] = []
        self._warnings: list[str] = []
        self._ahead: tuple[int, list[Row]] = (-1, [])
        super().__init__(self._lock(patience, after))

    def _lock(self, patience: float, after: int | None) -> int:
        """Takes the lock; in the same round trip come the first entries after `after`, as seen under it."""
        to, answers = self._statements, list[PGresult]()
        calls = [(to.begin, ()), (to.lock, (int(patience * 1000).to_bytes(4, "big"),))]
        if after is not None:
            calls.append((to.between, (int8(after + 2), int8(after + 1 + AHEAD))))
        with typed_errors():
            to.pipeline.exchange(self._connection, answers, *calls)
        if after is not None:
            self._ahead = after, read_rows(answers[2])
        return read_int8(answers[1]) - 1

    def _load(self, after: int, until: int) -> list[Row]:
        known, rows = self._ahead
        if known == after and len(rows) == until - after:
            return rows
        answers: list[PGresult] = []
        between = (self._statements.between, (int8(after + 2), int8(until + 1)))
        with typed_errors():
            self._statements.pipeline.exchange(self._connection, answers, between)
        return read_rows(answers[0])

    def _insert(self, rows: Sequence[Row]) -> None:
        _, streams, positions, topics, states, statements = zip(*rows, strict=True)
        self._queue.append(
            (
                int8(rows[0].seq + 1),
                array(UUIDS, [stream.bytes for stream in streams]),
                array(INT8, [int8(position) for position in positions]),
                array(TEXT, [topic.encode() for topic in topics]),
                array(BYTEA, states),
                array(BYTEA, statements),
            )
        )

    def commit(self, watchdog: Watchdog) -> None:
        """Stores the queued rows. Raises what became of them."""
        if not self._queue:
            with typed_errors():
                self._statements.pipeline.exchange(self._connection, [], (self._statements.rollback, ()))
            return
        if not alive(self._connection):  # nothing was sent yet
            raise StoreUnavailable(sentences.LOST_BEFORE)
        self._connection.add_notice_handler(self._hear)
        try:
            with watchdog.watch(self._connection):
                self._send()
        finally:
            self._connection.remove_notice_handler(self._hear)
        if self._warnings:
            # Committed here, but perhaps not on the standby: after a failover it may be gone.
            raise OutcomeUnknown(sentences.COMMIT_WITH_WARNING, warning=self._warnings[0])

    def _send(self) -> None:
        to, answers = self._statements, list[PGresult]()
        try:
            to.pipeline.exchange(
                self._connection,
                answers,
                *((to.append, parameters) for parameters in self._queue),
                (to.commit, ()),
                # After the commit, not in it: PostgreSQL lets only one transaction at a time commit
                # with a notification, which would make all ledgers of a server wait for each other.
                (to.notify, ()),
            )
        except psycopg.Error as error:
            if not _committed(answers):
                self._judge(error)
            # Else it was the notification that failed: who waits looks by himself, too.
        if not _committed(answers):
            raise StorageError(sentences.ROLLED_BACK)

    def _hear(self, notice: Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self._warnings.append(f"{notice.sqlstate} {notice.message_primary}")

    def _judge(self, error: psycopg.Error) -> NoReturn:
        """Raises what is known when there was an error before the commit was acknowledged."""
        if ends_the_session(error):
            self._connection.close()
            raise OutcomeUnknown(sentences.LOST_DURING) from error
        raise translate(error) from error


def _committed(answers: Sequence[PGresult]) -> bool:
    return any(answer.command_status == b"COMMIT" for answer in answers)


def make_row(_cursor: psycopg.Cursor[Any]) -> RowMaker[Row]:
    """Makes rows of `COLUMNS` (a row factory of psycopg)."""
    return Row._make
