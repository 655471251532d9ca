"""One ledger in one SQLite file: the embedded default. An eventsourcing persistence module.

Write-ahead log with synchronous=FULL: readers never wait for the writer, and a commit has reached the
disk when it returns. BEGIN IMMEDIATE takes the file's one write lock, which is the ledger's lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from uuid import UUID

from eventsourcing import sqlite as library
from eventsourcing.persistence import (
    AggregateRecorder,
    InfrastructureFactory,
    NotSupportedError,
    ProcessRecorder,
)
from eventsourcing.utils import Environment, EnvType

from ledger.errors import NotALedger
from ledger.storage import sentences
from ledger.storage.batch import LockedBatch
from ledger.storage.recorder import LOCK_TIMEOUT, Batch, Columns, LedgerRecorder, Row
from ledger.storage.sqlite_datastore import LedgerDatastore
from ledger.storage.sqlite_file import check_file, connect, typed_errors

COLUMNS = "notification_id - 1, originator_id, originator_version, topic, state, statement"
TYPES = (int, bytes, int, str, bytes, bytes)
HEAD = "SELECT coalesce(max(notification_id), 0) - 1 FROM ledger_events"
INSERT = (
    "INSERT INTO ledger_events (notification_id, originator_id, originator_version, topic, state, statement)"
    " VALUES (? + 1, ?, ?, ?, ?, ?)"
)

POLL = 0.005
"""Seconds between two looks at the file's change counter, while waiting for new entries."""

FIND_AT_ONCE = 500
"""Statements or numbers in one query: below the 999 parameters that the oldest SQLite allows."""


class SQLiteBatch(LockedBatch):
    """Rows are inserted at once: SQLite has no round trips to save."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        with typed_errors(path):
            super().__init__(connection.execute(HEAD).fetchone()[0])

    def _load(self, after: int, until: int) -> list[Row]:
        sql = f"SELECT {COLUMNS} FROM ledger_events WHERE notification_id BETWEEN ? AND ?"
        sql += " ORDER BY notification_id"
        with typed_errors(self._path):
            return _rows(self._connection.execute(sql, (after + 2, until + 1)).fetchall())

    def _insert(self, rows: Sequence[Row]) -> None:
        values = [(row.seq, row.stream.bytes, *row[2:]) for row in rows]
        with typed_errors(self._path):
            self._connection.executemany(INSERT, values)


class SQLiteLedgerRecorder(  # type: ignore[misc]  # the library's max_notification_id hides its None
    LedgerRecorder, library.SQLiteApplicationRecorder
):
    """`LedgerRecorder` on one SQLite file."""

    has_own_clock = False  # a file has none
    datastore: LedgerDatastore

    def __init__(self, datastore: LedgerDatastore) -> None:
        super().__init__(datastore, events_table_name="ledger_events")
        self._waits_no_more = Event()

    def create_table(self) -> None:
        """Nothing: the tables come with the file (`create_file`)."""

    @contextmanager
    def batch(self, after: int | None = None) -> Iterator[Batch]:
        with self.datastore.locked() as connection:
            batch = SQLiteBatch(connection, self.datastore.path)
            with batch.use():
                yield batch

    def read(
        self, after: int, limit: int, *, until: int | None = None, topics: Sequence[str] = ()
    ) -> list[Row]:
        sql = f"SELECT {COLUMNS} FROM ledger_events WHERE notification_id > ?"
        parameters: list[Any] = [after + 1]
        if until is not None:
            sql += " AND notification_id <= ?"
            parameters.append(until + 1)
        if topics:
            sql += f" AND topic IN ({_marks(topics)})"
            parameters += topics
        return self._select(sql + " ORDER BY notification_id LIMIT ?", [*parameters, limit])

    def columns(self, after: int, limit: int, *, until: int) -> Columns:
        sql = f"SELECT {COLUMNS} FROM ledger_events WHERE notification_id > ? AND notification_id <= ?"
        values = self.datastore.select(
            f"{sql} ORDER BY notification_id LIMIT ?", (after + 1, until + 1, limit)
        )
        columns = Columns(*zip(*values, strict=True))
        types = [set(map(type, column)) for column in columns]
        if values and (types != [{kind} for kind in TYPES] or {*map(len, columns.stream)} != {16}):
            _rows(values)  # says which one
        return columns

    def stream(
        self,
        stream: UUID,
        after: int = 0,
        *,
        until: int | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Row]:
        sql = f"SELECT {COLUMNS} FROM ledger_events WHERE originator_id = ? AND originator_version > ?"
        parameters: list[Any] = [stream.bytes, after]
        if until is not None:
            sql += " AND originator_version <= ?"
            parameters.append(until)
        sql += f" ORDER BY originator_version {'DESC' if newest_first else 'ASC'} LIMIT ?"
        return self._select(sql, [*parameters, -1 if limit is None else limit])

    def find(self, statements: Sequence[bytes]) -> dict[bytes, Row]:
        found: dict[bytes, Row] = {}
        for start in range(0, len(statements), FIND_AT_ONCE):
            part = statements[start : start + FIND_AT_ONCE]
            sql = f"SELECT {COLUMNS} FROM ledger_events WHERE statement IN ({_marks(part)})"
            found.update((row.statement, row) for row in self._select(sql, part))
        return found

    def at(self, seqs: Sequence[int]) -> list[Row]:
        found: list[Row] = []
        ids = sorted(seq + 1 for seq in seqs)
        for start in range(0, len(ids), FIND_AT_ONCE):
            part = ids[start : start + FIND_AT_ONCE]
            sql = f"SELECT {COLUMNS} FROM ledger_events WHERE notification_id IN ({_marks(part)})"
            found += self._select(f"{sql} ORDER BY notification_id", part)
        return found

    def head(self) -> int:
        head: int = self.datastore.select(HEAD)[0][0]
        return head

    def now(self) -> str:
        now: str = self.datastore.select("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")[0][0]
        return now

    def wait(self, after: int, timeout: float) -> bool:
        deadline = monotonic() + timeout
        if self.head() > after:
            return True
        # A connection of its own: a pooled one would be lost to the readers for as long as we wait.
        path, patience = self.datastore.path, self.datastore.lock_timeout
        with typed_errors(path), closing(connect(path, patience)) as connection:
            return self._watch(connection, after, deadline)

    def _watch(self, connection: sqlite3.Connection, after: int, deadline: float) -> bool:
        seen = None
        while True:
            version = connection.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:  # another connection has committed
                seen = version
                if connection.execute(HEAD).fetchone()[0] > after:
                    return True
            remaining = deadline - monotonic()
            if remaining <= 0 or self._waits_no_more.wait(min(POLL, remaining)):
                return False

    def stop_waiting(self) -> None:
        self._waits_no_more.set()

    def check(self) -> None:
        check_file(self.datastore.path, self.datastore.lock_timeout)

    def close(self) -> None:
        self.stop_waiting()
        self.datastore.close()

    def _select(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        return _rows(self.datastore.select(sql, parameters))


class LedgerFactory(library.SQLiteFactory):
    """Opens a ledger file. Makes no tables.

    Settings: `SQLITE_DBNAME` (the file's path), `SQLITE_LOCK_TIMEOUT` (seconds).
    """

    datastore: LedgerDatastore

    def __init__(self, env: Environment | EnvType | None) -> None:
        # Not the parent's constructor: that one would open the library's own datastore.
        InfrastructureFactory.__init__(self, env)
        timeout = float(self.env.get(self.SQLITE_LOCK_TIMEOUT, str(LOCK_TIMEOUT)))
        path = Path(self.env.get(self.SQLITE_DBNAME, ""))
        check_file(path, timeout)
        self.datastore = LedgerDatastore(path, timeout)

    def application_recorder(self) -> SQLiteLedgerRecorder:
        return SQLiteLedgerRecorder(self.datastore)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        raise NotSupportedError(f"a ledger file holds entries only, no {purpose}")

    def tracking_recorder(self, tracking_recorder_class: Any = None) -> Any:
        raise NotSupportedError("a ledger file holds entries only: views keep their own database")

    def process_recorder(self) -> ProcessRecorder:
        raise NotSupportedError("a ledger file holds entries only: views keep their own database")


def _rows(values: list[Any]) -> list[Row]:
    """The rows. Raises `NotALedger` at one whose values have other types than the table allows.

    A flipped bit in a record's header turns bytes into text, or into a number.
    """
    for value in values:
        if tuple(map(type, value)) != TYPES or len(value[1]) != 16:
            raise NotALedger(sentences.DAMAGED_ENTRY, seq=value[0])
    return [
        Row(seq, _uuid(stream), pos, topic, state, digest)
        for seq, stream, pos, topic, state, digest in values
    ]


@lru_cache(maxsize=4096)
def _uuid(data: bytes) -> UUID:
    return UUID(bytes=data)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
