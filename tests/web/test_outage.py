"""Is a failure that goes on and on said often enough to be found, and seldom enough to be read?"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from ledger import scheduler
from ledger.errors import StoreUnavailable
from ledger.outage import AGAIN, Outage
from ledger.scheduler import Scheduler
from projections import follower
from projections.follower import Follower
from projections.open import open_views
from tests.support.builders import SERVICE, a_town
from tests.support.followers import until
from tests.support.places import Place

MANY = 40


def test_it_is_said_at_once_then_every_minute_and_at_its_end() -> None:
    """The first line says since when; the next ones, that it still is so."""
    now = 1000.0
    outage = Outage(lambda: now)
    assert not outage.ends()
    said = []
    for _ in range(int(3 * AGAIN)):
        said.append(outage.fails("store-unavailable"))
        now += 1
    assert [second for second, one in enumerate(said) if one] == [0, 60, 120]
    assert (outage.ends(), outage.ends()) == (True, False)
    assert outage.fails("store-unavailable")


def test_another_failure_is_news_and_two_in_turns_are_not() -> None:
    """A database that comes back half tells two things, a second apart, for as long as it does."""
    outage = Outage(lambda: 1000.0)
    assert [outage.fails(code) for code in ("storage", "store-locked", "storage", "store-locked")] == [
        *(True, True, False, False),
    ]


def failing() -> Callable[[], None]:
    """Raises so many times, and then no more."""
    count = itertools.count()

    def fail() -> None:
        if next(count) < MANY:
            raise StoreUnavailable("away")

    return fail


def once_each(caplog: pytest.LogCaptureFixture, beginning: str, end: str) -> None:
    """The first line and the last one, and hardly any between them."""
    lines = [record.getMessage() for record in caplog.records]
    told = [line for line in lines if line.startswith(beginning) or line == end]
    assert told[0].startswith(beginning)
    assert told.count(end) == 1
    assert len(told) < MANY / 2  # once a minute, however slow the machine


def test_views_that_cannot_be_followed_say_so_once(
    sqlite_place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It was a line a second, of each ledger and process."""
    monkeypatch.setattr(follower, "AFTER_FAILURE", 0.001)
    caplog.set_level(logging.INFO, follower.__name__)
    ledger, stop, fail = a_town(sqlite_place.open()).ledger, threading.Event(), failing()
    with closing(ledger), closing(open_views(ledger.store)) as views:
        one, step = Follower(ledger, views), Follower._step

        def stepped(self: Follower) -> int:
            fail()
            return step(self)

        monkeypatch.setattr(Follower, "_step", stepped)
        thread = threading.Thread(target=one.run, args=(stop,))
        thread.start()
        try:
            until(lambda: "the views are followed again" in caplog.text)
        finally:
            stop.set()
            thread.join()
    once_each(caplog, "the views cannot be followed now: away", "the views are followed again")


def test_a_scheduler_that_closes_nothing_says_so_once(
    sqlite_place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And that it does again, which it never said."""
    monkeypatch.setattr(scheduler, "TICK", 0.001)
    caplog.set_level(logging.INFO, scheduler.__name__)
    town, stop, fail = a_town(sqlite_place.open()), threading.Event(), failing()
    monkeypatch.setattr(town.ledger.clocks, "compare", fail)
    with closing(town.ledger):
        one = Scheduler(town.ledger, SERVICE, town.key(SERVICE), lambda _now: [])
        thread = threading.Thread(target=one.run, args=(stop,))
        thread.start()
        try:
            until(lambda: "closing goes on" in caplog.text)
        finally:
            stop.set()
            thread.join()
    once_each(caplog, "nothing is closed: store-unavailable: away", "closing goes on")
