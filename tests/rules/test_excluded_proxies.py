"""Whose votes count when a conflict of interest is recorded of somebody who voted for others?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.errors import ChangeNotAllowed, Excluded, NotDeclared, NotProvided
from tests.support.circular import MEMBERS, council, say
from tests.support.memory_ledger import MemoryLedger, document
from tests.support.naive_recount import Recount

ALL = {"1": "yes", "2": "yes"}
BY_BERT: dict[str, Any] = {"actor": "bert", "provenance": {"kind": "proxy"}}
EXCLUDED: dict[str, Any] = {"member": "bert", "items": ["1"], "reason": "own-interest"}
NOTHING = {"yes": 0, "no": 0, "abstain": 0}


def represented(choices: dict[str, str] | None = None, **settings: Any) -> tuple[MemoryLedger, str]:
    """Anna has given her proxy to Bert, and he has voted for her."""
    ledger, procedure = council(**{"proxy": {"max": 2}, "objection": None, **settings})
    say(ledger, procedure, "proxy-given", "anna", member="anna", proxy="bert")
    ledger.vote(procedure, "anna", choices or ALL, **BY_BERT)
    return ledger, procedure


def test_an_exclusion_sets_aside_what_the_member_voted_for_others() -> None:
    """GmbHG § 47 Abs. 4: nor may who is excluded exercise a vote for others; whether before or after."""
    ledger, procedure = represented()
    ledger.vote(procedure, "bert", ALL)
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    found = ledger.procedure(procedure)
    assert found.tally() == {"1": NOTHING, "2": {"yes": 2, "no": 0, "abstain": 0}}
    assert found.tally() == Recount(ledger.entries, procedure).tally()
    assert (found.circulation("1").heads, found.circulation("1").excluded) == (0, 1)


def test_once_it_is_lifted_the_vote_counts_again() -> None:
    """An exclusion that was wrong leaves no trace in the numbers."""
    ledger, procedure = represented()
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    say(ledger, procedure, "exclusion-lifted", "clara", member="bert", items=["1"])
    found = ledger.procedure(procedure)
    assert found.tally()["1"] == {"yes": 1, "no": 0, "abstain": 0}
    assert (found.box.classes["1"], found.box.aside["1"], found.box.void["1"]) == (
        {("yes", 1, None): 1},
        {},
        {},
    )


def test_who_was_represented_may_vote_in_person_after_all() -> None:
    """The member has no conflict of interest; only the proxy had."""
    ledger, procedure = represented()
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    with pytest.raises(Excluded):
        ledger.vote(procedure, "anna", {"1": "no"}, **BY_BERT)
    say(ledger, procedure, "proxy-revoked", "anna", member="anna")
    ledger.vote(procedure, "anna", {"1": "no", "2": "no"})
    assert ledger.procedure(procedure).tally()["1"] == {"yes": 0, "no": 1, "abstain": 0}


def test_also_where_votes_may_not_be_changed() -> None:
    """A vote that never counted is not changed by the first one that does."""
    ledger, procedure = represented(change="never")
    say(ledger, procedure, "proxy-revoked", "anna", member="anna")
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    with pytest.raises(ChangeNotAllowed):  # on item 2 it stands
        ledger.vote(procedure, "anna", {"1": "no"})
    say(ledger, procedure, "member-excluded", "clara", **{**EXCLUDED, "items": ["2"]})
    ledger.vote(procedure, "anna", {"1": "no", "2": "no"})
    assert ledger.procedure(procedure).tally()["1"] == {"yes": 0, "no": 1, "abstain": 0}


@pytest.mark.parametrize(
    ("silence", "result"),
    [("ignored", "rejected"), ("as_yes", "adopted"), ("as_no", "rejected"), ("voids", "no-decision")],
)
def test_until_then_the_member_is_silent_and_not_excluded(silence: str, result: str) -> None:
    """As if the proxy had not voted, which is what the rules would have said before."""
    ledger, procedure = represented(silence=silence)
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    found = ledger.procedure(procedure)
    assert found.outcome("1").result == result
    assert found.poll("1").excluded == 1


def test_the_vote_does_not_count_as_taking_part_nor_as_consent() -> None:
    """Bases of a majority and implied consents follow from votes that count."""
    half = {"n": 1, "d": 2, "strict": True, "base": "participating"}
    consent = {"n": 1, "d": 2, "of": "members", "partial": False, "implied": "vote"}
    ledger, procedure = represented({"1": "yes"}, majority=half, procedure_consent=consent)
    ledger.vote(procedure, "cem", {"1": "no"})
    ledger.vote(procedure, "dora", {"1": "yes"})
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    found = ledger.procedure(procedure)
    assert (found.poll("1").participating, found.circulation("1").consents) == (2, 2)
    say(ledger, procedure, "exclusion-lifted", "clara", member="bert", items=["1"])
    assert (found.poll("1").participating, found.circulation("1").consents) == (3, 3)


def test_relevance_asks_what_would_be_with_such_votes_counted() -> None:
    """NKomVG § 41 Abs. 6: the excluded members' votes, own ones and those for others."""
    ledger, procedure = represented()
    ledger.vote(procedure, "bert", ALL)
    ledger.vote(procedure, "cem", {"1": "no"})
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    [variant] = [one for one in ledger.procedure(procedure).relevance("1") if one.code == "with-excluded"]
    assert (variant.result, variant.survives, variant.numbers) == ("adopted", False, {"votes": 2})
    say(ledger, procedure, "exclusion-lifted", "clara", member="bert", items=["1"])
    assert ledger.procedure(procedure).outcome("1").result == "adopted"


def test_with_them_counted_nobody_is_silent_any_more() -> None:
    """The numbers are those that there would be without the exclusion."""
    ledger, procedure = represented(silence="voids")
    for member in MEMBERS[1:]:
        ledger.vote(procedure, member, ALL)
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    found = ledger.procedure(procedure)
    [variant] = [one for one in found.relevance("1") if one.code == "with-excluded"]
    assert (found.outcome("1").result, variant.result) == ("no-decision", "adopted")


def test_the_derivation_says_that_votes_for_others_do_not_count_either() -> None:
    """What the minutes are written from."""
    ledger, procedure = represented()
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    [step] = [one for one in ledger.procedure(procedure).outcome("1").steps if one.code == "void-by-proxy"]
    assert (step.numbers, step.setting) == ({"votes": 1}, "exclusion")
    other = [one.code for one in ledger.procedure(procedure).outcome("2").steps]
    assert "void-by-proxy" not in other


def test_a_new_ballot_paper_leaves_them_without_effect_like_all_others() -> None:
    """And an exclusion holds on it, too."""
    ledger, procedure = represented()
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    say(ledger, procedure, "document-attached", "clara", document=document("offer"))
    found = ledger.procedure(procedure)
    assert found.box.void == {"1": {}, "2": {}}
    say(ledger, procedure, "exclusion-lifted", "clara", member="bert", items=["1"])
    assert found.tally()["1"] == NOTHING
    ledger.vote(procedure, "anna", ALL, **BY_BERT)
    assert found.tally()["1"]["yes"] == 1


def test_a_substitute_for_the_excluded_proxy_does_not_bring_the_vote_back() -> None:
    """The seat goes on without the conflict; the person has it still, and voted for another seat."""
    ledger, procedure = council(proxy={"max": 2}, substitution="during", objection=None)
    say(ledger, procedure, "proxy-given", "bert", member="bert", proxy="anna")
    by_anna: dict[str, Any] = {"actor": "anna", "provenance": {"kind": "proxy"}}
    ledger.vote(procedure, "bert", ALL, **by_anna)
    say(ledger, procedure, "member-excluded", "clara", **{**EXCLUDED, "member": "anna"})
    named = {"member": "anna", "substitute": "sub", "reason": "excluded", "received_at": ledger.now}
    say(ledger, procedure, "substitute-named", "clara", **named)
    found = ledger.procedure(procedure)
    assert found.tally()["1"] == NOTHING == Recount(ledger.entries, procedure).tally()["1"]
    assert found.circulation("1").excluded == 0
    with pytest.raises(Excluded):
        ledger.vote(procedure, "bert", {"1": "no"}, **by_anna)
    ledger.vote(procedure, "sub", ALL)
    assert found.tally()["1"]["yes"] == 1
    say(ledger, procedure, "exclusion-lifted", "clara", member="anna", items=["1"])
    assert found.tally()["1"]["yes"] == 2
    with pytest.raises(NotDeclared):
        say(ledger, procedure, "exclusion-lifted", "clara", member="anna", items=["1"])


def test_where_conflicts_of_interest_are_not_applied_nothing_changes() -> None:
    """WEG and GmbH profiles: exclusions are not recorded at all, and proxies' votes stand."""
    assert {complete(name)["exclusion"] for name in ("weg-23", "weg-23-majority", "gmbhg-48")} == {"none"}
    ledger, procedure = represented(exclusion="none")
    with pytest.raises(NotProvided):
        say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    assert ledger.procedure(procedure).tally()["1"]["yes"] == 1


def test_the_casting_vote_of_an_excluded_chair_does_not_count_either() -> None:
    """It decided although its giver may not take part."""
    ledger, procedure = council(tie="casting_vote", objection=None)
    ledger.vote(procedure, "anna", {"1": "yes"})
    ledger.vote(procedure, "cem", {"1": "no"})
    casting: dict[str, Any] = {"member": "bert", "choices": {"1": "yes"}}
    ledger.put("casting-vote-given", "bert", procedure=procedure, **casting)
    found = ledger.procedure(procedure)
    assert found.outcome("1").result == "adopted"
    say(ledger, procedure, "member-excluded", "clara", **EXCLUDED)
    assert found.outcome("1").result == "rejected"
