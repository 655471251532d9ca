"""Who of several processes publishes?"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.errors import StoreUnavailable
from ledger.lock_file import LockFile
from ledger.publish import loop
from ledger.publish.loop import Loop, Rhythm
from ledger.publish.publisher import Publisher
from ledger.storage import open_store
from tests.support.chained import grow
from tests.support.followers import until
from tests.support.publishing import ALog

LONG = 60.0
STANDS_IN, OWN = Rhythm(hesitation=0.01), Rhythm()


@pytest.fixture
def log(tmp_path: Path) -> ALog:
    """A log that nobody publishes yet."""
    return ALog(open_store(str(tmp_path / "ledger"), create=True))


@contextmanager
def running(
    log: ALog,
    rhythm: Rhythm,
    begun: Callable[[], object],
    waited_for: Callable[[], bool] = lambda: False,
) -> Iterator[None]:
    """A loop of a process of its own; `begun` is called when it has got the lead."""

    def publisher() -> Publisher:
        begun()
        return ALog(log.store, log.home).publisher()

    lead, stop = LockFile(log.home / "signer" / "lead"), threading.Event()
    one = Loop(log.store.recorder, lead, log.home / "publisher.json", publisher, rhythm, waited_for)
    thread = threading.Thread(target=one.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_who_stood_in_leaves_the_lead_to_the_publisher_that_came_late(
    log: ALog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is busy with requests would otherwise publish, slowly, for as long as it lives."""
    monkeypatch.setattr(loop, "SHIFT", 0.05)
    stood_in, came = threading.Event(), threading.Event()
    with running(log, STANDS_IN, stood_in.set):
        assert stood_in.wait(LONG)
        with running(log, OWN, came.set):
            assert came.wait(LONG)


def test_who_stands_in_goes_on_where_nobody_else_comes(log: ALog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The publisher may be dead for good."""
    monkeypatch.setattr(loop, "SHIFT", 0.05)
    shifts = threading.Semaphore(0)
    with running(log, STANDS_IN, shifts.release):
        assert all(shifts.acquire(timeout=LONG) for _ in range(3))


def test_who_waits_for_an_answer_does_not_wait_for_a_publisher_that_never_starts(
    log: ALog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first votes after a start would get 503. Without them there is time for it to come."""
    monkeypatch.setattr(loop, "AT_FIRST", 1_000_000)
    stood_in, waited_for = threading.Event(), threading.Event()
    with running(log, STANDS_IN, stood_in.set, waited_for.is_set):
        assert not stood_in.wait(1.0)
        waited_for.set()
        assert stood_in.wait(LONG)


def test_the_publisher_keeps_the_lead(log: ALog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose only work it is does not change places with workers."""
    monkeypatch.setattr(loop, "SHIFT", 0.05)
    came, stood_in = threading.Event(), threading.Event()
    with running(log, OWN, came.set):
        assert came.wait(LONG)
        with running(log, STANDS_IN, stood_in.set):
            assert not stood_in.wait(1.0)


def test_a_failure_that_goes_on_is_logged_once_and_so_is_its_end(
    log: ALog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that is away for an hour would otherwise leave thousands of lines, and not the first one."""
    monkeypatch.setattr(loop, "AFTER_FAILURE", 0.001)
    caplog.set_level(logging.INFO, loop.__name__)
    failed, enough = itertools.count(1), 50

    def begun() -> None:
        if next(failed) <= enough:
            raise StoreUnavailable("away")

    with running(log, OWN, begun):
        until(lambda: "publishing goes on" in caplog.text)
    lines = [record.getMessage() for record in caplog.records if record.name == loop.__name__]
    beginning = "nothing is published: store-unavailable: away"
    assert (lines[0], lines[-1]) == (beginning, "publishing goes on")
    assert lines.count(beginning) < enough / 2  # once a minute, however slow the machine
    assert lines.count("publishing goes on") == 1


def test_an_interval_keeps_checkpoints_apart_and_the_first_vote_after_it_waits_for_nothing(log: ALog) -> None:
    """Each checkpoint is some files that stay. The service still stops at once."""
    published, hour = log.folder.newest, OWN._replace(interval=3600.0)
    with running(log, hour, lambda: None):
        grow(log.store, 1)
        until(lambda: published().size == 1)
        grow(log.store, 9)
        assert not threading.Event().wait(0.5)
    assert published().size == 1
    with running(log, OWN, lambda: None):
        until(lambda: published().size == 9)


def test_a_pass_that_took_longer_than_the_interval_is_followed_as_without_one() -> None:
    """It is the time from one beginning to the next; the usual pause lets answers become new votes."""
    rhythm = Rhythm(interval=0.5)
    assert rhythm.after(1, took=0.1) == pytest.approx(0.4)
    assert rhythm.after(1, took=2.0) == Rhythm().after(1, took=2.0) > 0
