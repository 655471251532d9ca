"""Opening a ledger on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from ledger import settings
from ledger.storage.migrate import SERVICE, migrate
from ledger.storage.postgres import LedgerFactory
from ledger.storage.postgres_datastore import full_conninfo
from ledger.storage.postgres_disclosures import PostgresDisclosures
from ledger.storage.store import Store, assemble, split_url


def open_postgres(url: str, home: Path | None, *, create: bool, lock_timeout: float) -> Store:
    """See `ledger.storage.store.open_store`."""
    address = split_url(url)
    conninfo = full_conninfo(address.conninfo)
    if create:
        migrate(conninfo, address.schema, address.service or SERVICE, new=True)
    env = {
        "PERSISTENCE_MODULE": "ledger.storage.postgres",
        "POSTGRES_CONNINFO": conninfo,
        "POSTGRES_SCHEMA": address.schema,
        "POSTGRES_LOCK_TIMEOUT": str(lock_timeout),
        "CREATE_TABLE": "no",
    }
    factory = LedgerFactory(env)
    recorder = factory.application_recorder()
    disclosures = PostgresDisclosures(recorder.datastore)
    return assemble(recorder, disclosures, home or _default_home(factory.database, address.schema), env)


def _default_home(database: str, schema: str) -> Path:
    return settings.data_home() / "stimmbuch" / f"{quote(database, safe='')}.{schema}"
