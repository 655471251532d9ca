"""Does every statement get its turn, though the threads rest that brought it?"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from api.turns import LOOK, Turns


def test_what_sixteen_threads_leave_to_each_other_is_all_done_once() -> None:
    """Also what comes in the moment in which nobody has the turn any more."""
    turns, done = Turns(), list[int]()
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda number: turns.do(lambda: done.append(number)), range(2000)))
    assert sorted(done) == list(range(2000))


def test_one_at_a_time_is_at_work() -> None:
    """Nothing begins before what began before has ended."""
    turns, at_work, most = Turns(), threading.Semaphore(1), list[bool]()

    def work() -> None:
        most.append(at_work.acquire(blocking=False))
        at_work.release()

    with ThreadPoolExecutor(8) as threads:
        for _ in range(500):
            threads.submit(turns.do, work)
    assert most == [True] * 500


def test_a_failure_harms_nobody_else() -> None:
    """Whoever does the work of others goes on with it."""
    turns, done = Turns(), list[int]()

    def fail() -> None:
        turns.do(lambda: done.append(1))
        raise RuntimeError("a fault")

    turns.do(fail)
    assert done == [1]


def leave(turns: Turns, rested: threading.Event) -> None:
    """Leaves something to whoever is at work, and says when the rest is over."""
    turns.do(lambda: None)
    rested.set()


def test_who_rests_goes_on_when_the_one_at_work_is_held_up() -> None:
    """It takes requests again, though the other one still has the turn."""
    turns, held, rested = Turns(), threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as threads:
        threads.submit(turns.do, partial(_wait, held))
        threads.submit(leave, turns, rested)
        assert rested.wait(100 * LOOK)
        held.set()


def test_who_begins_something_longer_wakes_one_who_rests() -> None:
    """At once, and not at the next look."""
    turns, held, rested = Turns(), threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as threads, pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.turns.LOOK", 3600)
        threads.submit(turns.do, partial(_wait, held))
        threads.submit(leave, turns, rested)
        assert not rested.wait(0.1)
        turns.goes_away()
        assert rested.wait(60)
        held.set()


def _wait(held: threading.Event) -> None:
    held.wait()
