"""May this member vote, vote again, or take the vote back, now and on this ballot paper?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.errors import (
    AlreadyClosed,
    ChangeNotAllowed,
    NotAllowed,
    NotDeclared,
    NotEntitled,
    NotOpenYet,
    StaleBallot,
    StaleReplaces,
    StimmbuchError,
    TooLate,
    UnknownOption,
)
from tests.support.memory_ledger import BODY, START, MemoryLedger, item, key_of, later, procedure_of

OPENS, DEADLINE = later(START, 3600), later(START, 7200)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Three members of the council, and Dora, who has no seat."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    ledger.person("dora")
    ledger.person("chris", "clerk")
    return ledger


@pytest.fixture
def procedure(ledger: MemoryLedger) -> str:
    """One item under more-yes-than-no; voting is open from `OPENS` to before `DEADLINE`."""
    return ledger.open(profile="nkomvg-66", opens_at=OPENS, closes_at=DEADLINE)


def counts(ledger: MemoryLedger, procedure: str, name: str = "1") -> tuple[int, ...]:
    """Yes, no and abstentions on an item."""
    return tuple(ledger.procedure(procedure).tally()[name].values())


def refused(
    ledger: MemoryLedger, error: type[StimmbuchError], procedure: str, reason: str, **fields: Any
) -> None:
    """Anna's vote with these fields is refused for this reason, and the counts stay."""
    before, version = ledger.procedure(procedure).tally(), ledger.procedure(procedure).version
    with pytest.raises(error, match=reason):
        ledger.vote(procedure, **{"member": "anna", "option": "yes", "at": OPENS, **fields})
    assert ledger.procedure(procedure).tally() == before
    assert ledger.procedure(procedure).version == version


# ── who ────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_votes(ledger: MemoryLedger, procedure: str) -> None:
    """One statement, one entry, one vote."""
    ledger.vote(procedure, "anna", "yes", at=OPENS)
    assert counts(ledger, procedure) == (1, 0, 0)


@pytest.mark.parametrize("member", ["dora", "chris"])
def test_who_has_no_seat_does_not_vote(ledger: MemoryLedger, procedure: str, member: str) -> None:
    """Being registered is not being a member of this body."""
    refused(ledger, NotEntitled, procedure, "not in the electorate", member=member)


def test_who_gets_a_seat_later_does_not_vote(ledger: MemoryLedger, procedure: str) -> None:
    """The electorate is frozen at the opening."""
    granted = [{"member": "dora", "weight": 1, "group": None}]
    ledger.put("seats-changed", body=BODY, granted=granted, ended=[])
    refused(ledger, NotEntitled, procedure, "dora is not in the electorate", member="dora")


@pytest.mark.parametrize("actor", ["bert", "chris", "registrar", "service"])
def test_nobody_votes_for_somebody_else(ledger: MemoryLedger, procedure: str, actor: str) -> None:
    """Nothing that others sign can stand for a member's will."""
    refused(ledger, NotAllowed, procedure, "signed by the member", actor=actor)


# ── when ───────────────────────────────────────────────────────────────────────────────────────


def test_voting_before_the_opening_time_is_refused(ledger: MemoryLedger, procedure: str) -> None:
    """Everybody starts at the same time."""
    refused(ledger, NotOpenYet, procedure, "voting begins at", at=later(OPENS, -0.001))


def test_a_vote_at_the_opening_time_counts(ledger: MemoryLedger, procedure: str) -> None:
    """The opening time belongs to the time of voting."""
    ledger.vote(procedure, "anna", "yes", at=OPENS)


def test_a_vote_a_millisecond_before_the_deadline_counts(ledger: MemoryLedger, procedure: str) -> None:
    """The whole period can be used (BGB § 188)."""
    ledger.vote(procedure, "anna", "yes", at=later(DEADLINE, -0.001))
    assert counts(ledger, procedure) == (1, 0, 0)


@pytest.mark.parametrize("seconds", [0, 0.001, 86400])
def test_a_vote_at_the_deadline_is_late(ledger: MemoryLedger, procedure: str, seconds: float) -> None:
    """Exactly at it is late, whether or not the closing entry stands already."""
    refused(ledger, TooLate, procedure, "the deadline was", at=later(DEADLINE, seconds))


def test_a_vote_after_the_closing_is_refused(ledger: MemoryLedger, procedure: str) -> None:
    """There is no reopening."""
    ledger.close(procedure, at=DEADLINE)
    refused(ledger, AlreadyClosed, procedure, "is closed", at=DEADLINE)


def test_a_vote_after_the_chair_closed_is_refused(ledger: MemoryLedger) -> None:
    """Also where there is no deadline."""
    procedure = ledger.open()
    ledger.close(procedure)
    refused(ledger, AlreadyClosed, procedure, "is closed")


# ── on what ────────────────────────────────────────────────────────────────────────────────────


def test_a_vote_on_another_ballot_paper_is_refused(ledger: MemoryLedger, procedure: str) -> None:
    """The digest that was signed says on what the member decided."""
    other = ledger.open("another", profile="nkomvg-66", opens_at=OPENS, closes_at=DEADLINE)
    ballot = ledger.procedure(other).box.ballot
    refused(ledger, StaleBallot, procedure, "the ballot paper of this procedure is now", ballot=ballot)


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({"1": "maybe"}, "maybe is no option of item 1"),
        ({"1": "Yes"}, "Yes is no option"),
        ({"2": "yes"}, "there is no item 2"),
        ({"1": "yes", "2": "yes"}, "there is no item 2"),
    ],
)
def test_a_vote_for_what_is_not_on_the_ballot_paper_is_refused(
    ledger: MemoryLedger, procedure: str, choices: dict[str, str], reason: str
) -> None:
    """The whole vote: nothing of it is counted."""
    refused(ledger, UnknownOption, procedure, reason, option=choices)


def test_several_items_are_counted_apart(ledger: MemoryLedger) -> None:
    """Isernhagen, 24.11.2021: fifteen members voted on some of the items only."""
    procedure = ledger.open(items=[item("1"), item("2"), item("3", "yes", "no", polarity="against")])
    ledger.vote(procedure, "anna", {"1": "yes", "2": "no", "3": "yes"})
    ledger.vote(procedure, "bert", {"2": "abstain"})
    ledger.vote(procedure, "cem", {"1": "no", "3": "yes"})
    assert ledger.procedure(procedure).tally() == {
        "1": {"yes": 1, "no": 1, "abstain": 0},
        "2": {"yes": 0, "no": 1, "abstain": 1},
        "3": {"yes": 2, "no": 0},
    }
    results = [ledger.procedure(procedure).outcome(name).result for name in ("1", "2", "3")]
    assert results == ["rejected", "rejected", "rejected"]


def test_options_may_be_persons(ledger: MemoryLedger) -> None:
    """An election; what the ids stand for is disclosed beside the log."""
    procedure = ledger.open(items=[item("1", "o1", "o2", "present")], profile="majority-for-person")
    for member, option in (("anna", "o2"), ("bert", "o2"), ("cem", "present")):
        ledger.vote(procedure, member, option)
    assert ledger.procedure(procedure).tally() == {"1": {"o1": 0, "o2": 2, "present": 1}}
    assert ledger.procedure(procedure).outcome("1").result == "elected:o2"


def test_a_vote_counts_with_the_weight_of_its_seat() -> None:
    """GmbHG § 47 II: the weight stands in the register, not in the vote."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem", weights={"anna": 50_000, "bert": 49_999, "cem": 0})
    procedure = ledger.open(profile="absolute-majority-of-members")
    ledger.vote(procedure, "anna", "yes")
    ledger.vote(procedure, "bert", "no")
    ledger.vote(procedure, "cem", "no")
    assert counts(ledger, procedure) == (50_000, 49_999, 0)
    assert ledger.procedure(procedure).outcome("1").result == "adopted"


# ── again ──────────────────────────────────────────────────────────────────────────────────────


def test_a_new_vote_replaces_the_old_one(ledger: MemoryLedger, procedure: str) -> None:
    """The last vote counts, once."""
    for option in ("yes", "no", "abstain", "no"):
        ledger.vote(procedure, "anna", option, at=OPENS)
    assert counts(ledger, procedure) == (0, 1, 0)


def test_a_new_vote_replaces_the_old_one_on_all_items(ledger: MemoryLedger) -> None:
    """An item that the new vote leaves out is not voted on any more."""
    procedure = ledger.open(items=[item("1"), item("2")])
    ledger.vote(procedure, "anna", {"1": "yes", "2": "yes"})
    ledger.vote(procedure, "anna", {"2": "no"})
    assert (counts(ledger, procedure), counts(ledger, procedure, "2")) == ((0, 0, 0), (0, 1, 0))


def test_a_first_vote_replaces_nothing(ledger: MemoryLedger, procedure: str) -> None:
    """Who names a vote that was not given has seen another ledger."""
    refused(ledger, StaleReplaces, procedure, "stands now is none", replaces=ledger.head)


def test_a_new_vote_names_the_one_that_it_replaces(ledger: MemoryLedger, procedure: str) -> None:
    """Of two devices the second must have seen the first one's vote; an old vote cannot be replayed."""
    first = ledger.vote(procedure, "anna", "yes", at=OPENS)
    second = ledger.vote(procedure, "anna", "no")
    refused(ledger, StaleReplaces, procedure, "stands now is", replaces=None)
    refused(ledger, StaleReplaces, procedure, "stands now is", replaces=first)
    ledger.vote(procedure, "anna", "yes", replaces=second)


def test_another_members_vote_is_not_replaced(ledger: MemoryLedger, procedure: str) -> None:
    """Each member has a vote of their own."""
    of_bert = ledger.vote(procedure, "bert", "no", at=OPENS)
    refused(ledger, StaleReplaces, procedure, "stands now is none", replaces=of_bert)


def test_a_profile_may_make_the_first_vote_final(ledger: MemoryLedger) -> None:
    """Some rules know no change of mind."""
    procedure = ledger.open(profile={**complete("simple-majority"), "change": "never"})
    ledger.vote(procedure, "anna", "yes")
    refused(ledger, ChangeNotAllowed, procedure, "not allow a vote to be changed", option="no")


# ── taking back ────────────────────────────────────────────────────────────────────────────────


def test_a_vote_is_taken_back(ledger: MemoryLedger, procedure: str) -> None:
    """BGB § 130 I 2; afterwards the member has not voted, and may vote again."""
    ledger.vote(procedure, "anna", "yes", at=OPENS)
    ledger.withdraw(procedure, "anna")
    assert counts(ledger, procedure) == (0, 0, 0)
    ledger.vote(procedure, "anna", "no", replaces=None)
    assert counts(ledger, procedure) == (0, 1, 0)


def test_only_a_vote_that_stands_is_taken_back(ledger: MemoryLedger, procedure: str) -> None:
    """Neither none, nor one that was replaced, nor the same one twice."""
    first = ledger.vote(procedure, "anna", "yes", at=OPENS)
    second = ledger.vote(procedure, "anna", "no")
    for named in (first, ledger.state.body(BODY).as_of):
        with pytest.raises(StaleReplaces):
            ledger.withdraw(procedure, "anna", withdraws=named)
    ledger.withdraw(procedure, "anna", withdraws=second)
    with pytest.raises(StaleReplaces, match="stands now is none"):
        ledger.withdraw(procedure, "anna", withdraws=second)


def test_who_takes_back_a_vote_that_was_not_given_is_told_so(ledger: MemoryLedger, procedure: str) -> None:
    """The statement cannot even be prepared; "withdraws is missing" would be a riddle to a member."""
    with pytest.raises(NotDeclared, match="stands now is none"):
        ledger.withdraw(procedure, "anna", at=OPENS)


def test_a_profile_may_forbid_taking_back(ledger: MemoryLedger) -> None:
    """LG Karlsruhe, ZWE 2017, 362, for circular resolutions of owners."""
    procedure = ledger.open(profile={**complete("simple-majority"), "withdraw": False})
    ledger.vote(procedure, "anna", "yes")
    with pytest.raises(ChangeNotAllowed, match="not allow a vote to be withdrawn"):
        ledger.withdraw(procedure, "anna")
    assert counts(ledger, procedure) == (1, 0, 0)


def test_nobody_takes_somebody_elses_vote_back(ledger: MemoryLedger, procedure: str) -> None:
    """It would be a way to silence a member."""
    ledger.vote(procedure, "anna", "yes", at=OPENS)
    with pytest.raises(NotAllowed, match="signed by the member"):
        ledger.withdraw(procedure, "anna", actor="chris")


def test_taking_back_has_the_times_of_voting(ledger: MemoryLedger, procedure: str) -> None:
    """At the deadline the votes are what they are."""
    ledger.vote(procedure, "anna", "yes", at=OPENS)
    with pytest.raises(TooLate):
        ledger.withdraw(procedure, "anna", at=DEADLINE)
    ledger.close(procedure, at=DEADLINE)
    with pytest.raises(AlreadyClosed):
        ledger.withdraw(procedure, "anna")


def test_a_vote_signed_for_one_procedure_does_not_count_in_another(ledger: MemoryLedger) -> None:
    """The ballot digest holds the procedure's id: an envelope cannot be used twice."""
    one, other = ledger.open("one"), ledger.open("other")
    ballot = ledger.procedure(one).box.ballot
    with pytest.raises(StaleBallot):
        ledger.vote(other, "anna", "yes", ballot=ballot)
    assert procedure_of("one") != procedure_of("other")


def test_a_member_with_two_seats_in_two_bodies_votes_in_each(ledger: MemoryLedger) -> None:
    """One person, one key, several councils of one office."""
    ledger.council("anna", body="aus", weights={"anna": 3})
    here, there = ledger.open("here"), ledger.open("there", body="aus")
    ledger.vote(here, "anna", "yes", keys=(key_of("anna"),))
    ledger.vote(there, "anna", "no", keys=(key_of("anna"),))
    assert (counts(ledger, here), counts(ledger, there)) == ((1, 0, 0), (0, 3, 0))
