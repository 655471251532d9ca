"""Ledgers that a service can serve, of both backends."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ledger.storage.migrate import SERVICE
from projections.postgres_schema import prepare_views
from tests.support.databases import OWNER, SCHEMA, Database
from tests.support.places import Place


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """An empty ledger with room for its views: once on each backend."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    if request.param == "postgres":
        database: Database = request.getfixturevalue("database")
        prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    return found


@pytest.fixture
def cut(place: Place, request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Throws away what is behind the entry of this number, as an old backup would."""

    def cut(last: int) -> None:
        order = f"DELETE FROM {{table}} WHERE notification_id > {last + 1}"
        if (file := Path(place.where) / "ledger.sqlite").exists():
            with closing(sqlite3.connect(file)) as connection, connection:
                connection.execute(order.format(table="ledger_events"))
        else:
            database: Database = request.getfixturevalue("database")
            database.do(order.format(table=f"{SCHEMA}.ledger_events"))

    return cut
