"""Databases for single tests, with the two roles that production has: an owner and a service."""

from __future__ import annotations

import os
from itertools import count
from typing import NamedTuple
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Composed, Identifier, Literal

from ledger.storage.migrate import SERVICE, migrate

OWNER = "stimmbuch_test_owner"
MEMBER = "stimmbuch_test_service"
"""The login role of the service: a member of the group role that the migrations grant rights to."""

PASSWORD = "stimmbuch"
"""Of both roles; a server of our own does not ask for it."""

SCHEMA = "stimmbuch"
PREFIX = f"stimmbuch_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_"
"""Of the databases of this process: several workers may share the server that `TEST_DATABASE_URL` names."""

TEMPLATE = f"{PREFIX}template"
LEFTOVERS = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"


class Database(NamedTuple):
    """One database. `admin`: the superuser's connection string."""

    admin: str

    def url(self, role: str, schema: str = SCHEMA, **parameters: str) -> str:
        """The address of the ledger in this database, for a role."""
        given = conninfo_to_dict(self.admin)
        where = {"host": str(given["host"]), "port": str(given.get("port", 5432)), "schema": schema}
        return f"postgresql://{role}:{PASSWORD}@/{given['dbname']}?" + urlencode(
            {**where, **parameters}, quote_via=quote
        )

    @property
    def owner(self) -> str:
        """The ledger's address for the owner of its tables."""
        return self.url(OWNER)

    @property
    def service(self) -> str:
        """The ledger's address for the role that the service runs as."""
        return self.url(MEMBER)

    def conninfo(self, role: str) -> str:
        """The connection string for a role."""
        return make_conninfo(self.admin, user=role, password=PASSWORD)

    def do(self, order: str, *parameters: object) -> None:
        """Executes an order, as the superuser."""
        self.ask(order, *parameters)

    def ask(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        """The rows of a query, as the superuser."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []


class Cluster:
    """A running server with our roles, and a template in which a ledger was made by the owner.

    `admin`: the superuser's connection string.
    """

    def __init__(self, admin: str) -> None:
        self.admin = admin
        self._numbers = count(1)
        self._connection = psycopg.connect(admin, autocommit=True)
        self.drop_all()
        # Roles belong to the server: of several workers one makes them, and the others find them.
        self._connection.execute("SELECT pg_advisory_lock(hashtextextended('stimmbuch tests', 0))")
        for role, rights in ((OWNER, SQL("CREATEROLE")), (MEMBER, SQL("NOCREATEROLE"))):
            self._make_role(role, rights)
        self._create(TEMPLATE, "template1")
        migrate(self._database(TEMPLATE).conninfo(OWNER), SCHEMA)
        self._do(SQL("GRANT {} TO {}").format(Identifier(SERVICE), Identifier(MEMBER)))
        self._connection.execute("SELECT pg_advisory_unlock_all()")

    def create(self, *, empty: bool = False) -> Database:
        """A new database, with a ledger in it unless `empty`."""
        name = f"{PREFIX}{next(self._numbers)}"
        self._create(name, "template1" if empty else TEMPLATE)
        return self._database(name)

    def drop(self, database: Database) -> None:
        """Removes a database and whoever is still connected to it."""
        self._drop(str(conninfo_to_dict(database.admin)["dbname"]))

    def drop_all(self, prefix: str = PREFIX) -> None:
        """Removes what an earlier run left behind."""
        for (name,) in self._connection.execute(LEFTOVERS, (prefix,)).fetchall():
            self._drop(name)

    def close(self) -> None:
        """Removes the template. The roles stay: on a server that is not ours they may be in use."""
        self._drop(TEMPLATE)
        self.leave()

    def leave(self) -> None:
        """Disconnects; the databases stay until the next cluster on this server removes them."""
        self._connection.close()

    def _database(self, name: str) -> Database:
        return Database(make_conninfo(self.admin, dbname=name))

    def _make_role(self, role: str, rights: SQL) -> None:
        if not self._connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
            self._do(SQL("CREATE ROLE {}").format(Identifier(role)))
        settings = SQL("ALTER ROLE {} LOGIN PASSWORD {} {}")
        self._do(settings.format(Identifier(role), Literal(PASSWORD), rights))

    def _create(self, name: str, template: str) -> None:
        # Copying files beats copying through the log: 17 ms against 26 ms.
        order = SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy")
        self._do(order.format(Identifier(name), Identifier(OWNER), Identifier(template)))

    def _drop(self, name: str) -> None:
        self._do(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def _do(self, order: Composed) -> None:
        self._connection.execute(order)
