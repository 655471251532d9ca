"""One ledger in one schema of a PostgreSQL database. An eventsourcing persistence module.

The service's role reads the tables and calls two functions (migrations/0002); nothing else. The
library's own way of writing is not used: it needs rights that can destroy the log, or leaves out the
lock without which followers miss entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing import postgres as library
from eventsourcing.persistence import (
    AggregateRecorder,
    InfrastructureFactory,
    NotSupportedError,
    ProcessRecorder,
)
from eventsourcing.utils import Environment, EnvType
from psycopg.sql import SQL, Composed, Identifier

from ledger.errors import StoreUnavailable
from ledger.storage import sentences
from ledger.storage.migrate import check_migrations
from ledger.storage.postgres_batch import COLUMNS, PostgresBatch, Statements, make_row
from ledger.storage.postgres_datastore import LedgerDatastore, Limits, full_conninfo
from ledger.storage.postgres_errors import typed_errors
from ledger.storage.recorder import Batch, LedgerRecorder, Row


class PostgresLedgerRecorder(LedgerRecorder, library.PostgresApplicationRecorder):
    """`LedgerRecorder` on PostgreSQL."""

    datastore: LedgerDatastore

    def __init__(self, datastore: LedgerDatastore) -> None:
        super().__init__(datastore, events_table_name="ledger_events")
        self.channel_name = datastore.channel
        self._statements = Statements.of(datastore.schema, datastore.channel)
        table = SQL("{}.ledger_events").format(Identifier(datastore.schema))
        self._rows = SQL("SELECT {} FROM {} WHERE ").format(COLUMNS, table)
        self._head = SQL("SELECT coalesce(max(notification_id), 0) - 1 FROM {}").format(table).as_bytes()

    def create_table(self) -> None:
        """Nothing: tables and functions come with the migrations, which the owner runs."""

    @contextmanager
    def batch(self, after: int | None = None) -> Iterator[Batch]:
        with self.datastore.connection() as connection:
            batch = PostgresBatch(connection, self._statements, self.datastore.limits.lock, after)
            with batch.use():
                yield batch
            batch.commit(self.datastore.watchdog)

    def read(
        self, after: int, limit: int, *, until: int | None = None, topics: Sequence[str] = ()
    ) -> list[Row]:
        sql = self._rows + SQL("notification_id > %s")
        parameters: list[Any] = [after + 1]
        if until is not None:
            sql += SQL(" AND notification_id <= %s")
            parameters.append(until + 1)
        if topics:
            sql += SQL(" AND topic = ANY(%s)")
            parameters.append(list(topics))
        return self._select(sql + SQL(" ORDER BY notification_id LIMIT %s"), [*parameters, limit])

    def stream(
        self,
        stream: UUID,
        after: int = 0,
        *,
        until: int | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Row]:
        sql = self._rows + SQL("originator_id = %s AND originator_version > %s")
        parameters: list[Any] = [stream, after]
        if until is not None:
            sql += SQL(" AND originator_version <= %s")
            parameters.append(until)
        sql += SQL(" ORDER BY originator_version DESC" if newest_first else " ORDER BY originator_version")
        return self._select(sql + SQL(" LIMIT %s"), [*parameters, limit])

    def find(self, statements: Sequence[bytes]) -> dict[bytes, Row]:
        rows = self._select(self._rows + SQL("statement = ANY(%b)"), [list(statements)])
        return {row.statement: row for row in rows}

    def head(self) -> int:
        head: int = self.datastore.select(self._head)[0][0]
        return head

    def now(self) -> str:
        # The wall clock of this moment: now() would be that of the transaction's beginning.
        order = b"SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
        now: str = self.datastore.select(order)[0][0]
        return now

    def wait(self, after: int, timeout: float) -> bool:
        return self.datastore.listener.wait(lambda: self.head() > after, timeout)

    def check(self) -> None:
        with self.datastore.connection() as connection:
            check_migrations(connection, self.datastore.schema)
            with typed_errors():
                recovery = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        if recovery is None or recovery[0]:
            raise StoreUnavailable(sentences.STANDBY)

    def close(self) -> None:
        self.datastore.close()

    def _select(self, sql: Composed, parameters: Sequence[Any]) -> list[Row]:
        return self.datastore.select(sql, parameters, make_row)


class LedgerFactory(library.PostgresFactory):
    """Opens the ledger of a schema. Makes no tables.

    Settings: `POSTGRES_CONNINFO` (any libpq connection string), `POSTGRES_SCHEMA`, and in seconds
    `POSTGRES_LOCK_TIMEOUT`, `POSTGRES_CONNECT_TIMEOUT`, `POSTGRES_COMMIT_TIMEOUT`.
    """

    datastore: LedgerDatastore

    database: str
    """The name of the database."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        # Not the parent's constructor: it knows five of libpq's settings, and opens the library's datastore.
        InfrastructureFactory.__init__(self, env)
        defaults = Limits()
        limits = Limits(
            self._seconds("POSTGRES_LOCK_TIMEOUT", defaults.lock),
            self._seconds("POSTGRES_CONNECT_TIMEOUT", defaults.connect),
            self._seconds("POSTGRES_COMMIT_TIMEOUT", defaults.commit),
        )
        schema = self.env.get("POSTGRES_SCHEMA", "stimmbuch")
        conninfo = full_conninfo(self.env.get("POSTGRES_CONNINFO", ""))
        with typed_errors(), psycopg.connect(conninfo, autocommit=True) as connection:
            check_migrations(connection, schema)
            self.database = connection.info.dbname
        self.datastore = LedgerDatastore(conninfo, schema, limits)

    def _seconds(self, name: str, default: float) -> float:
        return float(self.env.get(name, str(default)))

    def application_recorder(self) -> PostgresLedgerRecorder:
        return PostgresLedgerRecorder(self.datastore)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        raise NotSupportedError(f"a ledger's schema holds entries only, no {purpose}")

    def tracking_recorder(self, tracking_recorder_class: Any = None) -> Any:
        raise NotSupportedError("a ledger's schema holds entries only: views keep their own tables")

    def process_recorder(self) -> ProcessRecorder:
        raise NotSupportedError("a ledger's schema holds entries only: views keep their own tables")
