"""Disclosures in the ledger's SQLite file, where erased means overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing

from ledger.errors import StoreLocked
from ledger.storage import sentences
from ledger.storage.disclosures import Disclosures, compare
from ledger.storage.sqlite_datastore import LedgerDatastore
from ledger.storage.sqlite_file import connect, typed_errors

ONE = "SELECT body FROM ledger_disclosures WHERE digest = ?"


class SQLiteDisclosures(Disclosures):
    """Writes take the same lock as batches do, for as long as one small transaction."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        self._datastore = datastore

    def put_all(self, bodies: Mapping[bytes, bytes]) -> None:
        sql = "INSERT INTO ledger_disclosures (digest, body) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING"
        with self._datastore.locked() as connection, typed_errors(self._datastore.path):
            connection.executemany(sql, bodies.items())
            compare(_stored(connection, bodies), bodies)

    def get(self, digests: Iterable[bytes]) -> dict[bytes, bytes]:
        found = ((digest, self._datastore.select(ONE, (digest,))) for digest in digests)
        return {digest: rows[0][0] for digest, rows in found if rows}

    def page(self, after: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        sql = "SELECT digest, body FROM ledger_disclosures WHERE digest > ? ORDER BY digest LIMIT ?"
        return [(digest, body) for digest, body in self._datastore.select(sql, (after, limit))]

    def erase(self, digests: Iterable[bytes]) -> None:
        sql = "DELETE FROM ledger_disclosures WHERE digest = ?"
        with self._datastore.locked() as connection, typed_errors(self._datastore.path):
            connection.executemany(sql, ((digest,) for digest in digests))
        self._empty_the_log()

    def _empty_the_log(self) -> None:
        # secure_delete overwrites the pages of the file, but the write-ahead log still holds the
        # pages as they were. A reader that stays open for longer than the timeout prevents it.
        path = self._datastore.path
        with typed_errors(path), closing(connect(path, self._datastore.lock_timeout)) as connection:
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StoreLocked(sentences.READER_KEEPS_COPY)


def _stored(connection: sqlite3.Connection, digests: Iterable[bytes]) -> dict[bytes, bytes]:
    found = ((digest, connection.execute(ONE, (digest,)).fetchone()) for digest in digests)
    return {digest: row[0] for digest, row in found if row is not None}
