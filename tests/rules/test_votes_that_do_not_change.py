"""Where a vote may not be changed, is taking it back and voting again a way around?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import complete
from ledger.domain.words.profiles import describe
from ledger.errors import ChangeNotAllowed
from tests.support.circular import council, say
from tests.support.memory_ledger import document

BOTH = {"1": "yes", "2": "yes"}
OTHERWISE = {"1": "no", "2": "no"}


def unchangeable(**settings: Any) -> tuple[Any, str]:
    """A council whose votes may be taken back, and not changed."""
    return council(change="never", withdraw=True, **settings)


@pytest.mark.parametrize("again", [BOTH, OTHERWISE, {"2": "no"}])
def test_who_took_a_vote_back_does_not_vote_again(again: dict[str, str]) -> None:
    """In two steps it would be the change that the profile refuses; the same vote once more is one too."""
    ledger, procedure = unchangeable()
    ledger.vote(procedure, "anna", BOTH)
    ledger.withdraw(procedure, "anna")
    with pytest.raises(ChangeNotAllowed, match="was taken back"):
        ledger.vote(procedure, "anna", again)
    assert ledger.procedure(procedure).tally()["1"] == {"yes": 0, "no": 0, "abstain": 0}


def test_a_vote_on_some_items_is_taken_back_for_all() -> None:
    """One vote is one ballot paper: what it left open is not filled in afterwards."""
    ledger, procedure = unchangeable()
    ledger.vote(procedure, "anna", {"1": "yes"})
    ledger.withdraw(procedure, "anna")
    with pytest.raises(ChangeNotAllowed):
        ledger.vote(procedure, "anna", {"2": "no"})


def test_who_took_a_vote_back_is_silent_as_the_profile_says() -> None:
    """The withdrawal stays possible, and silence is read as ever."""
    ledger, procedure = unchangeable(silence="as_no", objection=None)
    for member in ("anna", "bert", "cem"):
        ledger.vote(procedure, member, BOTH)
    assert ledger.procedure(procedure).outcome("1").result == "adopted"
    ledger.withdraw(procedure, "cem")
    assert ledger.procedure(procedure).outcome("1").result == "rejected"


def test_neither_does_anybody_else_for_the_member() -> None:
    """The clerk's record and a proxy are other ways to the same vote."""
    ledger, procedure = unchangeable(proxy={"max": 1})
    ledger.vote(procedure, "anna", BOTH)
    ledger.withdraw(procedure, "anna")
    paper = {"kind": "clerk-recorded", "source": "paper", "witness": "klaus"}
    with pytest.raises(ChangeNotAllowed):
        ledger.vote(procedure, "anna", OTHERWISE, actor="clara", provenance=paper)
    say(ledger, procedure, "proxy-given", "anna", member="anna", proxy="bert")
    with pytest.raises(ChangeNotAllowed):
        ledger.vote(procedure, "anna", OTHERWISE, actor="bert", provenance={"kind": "proxy"})


def test_on_a_new_ballot_paper_everybody_votes_again() -> None:
    """What counts no longer asks to be confirmed, and who took a vote back is asked about another paper."""
    ledger, procedure = unchangeable(documents="reconfirm")
    for member in ("anna", "bert", "cem"):
        ledger.vote(procedure, member, BOTH)
    ledger.withdraw(procedure, "anna")
    say(ledger, procedure, "document-attached", "clara", document=document("offer"))
    ledger.withdraw(procedure, "bert")  # a vote on the old paper: it counted for nothing
    for member in ("anna", "bert", "cem"):
        ledger.vote(procedure, member, OTHERWISE)
    assert ledger.procedure(procedure).tally()["1"]["no"] == 3
    ledger.withdraw(procedure, "anna")
    with pytest.raises(ChangeNotAllowed):
        ledger.vote(procedure, "anna", BOTH)


def test_a_document_under_which_votes_stand_lets_nobody_vote_again() -> None:
    """The paper is the same to those who voted, so it is to those who took their vote back."""
    ledger, procedure = unchangeable(documents="keep")
    ledger.vote(procedure, "anna", BOTH)
    ledger.withdraw(procedure, "anna")
    say(ledger, procedure, "document-attached", "clara", document=document("offer"))
    with pytest.raises(ChangeNotAllowed):
        ledger.vote(procedure, "anna", BOTH)


def test_a_substitute_votes_although_the_member_took_a_vote_back() -> None:
    """Another person, whose first vote it is."""
    ledger, procedure = unchangeable(substitution="during")
    ledger.vote(procedure, "anna", BOTH)
    ledger.withdraw(procedure, "anna")
    named = {"member": "anna", "substitute": "sub", "reason": "ill", "received_at": ledger.now}
    say(ledger, procedure, "substitute-named", "clara", **named)
    ledger.vote(procedure, "sub", OTHERWISE)
    assert ledger.procedure(procedure).tally()["1"]["no"] == 1


def test_where_votes_may_change_a_vote_is_given_again() -> None:
    """The refusal belongs to the profile."""
    ledger, procedure = council(change="until_deadline", withdraw=True)
    ledger.vote(procedure, "anna", BOTH)
    ledger.withdraw(procedure, "anna")
    ledger.vote(procedure, "anna", OTHERWISE)
    assert ledger.procedure(procedure).tally()["1"]["no"] == 1


def test_the_profile_says_so_in_words() -> None:
    """A clerk reads it before the procedure is opened."""
    profile = parse_profile({**complete("nkomvg-78"), "change": "never", "withdraw": True})
    assert "A vote may be taken back, and is then not given again." in describe(profile, "en")
    assert "Eine Stimme kann zurückgenommen werden und wird dann nicht noch einmal abgegeben." in describe(
        profile, "de"
    )
