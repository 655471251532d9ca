"""Towns with a service, on each backend, and portals in front of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.observation import probe
from ledger.storage.migrate import SERVICE
from projections.postgres_schema import prepare_views
from tests.support.builders import LedgerBuilder, a_town
from tests.support.databases import OWNER, SCHEMA, Database
from tests.support.followers import PATIENCE
from tests.support.places import Place
from tests.web.portal import Portal
from tests.web.site import Site
from tests.web.wire import Wire, served


@pytest.fixture
def patient_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readiness waits for what a look finds, and does not say after two seconds that there is no answer."""
    monkeypatch.setattr(probe, "PATIENCE", PATIENCE)


@pytest.fixture
def site(sqlite_place: Place) -> Iterator[Site]:
    """A town of five on SQLite."""
    site = Site(sqlite_place)
    yield site
    site.close()


@pytest.fixture(params=["sqlite", "postgres"])
def each_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty ledger whose owner has prepared the views: once on each backend."""
    if request.param == "postgres":
        return _prepared(request.getfixturevalue("database"), tmp_path)
    found: Place = request.getfixturevalue("sqlite_place")
    return found


@pytest.fixture
def each_site(each_place: Place) -> Iterator[Site]:
    """A town of five: once on each backend."""
    site = Site(each_place)
    yield site
    site.close()


@pytest.fixture
def portal(site: Site) -> Iterator[Portal]:
    """In front of an embedded ledger."""
    with served(site) as url, Wire(url) as wire:
        yield Portal(site, wire)


@pytest.fixture
def each_portal(each_site: Site) -> Iterator[Portal]:
    """Once on each database."""
    with served(each_site) as url, Wire(url) as wire:
        yield Portal(each_site, wire)


def _prepared(database: Database, folder: Path) -> Place:
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    return Place(database.service, database.owner, folder / "home")


@pytest.fixture
def town(sqlite_place: Place) -> Iterator[LedgerBuilder]:
    """A town of five, in the store that the service opens too."""
    town = a_town(sqlite_place.open())
    yield town
    town.ledger.close()
