"""Where each deadline begins with a receipt: how does a procedure end when somebody cannot be reached?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import complete
from ledger.domain.words.circumstances import circumstances
from ledger.domain.words.profiles import describe
from ledger.errors import NotAllowed, NotClosed
from tests.support.circular import MEMBERS
from tests.support.memory_ledger import SERVICE, MemoryLedger, item, later

URGENT: dict[str, Any] = {"subject": {"simple": False, "urgent": True, "topics": []}}
OWN = {**complete("nkomvg-78"), **{name: complete("iteos-8")[name] for name in ("deadline", "period")}}


def reached(*members: str, profile: Any = "iteos-8") -> tuple[MemoryLedger, str]:
    """A council of five, of whom these received the documents and voted yes; their deadlines have passed."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    ledger.person("clara", "clerk")
    procedure = ledger.open(profile=profile, chair="bert", items=[item("1")], **URGENT)
    if members:
        ledger.put("delivery-recorded", "clara", procedure=procedure, members=list(members), how="mail")
    for member in members:
        ledger.vote(procedure, member, "yes")
    ledger.now = later(ledger.now, 20 * 86400)
    return ledger, procedure


def closed(ledger: MemoryLedger, procedure: str, actor: str = "clara", reason: str = "chair") -> None:
    """Closed for this reason."""
    ledger.close(procedure, actor, reason=reason)


def test_the_service_waits_and_the_refusal_says_the_way_out() -> None:
    """How many are missing, and what can be done."""
    ledger, procedure = reached("anna", "bert", "cem")
    assert ledger.procedure(procedure).due_at is None
    for actor in (SERVICE, "clara"):
        with pytest.raises(NotClosed, match=r"2 of 5 members .* chair or clerk .* \(reason chair\)"):
            closed(ledger, procedure, actor, "deadline")


@pytest.mark.parametrize("actor", ["bert", "clara"])
@pytest.mark.parametrize("profile", ["iteos-8", "stlsanrg-7", OWN])
def test_chair_or_clerk_close_and_nothing_is_decided(actor: str, profile: Any) -> None:
    """ITEOS § 8 Abs. 12, StLSanRG § 7 Abs. 5; and by any profile: a clerk may not choose who is reached."""
    ledger, procedure = reached("anna", "bert", "cem", "dora", profile=profile)
    closed(ledger, procedure, actor)
    found = ledger.procedure(procedure)
    outcome = found.outcome("1")
    assert (outcome.result, outcome.valid) == ("no-decision", False)
    [step] = [one for one in outcome.steps if not one.holds]
    assert (step.code, step.numbers) == ("reached", {"seats": 5, "unreached": 1})
    ledger.put("result-determined", "clara", procedure=procedure)
    assert found.state == "terminated"


def test_who_voted_was_reached_although_no_receipt_is_on_record() -> None:
    """The receipt was forgotten, and the vote shows it."""
    ledger, procedure = reached("anna", "bert", "cem", "dora")
    ledger.vote(procedure, "emil", "yes")
    closed(ledger, procedure)
    assert ledger.procedure(procedure).outcome("1").result == "adopted"


def test_nobody_loses_a_deadline_that_runs() -> None:
    """Only when all deadlines that there are have passed."""
    ledger, procedure = reached("anna", "bert")
    received: dict[str, Any] = {"members": ["cem"], "how": "mail"}
    ledger.put("delivery-recorded", "clara", procedure=procedure, **received)
    last = ledger.procedure(procedure).conduct.deadline("cem")
    with pytest.raises(NotClosed, match="it is not yet reached"):
        closed(ledger, procedure)
    ledger.now = str(last)
    closed(ledger, procedure)


def test_where_everybody_has_a_deadline_it_ends_with_the_last_one() -> None:
    """Then there is nothing to declare."""
    ledger, procedure = reached(*MEMBERS)
    with pytest.raises(NotClosed, match="everybody has a deadline"):
        closed(ledger, procedure)
    ledger.close(procedure, SERVICE)
    assert ledger.procedure(procedure).outcome("1").result == "adopted"


@pytest.mark.parametrize("actor", [SERVICE, "anna"])
def test_neither_the_service_nor_a_member_gives_up(actor: str) -> None:
    """It is a decision, and has a signature."""
    ledger, procedure = reached("anna", "bert")
    with pytest.raises(NotAllowed):
        closed(ledger, procedure, actor)


def test_at_a_fixed_deadline_nobody_declares_the_end() -> None:
    """The reason belongs to procedures that have no end by themselves."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    procedure = ledger.open(profile="nkomvg-78", closes_at=later(ledger.now, 60))
    with pytest.raises(NotAllowed, match="closed here at the deadline only"):
        ledger.close(procedure, at=later(ledger.now, 60), reason="chair")


def test_without_any_receipt_it_can_be_ended_as_well() -> None:
    """Opened by mistake, say."""
    ledger, procedure = reached()
    closed(ledger, procedure)
    [step] = [one for one in ledger.procedure(procedure).outcome("1").steps if one.code == "reached"]
    assert step.numbers["unreached"] == 5


def test_the_text_says_so_while_it_is_open() -> None:
    """Of the procedure, and of the profile before it is opened."""
    ledger, procedure = reached("anna", "bert", "cem")
    found = ledger.procedure(procedure)
    for language, said in (("en", "2 of 5 members"), ("de", "2 von 5 Mitgliedern")):
        assert [one for one in circumstances(found, language) if said in one.text]
    closed(ledger, procedure)
    assert not [one for one in circumstances(found, "en") if "2 of 5 members" in one.text]
    profile = parse_profile(complete("stlsanrg-7"))
    assert [one for one in describe(profile, "en") if "cannot be reached" in one]
    assert [one for one in describe(profile, "de") if "nicht zu erreichen" in one]
