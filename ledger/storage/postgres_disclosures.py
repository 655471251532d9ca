"""Disclosures in the ledger's PostgreSQL schema.

Erased rows are invisible at once, and gone from the table's files when the table was written anew, which
`erase` does. WAL, its archive and backups keep them until these expire: see the README.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from psycopg.sql import SQL, Identifier

from ledger.errors import StoreLocked
from ledger.storage import sentences
from ledger.storage.disclosures import Disclosures, compare
from ledger.storage.postgres_datastore import LedgerDatastore
from ledger.storage.postgres_errors import typed_errors


class PostgresDisclosures(Disclosures):
    """All calls may be repeated, so a lost answer needs no other care than to repeat the call."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        self._datastore = datastore
        table = SQL("{}.ledger_disclosures").format(Identifier(datastore.schema))
        self._get = SQL("SELECT digest, body FROM {} WHERE digest = ANY(%b)").format(table)
        self._page = SQL("SELECT digest, body FROM {} WHERE digest > %b ORDER BY digest LIMIT %b").format(
            table
        )
        self._delete = SQL("DELETE FROM {} WHERE digest = ANY(%b)").format(table)
        self._scrub = SQL("SELECT {}.stimmbuch_scrub(%b::integer)").format(Identifier(datastore.schema))
        rows = "SELECT * FROM unnest(%b::bytea[], %b::bytea[]) ON CONFLICT DO NOTHING"
        self._insert = SQL("INSERT INTO {} (digest, body) " + rows).format(table)

    def put_all(self, bodies: Mapping[bytes, bytes]) -> None:
        if not bodies:
            return
        # In the order of the digests, so that two writers of the same ones cannot block each other.
        columns = [list(column) for column in zip(*sorted(bodies.items()), strict=True)]
        with self._datastore.connection() as connection, typed_errors(), connection.transaction():
            connection.execute(self._insert, columns)
            cursor = connection.cursor(binary=True)
            stored = cursor.execute(self._get, (columns[0],)).fetchall()
            compare(dict(stored), bodies)

    def get(self, digests: Iterable[bytes]) -> dict[bytes, bytes]:
        return dict(self._datastore.select(self._get, (list(digests),)))

    def page(self, after: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        return [(digest, body) for digest, body in self._datastore.select(self._page, (after, limit))]

    def erase(self, digests: Iterable[bytes]) -> None:
        with self._datastore.connection() as connection:
            with typed_errors():
                connection.execute(self._delete, (list(digests),))
            try:
                with typed_errors():
                    connection.execute(self._scrub, (int(self._datastore.limits.lock * 1000),))
            except StoreLocked:
                raise StoreLocked(sentences.READER_KEEPS_FILES) from None
