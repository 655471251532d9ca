"""Where the views lie in a PostgreSQL database: in the schema `<ledger's schema>_views`.

The service's role has no right to write into the ledger's own schema, and must not get one. What it
needs is a schema in which it may make tables; `prepare_views` is what the owner runs for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier

from ledger.errors import StorageError, StoreLocked, StoreUnavailable
from ledger.storage.store import VIEWS
from projections import sentences

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"

_MAKER = """
    SELECT r.rolname
    FROM pg_namespace n, aclexplode(n.nspacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE n.nspname = %s AND a.privilege_type = 'CREATE' AND pg_has_role(r.oid, 'MEMBER')
      AND r.oid <> n.nspowner
    ORDER BY r.rolname LIMIT 1
"""

_OWN_TABLES = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = %s AND tableowner = current_user AND tablename ~ '^view_'
"""


def views_schema(schema: str) -> str:
    """The schema of the views of the ledger in `schema`."""
    return f"{schema}{VIEWS}"


def prepare_views(conninfo: str, schema: str, service: str) -> None:
    """Makes the schema of the views, and lets the members of the role `service` make tables in it.

    Connects as the ledger's owner. May be repeated. Views that the owner made are dropped: the service
    could not write them, and makes its own. Raises a `StorageError`.
    """
    name = views_schema(schema)
    with typed_errors(), psycopg.connect(conninfo) as connection:
        ensure_schema(connection, name)
        grant = SQL("GRANT USAGE, CREATE ON SCHEMA {} TO {}")
        connection.execute(grant.format(Identifier(name), Identifier(service)))
        for (table,) in connection.execute(_OWN_TABLES, (name,)).fetchall():
            connection.execute(SQL("DROP TABLE {}").format(Identifier(name, table)))


def ensure_schema(connection: psycopg.Connection[Any], name: str) -> None:
    """Makes the schema in the open transaction, if it is missing; `StorageError` if we may not."""
    connection.execute(_LOCK, (f"stimmbuch views of {name}",))
    if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (name,)).fetchone():
        return
    try:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
    except InsufficientPrivilege:
        raise StorageError(sentences.SCHEMA_MISSING, name=name) from None


def become_maker(connection: psycopg.Connection[Any], name: str) -> None:
    """For the open transaction: acts as the role that was given the schema.

    So the tables belong to the service's group and not to one of its members, and every member can
    swap them.
    """
    if row := connection.execute(_MAKER, (name,)).fetchone():
        connection.execute(SQL("SET LOCAL ROLE {}").format(Identifier(row[0])))


@contextmanager
def typed_errors() -> Iterator[None]:
    """Turns psycopg's errors into ours."""
    try:
        yield
    except psycopg.Error as error:
        text = str(error).splitlines()[0] if str(error) else type(error).__name__
        if error.sqlstate in ("55P03", "40P01"):
            raise StoreLocked(sentences.VIEWS_LOCKED, reason=text) from error
        if error.sqlstate == "42501":
            raise StorageError(sentences.RIGHT_MISSING, reason=text) from error
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            raise StoreUnavailable(sentences.DATABASE_SILENT, reason=text) from error
        raise StorageError(sentences.DATABASE_REFUSES, reason=text) from error
