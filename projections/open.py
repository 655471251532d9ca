"""Opening the views that belong to a store: in the same kind of database, beside the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.followed import FollowedViews
from projections.sqlite import SqliteViews

if TYPE_CHECKING:
    from ledger.storage.store import Store

FILE = "views.sqlite"


def open_views(store: Store) -> FollowedViews:
    """The views of an open store, empty if there are none yet. Close them for themselves.

    Raises a `StorageError`; on PostgreSQL also when the owner has not prepared the schema yet
    (`projections.postgres_schema.prepare_views`).
    """
    conninfo = store.env.get("POSTGRES_CONNINFO")
    if conninfo is None:
        return SqliteViews(store.home / FILE, store.recorder)
    # psycopg takes a tenth of a second to import, which an embedded ledger need not pay.
    from projections.postgres import PostgresViews  # noqa: PLC0415

    return PostgresViews(conninfo, store.env["POSTGRES_SCHEMA"], store.recorder)
