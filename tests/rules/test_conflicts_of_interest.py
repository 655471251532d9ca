"""What does a conflict of interest (Mitwirkungsverbot) change, beside that the vote does not count?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.errors import Excluded
from tests.support.circular import DIGEST, MEMBERS, council, say
from tests.support.memory_ledger import MemoryLedger, document, item, later

ALL = {"1": "yes", "2": "yes"}


def unanimous(profile: str, votes: str, excluded: int) -> str:
    """The result of a council of five under a profile that asks for all, with so many excluded."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    wanted: dict[str, Any] = {"profile": complete(profile), "subject": {"simple": True, "urgent": False}}
    wanted["subject"]["topics"] = []
    if wanted["profile"]["deadline"] == "fixed":
        wanted["closes_at"] = later(ledger.now, 3600)
    procedure = ledger.open(items=[item("1")], **wanted)
    ledger.put("delivery-recorded", procedure=procedure, members=list(MEMBERS), how="mail")
    for member in MEMBERS[len(MEMBERS) - excluded :]:
        say(ledger, procedure, "member-excluded", "registrar", member=member, items=["1"], reason="relative")
    for member, letter in zip(MEMBERS, votes, strict=False):
        if letter != "-":
            ledger.vote(procedure, member, {"y": "yes", "n": "no", "a": "abstain"}[letter])
    return ledger.procedure(procedure).outcome("1").result


@pytest.mark.parametrize(
    ("profile", "votes", "excluded", "result"),
    [
        ("gemo-bw-37", "----", 1, "adopted"),
        ("gemo-bw-37", "aay-", 1, "adopted"),
        ("gemo-bw-37", "---n", 1, "rejected"),
        ("gemo-bw-37", "", 5, "rejected"),
        ("iteos-8", "yyyy", 1, "adopted"),
        ("iteos-8", "yyy-", 1, "rejected"),
        ("iteos-8", "yyya", 1, "rejected"),
        ("iteos-8", "yyyyy", 0, "adopted"),
    ],
)
def test_who_may_not_vote_does_not_stand_in_the_way_of_all_others(
    profile: str, votes: str, excluded: int, result: str
) -> None:
    """GemO BW § 37, ITEOS § 8: adopted if nobody objects; and who is excluded neither may nor can."""
    assert unanimous(profile, votes, excluded) == result


def test_a_substitute_for_an_excluded_member_fills_the_seat() -> None:
    """BPersVG § 41 Abs. 3: otherwise the seat counted twice, and somebody who is silent not at all."""
    ledger, procedure = council(substitution="during", silence="voids", objection=None)
    say(ledger, procedure, "member-excluded", "clara", member="anna", items=["1", "2"], reason="relative")
    named = {"member": "anna", "substitute": "sub", "reason": "excluded", "received_at": ledger.now}
    say(ledger, procedure, "substitute-named", "clara", **named)
    for member in ("sub", "bert", "cem", "dora"):
        ledger.vote(procedure, member, ALL)
    found = ledger.procedure(procedure)
    assert (found.circulation("1").excluded, found.outcome("1").result) == (0, "no-decision")
    ledger.vote(procedure, "emil", ALL)
    assert found.outcome("1").result == "adopted"


def test_a_substitute_may_come_for_a_member_whose_vote_does_not_count_any_more() -> None:
    """The paper changed and the member fell ill: nobody could take the old vote back for the member."""
    ledger, procedure = council(substitution="during")
    ledger.vote(procedure, "anna", ALL)
    say(ledger, procedure, "document-attached", "clara", document=document("offer"))
    named = {"member": "anna", "substitute": "sub", "reason": "ill", "received_at": ledger.now}
    say(ledger, procedure, "substitute-named", "clara", **named)
    ledger.vote(procedure, "sub", {"1": "no", "2": "no"})
    found = ledger.procedure(procedure)
    assert found.tally()["1"] == {"yes": 0, "no": 1, "abstain": 0}
    assert "anna" not in found.box.votes


def test_who_is_excluded_does_not_vote_for_others_either() -> None:
    """GmbHG § 47 Abs. 4: without a vote, and not to exercise one for others."""
    ledger, procedure = council(proxy={"max": 1})
    say(ledger, procedure, "proxy-given", "anna", member="anna", proxy="bert")
    say(ledger, procedure, "member-excluded", "clara", member="bert", items=["1"], reason="own-interest")
    by_proxy: dict[str, Any] = {"actor": "bert", "provenance": {"kind": "proxy"}}
    with pytest.raises(Excluded, match="bert is excluded from item 1"):
        ledger.vote(procedure, "anna", ALL, **by_proxy)
    ledger.vote(procedure, "anna", {"2": "yes"}, **by_proxy)
    assert ledger.procedure(procedure).tally()["2"]["yes"] == 1


def test_an_extension_reaches_a_substitute_and_leaves_the_conflict_of_the_other() -> None:
    """What is on record about one member is not about the next."""
    ledger, procedure = council(substitution="during")
    say(ledger, procedure, "member-excluded", "clara", member="dora", items=["1"], reason="other")
    named = {"member": "anna", "substitute": "sub", "reason": "absent", "received_at": ledger.now}
    say(ledger, procedure, "substitute-named", "clara", **named)
    longer = later(str(ledger.procedure(procedure).closes_at), 60)
    say(ledger, procedure, "deadline-extended", "clara", closes_at=longer, members=["sub"], reason=DIGEST)
    found = ledger.procedure(procedure)
    assert (found.conduct.deadline("sub"), found.circulation("1").excluded) == (longer, 1)
