"""Are checkpoints anchored when it is time, once, and without anybody looking after it?"""

from __future__ import annotations

import threading

import pytest

from api.clock import utc_now
from ledger.anchor_schedule import AnchorSchedule, Plan
from ledger.publish.anchors import Authority
from tests.support.anchoring import Anchored, ask, moved
from tests.support.followers import until
from tests.support.tsa import Tsa, openssl

pytestmark = openssl


def test_a_schedule_anchors_when_it_is_time(
    anchored: Anchored, tsa: Tsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once in a period, counted from what the log says, so that a restart changes nothing."""
    ask(anchored, tsa)
    authority = Authority("tsa.example", tsa.url)
    home = anchored.ledger.store.home

    def look(**later: float) -> int:
        """A service that has just started, so much later; how many anchors there are then."""
        with monkeypatch.context() as patched:
            patched.setattr(anchored.ledger, "clock", lambda: moved(utc_now(), **later))
            AnchorSchedule(anchored.anchoring, Plan(3600.0, (authority,)), home)._look(authority)
        return len(anchored.anchors)

    anchored.grow(1)
    assert look() == 1
    assert look(minutes=55) == 1
    assert look(minutes=61) == 2
    assert look(minutes=61) == 2
    anchored.publication.settle()
    assert look(minutes=300) == 2  # nothing but the anchor is new


def test_a_failed_attempt_is_repeated_later_and_not_at_once(
    anchored: Anchored, tsa: Tsa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An authority that is in trouble is left alone for a minute; the service goes on."""
    ask(anchored, tsa)
    anchored.grow(1)
    authority = Authority("tsa.example", tsa.url)
    schedule = AnchorSchedule(anchored.anchoring, Plan(0.001, (authority,)), anchored.ledger.store.home)
    tsa.trouble = 500
    for _ in range(3):
        schedule._look(authority)
    assert len(tsa.requests) == 2
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["not anchored by tsa.example"]
    tsa.trouble = None
    monkeypatch.setattr(anchored.ledger, "clock", lambda: moved(utc_now(), minutes=2))
    schedule._look(authority)
    assert len(anchored.anchors) == 2


def test_of_several_processes_one_anchors(anchored: Anchored, tsa: Tsa) -> None:
    """Two schedules over one home: the second has nothing to do as long as the first lives."""
    ask(anchored, tsa)
    anchored.grow(1)
    authority = Authority("tsa.example", tsa.url)
    plan, home, stop = Plan(0.001, (authority,)), anchored.ledger.store.home, threading.Event()
    schedules = [AnchorSchedule(anchored.anchoring, plan, home) for _ in range(2)]
    threads = [threading.Thread(target=schedule.run, args=(stop,)) for schedule in schedules]
    for thread in threads:
        thread.start()
    until(lambda: len(anchored.anchors) == 2)
    assert sum(schedule._lead._descriptor is not None for schedule in schedules) == 1
    stop.set()
    for thread in threads:
        thread.join()
    assert len(tsa.requests) == 2
