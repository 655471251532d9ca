"""Is an import that was killed in the middle finished by the next one, with nothing twice?

The roll calls are given superseded ballots and withdrawals, so that it is hard to go on: each vote names the
leaf of the one that it replaces, and that one may have been recorded before the kill.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from ledger.audit import Audit, audit_store
from tests.support.imports import disturbed, found_at, imported, recomputed, recounted, written
from tests.support.places import Place
from tests.support.processes import ending
from tests.support.rollcalls import SOURCES
from tests.support.rollcalls.rollcall import RollCall
from tests.support.shared import CHECKOUT

LIMIT = 120.0
"""Seconds until a process that does not get on counts as failed. Nothing depends on it."""

SHARES = (0.02, 0.31, 0.73)
"""How much of the import is recorded at least when it is killed."""


@pytest.fixture(scope="module")
def calls(shared: Path) -> list[RollCall]:
    """The last dozen of Zürich's roll calls, about 4,000 ballots."""
    random = Random(7)
    folder = shared / "votes" / SOURCES["zurich"].folder
    return [disturbed(call, random) for call in list(SOURCES["zurich"].convert(folder))[-12:]]


def importing(place: Place) -> subprocess.Popen[bytes]:
    """A process that imports what it is told."""
    command = [sys.executable, "-m", "api", "import", "rollcalls", "/dev/stdin", "--store", place.where]
    return subprocess.Popen(
        [*command, "--home", str(place.home)],
        bufsize=0,
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@contextmanager
def told(process: subprocess.Popen[bytes], path: Path) -> Iterator[None]:
    """All roll calls but the last, for which it waits: it comes to no end, however late it is killed."""
    *lines, _ = path.read_bytes().splitlines(keepends=True)

    def tell() -> None:
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it was killed before it had read them
            process.stdin.write(b"".join(lines))

    thread = threading.Thread(target=tell)
    thread.start()
    try:
        yield
    finally:
        process.kill()
        thread.join()


def killed(place: Place, path: Path, entries: int) -> int:
    """Kills an import as soon as the log has that many entries; returns how many there are then."""
    deadline = time.monotonic() + LIMIT
    with closing(place.open()) as store, ending(importing(place)) as process, told(process, path):
        while store.recorder.head() < entries:
            assert process.poll() is None, process.stdout and process.stdout.read()
            assert time.monotonic() < deadline
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(LIMIT) == -signal.SIGKILL
        return store.recorder.head() + 1


def audited(place: Place) -> Audit:
    """What a verification finds."""
    with closing(place.open()) as store:
        return audit_store(store)


@pytest.fixture
def another(tmp_path: Path) -> Place:
    """A second place, for the import that nobody interrupts."""
    folder = tmp_path / "another"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    return place


@pytest.mark.needs_shared
def test_a_killed_import_is_completed_by_the_next_one(
    place: Place, another: Place, calls: list[RollCall], tmp_path: Path
) -> None:
    """Killed three times, on both backends: the same entries by kind, the same names, the same results."""
    path = written(calls, tmp_path / "calls")
    found_at(another)
    imported(another, path)
    whole = audited(another)

    found_at(place)
    reached = [killed(place, path, int(share * whole.entries)) for share in SHARES]
    assert reached == sorted(reached)
    assert reached[-1] < whole.entries
    summary = imported(place, path)
    after = audited(place)

    assert recomputed(summary) == recounted(calls_as_they_ended(calls))
    assert after.failures == whole.failures == []
    assert replace(after, head="") == replace(whole, head="")
    assert imported(place, path).to_dict() == summary.to_dict()
    assert audited(place).head == after.head


def calls_as_they_ended(calls: list[RollCall]) -> list[RollCall]:
    """The roll calls with each member's last word only, for the naive recount."""
    ended = []
    for call in calls:
        last = {cast["member"]: cast for cast in call["casts"]}
        ended.append({**call, "casts": [cast for cast in last.values() if "choice" in cast]})
    return ended
