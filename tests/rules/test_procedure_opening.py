"""May this procedure be opened, by this person, on this electorate, with these items and times?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from ledger.domain.profiles import complete
from ledger.errors import (
    AlreadyRegistered,
    BadOpening,
    BadProfile,
    NotAllowed,
    NotFound,
    StaleElectorate,
    StimmbuchError,
    UnknownActor,
    UnknownOption,
    WrongBallot,
)
from ledger.proof.statement import register_stream
from tests.support.memory_ledger import (
    BODY,
    ORIGIN,
    SERVICE,
    MemoryLedger,
    document,
    item,
    later,
    procedure_of,
)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Three members, a clerk and a chair."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    ledger.person("chris", "clerk")
    ledger.person("vera", "chair")
    return ledger


def refused(ledger: MemoryLedger, error: type[StimmbuchError], reason: str, **fields: Any) -> None:
    """Opening with these fields is refused for this reason, and no procedure is there afterwards."""
    with pytest.raises(error, match=reason):
        ledger.open(**fields)
    assert ledger.state.known(UUID(procedure_of("motion"))) is None


@pytest.mark.parametrize("actor", ["chris", "vera"])
def test_clerks_and_chairs_open_procedures(ledger: MemoryLedger, actor: str) -> None:
    """NKomVG § 182 II: on the proposal of the head of administration, through the office."""
    procedure = ledger.procedure(ledger.open(actor=actor))
    assert (procedure.state, procedure.tally()) == ("opened", {"1": {"yes": 0, "no": 0, "abstain": 0}})
    assert procedure.opened == (len(ledger.rows) - 1, ledger.now, ledger.head)
    assert procedure.opened.leaf == procedure.latest.leaf == ledger.head


@pytest.mark.parametrize("actor", ["anna", SERVICE])
def test_nobody_else_opens_procedures(ledger: MemoryLedger, actor: str) -> None:
    """A member could put a motion of their own to the vote at night."""
    refused(ledger, NotAllowed, "is not clerk or chair", actor=actor)


def test_an_actor_who_is_not_registered_is_refused(ledger: MemoryLedger) -> None:
    """Roles are held in the register, nowhere else."""
    refused(ledger, UnknownActor, "mallory is not in the register", actor="mallory")


def test_a_procedure_is_opened_once(ledger: MemoryLedger) -> None:
    """A second opening would be a second ballot paper for the same votes."""
    ledger.open()
    with pytest.raises(AlreadyRegistered, match="exists already"):
        ledger.open()


def test_a_procedure_cannot_take_the_registers_place(ledger: MemoryLedger) -> None:
    """Its stream is the register's: votes would stand among the keys."""
    with pytest.raises(AlreadyRegistered):
        ledger.open(procedure=str(register_stream(ORIGIN)))


def test_a_body_must_be_registered(ledger: MemoryLedger) -> None:
    """There is no electorate without one."""
    electorate = {"as_of": ledger.head, "count": 0}
    refused(ledger, UnknownActor, "the body aus is not in the register", body="aus", electorate=electorate)


# ── the electorate ─────────────────────────────────────────────────────────────────────────────


def test_the_clerk_signs_the_electorate_as_it_stands(ledger: MemoryLedger) -> None:
    """If seats changed between preparing and signing, the clerk has not seen who votes."""
    as_of = ledger.state.body(BODY).as_of
    ledger.council("dora")
    refused(ledger, StaleElectorate, "rat has 4 seats", electorate={"as_of": as_of, "count": 3})


def test_the_clerk_signs_the_number_of_seats(ledger: MemoryLedger) -> None:
    """The number is what a person can check at a glance."""
    as_of = ledger.state.body(BODY).as_of
    refused(ledger, StaleElectorate, "rat has 3 seats", electorate={"as_of": as_of, "count": 33})


def test_seats_that_change_later_do_not_change_the_electorate(ledger: MemoryLedger) -> None:
    """Who is elected during the procedure does not vote in it, and who leaves still may."""
    procedure = ledger.open()
    ledger.put("seats-changed", body=BODY, granted=[], ended=["anna"])
    ledger.vote(procedure, "anna", "yes")
    assert len(ledger.procedure(procedure).electorate.seats) == 3


def test_a_body_without_seats_cannot_decide(ledger: MemoryLedger) -> None:
    """Nobody could vote."""
    ledger.put("body-registered", body="aus")
    refused(ledger, BadProfile, "nobody could vote", body="aus")


def test_a_fixed_number_must_be_reachable(ledger: MemoryLedger) -> None:
    """Sixty yes of three members: found at the opening, not at the end."""
    refused(ledger, BadProfile, "60 yes are required, but there are only 3", profile="sixty-in-support")


def test_a_fixed_number_of_all_votes_is_reachable() -> None:
    """Everybody must agree; weights count as votes."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", weights={"anna": 59, "bert": 1})
    procedure = ledger.open(profile="sixty-in-support")
    for member in ("anna", "bert"):
        assert ledger.procedure(procedure).outcome("1").result == "rejected"
        ledger.vote(procedure, member, "yes")
    assert ledger.procedure(procedure).outcome("1").result == "adopted"


def test_a_replay_may_ask_for_what_its_members_could_not_reach(ledger: MemoryLedger) -> None:
    """A source may list only those who voted; its result is replayed all the same."""
    procedure = ledger.open(profile="sixty-in-support", replay={"held_at": None})
    assert ledger.procedure(procedure).outcome("1").result == "rejected"


def test_the_chair_of_a_procedure_is_registered(ledger: MemoryLedger) -> None:
    """The chair closes and may have a casting vote: it must be clear who that is."""
    refused(ledger, UnknownActor, "mallory is not in the register", chair="mallory")


# ── items, documents, profile ──────────────────────────────────────────────────────────────────


def test_two_items_have_different_ids(ledger: MemoryLedger) -> None:
    """A choice names its item by id only."""
    items = [item("1"), item("1", "yes", "no")]
    refused(ledger, BadOpening, "two items have the same id", items=items)


def test_every_item_must_fit_the_profile(ledger: MemoryLedger) -> None:
    """One profile decides all items of a procedure."""
    refused(ledger, BadProfile, "no option yes", items=[item("1"), item("2", "o1", "o2")])


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        ({**complete("two-thirds"), "silence": "void"}, "silence is one of"),
        ({"quorum": 3}, "lacks majority"),
    ],
)
def test_an_invalid_profile_is_refused(ledger: MemoryLedger, profile: Any, reason: str) -> None:
    """All reasons stand in test_profile.py; here it counts that the opening asks."""
    refused(ledger, BadProfile, reason, profile=profile)


def test_a_document_is_named_once(ledger: MemoryLedger) -> None:
    """Twice the same document would be two ballot papers of the same content."""
    documents = [document("budget"), {**document("budget"), "item": "1"}]
    refused(ledger, BadOpening, "a document is named twice", documents=documents)


def test_a_document_belongs_to_an_item_that_is_there(ledger: MemoryLedger) -> None:
    """Or to the whole procedure."""
    refused(ledger, UnknownOption, "there is no item 2", documents=[document("budget", about="2")])
    ledger.open(documents=[document("budget", about="1"), document("report")])


def test_the_ballot_digest_is_that_of_the_ballot_paper(ledger: MemoryLedger) -> None:
    """Every vote is bound to it: a wrong one would bind the votes to something else."""
    refused(ledger, WrongBallot, "the ballot paper has the digest", ballot=ledger.head)


# ── times ──────────────────────────────────────────────────────────────────────────────────────


def test_a_fixed_deadline_needs_a_time(ledger: MemoryLedger) -> None:
    """NKomVG § 66 profile: the end stands in the opening."""
    refused(ledger, BadOpening, "the deadline is a fixed instant", profile="nkomvg-66", closes_at=None)


def test_a_chairs_closing_has_no_deadline(ledger: MemoryLedger) -> None:
    """A time that nobody keeps would mislead."""
    refused(ledger, BadOpening, "leave out `closes_at`", closes_at=later(ledger.now, 3600))


@pytest.mark.parametrize("seconds", [-60, 0, 60])
def test_the_deadline_comes_after_the_opening(ledger: MemoryLedger, seconds: int) -> None:
    """After the opening time that is signed and after the entry's own time, whichever is later."""
    at = later(ledger.now, 60)
    times = {"opens_at": ledger.now, "closes_at": later(ledger.now, seconds)}
    refused(ledger, BadOpening, "is not after the opening", profile="nkomvg-66", at=at, **times)
    times = {"opens_at": at, "closes_at": later(ledger.now, seconds)}
    refused(ledger, BadOpening, "is not after the opening", profile="nkomvg-66", **times)


def test_a_deadline_one_millisecond_after_the_opening_is_a_deadline(ledger: MemoryLedger) -> None:
    """The rule compares instants; what is sensible is the clerk's choice."""
    at = later(ledger.now, 1)
    ledger.open(profile="nkomvg-66", at=at, opens_at=at, closes_at=later(at, 0.001))


# ── what is not there ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("vote-cast", {"member": "anna", "choices": {"1": "yes"}}),
        ("presence-recorded", {"members": ["anna"]}),
        ("result-annulled", {"repeated_as": None}),
        ("procedure-closed", {}),
    ],
)
def test_nothing_happens_in_a_procedure_that_was_not_opened(
    ledger: MemoryLedger, kind: str, fields: dict[str, Any]
) -> None:
    """A misspelt id must not found a procedure."""
    with pytest.raises(NotFound, match="there is no procedure"):
        ledger.put(kind, "anna", procedure=procedure_of("another"), **fields)
