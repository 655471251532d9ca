"""Fixtures that more than one folder needs: stores of both backends, a guarded town, and a browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from api.access import watched
from ledger.storage import Store
from tests.support.browser import launched
from tests.support.databases import Cluster, Database
from tests.support.places import Place
from tests.support.postgres import DURABLE, QUICK, Server

if TYPE_CHECKING:
    from tests.support.guarded import Guarded

# No example fails because the machine is slow or shared.
settings.register_profile("stimmbuch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("stimmbuch")

MOST = 8
"""Workers that `-n auto` starts at most: each has a PostgreSQL server and ledgers in memory."""


def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: a worker for each core that this process may use; for a single one, no other process at all.

    By itself it would take the cores of the whole machine, and two threads of one core as one.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, MOST) if cores > 1 else 0


@pytest.fixture(scope="session", autouse=True)
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the programs that tests start keep what Python compiles: hundreds of them start faster so.

    One folder for all workers, and none in the checkout, which is read by other tests at the same time.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "bytecode"
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("PYTHONPYCACHEPREFIX", str(folder))
        environ.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def looks() -> Iterator[None]:
    """What a test writes into the files about access counts at once: it asks in the same moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watched, "REST", 0.0)
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for all tests of a worker: that of `TEST_DATABASE_URL`, or one of its own."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        cluster = Cluster(url)
        yield cluster
        cluster.close()
        return
    server = Server(*QUICK)
    try:
        server.start()
        cluster = Cluster(server.admin)
        yield cluster
        cluster.close()
    finally:
        server.remove()


@pytest.fixture(scope="session")
def durable_server() -> Iterator[Server]:
    """A server of our own with fsync on, which a test may kill; the next one finds it running again."""
    server = Server(*DURABLE)
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """A database with an empty ledger in the schema `stimmbuch`."""
    database = cluster.create()
    yield database
    cluster.drop(database)


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[Database]:
    """A database without a ledger."""
    database = cluster.create(empty=True)
    yield database
    cluster.drop(database)


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Place:
    """A directory with an empty ledger."""
    folder = tmp_path / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    return place


@pytest.fixture
def postgres_place(database: Database, tmp_path: Path) -> Place:
    """A schema with an empty ledger, opened as the service."""
    return Place(database.service, database.owner, tmp_path / "ledger")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """An empty ledger: once on each backend."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """An open, empty ledger: once on each backend."""
    with place.open() as store:
        yield store


@pytest.fixture
def guarded(sqlite_place: Place) -> Iterator[Guarded]:
    """A town of five with a token of every role."""
    from tests.support.guarded import Guarded  # what needs no service starts without a web framework

    guarded = Guarded(sqlite_place)
    yield guarded
    guarded.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, of one module: while it is open, its thread can run no other event loop."""
    with launched() as browser:
        yield browser
