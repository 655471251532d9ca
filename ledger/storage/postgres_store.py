"""Opening a ledger on PostgreSQL."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from ledger.errors import BadEncoding
from ledger.storage.migrate import SERVICE, migrate
from ledger.storage.postgres import LedgerFactory
from ledger.storage.postgres_datastore import full_conninfo
from ledger.storage.postgres_disclosures import PostgresDisclosures
from ledger.storage.store import Store, assemble

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,47}")
"""Schemas and roles: 48 characters, so that names built from them stay below PostgreSQL's 63."""


class Address(NamedTuple):
    """A store's URL in its parts."""

    conninfo: str
    """libpq's connection string."""
    schema: str
    service: str
    """The group role that gets the service's rights when the ledger is created."""


def split_url(url: str) -> Address:
    """The parts of `postgresql://…?schema=…&service=…`. Raises `BadEncoding`."""
    address, _, query = url.partition("?")
    try:
        parameters = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    except ValueError:
        raise BadEncoding("not a connection string: the part after `?` is malformed") from None
    schema = parameters.pop("schema", "stimmbuch")
    service = parameters.pop("service", SERVICE)
    for name in (schema, service):
        if not _NAME.fullmatch(name):
            raise BadEncoding(f"not a name for a schema or role: {name!r} (a-z, 0-9, _; at most 48)")
    rest = urlencode(parameters, quote_via=quote)
    return Address(full_conninfo(f"{address}?{rest}" if rest else address), schema, service)


def open_postgres(url: str, home: Path | None, *, create: bool, lock_timeout: float) -> Store:
    """See `ledger.storage.store.open_store`."""
    address = split_url(url)
    if create:
        migrate(address.conninfo, address.schema, address.service, new=True)
    env = {
        "PERSISTENCE_MODULE": "ledger.storage.postgres",
        "POSTGRES_CONNINFO": address.conninfo,
        "POSTGRES_SCHEMA": address.schema,
        "POSTGRES_LOCK_TIMEOUT": str(lock_timeout),
        "CREATE_TABLE": "no",
    }
    factory = LedgerFactory(env)
    recorder = factory.application_recorder()
    disclosures = PostgresDisclosures(recorder.datastore)
    return assemble(recorder, disclosures, home or _default_home(factory.database, address.schema), env)


def _default_home(database: str, schema: str) -> Path:
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "stimmbuch" / f"{quote(database, safe='')}.{schema}"
