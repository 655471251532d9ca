"""What may be said about a result after the closing, in which order, and what does each step change?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from ledger.domain.profiles import complete
from ledger.errors import StimmbuchError
from ledger.mapper import read_entry
from ledger.state import State
from tests.support.memory_ledger import SERVICE, MemoryLedger, item, later

DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
LINK = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.fixture
def closed() -> tuple[MemoryLedger, str]:
    """A provisional resolution for three months, adopted 2 to 1, closed and not yet determined."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    for name in ("clara", "klaus"):
        ledger.person(name, "clerk")
    profile = {**complete("nkomvg-78"), "result": "provisional"}
    items = [{**item("1"), "valid_months": 3, "condition": DIGEST}, item("2")]
    procedure = ledger.open(profile=profile, items=items, chair="anna", closes_at=later(ledger.now, 60))
    for member, option in (("anna", "yes"), ("bert", "yes"), ("cem", "no")):
        ledger.vote(procedure, member, {"1": option, "2": "no"})
    ledger.put("procedure-closed", SERVICE, procedure=procedure, at=later(ledger.now, 60))
    return ledger, procedure


def refused(ledger: MemoryLedger, code: str, kind: str, actor: str = "clara", **fields: Any) -> None:
    """The statement is refused with this code."""
    with pytest.raises(StimmbuchError) as caught:
        ledger.put(kind, actor, **fields)
    assert caught.value.code == code, caught.value.message


@pytest.mark.parametrize(
    "wrong",
    [
        {"tally": {"1": {"yes": 3, "no": 0, "abstain": 0}, "2": {"yes": 0, "no": 3, "abstain": 0}}},
        {"outcome": {"1": "rejected", "2": "rejected"}},
        {"outcome": {"1": "adopted"}},
        {"valid": {"1": False, "2": True}},
        {"derivation": LINK},
    ],
)
def test_a_determination_that_does_not_follow_is_refused(
    closed: tuple[MemoryLedger, str], wrong: Any
) -> None:
    """The chair signs what the entries give, and nothing else."""
    ledger, procedure = closed
    refused(ledger, "wrong-result", "result-determined", procedure=procedure, **wrong)
    ledger.put("result-determined", "clara", procedure=procedure)
    refused(ledger, "already-declared", "result-determined", procedure=procedure)
    assert ledger.procedure(procedure).state == "determined"


def test_the_steps_are_taken_in_their_order(closed: tuple[MemoryLedger, str]) -> None:
    """Determined, announced, published; each once, and by clerk or chair."""
    ledger, procedure = closed
    refused(ledger, "not-determined", "result-announced", procedure=procedure, to="members")
    ledger.put("result-determined", "anna", procedure=procedure)
    refused(ledger, "not-determined", "result-published", procedure=procedure)
    refused(ledger, "not-allowed", "result-announced", "bert", procedure=procedure, to="members")
    states = []
    steps: list[tuple[str, dict[str, Any]]] = [
        ("result-announced", {"to": "members"}),
        ("result-published", {}),
    ]
    for kind, fields in steps:
        ledger.put(kind, "clara", procedure=procedure, **fields)
        refused(ledger, "already-declared", kind, procedure=procedure, **fields)
        states.append(ledger.procedure(procedure).state)
    assert states == ["announced", "published"]


def test_a_resolution_expires_after_its_months_and_not_earlier(closed: tuple[MemoryLedger, str]) -> None:
    """NKomVG § 182 Abs. 1: three months; the last day ends at 24:00 on the wall clock."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)  # on 2 March
    expiry: Any = {"procedure": procedure, "items": ["1"]}
    refused(ledger, "not-expired", "result-expired", at="2026-06-02T21:59:59.999Z", **expiry)
    refused(ledger, "not-expired", "result-expired", procedure=procedure, items=["2"])
    ledger.put("result-expired", SERVICE, at="2026-06-02T22:00:00.000Z", **expiry)
    refused(ledger, "already-declared", "result-expired", **expiry)
    assert ledger.procedure(procedure).life.expired == {"1"}


def test_a_correction_names_what_it_corrects_and_needs_a_second_person(
    closed: tuple[MemoryLedger, str],
) -> None:
    """Both entries stay; the counts stay; the derivation says what was corrected and where."""
    ledger, procedure = closed
    first = ledger.put("result-determined", "clara", procedure=procedure)
    correction: dict[str, Any] = {"procedure": procedure, "outcome": {"1": "rejected"}, "ground": DIGEST}
    refused(ledger, "not-allowed", "result-corrected", witness="clara", **correction)
    refused(ledger, "not-allowed", "result-corrected", witness="bert", **correction)
    refused(ledger, "stale-result", "result-corrected", witness="klaus", corrects=LINK, **correction)
    second = ledger.put("result-corrected", "clara", witness="klaus", **correction)
    refused(ledger, "stale-result", "result-corrected", witness="klaus", corrects=first, **correction)
    again: dict[str, Any] = {**correction, "outcome": {"1": "adopted"}}
    ledger.put("result-corrected", "klaus", witness="clara", corrects=second, **again)
    found = ledger.procedure(procedure)
    assert found.tally()["1"] == {"yes": 2, "no": 1, "abstain": 0}
    assert (found.outcome("1").result, found.outcome("1").steps[-1].code) == ("adopted", "corrected")


@pytest.mark.parametrize("result", ["elected:yes", "elected:abstain", "void"])
def test_a_result_is_corrected_to_one_that_the_item_can_have(
    closed: tuple[MemoryLedger, str], result: str
) -> None:
    """Nobody is elected by a yes, and void is what an annulment says: minutes would tell it in earnest."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    wrong: dict[str, Any] = {"outcome": {"1": result}, "witness": "klaus", "ground": DIGEST}
    refused(ledger, "unknown-option", "result-corrected", procedure=procedure, **wrong)


def test_an_election_is_corrected_to_a_person_or_to_nobody() -> None:
    """What is adopted is a motion; of an election that failed no decision is left, or a meeting."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert")
    for name in ("clara", "klaus"):
        ledger.person(name, "clerk")
    election: dict[str, Any] = {"profile": "plurality-for-person", "items": [item("1", "o1", "o2")]}
    procedure = ledger.open(**election)
    ledger.vote(procedure, "anna", "o1")
    ledger.close(procedure)
    ledger.put("result-determined", "clara", procedure=procedure)
    signed: dict[str, Any] = {"procedure": procedure, "witness": "klaus", "ground": DIGEST}
    for wrong in ("adopted", "rejected", "elected:o3"):
        refused(ledger, "unknown-option", "result-corrected", outcome={"1": wrong}, **signed)
    for right in ("elected:o2", "no-decision", "referred"):
        ledger.put("result-corrected", "clara", outcome={"1": right}, **signed)
        assert ledger.procedure(procedure).outcome("1").result == right


def test_what_was_not_resolved_does_not_expire(closed: tuple[MemoryLedger, str]) -> None:
    """A rejected motion has no end that could be recorded, although its item was limited in time."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    rejected: dict[str, Any] = {"outcome": {"1": "rejected"}, "witness": "klaus", "ground": DIGEST}
    ledger.put("result-corrected", "clara", procedure=procedure, **rejected)
    over: dict[str, Any] = {"at": "2026-07-01T00:00:00.000Z", "items": ["1"]}
    refused(ledger, "not-expired", "result-expired", procedure=procedure, **over)


def test_a_meeting_confirms_or_refuses_once(closed: tuple[MemoryLedger, str]) -> None:
    """A provisional resolution: Bavarian practice of 2020."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    meeting: dict[str, Any] = {"procedure": procedure, "confirmed": False, "held_at": ledger.now}
    ledger.put("result-ratified", "clara", **meeting)
    refused(ledger, "already-declared", "result-ratified", **meeting)
    assert ledger.procedure(procedure).state == "not-ratified"


def test_after_an_annulment_nothing_more_is_said(closed: tuple[MemoryLedger, str]) -> None:
    """Void is void."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    ledger.put("result-annulled", "clara", procedure=procedure, repeated_as=None)
    refused(ledger, "already-closed", "result-announced", procedure=procedure, to="members")
    refused(ledger, "already-closed", "result-suspended", procedure=procedure, until=None)
    assert ledger.procedure(procedure).outcome("1").result == "void"


def test_nothing_reopens_a_procedure(closed: tuple[MemoryLedger, str]) -> None:
    """To close, look and reopen is the manipulation that users of other systems report."""
    ledger, procedure = closed
    named: dict[str, Any] = {"procedure": procedure, "member": "anna"}
    for kind, actor, fields in (
        ("vote-cast", "anna", {"choices": {"1": "no"}}),
        ("vote-withdrawn", "anna", {}),
        ("objection-raised", "anna", {}),
        ("member-excluded", "clara", {"items": ["1"], "reason": "employer"}),
    ):
        refused(ledger, "already-closed", kind, actor, **named, **fields)
    later_deadline: dict[str, Any] = {"closes_at": later(ledger.now, 3600), "reason": DIGEST}
    refused(ledger, "already-closed", "deadline-extended", procedure=procedure, **later_deadline)


def test_any_past_is_told_from_the_entries_alone(closed: tuple[MemoryLedger, str]) -> None:
    """Time travel: state, tally and outcome after any entry are what the entries up to it give."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    past, stands = State(ledger.origin, lambda stream: ()), []
    for row in ledger.rows:
        past.apply(row.topic, row.stream, row.pos, read_entry(row.data))
        if row.stream == UUID(procedure):
            found = past.procedure(row.stream)
            stands.append((found.state, found.tally()["1"]["yes"], found.outcome("1").result))
    assert stands == [
        ("opened", 0, "rejected"),
        ("opened", 1, "adopted"),
        ("opened", 2, "adopted"),
        ("opened", 2, "adopted"),
        ("closed", 2, "adopted"),
        ("determined", 2, "adopted"),
    ]


def test_an_item_becomes_public_later_by_two_people(closed: tuple[MemoryLedger, str]) -> None:
    """GemO BW § 35 Abs. 1 Satz 4: what was resolved in private is announced once the reasons are gone."""
    ledger, procedure = closed
    both: dict[str, Any] = {"procedure": procedure, "made_public": ["2"], "witness": "klaus"}
    ledger.put("result-determined", "clara", procedure=procedure)
    refused(ledger, "not-determined", "result-published", **both)
    ledger.put("result-announced", "clara", procedure=procedure, to="members")
    ledger.put("result-published", "clara", procedure=procedure)
    ledger.put("result-suspended", "clara", procedure=procedure, until=None)
    entry = ledger.put("result-published", "clara", **both)
    found = ledger.procedure(procedure)
    assert {item: place.leaf for item, place in found.life.made_public.items()} == {"2": entry}
    assert (found.state, found.life.steps.count("published")) == ("suspended", 1)


def test_a_publication_may_make_items_public_at_once(closed: tuple[MemoryLedger, str]) -> None:
    """Where nothing was public before, it is the first one."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    ledger.put("result-announced", "clara", procedure=procedure, to="members")
    ledger.put("result-published", "clara", procedure=procedure, made_public=["1", "2"], witness="klaus")
    assert ledger.procedure(procedure).state == "published"
    refused(ledger, "already-declared", "result-published", procedure=procedure)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"made_public": ["2"]}, "not-allowed"),
        ({"made_public": ["2"], "witness": "clara"}, "not-allowed"),
        ({"made_public": ["2"], "witness": "bert"}, "not-allowed"),
        ({"made_public": ["3"], "witness": "klaus"}, "unknown-option"),
        ({"made_public": ["1"], "witness": "klaus"}, "already-declared"),
        ({"witness": "klaus"}, "not-allowed"),
    ],
)
def test_nobody_alone_makes_an_item_public_and_none_that_is(fields: dict[str, Any], code: str) -> None:
    """It cannot be taken back: what is told is told, and no statement says the reverse."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert")
    for name in ("clara", "klaus"):
        ledger.person(name, "clerk")
    procedure = ledger.open(items=[{**item("1"), "public": True}, item("2")], chair="anna")
    ledger.put("procedure-closed", "anna", procedure=procedure, reason="chair")
    ledger.put("result-determined", "clara", procedure=procedure)
    ledger.put("result-announced", "clara", procedure=procedure, to="members")
    refused(ledger, code, "result-published", procedure=procedure, **fields)
    ledger.put("result-published", "clara", procedure=procedure, made_public=["2"], witness="klaus")
    refused(
        ledger,
        "already-declared",
        "result-published",
        procedure=procedure,
        made_public=["2"],
        witness="klaus",
    )


def test_an_annulled_result_becomes_public_no_more(closed: tuple[MemoryLedger, str]) -> None:
    """There is no resolution left to announce."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    ledger.put("result-announced", "clara", procedure=procedure, to="members")
    ledger.put("result-annulled", "clara", procedure=procedure, repeated_as=None)
    fields: dict[str, Any] = {"procedure": procedure, "made_public": ["1"], "witness": "klaus"}
    refused(ledger, "already-closed", "result-published", **fields)


@pytest.mark.parametrize("before", ["determined", "announced", "published"])
def test_a_suspension_ends_by_itself_and_what_was_before_stands_again(
    closed: tuple[MemoryLedger, str], before: str
) -> None:
    """Nobody has to say that it has ended: its end was signed with it. Exactly then it is over."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    if before != "determined":
        ledger.put("result-announced", "clara", procedure=procedure, to="members")
    if before == "published":
        ledger.put("result-published", "clara", procedure=procedure)
    ends = later(ledger.now, 3600)
    ledger.put("result-suspended", "clara", procedure=procedure, until=ends)
    found = ledger.procedure(procedure)
    states = [found.state_at(at) for at in (ledger.now, later(ends, -0.001), ends, later(ends, 3600))]
    assert states == ["suspended", "suspended", before, before]
    assert found.suspended_until == ends


def test_a_later_suspension_replaces_the_earlier_one(closed: tuple[MemoryLedger, str]) -> None:
    """Also by a shorter one, or by one without end; and what is said after it is the state, as before."""
    ledger, procedure = closed
    ledger.put("result-determined", "clara", procedure=procedure)
    year, hour = later(ledger.now, 365 * 86400), later(ledger.now, 3600)
    for until, at_last in ((year, "determined"), (hour, "determined"), (None, "suspended")):
        ledger.put("result-suspended", "clara", procedure=procedure, until=until)
        found = ledger.procedure(procedure)
        assert (found.state_at(later(hour, 1)) == "suspended", found.state_at(year)) == (
            until != hour,
            at_last,
        )
    ledger.put("result-objected", "clara", procedure=procedure)
    assert (found.state_at(year), found.suspended_until) == ("objected", None)
