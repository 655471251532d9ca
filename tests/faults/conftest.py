"""Ledgers that a service can serve, of both backends."""

from __future__ import annotations

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
