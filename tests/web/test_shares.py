"""Can one ledger of a service keep the others from waiting, or from looking into the past?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import create_app
from api.context import Settings
from api.limits.places import Places
from api.service.configuration import Configuration
from api.service.configuring import configure
from api.service.place import Place as Served
from api.service.server import _limits
from ledger.errors import BadSetting
from tests.support.followers import PATIENCE, until
from tests.support.places import Place
from tests.web.site import Site, problem

VILLAGE = "ledger.example.org/village"
STREAMED = {"Accept": "text/event-stream"}


@pytest.fixture
def both(sqlite_place: Place, tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """The town and the village, in one service with four places to wait and two for the past."""
    folder = str(tmp_path / "village")
    place = Place(folder, folder, tmp_path / "village")
    place.create().close()
    town, village = Site(sqlite_place), Site(place, origin=VILLAGE)
    settings = Settings(long_polls=4, replays=2, stream_seconds=600, patience=0.2)
    town.http = village.http = create_app(town.service, village.service, settings=settings).test_client()
    yield town, village
    town.close()
    village.close()


def test_a_town_that_takes_every_place_leaves_the_village_its_own(both: tuple[Site, Site]) -> None:
    """Streams that nobody reads hold their places; the town's third one is refused, the village's are not."""
    town, village = both
    held = [town.get("/events", STREAMED) for _ in range(2)]
    assert {answer.status_code for answer in held} == {200}
    problem(town.get("/events", STREAMED), 503, "busy")
    theirs = [village.get("/events", STREAMED) for _ in range(2)]
    assert {answer.status_code for answer in theirs} == {200}
    held[0].close()
    again = town.get("/events", STREAMED)
    assert again.status_code == 200
    for answer in (*held[1:], *theirs, again):
        answer.close()


def test_a_town_that_looks_into_its_past_leaves_the_village_a_look(both: tuple[Site, Site]) -> None:
    """Each look costs as much as there are votes, and a portal may ask for many."""
    town, village = both
    contexts = town.http.application.extensions["stimmbuch"].contexts
    past = {}
    for site in both:
        motion = site.town.open()
        site.town.vote(motion, "m1")
        past[site] = f"/procedures/{motion}/tally?at={site.service.ledger.head() - 1}"
    with contexts["town"].replay():
        problem(town.get(past[town]), 503, "busy")
        assert village.get(past[village]).status_code == 200


def test_who_waits_for_a_place_gets_it_when_it_is_free() -> None:
    """And not only when its time is over: that would be in eleven days."""
    places = Places(1)
    share = places.share()
    assert share.acquire()
    got: list[bool] = []
    thread = threading.Thread(target=lambda: got.append(share.acquire(1e6)), daemon=True)
    thread.start()
    until(lambda: len(vars(places.turn)["_waiters"]) == 1)
    share.release()
    thread.join(PATIENCE)
    assert got == [True]


@given(st.integers(1, 9), st.integers(1, 6), st.lists(st.integers(-6, 5), max_size=60))
def test_nobody_holds_more_than_a_share_and_all_together_not_more_than_there_are(
    count: int, ledgers: int, steps: list[int]
) -> None:
    """In whatever order they come and go; and who holds nothing gets a place as long as one is free."""
    places = Places(count)
    shares, held = [places.share() for _ in range(ledgers)], [0] * ledgers
    for step in steps:
        who = (step if step >= 0 else -step - 1) % ledgers
        if step < 0:
            if held[who]:
                shares[who].release()
                held[who] -= 1
            continue
        taken = shares[who].acquire()
        assert taken == (sum(held) < count and held[who] < max(1, count // ledgers))
        held[who] += taken


@pytest.mark.parametrize(
    ("threads", "ledgers", "places"), [(16, 1, 4), (16, 6, 6), (16, 30, 8), (1, 1, 1), (2, 9, 1)]
)
def test_there_is_a_place_for_each_ledger_and_most_threads_are_for_votes(
    threads: int, ledgers: int, places: int
) -> None:
    """Unless the operator says something else."""
    stores = tuple(Served(f"/nowhere/{number}") for number in range(ledgers))
    assert _limits(Configuration(ledgers=stores, threads=threads), threading.Event()).long_polls == places


def test_readers_that_could_hold_every_thread_are_no_setting() -> None:
    """Then nobody could vote while somebody looks on."""
    with pytest.raises(BadSetting, match="long_polls is below threads"):
        configure({"threads": 8, "long_polls": 8})
    assert configure({"threads": 8, "long_polls": 7}).long_polls == 7
