"""Makes and updates a ledger's tables on PostgreSQL: numbered SQL files, run as the owner.

All pending files run in one transaction under an advisory lock: of many processes one does the work,
and a crash leaves what was there before. Each file's checksum is kept; a file that was changed after
it had been applied is refused, and so is a schema with more migrations than this program knows.
"""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from typing import Any, NamedTuple

import psycopg
from psycopg.errors import DuplicateObject, InsufficientPrivilege, UndefinedTable, UniqueViolation
from psycopg.sql import SQL, Composed, Identifier

from ledger.errors import NotALedger, StorageError, StoreExists, StoreNotFound, StoreTooNew
from ledger.storage import sentences
from ledger.storage.postgres_errors import typed_errors

SERVICE = "stimmbuch_service"
"""The group role (NOLOGIN) that gets the service's rights; login roles are made members of it."""

_FILE = re.compile(r"([0-9]{4})_[a-z_]+\.sql")
_FUNCTION = re.compile(r"CREATE (?:OR REPLACE )?FUNCTION [^(]*?(\w+)\(.*?AS \$body\$(.*?)\$body\$", re.DOTALL)

_TABLE = """
CREATE TABLE IF NOT EXISTS {schema}.ledger_migrations (
    number integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)"""


class Migration(NamedTuple):
    """One numbered file. `checksum` is the SHA-256 of its text, in hexadecimal."""

    number: int
    name: str
    text: str
    checksum: str


def migrations() -> list[Migration]:
    """The migrations that this program knows, in order."""
    folder = resources.files("ledger.storage").joinpath("migrations")
    found = []
    for file in folder.iterdir():
        if match := _FILE.fullmatch(file.name):
            text = file.read_text("utf-8")
            found.append(Migration(int(match[1]), file.name, text, hashlib.sha256(text.encode()).hexdigest()))
    return sorted(found)


def migrate(conninfo: str, schema: str, service: str = SERVICE, *, new: bool = False) -> list[str]:
    """Brings a schema up to date and returns the names of the files that were applied now.

    Connects as the owner of the schema, who may create it. With `new`, a ledger that is there already
    raises `StoreExists`. Raises `NotALedger` for a schema with foreign tables, `StoreTooNew`, and
    `StorageError` with the next step where a right is missing or a checksum differs.
    """
    with typed_errors(), psycopg.connect(conninfo) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"stimmbuch:{schema}",))
        _make_role(connection, service)
        _make_schema(connection, schema)
        applied = _compare(connection, schema)
        if new and applied:
            raise StoreExists(sentences.SCHEMA_HAS_LEDGER, schema=schema)
        pending = [migration for migration in migrations() if migration.number not in applied]
        for migration in pending:
            _apply(connection, schema, service, migration)
    return [migration.name for migration in pending]


def check_migrations(connection: psycopg.Connection[Any], schema: str) -> None:
    """Raises unless exactly the known migrations are applied and the functions are still ours.

    `StoreNotFound` without a ledger, `StoreTooNew`, or `StorageError` with the next step.
    """
    with typed_errors():
        applied = _compare(connection, schema)
        missing = [migration.name for migration in migrations() if migration.number not in applied]
        if not applied:
            raise StoreNotFound(sentences.SCHEMA_WITHOUT_LEDGER, schema=schema)
        if missing:
            raise StorageError(sentences.MIGRATIONS_MISSING, schema=schema, missing=", ".join(missing))
        _check_functions(connection, schema)


def _make_role(connection: psycopg.Connection[Any], service: str) -> None:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (service,)).fetchone():
        return
    create = SQL("CREATE ROLE {} NOLOGIN").format(Identifier(service))
    try:
        with connection.transaction():
            connection.execute(create)
    except (DuplicateObject, UniqueViolation):
        return  # roles belong to all databases: another migration made it in this moment
    except InsufficientPrivilege:
        order = create.as_string(connection)
        raise StorageError(sentences.ROLE_MISSING, order=order) from None


def _make_schema(connection: psycopg.Connection[Any], schema: str) -> None:
    found = connection.execute("SELECT oid FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone()
    if found is None:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
    elif _foreign(connection, found[0]):
        raise NotALedger(sentences.FOREIGN_TABLES, schema=schema)
    connection.execute(_fill(_TABLE, schema))


def _foreign(connection: psycopg.Connection[Any], namespace: int) -> bool:
    relations = (
        "SELECT relname FROM pg_class WHERE relnamespace = %s AND relkind IN ('r', 'v', 'm', 'f', 'p')"
    )
    names = {row[0] for row in connection.execute(relations, (namespace,))}
    return bool(names) and "ledger_migrations" not in names


def _compare(connection: psycopg.Connection[Any], schema: str) -> set[int]:
    """The numbers of the applied migrations; raises unless each is one that we know, unchanged."""
    known = {migration.number: migration for migration in migrations()}
    try:
        rows = connection.execute(_fill("SELECT number, checksum FROM {schema}.ledger_migrations", schema))
    except UndefinedTable:
        raise StoreNotFound(sentences.SCHEMA_WITHOUT_LEDGER, schema=schema) from None
    applied = dict(rows.fetchall())
    newer = sorted(set(applied) - set(known))
    if newer:
        raise StoreTooNew(sentences.NEWER_MIGRATION, schema=schema, migration=newer[-1])
    for number, checksum in applied.items():
        if checksum != known[number].checksum:
            raise StorageError(sentences.MIGRATION_CHANGED, name=known[number].name, schema=schema)
    return set(applied)


def _apply(connection: psycopg.Connection[Any], schema: str, service: str, migration: Migration) -> None:
    connection.execute(_fill(migration.text, schema, service))
    connection.execute(
        _fill("INSERT INTO {schema}.ledger_migrations (number, name, checksum) VALUES (%s, %s, %s)", schema),
        (migration.number, migration.name, migration.checksum),
    )


def _check_functions(connection: psycopg.Connection[Any], schema: str) -> None:
    expected: dict[str, str] = {}
    for migration in migrations():
        text = _fill(migration.text, schema, SERVICE).as_string(connection)
        expected.update(_FUNCTION.findall(text))
    found = connection.execute(
        "SELECT proname, prosrc, prosecdef FROM pg_proc WHERE pronamespace = to_regnamespace(quote_ident(%s))"
        " AND proname = ANY(%s)",
        (schema, list(expected)),
    ).fetchall()
    if sorted(found) != sorted((name, body, True) for name, body in expected.items()):
        raise StorageError(sentences.FUNCTIONS_REPLACED, schema=schema)


def _fill(text: str, schema: str, service: str = SERVICE) -> Composed:
    # The texts come from this package; the names are quoted as identifiers.
    return SQL(text).format(schema=Identifier(schema), service=Identifier(service))
