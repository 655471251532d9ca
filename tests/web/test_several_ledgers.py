"""Can what belongs to one ledger be read or written under another name, and does one need the other?"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from api import create_app
from api.app import build_for
from api.context import Settings
from api.service.ledgers import Ledgers
from api.service.opening import Opener, look_at
from api.service.place import Place as Served
from api.wiring import Service
from ledger.errors import BadEncoding, LedgersCollide, StoreNotFound
from ledger.storage.migrate import SERVICE, migrate
from ledger.storage.store import split_url
from projections.postgres_schema import prepare_views, views_schema
from tests.support.builders import a_town
from tests.support.databases import MEMBER, OWNER, Database
from tests.support.places import Place
from tests.support.running import RunningService
from tests.web.site import Site, disclosure_of, problem

VILLAGE = "ledger.example.org/village"
SHORT, LONG = "application/json", "application/json; charset=utf-8"
"""The second goes through Flask, the first by the fast path (`api.fast_path`)."""


@pytest.fixture
def other_place(each_place: Place, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """A second ledger: beside the first one, in a directory or in a schema of the same database."""
    home = tmp_path / "other"
    if not each_place.where.startswith("postgresql:"):
        place = Place(str(home), str(home), home)
        place.create().close()
        return place
    database: Database = request.getfixturevalue("database")
    migrate(database.conninfo(OWNER), "village")
    prepare_views(database.conninfo(OWNER), "village", SERVICE)
    return Place(database.url(MEMBER, "village"), database.url(OWNER, "village"), home)


@pytest.fixture
def both(each_place: Place, other_place: Place) -> Iterator[tuple[Site, Site]]:
    """The town and the village, in one service: equal people and keys, so that only the name differs."""
    town, village = Site(each_place), Site(other_place, origin=VILLAGE)
    app = create_app(town.service, village.service)
    town.http = village.http = app.test_client()
    yield town, village
    town.close()
    village.close()


@pytest.mark.parametrize("content_type", [SHORT, LONG])
def test_a_vote_for_one_ledger_is_not_taken_by_another(both: tuple[Site, Site], content_type: str) -> None:
    """The signature would verify: keys and members are the same in both. But the name inside is signed."""
    town, village = both
    motion = town.town.open()
    village.town.open()
    vote = town.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    body, before = json.dumps(vote.envelope.to_dict()), village.service.ledger.head()
    refused = village.http.post(f"{village.api}/statements", data=body, content_type=content_type)
    problem(refused, 422, "wrong-log")
    assert village.service.ledger.head() == before
    taken = town.http.post(f"{town.api}/statements", data=body, content_type=content_type)
    assert (taken.status_code, taken.get_json()["log"]) == (201, "ledger.example.org/town")


def test_nothing_of_one_ledger_is_read_under_the_name_of_another(both: tuple[Site, Site]) -> None:
    """Receipts, procedures, documents and proofs: there under the one name, 404 under the other."""
    town, village = both
    motion = town.town.open("only in town")
    vote = town.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    receipt = town.post(vote).get_json()
    content = b"the town's budget"
    sha256 = hashlib.sha256(content).hexdigest()
    assert town.http.put(f"{town.api}/documents/{sha256}", data=content).status_code == 201
    for path in (
        f"/receipts/{receipt['statement']}",
        f"/receipts/{receipt['statement']}/tlog-proof",
        f"/procedures/{motion}",
        f"/procedures/{motion}/tally",
        f"/procedures/{motion}/history",
        f"/documents/{sha256}",
    ):
        assert town.get(path).status_code == 200, path
        problem(village.get(path), 404, "not-found")


def test_lists_and_feeds_and_checkpoints_are_of_their_own_ledger(both: tuple[Site, Site]) -> None:
    """What has no id in its address must not mix either."""
    town, village = both
    motion = town.town.open("only in town")
    village.service.publication.settle()
    assert [one["id"] for one in town.get("/procedures").get_json()["data"]] == [motion]
    assert village.get("/procedures").get_json()["data"] == []
    assert town.get("/log/checkpoint").data.startswith(b"ledger.example.org/town\n")
    assert village.get("/log/checkpoint").data.startswith(VILLAGE.encode() + b"\n")
    mixed = {one["statement"] for one in town.get("/events").get_json()["data"]} & {
        one["statement"] for one in village.get("/events").get_json()["data"]
    }
    assert mixed == set()
    tiles = [site.http.get(f"{site.api}/log/tile/entries/000.p/12") for site in both]
    assert tiles[0].data != tiles[1].data


def test_a_text_disclosed_to_one_ledger_is_not_shown_by_another(both: tuple[Site, Site]) -> None:
    """The same digest stands in both; only the one that was given the text has it."""
    town, village = both
    title = disclosure_of("title", "Streng vertraulich")
    for site in both:
        site.town.open("m", title=title.digest)
    body = {"disclosure": title.encoded}
    assert town.http.put(f"{town.api}/disclosures/{title.digest}", json=body).status_code == 200
    assert town.get("/procedures").get_json()["data"][0]["title"] == "Streng vertraulich"
    assert village.get("/procedures").get_json()["data"][0]["title"] is None


def test_the_pages_list_the_ledgers_and_stay_in_the_one_that_was_chosen(both: tuple[Site, Site]) -> None:
    """A clerk of two councils must see on which of them she is."""
    town, village = both
    motion = town.town.open("m")
    index = town.page("/")
    assert 'href="/ledgers/town/"' in index
    assert 'href="/ledgers/village/"' in index
    page = town.page("/ledgers/town/")
    assert f'href="/ledgers/town/procedures/{motion}"' in page
    assert "ledger.example.org/village" not in page
    assert "ledger.example.org/town" in town.page(f"/ledgers/town/procedures/{motion}")
    for path in (f"/procedures/{motion}", f"/ledgers/village/procedures/{motion}", "/ledgers/nowhere/"):
        found = village.http.get(path, headers={"Accept": "text/html"})
        assert (found.status_code, found.mimetype) == (404, "text/html"), path


def test_a_service_with_one_ledger_keeps_its_short_addresses(site: Site) -> None:
    """Links that were handed out stay right."""
    motion = site.town.open("m")
    assert f'href="/procedures/{motion}"' in site.page("/")
    assert f'href="/ledgers/town/procedures/{motion}"' in site.page("/ledgers/town/")


def test_two_ledgers_of_one_name_are_refused(sqlite_place: Place, tmp_path: Path) -> None:
    """Which of them a vote was for could not be told from its address."""
    twin = Place(str(tmp_path / "twin"), str(tmp_path / "twin"), tmp_path / "twin")
    twin.create().close()
    first, second = Site(sqlite_place), Site(twin, origin="elsewhere.example/town")
    try:
        with pytest.raises(LedgersCollide, match="two ledgers are called town"):
            create_app(first.service, second.service)
        with pytest.raises(LedgersCollide, match="two ledgers are called town"):
            look_at([Served(sqlite_place.where), Served(sqlite_place.where)], lambda _: None)
    finally:
        first.close()
        second.close()


def test_two_ledgers_with_one_home_are_refused(database: Database, tmp_path: Path) -> None:
    """They would share documents, keys and the signer's memory."""
    prepare_views(database.conninfo(OWNER), "stimmbuch", SERVICE)
    migrate(database.conninfo(OWNER), "village")
    prepare_views(database.conninfo(OWNER), "village", SERVICE)
    first = Place(database.service, database.owner, tmp_path / "one")
    second = Place(database.url(MEMBER, "village"), database.url(OWNER, "village"), tmp_path / "two")
    Site(first).close()
    Site(second, origin=VILLAGE).close()
    places = [Served(first.where, first.home), Served(second.where, first.home)]
    with pytest.raises(LedgersCollide, match="have the same home"):
        look_at(places, lambda _: None)


def test_another_ledger_than_the_expected_one_is_refused(site: Site) -> None:
    """A mixed-up address in the configuration must not serve one council under the name of another."""
    with pytest.raises(LedgersCollide, match="the ledger village was expected"):
        Ledgers(Settings()).add(site.service, "village")


def test_a_ledger_that_cannot_be_opened_does_not_take_the_others_down(
    sqlite_place: Place, tmp_path: Path
) -> None:
    """The others are served; the missing one is asked for again later, and served when it is there."""
    Site(sqlite_place).close()
    later = tmp_path / "later"
    Place(str(later), str(later), later).create().close()
    Site(Place(str(later), str(later), later), origin=VILLAGE).close()
    later.rename(tmp_path / "away")
    ledgers = Ledgers(Settings())
    started: list[str] = []
    places = [Served(sqlite_place.where), Served(str(later), None, "village")]

    def start(service: Service) -> None:
        service.publish()
        service.follow()
        started.append(service.name)

    opener = Opener(ledgers, places, start)
    opener.open()
    http = build_for(ledgers).test_client()
    try:
        assert http.get("/v1/ledgers/town/procedures").status_code == 200
        waiting = http.get("/v1/ledgers/village/procedures")
        problem(waiting, 503, "store-unavailable")
        assert waiting.headers["Retry-After"]
        problem(http.get("/v1/ledgers/nowhere/procedures"), 404, "unknown-ledger")
        beside = until_ready(http)
        assert (beside["status"], [one["ready"] for one in beside["ledgers"]]) == ("degraded", [True, False])
        assert [one["code"] for one in beside["ledgers"][1]["reasons"]] == ["store-not-found"]
        shutil.move(tmp_path / "away", later)
        opener.try_again()
        assert started == ["town", "village"]
        assert http.get("/v1/ledgers/village/procedures").status_code == 200
        assert all(one["ready"] for one in until_ready(http)["ledgers"])
    finally:
        opener.close()
        ledgers.close()


def until_ready(http: Client) -> Any:
    """What readiness says as soon as it is well with what is open."""
    for _ in range(600):
        answer = http.get("/readyz")
        found = answer.get_json()["ledgers"]
        if all(one["ready"] for one in found if one["origin"]):
            return answer.get_json()
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_service_of_which_nothing_can_be_opened_is_not_started(tmp_path: Path) -> None:
    """Somebody mistyped: that is said at once, not to every caller."""
    with pytest.raises(StoreNotFound):
        look_at([Served(str(tmp_path / "a")), Served(str(tmp_path / "b"))], lambda _: None)
    with pytest.raises(StoreNotFound):
        Opener(Ledgers(Settings()), [Served(str(tmp_path / "a"))], lambda _: None).open()


def test_a_ledger_cannot_lie_where_the_views_of_another_lie() -> None:
    """The service's role may make tables there: it must never have that right in a ledger's own schema."""
    with pytest.raises(BadEncoding, match="where the views of town lie"):
        split_url(f"postgresql://u@h/d?schema={views_schema('town')}")


def test_a_request_to_nowhere_says_that_there_are_several(both: tuple[Site, Site]) -> None:
    """A program that was written for one ledger learns what it lacks."""
    http: Client = both[0].http
    found = problem(http.get("/procedures/3c1f4f0e-0000-4000-8000-000000000000"), 404, "unknown-ledger")
    assert found["detail"] == "there are several ledgers here: name one in the address"


def test_the_server_serves_several_ledgers_and_publishes_each(sqlite_place: Place, tmp_path: Path) -> None:
    """With its processes: every ledger has a publisher, or its votes would get no receipt."""
    folder = tmp_path / "village"
    second = Place(str(folder), str(folder), folder)
    second.create().close()
    towns = [a_town(sqlite_place.open()), a_town(second.open(), origin=VILLAGE)]
    with RunningService(sqlite_place, tmp_path / "log", "--store", second.where) as service:
        for town, name in zip(towns, ("town", "village"), strict=True):
            vote = town.statement(
                "vote-cast", "m1", procedure=town.open(), member="m1", choices={"1": "yes"}
            ).envelope.to_dict()
            assert service.call("POST", f"/v1/ledgers/{name}/statements", vote)[0] == 201
            town.ledger.close()
        assert [one["ledger"] for one in service.call("GET", "/readyz")[1]["ledgers"]] == ["town", "village"]
        assert service.stop() == 0
