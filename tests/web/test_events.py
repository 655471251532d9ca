"""Does the change feed miss nothing, repeat nothing, and wait without holding everybody up?"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from api.context import Settings
from tests.support.places import Place
from tests.web.site import Site


def seqs(site: Site, **query: Any) -> list[int]:
    """The numbers of the entries in one answer."""
    return [row["seq"] for row in site.get("/events", **query).get_json()["data"]]


def test_following_next_shows_every_entry_once(each_site: Site) -> None:
    """From the first entry on."""
    motion = each_site.town.open()
    each_site.town.vote(motion, "m1")
    seen: list[int] = []
    after: dict[str, Any] = {}
    while True:
        answer = each_site.get("/events", limit=4, **after).get_json()
        if not answer["data"]:
            break
        seen += [row["seq"] for row in answer["data"]]
        after = {"after": answer["pagination"]["next"]}
    assert seen == list(range(each_site.service.ledger.head() + 1))
    assert answer["pagination"]["next"] == seen[-1]
    assert answer["position"] == seen[-1]


def test_nothing_new_is_an_empty_answer_with_the_same_next(site: Site) -> None:
    """A client keeps asking with the number that it was given."""
    head = site.service.ledger.head()
    answer = site.get("/events", after=head).get_json()
    assert (answer["data"], answer["pagination"]["next"]) == ([], head)


def test_a_waiting_caller_is_answered_when_something_happens(each_site: Site) -> None:
    """Not when the time is over: the clock of this test would show it."""
    each_site.service.follow()
    head = each_site.service.ledger.head()
    motion: list[str] = []

    def later() -> None:
        time.sleep(0.3)
        motion.append(each_site.town.open())

    thread = threading.Thread(target=later)
    thread.start()
    answer = each_site.http.get(f"{each_site.api}/events?after={head}&wait=25").get_json()
    thread.join()
    assert [row["stream"] for row in answer["data"]] == motion


def test_a_waiting_caller_is_answered_when_the_time_is_over(site: Site) -> None:
    """With nothing."""
    head = site.service.ledger.head()
    site.service.follower.catch_up()
    assert site.http.get(f"{site.api}/events?after={head}&wait=1").get_json()["data"] == []


@pytest.fixture
def crowded(sqlite_place: Place) -> Iterator[Site]:
    """A site in which nobody may wait any more."""
    site = Site(sqlite_place, Settings(long_polls=1))
    yield site
    site.close()


def test_beyond_the_places_for_waiting_the_answer_comes_at_once(crowded: Site) -> None:
    """Whoever waits holds a thread, and the threads are there for votes."""
    crowded.service.follower.catch_up()
    head = crowded.service.ledger.head()
    context = crowded.app.extensions["stimmbuch"].only()
    assert context.polls.acquire()
    answered = threading.Event()

    def ask() -> None:
        crowded.http.get(f"{crowded.api}/events?after={head}&wait=25")
        answered.set()

    threading.Thread(target=ask, daemon=True).start()
    assert answered.wait(20)


def test_a_place_is_given_back(crowded: Site) -> None:
    """Also when the time was over."""
    head = crowded.service.ledger.head()
    crowded.service.follower.catch_up()
    for _ in range(2):
        crowded.http.get(f"{crowded.api}/events?after={head}&wait=1")
    context = crowded.app.extensions["stimmbuch"].only()
    assert context.polls.acquire()


def test_a_server_that_is_about_to_stop_lets_nobody_wait(sqlite_place: Place) -> None:
    """A stop must not take 25 seconds."""
    stopping = threading.Event()
    site = Site(sqlite_place, Settings(stopping=stopping))
    try:
        site.service.follower.catch_up()
        answered = threading.Event()

        def ask() -> None:
            site.http.get(f"{site.api}/events?after={site.service.ledger.head()}&wait=25")
            answered.set()

        thread = threading.Thread(target=ask)
        thread.start()
        stopping.set()
        assert answered.wait(20)
        thread.join()
    finally:
        site.close()
