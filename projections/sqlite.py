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
from typing import TYPE_CHECKING, Any

from ledger.errors import StoreLocked
from ledger.lock_file import LockFile
from projections import sentences
from projections import sqlite_tables as tables
from projections.changes import Changes
from projections.followed import FollowedViews
from projections.sqlite_file import connect, transaction, typed_errors
from projections.sqlite_fresh import SqliteFresh
from projections.tables import FORMAT, FRESH

if TYPE_CHECKING:
    from ledger.storage.recorder import LedgerRecorder


class SqliteViews(FollowedViews):
    """The file is made when it is missing, and made anew when it has another format."""

    def __init__(self, path: Path, log: LedgerRecorder) -> None:
        """`log` is the ledger's, from which the views are made."""
        self._path, self.log = path, log
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
                tables.drop(connection, FRESH)
            connection.close()
            maker.give()

    def close(self) -> None:
        self.release()
        self._writer.close()
        while self._idle:
            self._idle.pop().close()

    # ── inside ─────────────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        if self._format() == FORMAT:
            return
        self._writer.execute("PRAGMA journal_mode = WAL")
        with transaction(self._writer):
            if self._format() != FORMAT:  # nobody else has made them in this moment
                tables.create(self._writer)

    def _format(self) -> int | None:
        found = self._writer.execute("SELECT 1 FROM sqlite_master WHERE name = 'view_position'").fetchone()
        row = found and self._writer.execute("SELECT format FROM view_position").fetchone()
        return row[0] if row else None
