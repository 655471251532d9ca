"""Do pages come in order, whole and once, whoever examines them, and is it said when something fails?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit import workers
from ledger.audit.carry import TOGETHER, apart
from ledger.audit.follow import Follower
from ledger.audit.source import Page
from ledger.audit.worker import Job
from ledger.audit.workers import SharedPages, open_pages
from ledger.errors import NotALedger, StoreUnavailable
from ledger.proof.tree_hash import hash_leaf
from ledger.proof.verify import LogVerifier
from ledger.rules import ReplayedRules
from tests.support.attacks import ENTRIES
from tests.support.entries_source import Deaf, EntriesSource
from tests.support.memory_ledger import ORIGIN


def leaves(source: EntriesSource, start: int, end: int, processes: int) -> list[bytes]:
    """The leaf hashes of all pages, in the order in which they came."""
    found: list[bytes] = []
    with open_pages(source, Job(source.reopen, ORIGIN, None), processes) as pages:
        for page, result in pages.read(start, end):
            count = len(range(*page)) if result.numbers is None else len(result.numbers)
            taken = [one for one in result.entries if one and len(one) == TOGETHER]
            votes = sum(len(apart(one)[-1].at) for one in taken)
            assert votes + len(result.entries) - len(taken) == count
            assert len(result.leaves) == 32 * count
            found += [result.leaves[at : at + 32] for at in range(0, len(result.leaves), 32)]
    return found


@given(st.integers(1, 9), st.sets(st.integers(0, len(ENTRIES) - 1)), st.integers(0, 20))
def test_every_entry_that_is_there_comes_once_and_in_order(size: int, holes: set[int], start: int) -> None:
    """Holes of any size, pages of any size, from any entry on."""
    source = EntriesSource(ENTRIES, sorted(holes))
    expected = [
        hash_leaf(data) for number, data in enumerate(ENTRIES) if number >= start and number not in holes
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "PAGE", size)
        assert leaves(source, start, source.size, 1) == expected


def test_so_it_is_when_several_processes_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also over a hole of many pages, and a second time with the same processes."""
    monkeypatch.setattr(workers, "PAGE", 2)
    holes = list(range(5, 21))
    source = EntriesSource(ENTRIES, holes)
    expected = [hash_leaf(data) for number, data in enumerate(ENTRIES) if number not in holes]
    assert leaves(source, 0, source.size, 3) == expected


def test_the_last_pages_are_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody has several whole pages before them when there are none left for the others."""
    monkeypatch.setattr(workers, "PAGE", 8)
    plan = workers.Plan(EntriesSource(ENTRIES[:30]), 3, 30, ahead=1)
    pages = list(iter(plan.take, None))
    assert pages == [(3, 8), (8, 16), (16, 24), (24, 26), (26, 28), (28, 30)]


def test_who_waits_for_a_slow_process_does_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the others find meanwhile is kept in memory: a few pages, and not the log.

    The slow one is still starting here.
    """
    monkeypatch.setattr(workers, "PAGE", 1)
    source = EntriesSource(ENTRIES)
    with open_pages(source, Job(source.reopen, ORIGIN, None), 2) as pages:
        assert isinstance(pages, SharedPages)
        kept = [len(pages._answers) for _ in pages.read(0, source.size)]
    assert len(kept) == len(ENTRIES)
    assert max(kept) <= workers.KEPT + workers.AHEAD < len(ENTRIES) // 2


class Failing(EntriesSource):
    """A database that breaks off."""

    @property
    def reopen(self) -> Callable[[], EntriesSource]:
        """The same."""
        return partial(Failing, self._entries)

    def page(self, first: int, end: int) -> Page:
        """Nothing behind the tenth entry."""
        if end > 10:
            raise NotALedger("the entry with seq 10 is damaged", seq=10)
        return super().page(first, end)


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_of_the_source_arrives_as_it_was_raised(
    monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    """Class, message and details, from whatever process."""
    monkeypatch.setattr(workers, "PAGE", 4)
    source = Failing(ENTRIES)
    with pytest.raises(NotALedger, match="seq 10 is damaged") as caught:
        leaves(source, 0, source.size, processes)
    assert caught.value.details == {"seq": 10}


def test_a_process_that_dies_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit does not wait for ever for somebody who was killed."""
    monkeypatch.setattr(workers, "PAGE", 2)
    source = EntriesSource(ENTRIES)
    with open_pages(source, Job(source.reopen, ORIGIN, None), 3) as pages:
        assert isinstance(pages, SharedPages)
        for worker in pages._workers:
            worker._process.kill()
        with pytest.raises(StoreUnavailable, match="a process of the audit died"):
            list(pages.read(0, source.size))


def test_a_program_beside_the_log_is_not_run_by_the_processes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever audits an export from within its folder must not run what somebody laid there."""
    (tmp_path / "pickle.py").write_text("raise SystemExit\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if folder])
    monkeypatch.setattr(workers, "PAGE", 2)
    source = EntriesSource(ENTRIES)
    assert leaves(source, 0, source.size, 2) == list(map(hash_leaf, ENTRIES))


class Restless(EntriesSource):
    """A source that says something else when it is asked again."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        super().__init__(entries)
        self.asked: set[int] = set()

    def page(self, first: int, end: int) -> Page:
        """The first time what is there, later something else."""
        page = super().page(first, end)
        if first in self.asked:
            return page._replace(states=[b"something else"] * len(page.states))
        self.asked.update(range(first, end))
        return page


def test_a_source_that_changes_meanwhile_is_not_believed() -> None:
    """What was examined and what is looked at again must be the same entry."""
    source = Restless([*ENTRIES[:5], b"no entry"])
    follower = Follower(source, LogVerifier(ORIGIN, ReplayedRules(ORIGIN)), Deaf())
    with open_pages(source, Job(source.reopen, ORIGIN, None), 1) as pages:
        [(page, result)] = pages.read(0, source.size)
        with pytest.raises(StoreUnavailable, match="entry 5 was changed while it was verified"):
            follower.follow(page, result)
