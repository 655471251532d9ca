"""What is a voter told while the database is away, and what is recorded then?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.storage.migrate import SERVICE
from projections.postgres_schema import prepare_views
from tests.support.databases import OWNER, SCHEMA, Cluster
from tests.support.places import Place
from tests.support.postgres import Server
from tests.web.site import Site, problem


@pytest.fixture
def stoppable(durable_server: Server, tmp_path: Path) -> Iterator[Site]:
    """A site on a PostgreSQL server that the test may stop."""
    durable_server.start()
    cluster = Cluster(durable_server.admin)
    database = cluster.create()
    cluster.leave()  # its connection would not survive
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    site = Site(Place(database.service, database.owner, tmp_path / "home"))
    yield site
    durable_server.start()
    site.close()


def test_a_vote_is_refused_with_503_and_recorded_when_it_is_sent_again(
    stoppable: Site, durable_server: Server
) -> None:
    """Nobody is told that a vote is stored when it is not; the same envelope does it later."""
    motion = stoppable.town.open()
    stoppable.service.follower.catch_up()
    vote = stoppable.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    durable_server.stop()
    down = stoppable.post(vote)
    found = problem(down, 503, down.get_json()["code"])
    assert found["code"] in {"store-unavailable", "outcome-unknown"}
    assert int(down.headers["Retry-After"]) >= 1
    durable_server.start()
    recovers(stoppable, "/readyz")
    again = stoppable.post(vote)
    assert again.status_code == 201
    third = stoppable.post(vote)
    assert (third.status_code, third.get_json()["seq"]) == (200, again.get_json()["seq"])


@pytest.mark.usefixtures("patient_probe")
def test_readiness_and_reads_say_that_the_database_is_away(stoppable: Site, durable_server: Server) -> None:
    """503 for everything that needs it, 200 for the process itself."""
    motion = stoppable.town.open()
    stoppable.service.follower.catch_up()
    durable_server.stop()
    assert stoppable.http.get("/healthz").status_code == 200
    for path in (f"{stoppable.api}/procedures", f"{stoppable.api}/procedures/{motion}/tally"):
        found = problem(stoppable.http.get(path), 503, "store-unavailable")
        assert found["hint"].startswith("Do the same again later")  # who reads has no envelope to send
    unready = problem(stoppable.http.get("/readyz"), 503, "not-ready")
    assert [one["code"] for one in unready["ledgers"][0]["reasons"]] == ["store-unavailable"]
    assert "connection" not in str(unready)  # what the database's driver said names hosts and files
    page = stoppable.http.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (503, "text/html")
    durable_server.start()
    recovers(stoppable, "/readyz")
    recovers(stoppable, f"{stoppable.api}/procedures/{motion}/tally")


def recovers(site: Site, path: str) -> None:
    """Returns when the path is answered again: the pool of connections needs a moment to notice."""
    give_up = time.monotonic() + 120
    while (response := site.http.get(path)).status_code != 200:
        assert response.status_code == 503
        assert time.monotonic() < give_up, "the database is back, and is still not used"
        time.sleep(0.1)
