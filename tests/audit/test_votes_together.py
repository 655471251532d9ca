"""Does an audit take votes together as it would take one after the other?

Neighbours in one procedure are followed in one go, as long as there is nothing to say of any of them.
"""

from __future__ import annotations

import pytest

from ledger.audit import reading
from ledger.audit.carry import TOGETHER, apart
from ledger.audit.examiner import Examiner
from ledger.audit.source import Page
from tests.support.entries_source import audited
from tests.support.forged_log import relinked, resigned, reworded, verified
from tests.support.memory_ledger import ORIGIN, MemoryLedger, key_of

MEMBERS = ("anna", "bert", "cem", "dora", "emil", "fatma")


def voted() -> tuple[list[bytes], list[int]]:
    """A log in which all vote in one procedure, then in two in turns; and the numbers of the first votes."""
    ledger = MemoryLedger()
    ledger.found()
    ledger.council(*MEMBERS)
    one, other, third = map(ledger.open, ("one", "other", "third"))
    begin = len(ledger.entries)
    for member in MEMBERS:
        ledger.vote(one, member, "yes")
    for member in MEMBERS:
        ledger.vote(other, member, "no")
        ledger.vote(third, member, "yes")
    return list(ledger.entries), list(range(begin, begin + len(MEMBERS)))


LOG, FIRST = voted()


@pytest.fixture(autouse=True, params=[1, 16])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Votes that are alike are read in one go, or one by one."""
    monkeypatch.setattr(reading, "FEW", request.param)


def test_good_votes_are_taken_without_a_word() -> None:
    """In one procedure, and in two that take turns."""
    assert audited(LOG) == []


def test_votes_of_one_procedure_are_taken_together() -> None:
    """Otherwise each test here would look at one vote at a time."""
    entries = Examiner(ORIGIN).page(Page(range(len(LOG)), LOG)).entries
    together = [len(apart(one)[-1].at) for one in entries if one is not None and len(one) == TOGETHER]
    assert max(together) == len(FIRST)


@pytest.mark.parametrize("place", range(len(MEMBERS)))
def test_a_vote_that_the_rules_refuse_is_reported_and_no_other_one(place: int) -> None:
    """Before it and behind it the votes are as good as they were."""
    number = FIRST[place]
    bad = resigned(reworded(LOG[number], choices={"1": "perhaps"}), key_of(MEMBERS[place]))
    log = relinked([*LOG[:number], bad, *LOG[number + 1 :]])
    assert [(one.check, one.seq) for one in audited(log)] == [("5.1", number)]
    assert audited(log) == verified(log)


@pytest.mark.parametrize("place", range(len(MEMBERS)))
def test_a_vote_that_was_recorded_before_is_reported_where_it_stands_again(place: int) -> None:
    """Also as the neighbour of itself."""
    number = FIRST[place]
    log = relinked([*LOG[: number + 1], *LOG[number:]])
    failures = audited(log)
    assert ("3.3", number + 1) in {(one.check, one.seq) for one in failures}
    assert {one.seq for one in failures} == {number + 1}
    assert failures == verified(log)


def test_a_vote_of_somebody_elses_key_is_reported_among_good_ones() -> None:
    """Its signature is good, under a key that another member has."""
    number = FIRST[3]
    log = relinked([*LOG[:number], resigned(LOG[number], key_of("bert")), *LOG[number + 1 :]])
    assert [(one.check, one.seq) for one in audited(log)] == [("4.1", number)]
    assert audited(log) == verified(log)
