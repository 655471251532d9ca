"""Does the chair vote last where a source demands it (W-GBG § 10)?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profile_schema import read_profile
from ledger.domain.profiles import complete
from ledger.errors import BadProfile, OutOfTurn
from tests.support.circular import DIGEST, council
from tests.support.memory_ledger import MemoryLedger, document, later

LAST: dict[str, Any] = {"chair_votes": "last", "change": "never", "withdraw": False, "objection": None}


def voted(*members: str, **settings: Any) -> tuple[MemoryLedger, str]:
    """A council whose chair, Bert, votes last; these members have voted on both items."""
    ledger, procedure = council(**LAST, **settings)
    for member in members:
        ledger.vote(procedure, member, {"1": "yes", "2": "yes"})
    return ledger, procedure


def test_the_chair_waits_until_all_others_have_voted() -> None:
    """Whoever decides a tie must not lead the others."""
    ledger, procedure = voted("anna", "cem", "dora")
    with pytest.raises(OutOfTurn, match="emil has not voted"):
        ledger.vote(procedure, "bert", "yes")
    ledger.vote(procedure, "emil", {"1": "no", "2": "no"})
    ledger.vote(procedure, "bert", "yes")
    assert ledger.procedure(procedure).tally()["1"]["yes"] == 4


def test_a_vote_on_some_items_is_not_yet_a_vote_on_all() -> None:
    """The chair's vote is one for the whole ballot paper."""
    ledger, procedure = voted("anna", "cem", "dora")
    ledger.vote(procedure, "emil", {"1": "no"})
    with pytest.raises(OutOfTurn):
        ledger.vote(procedure, "bert", "yes")


def test_nobody_votes_after_the_chair() -> None:
    """An exclusion that is lifted afterwards does not change the turns."""
    ledger, procedure = voted("anna", "cem", "dora")
    excluded: dict[str, Any] = {"procedure": procedure, "member": "emil", "items": ["1", "2"]}
    ledger.put("member-excluded", "clara", reason="relative", **excluded)
    ledger.vote(procedure, "bert", "yes")
    ledger.put("exclusion-lifted", "clara", **excluded)
    with pytest.raises(OutOfTurn, match="nobody votes after the chair") as refused:
        ledger.vote(procedure, "emil", "no")
    assert refused.value.details["rule"] == "chair_votes"


def test_where_somebody_is_silent_the_chairs_own_deadline_is_extended() -> None:
    """Otherwise one silent member could keep the chair from voting."""
    ledger, procedure = voted("anna", "cem", "dora")
    closes_at = later(ledger.procedure(procedure).closes_at or "", 600)
    extension: dict[str, Any] = {"members": ["bert"], "closes_at": closes_at, "reason": DIGEST}
    ledger.put("deadline-extended", "clara", procedure=procedure, **extension)
    ledger.vote(procedure, "bert", "no", at=later(closes_at, -1))
    assert ledger.procedure(procedure).tally()["1"] == {"yes": 3, "no": 1, "abstain": 0}


def test_a_new_ballot_paper_begins_the_turns_again() -> None:
    """Nobody's vote counts on it yet, the chair's neither."""
    ledger, procedure = voted("anna", "cem", "dora", "emil")
    ledger.vote(procedure, "bert", {"1": "yes", "2": "yes"})
    ledger.put("document-attached", "clara", procedure=procedure, document=document("late"))
    with pytest.raises(OutOfTurn):
        ledger.vote(procedure, "bert", {"1": "yes", "2": "yes"})
    ledger.vote(procedure, "anna", {"1": "no", "2": "no"})


@pytest.mark.parametrize("settings", [{"change": "until_deadline"}, {"withdraw": True}])
def test_votes_that_could_be_changed_after_the_chair_contradict_it(settings: dict[str, Any]) -> None:
    """The last word would be somebody else's."""
    with pytest.raises(BadProfile, match="nobody votes after the chair"):
        council(**{**LAST, **settings})


def test_a_chair_without_a_seat_cannot_vote_last() -> None:
    """Refused at the opening, not when the chair wants to vote."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert")
    with pytest.raises(BadProfile, match="no member of the electorate is named as chair"):
        ledger.open(profile={**complete("simple-majority"), **LAST}, chair=None)


def test_profiles_of_the_schema_before_leave_the_chair_free() -> None:
    """What was signed before this setting was known reads as it was meant."""
    later = {"chair_votes", "grace"}
    before = {name: value for name, value in complete("vwvfg-90").items() if name not in later}
    assert read_profile({**before, "schema": 2}).chair_votes == "any"
    with pytest.raises(BadProfile, match="lacks chair_votes"):
        read_profile({**before, "schema": 3})
