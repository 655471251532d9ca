"""Ledgers with views, of both backends."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path

import pytest

from ledger.storage import Store
from ledger.storage.migrate import SERVICE
from projections.followed import FollowedViews
from projections.open import open_views
from projections.postgres_schema import prepare_views
from tests.support.builders import LedgerBuilder, a_town
from tests.support.databases import OWNER, SCHEMA, Cluster
from tests.support.places import Place

NewPlace = Callable[[], Place]


@pytest.fixture(params=["sqlite", "postgres"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewPlace]:
    """Makes a place with an empty ledger, as often as it is called: once on each backend."""
    maker = _in_directories(tmp_path)
    if request.param == "postgres":
        maker = _in_databases(request.getfixturevalue("cluster"), tmp_path)
    yield lambda: next(maker)
    maker.close()


def _in_directories(folder: Path) -> Generator[Place]:
    for number in count():
        home = folder / f"ledger-{number}"
        place = Place(str(home), str(home), home)
        place.create().close()
        yield place


def _in_databases(cluster: Cluster, folder: Path) -> Generator[Place]:
    made = []
    try:
        for number in count():
            database = cluster.create()
            made.append(database)
            prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
            yield Place(database.service, database.owner, folder / f"home-{number}")
    finally:
        for database in made:
            cluster.drop(database)


@pytest.fixture
def place(new_place: NewPlace) -> Place:
    """An empty ledger: once on each backend."""
    return new_place()


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """The same, open."""
    with place.open() as store:
        yield store


@pytest.fixture
def town(store: Store) -> Iterator[LedgerBuilder]:
    """A town with five members in its council."""
    town = a_town(store)
    yield town
    town.ledger.close()


@pytest.fixture
def views(store: Store) -> Iterator[FollowedViews]:
    """The views of that ledger, empty."""
    views = open_views(store)
    yield views
    views.close()
