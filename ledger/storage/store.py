"""Opening a ledger's store: which backend, which place, what is wrong with it.

::

    var/council                                     a directory: ledger.sqlite and documents/
    postgresql://user@host/db?schema=council        a schema of a PostgreSQL database

The connection string is libpq's own; of its parameters `schema` (default `stimmbuch`) and `service`
(when creating: the group role that gets the service's rights) are ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, quote, urlencode

from ledger.errors import BadEncoding, NotALedger, StoreUnavailable
from ledger.sentence import PATH_AND_REASON
from ledger.storage import sentences
from ledger.storage.disclosures import Disclosures
from ledger.storage.documents import Documents
from ledger.storage.recorder import LOCK_TIMEOUT, LedgerRecorder
from ledger.storage.sqlite import LedgerFactory
from ledger.storage.sqlite_disclosures import SQLiteDisclosures
from ledger.storage.sqlite_file import create_file

FILE = "ledger.sqlite"
DOCUMENTS = "documents"

VIEWS = "_views"
"""How the name of the schema ends that holds a ledger's views (`projections.postgres_schema`)."""

_URL = re.compile(r"postgres(ql)?://")

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,47}")
"""Schemas and roles: 48 characters, so that names built from them stay below PostgreSQL's 63."""


class Address(NamedTuple):
    """The URL of a store on PostgreSQL, in its parts."""

    conninfo: str
    """libpq's connection string."""
    schema: str
    service: str
    """The group role that gets the service's rights when the ledger is created; "" for the usual one."""


@dataclass(frozen=True)
class Store:
    """An open store. Close it, or use it as a context manager."""

    recorder: LedgerRecorder
    disclosures: Disclosures
    documents: Documents
    home: Path
    """Directory for what is not in the database: documents, keys, the signer's memory."""
    env: Mapping[str, str] = field(repr=False)
    """eventsourcing's settings for an `Application` on this store; may hold a password."""

    def close(self) -> None:
        """Gives back connections and threads."""
        self.recorder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(
    where: str, *, home: Path | None = None, create: bool = False, lock_timeout: float = LOCK_TIMEOUT
) -> Store:
    """Opens the ledger at `where` (see above), or with `create` makes the tables of a new one.

    `home` is the directory itself; for PostgreSQL `$XDG_DATA_HOME/stimmbuch/<db>.<schema>` unless given.
    `lock_timeout`: seconds to wait for the ledger's lock. Many processes may open, and try to create,
    at once. Raises `StoreNotFound`, `StoreExists`, `NotALedger`, `StoreTooNew`, `StoreLocked`,
    `StoreUnavailable`, or `BadEncoding` for a malformed address.
    """
    if is_postgres(where):
        # psycopg takes a tenth of a second to import, which an embedded ledger need not pay.
        from ledger.storage.postgres_store import open_postgres  # noqa: PLC0415

        return open_postgres(where, home, create=create, lock_timeout=lock_timeout)
    return _open_directory(Path(where), home, create=create, lock_timeout=lock_timeout)


def is_postgres(where: str) -> bool:
    """Whether the address is one of a PostgreSQL database."""
    return _URL.match(where) is not None


def split_url(url: str) -> Address:
    """The parts of `postgresql://…?schema=…&service=…`. Raises `BadEncoding`."""
    address, _, query = url.partition("?")
    try:
        parameters = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    except ValueError:
        raise BadEncoding(sentences.BAD_CONNECTION_STRING) from None
    schema = parameters.pop("schema", "stimmbuch")
    service = parameters.pop("service", None)
    for name in (schema, service):
        if name is not None and not _NAME.fullmatch(name):
            raise BadEncoding(sentences.NO_NAME, name=name)
    if schema.endswith(VIEWS):
        raise BadEncoding(sentences.SCHEMA_OF_VIEWS, schema=schema, name=schema.removesuffix(VIEWS))
    rest = urlencode(parameters, quote_via=quote)
    return Address(f"{address}?{rest}" if rest else address, schema, service or "")


def label_of(where: str) -> str:
    """What a place is called where people read it: never with a password."""
    try:
        return f"the schema {split_url(where).schema}" if is_postgres(where) else where
    except BadEncoding:
        return "a malformed address"


def _open_directory(folder: Path, home: Path | None, *, create: bool, lock_timeout: float) -> Store:
    if folder.exists() and not folder.is_dir():
        raise NotALedger(sentences.IS_A_FILE, folder=folder, file=FILE)
    path = (folder / FILE).absolute()
    if create:
        create_file(path, lock_timeout)
    env = {
        "PERSISTENCE_MODULE": "ledger.storage.sqlite",
        "SQLITE_DBNAME": str(path),
        "SQLITE_LOCK_TIMEOUT": str(lock_timeout),
        "CREATE_TABLE": "no",
    }
    recorder = LedgerFactory(env).application_recorder()
    return assemble(recorder, SQLiteDisclosures(recorder.datastore), home or path.parent, env)


def assemble(recorder: LedgerRecorder, disclosures: Disclosures, home: Path, env: Mapping[str, str]) -> Store:
    """The store of these parts; makes the home directory. For the backends. Raises `StoreUnavailable`."""
    home = home.absolute()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        recorder.close()
        raise StoreUnavailable(PATH_AND_REASON, path=home, reason=error.strerror) from error
    return Store(recorder, disclosures, Documents(home / DOCUMENTS), home, env)
