"""How does a procedure end: presence, the chair's vote, the seal, and an annulled result?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.errors import (
    AlreadyClosed,
    AlreadyDeclared,
    ChangeNotAllowed,
    NotAllowed,
    NotClosed,
    NotEntitled,
    NotOpenYet,
    StaleBallot,
    StaleSeal,
    TooLate,
    UnknownActor,
    UnknownOption,
)
from tests.support.memory_ledger import REGISTRAR, SERVICE, START, MemoryLedger, item, later, procedure_of

DEADLINE = later(START, 7200)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Three members, a clerk, and Vera, who may chair."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    ledger.person("chris", "clerk")
    ledger.person("vera", "chair")
    return ledger


@pytest.fixture
def timed(ledger: MemoryLedger) -> str:
    """A procedure with a deadline; Vera chairs."""
    return ledger.open("timed", profile="nkomvg-66", closes_at=DEADLINE, chair="vera")


@pytest.fixture
def chaired(ledger: MemoryLedger) -> str:
    """A procedure that the chair closes, with a casting vote; Vera chairs."""
    items = [item("1"), item("2")]
    return ledger.open("chaired", profile="simple-majority-casting-vote", chair="vera", items=items)


# ── presence ───────────────────────────────────────────────────────────────────────────────────


def record(ledger: MemoryLedger, procedure: str, *members: str, actor: str = "chris", **fields: Any) -> str:
    """Records members as present."""
    return ledger.put("presence-recorded", actor, procedure=procedure, members=list(members), **fields)


@pytest.mark.parametrize("actor", ["chris", "vera", REGISTRAR])
def test_clerk_and_chair_record_who_is_present(ledger: MemoryLedger, chaired: str, actor: str) -> None:
    """Who voted is present anyway, and counts once."""
    ledger.vote(chaired, "anna", {"1": "yes"})
    record(ledger, chaired, "anna", "bert", actor=actor)
    record(ledger, chaired, "bert", actor=actor)
    polls = [ledger.procedure(chaired).poll(name).present for name in ("1", "2")]
    assert polls == [2, 2]


def test_presence_counts_with_the_weight_of_the_seat() -> None:
    """A majority of those present compares votes with votes."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", weights={"anna": 3, "bert": 4})
    procedure = ledger.open(profile="absolute-majority-of-present")
    ledger.vote(procedure, "anna", "yes")
    assert ledger.procedure(procedure).outcome("1").result == "adopted"
    record(ledger, procedure, "bert", actor=REGISTRAR)
    assert ledger.procedure(procedure).poll("1").present == 7
    assert ledger.procedure(procedure).outcome("1").result == "rejected"


def test_only_members_are_present(ledger: MemoryLedger, chaired: str) -> None:
    """Guests are not part of any majority."""
    with pytest.raises(NotEntitled, match="vera is not in the electorate"):
        record(ledger, chaired, "anna", "vera")
    assert ledger.procedure(chaired).box.present == set()


@pytest.mark.parametrize("actor", ["anna", SERVICE])
def test_members_do_not_record_presence(ledger: MemoryLedger, chaired: str, actor: str) -> None:
    """An absent colleague recorded as present would turn a majority."""
    with pytest.raises(NotAllowed, match="is not clerk"):
        record(ledger, chaired, "anna", actor=actor)


def test_presence_is_not_recorded_from_the_deadline_on(ledger: MemoryLedger, timed: str) -> None:
    """The seal would not describe it."""
    with pytest.raises(TooLate):
        record(ledger, timed, "anna", at=DEADLINE)
    ledger.close(timed, at=DEADLINE)
    with pytest.raises(AlreadyClosed):
        record(ledger, timed, "anna")


# ── the casting vote ───────────────────────────────────────────────────────────────────────────


def decide(ledger: MemoryLedger, procedure: str, option: str = "yes", **fields: Any) -> str:
    """Vera's casting vote on item 1, unless told otherwise."""
    fields = {"member": "vera", "choices": {"1": option}, **fields}
    actor = fields.pop("actor", fields["member"])
    return ledger.put("casting-vote-given", actor, procedure=procedure, **fields)


def test_the_chair_decides_a_tie_without_a_seat(ledger: MemoryLedger, chaired: str) -> None:
    """VwVfG § 91: the counts stay a tie, the outcome does not."""
    ledger.vote(chaired, "anna", {"1": "yes", "2": "yes"})
    ledger.vote(chaired, "bert", {"1": "no", "2": "no"})
    decide(ledger, chaired)
    procedure = ledger.procedure(chaired)
    assert procedure.tally()["1"] == {"yes": 1, "no": 1, "abstain": 0}
    assert [procedure.outcome(name).result for name in ("1", "2")] == ["adopted", "rejected"]


def test_only_the_chair_of_the_opening_has_it(ledger: MemoryLedger, chaired: str) -> None:
    """Not every chair, and not a member."""
    for member in ("anna", "chris"):
        with pytest.raises(NotAllowed, match="only the chair named at the opening"):
            decide(ledger, chaired, member=member)


def test_nobody_gives_it_for_the_chair(ledger: MemoryLedger, chaired: str) -> None:
    """It is a vote: signed by the person whose vote it is."""
    with pytest.raises(NotAllowed, match="signed by the member"):
        decide(ledger, chaired, actor="chris")


def test_a_profile_without_casting_vote_knows_none(ledger: MemoryLedger) -> None:
    """NKomVG § 66: a tie rejects, whatever the chair thinks."""
    procedure = ledger.open(chair="vera")
    with pytest.raises(NotAllowed, match="knows no casting vote"):
        decide(ledger, procedure)


def test_it_is_given_once(ledger: MemoryLedger, chaired: str) -> None:
    """A chair who changes sides after seeing the tie would decide twice."""
    decide(ledger, chaired, "no")
    with pytest.raises(ChangeNotAllowed, match="given already"):
        decide(ledger, chaired, "yes")


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({"1": "abstain"}, "is yes or no"),
        ({"1": "maybe"}, "maybe is no option"),
        ({"3": "yes"}, "there is no item 3"),
    ],
)
def test_it_is_yes_or_no_on_an_item_that_is_there(
    ledger: MemoryLedger, chaired: str, choices: dict[str, str], reason: str
) -> None:
    """An abstention would leave the tie."""
    with pytest.raises(UnknownOption, match=reason):
        decide(ledger, chaired, choices=choices)


def test_it_is_bound_to_the_ballot_paper(ledger: MemoryLedger, chaired: str) -> None:
    """As every vote."""
    with pytest.raises(StaleBallot):
        decide(ledger, chaired, ballot=ledger.head)


def test_it_is_given_in_time(ledger: MemoryLedger, chaired: str) -> None:
    """Before the closing, not to repair its result."""
    ledger.close(chaired)
    with pytest.raises(AlreadyClosed):
        decide(ledger, chaired)


# ── closing ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("actor", [SERVICE, "chris", "vera", REGISTRAR])
def test_at_the_deadline_service_clerk_or_chair_close(ledger: MemoryLedger, timed: str, actor: str) -> None:
    """From the instant of the deadline on; the result does not depend on who does it, or when."""
    ledger.vote(timed, "anna", "yes")
    ledger.close(timed, actor, at=DEADLINE)
    procedure = ledger.procedure(timed)
    assert procedure.state == "closed"
    assert procedure.closed is not None
    assert procedure.closed.at == DEADLINE
    assert procedure.outcome("1").result == "adopted"


@pytest.mark.parametrize("actor", [SERVICE, "chris", "vera"])
def test_nobody_closes_before_the_deadline(ledger: MemoryLedger, timed: str, actor: str) -> None:
    """Close early, look, and the rest cannot vote: the manipulation that users of other systems report."""
    with pytest.raises(NotClosed, match="the deadline is"):
        ledger.close(timed, actor, at=later(DEADLINE, -0.001))


def test_members_do_not_close(ledger: MemoryLedger, timed: str, chaired: str) -> None:
    """Not even when the deadline has passed."""
    with pytest.raises(NotAllowed, match="is not service or clerk"):
        ledger.close(timed, "anna", at=DEADLINE)
    with pytest.raises(NotAllowed, match="is not clerk"):
        ledger.close(chaired, "anna")


def test_who_is_not_registered_does_not_close(ledger: MemoryLedger, timed: str) -> None:
    """Roles are held in the register."""
    with pytest.raises(UnknownActor):
        ledger.close(timed, "mallory", at=DEADLINE)


@pytest.mark.parametrize("actor", ["vera", "chris"])
def test_without_a_deadline_chair_or_clerk_close(ledger: MemoryLedger, chaired: str, actor: str) -> None:
    """The profile leaves the end to the chair."""
    ledger.close(chaired, actor)
    assert ledger.procedure(chaired).state == "closed"


def test_without_a_deadline_the_service_does_not_close(ledger: MemoryLedger, chaired: str) -> None:
    """It acts at deadlines only."""
    with pytest.raises(NotAllowed, match="is not clerk"):
        ledger.close(chaired, SERVICE)


def test_a_procedure_is_not_closed_before_it_opens(ledger: MemoryLedger) -> None:
    """Nobody could have voted; from the instant of the opening on somebody could."""
    opens_at = later(START, 3600)
    procedure = ledger.open(opens_at=opens_at)
    with pytest.raises(NotOpenYet, match="opens at"):
        ledger.close(procedure, at=later(opens_at, -0.001))
    ledger.close(procedure, at=opens_at)


def test_the_reason_is_the_true_one(ledger: MemoryLedger, timed: str, chaired: str) -> None:
    """The minutes quote it."""
    with pytest.raises(NotAllowed, match="closed here at the deadline only"):
        ledger.close(timed, reason="chair", at=DEADLINE)
    with pytest.raises(NotAllowed, match="closed here by declaration only"):
        ledger.close(chaired, reason="deadline")


def test_a_procedure_is_closed_once(ledger: MemoryLedger, chaired: str) -> None:
    """There is one result."""
    ledger.close(chaired)
    with pytest.raises(AlreadyClosed):
        ledger.close(chaired)


def test_the_seal_names_count_first_and_last_link(ledger: MemoryLedger, chaired: str) -> None:
    """With it an auditor who holds only the closing finds an entry that was removed or slipped in."""
    first = ledger.procedure(chaired).opened.leaf
    last = ledger.vote(chaired, "anna", {"1": "yes"})
    ledger.close(chaired)
    closing = ledger.procedure(chaired).closing
    assert closing is not None
    assert closing["seal"] == {"entries": 2, "first": first, "last": last}
    assert closing["tally"]["1"] == {"yes": 1, "no": 0, "abstain": 0}


def test_a_seal_that_was_overtaken_is_refused(ledger: MemoryLedger, chaired: str) -> None:
    """A vote was recorded between preparing and signing: the clerk has not counted it."""
    procedure = ledger.procedure(chaired)
    seal, tally = procedure.seal(), procedure.tally()
    ledger.vote(chaired, "anna", {"1": "yes"})
    with pytest.raises(StaleSeal):
        ledger.close(chaired, seal=seal, tally=tally)
    with pytest.raises(StaleSeal):
        ledger.close(chaired, seal=seal)
    with pytest.raises(StaleSeal):
        ledger.close(chaired, tally=tally)
    ledger.close(chaired)


@pytest.mark.parametrize("part", ["entries", "first", "last"])
def test_every_part_of_the_seal_must_be_true(ledger: MemoryLedger, chaired: str, part: str) -> None:
    """One wrong part would seal another procedure."""
    wrong: Any = 7 if part == "entries" else ledger.state.body("rat").as_of
    with pytest.raises(StaleSeal):
        ledger.close(chaired, seal={**ledger.procedure(chaired).seal(), part: wrong})


def test_a_tally_with_one_vote_too_many_is_refused(ledger: MemoryLedger, chaired: str) -> None:
    """The service recomputes and refuses."""
    tally = ledger.procedure(chaired).tally()
    tally["2"]["yes"] += 1
    with pytest.raises(StaleSeal):
        ledger.close(chaired, tally=tally)


# ── annulment ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("actor", ["chris", "vera"])
def test_an_annulled_result_is_void_and_its_counts_stand(
    ledger: MemoryLedger, chaired: str, actor: str
) -> None:
    """Nothing is erased: the vote happened, and does not count."""
    ledger.vote(chaired, "anna", {"1": "yes"})
    ledger.close(chaired)
    ledger.put("result-annulled", actor, procedure=chaired, repeated_as=procedure_of("again"))
    procedure = ledger.procedure(chaired)
    assert (procedure.state, procedure.outcome("1").result) == ("annulled", "void")
    assert procedure.tally()["1"]["yes"] == 1
    assert [(step.code, step.holds) for step in procedure.outcome("1").steps] == [("annulled", True)]


@pytest.mark.parametrize("actor", ["anna", SERVICE])
def test_nobody_else_annuls(ledger: MemoryLedger, chaired: str, actor: str) -> None:
    """The losing side would."""
    ledger.close(chaired)
    with pytest.raises(NotAllowed, match="is not clerk"):
        ledger.put("result-annulled", actor, procedure=chaired, repeated_as=None)


def test_only_a_closed_result_is_annulled(ledger: MemoryLedger, chaired: str) -> None:
    """An open procedure has no result yet."""
    with pytest.raises(NotClosed, match="only a closed result"):
        ledger.put("result-annulled", procedure=chaired, repeated_as=None)


def test_a_result_is_annulled_once(ledger: MemoryLedger, chaired: str) -> None:
    """A second annulment would say something else about the repetition."""
    ledger.close(chaired)
    ledger.put("result-annulled", procedure=chaired, repeated_as=None)
    with pytest.raises(AlreadyDeclared, match="annulled already"):
        ledger.put("result-annulled", procedure=chaired, repeated_as=None)


def test_nothing_but_an_annulment_comes_after_the_closing(ledger: MemoryLedger, chaired: str) -> None:
    """There is no reopening; this walks through everything that there is."""
    vote = ledger.vote(chaired, "anna", {"1": "yes"})
    ledger.close(chaired)
    attempts: list[tuple[str, str, dict[str, Any]]] = [
        ("vote-cast", "bert", {"member": "bert", "choices": {"1": "no"}}),
        ("vote-cast", "anna", {"member": "anna", "choices": {"1": "no"}, "replaces": vote}),
        ("vote-withdrawn", "anna", {"member": "anna", "withdraws": vote}),
        ("casting-vote-given", "vera", {"member": "vera", "choices": {"1": "no"}}),
        ("presence-recorded", "chris", {"members": ["bert"]}),
        ("procedure-closed", "vera", {}),
    ]
    for kind, actor, fields in attempts:
        with pytest.raises(AlreadyClosed):
            ledger.put(kind, actor, procedure=chaired, **fields)
