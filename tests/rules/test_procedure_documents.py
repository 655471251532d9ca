"""What does a document that is added later do to the ballot paper and to the votes given before?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.errors import (
    AlreadyClosed,
    ChangeNotAllowed,
    DocumentsFrozen,
    NotAllowed,
    StaleBallot,
    StaleReplaces,
    TooLate,
    UnknownOption,
    WrongBallot,
)
from ledger.proof.ballot import ballot_digest
from tests.support.memory_ledger import SERVICE, START, MemoryLedger, document, item, later

DEADLINE = later(START, 7200)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Three members and a clerk."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    ledger.person("chris", "clerk")
    return ledger


def opened(ledger: MemoryLedger, documents: str, **settings: Any) -> str:
    """A procedure whose profile treats later documents in this way."""
    return ledger.open(profile={**complete("simple-majority"), "documents": documents, **settings})


def attach(ledger: MemoryLedger, procedure: str, content: str = "new", **fields: Any) -> str:
    """Attaches a document, by the clerk unless told otherwise."""
    fields = {"document": document(content), **fields}
    return ledger.put("document-attached", fields.pop("actor", "chris"), procedure=procedure, **fields)


def yes(ledger: MemoryLedger, procedure: str) -> int:
    """The yes votes that count."""
    return ledger.procedure(procedure).tally()["1"]["yes"]


# ── may it be attached? ────────────────────────────────────────────────────────────────────────


def test_frozen_documents_stay_what_they_were(ledger: MemoryLedger) -> None:
    """The members decide on what was there at the opening."""
    with pytest.raises(DocumentsFrozen, match="freezes the documents"):
        attach(ledger, opened(ledger, "frozen"))


@pytest.mark.parametrize("actor", ["anna", SERVICE])
def test_only_a_clerk_attaches_documents(ledger: MemoryLedger, actor: str) -> None:
    """A member's document could void the votes of the others."""
    with pytest.raises(NotAllowed, match="is not clerk"):
        attach(ledger, opened(ledger, "keep"), actor=actor)


def test_a_document_is_attached_once(ledger: MemoryLedger) -> None:
    """Neither one of the opening nor one that was added."""
    profile = {**complete("simple-majority"), "documents": "keep"}
    procedure = ledger.open(profile=profile, documents=[document("budget")])
    attach(ledger, procedure, "report")
    for content in ("budget", "report"):
        with pytest.raises(DocumentsFrozen, match="is attached already"):
            attach(ledger, procedure, content)


def test_a_document_is_attached_to_an_item_that_is_there(ledger: MemoryLedger) -> None:
    """Or to the whole procedure."""
    procedure = opened(ledger, "keep")
    with pytest.raises(UnknownOption, match="there is no item 2"):
        attach(ledger, procedure, document=document("new", about="2"))
    attach(ledger, procedure, document=document("new", about="1"))


def test_no_document_is_attached_from_the_deadline_on(ledger: MemoryLedger) -> None:
    """Nobody could vote on it any more."""
    procedure = ledger.open(profile="nkomvg-66", closes_at=DEADLINE)
    with pytest.raises(TooLate):
        attach(ledger, procedure, at=DEADLINE)
    ledger.close(procedure, at=DEADLINE)
    with pytest.raises(AlreadyClosed):
        attach(ledger, procedure)


def test_the_clerk_signs_the_new_ballot_paper(ledger: MemoryLedger) -> None:
    """The digest follows from the opening and all documents, in the order of the log."""
    procedure = opened(ledger, "keep")
    with pytest.raises(WrongBallot):
        attach(ledger, procedure, ballot=ledger.procedure(procedure).box.ballot)
    attach(ledger, procedure, "one")
    attach(ledger, procedure, "two")
    now = ledger.procedure(procedure)
    assert now.box.ballot == ballot_digest(now.opening, [document("one"), document("two")])
    assert now.box.ballot != ballot_digest(now.opening, [document("two"), document("one")])


# ── what becomes of the votes? ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("documents", ["keep", "reconfirm"])
def test_a_vote_is_given_on_the_paper_of_the_moment(ledger: MemoryLedger, documents: str) -> None:
    """Who has not seen the new document cannot vote as if it were not there."""
    procedure = opened(ledger, documents)
    old = ledger.procedure(procedure).box.ballot
    attach(ledger, procedure)
    with pytest.raises(StaleBallot):
        ledger.vote(procedure, "anna", "yes", ballot=old)
    ledger.vote(procedure, "anna", "yes")
    assert yes(ledger, procedure) == 1


def test_kept_votes_go_on_counting(ledger: MemoryLedger) -> None:
    """A document for information changes no vote."""
    procedure = opened(ledger, "keep")
    ledger.vote(procedure, "anna", "yes")
    attach(ledger, procedure)
    assert yes(ledger, procedure) == 1


def test_votes_count_again_once_they_are_given_on_the_new_paper(ledger: MemoryLedger) -> None:
    """Until then the member has voted on something else; the vote stands, but does not count."""
    procedure = opened(ledger, "reconfirm")
    first = ledger.vote(procedure, "anna", "yes")
    ledger.vote(procedure, "bert", "yes")
    attach(ledger, procedure)
    box = ledger.procedure(procedure).box
    assert (yes(ledger, procedure), box.superseded("anna"), box.voted_on("anna", "1")) == (0, True, False)
    ledger.vote(procedure, "anna", "yes", replaces=first)
    assert (yes(ledger, procedure), box.superseded("anna"), box.voted_on("anna", "1")) == (1, False, True)


def test_a_vote_that_does_not_count_is_still_named_by_the_next(ledger: MemoryLedger) -> None:
    """It is the member's last word until there is another one."""
    procedure = opened(ledger, "reconfirm")
    ledger.vote(procedure, "anna", "yes")
    attach(ledger, procedure)
    with pytest.raises(StaleReplaces):
        ledger.vote(procedure, "anna", "yes", replaces=None)


def test_a_vote_that_does_not_count_can_be_taken_back(ledger: MemoryLedger) -> None:
    """And takes nothing away from the counts a second time."""
    procedure = opened(ledger, "reconfirm")
    ledger.vote(procedure, "anna", "yes")
    attach(ledger, procedure)
    ledger.withdraw(procedure, "anna")
    assert yes(ledger, procedure) == 0
    ledger.vote(procedure, "anna", "yes", replaces=None)
    assert yes(ledger, procedure) == 1


def test_a_final_vote_is_confirmed_on_a_new_paper(ledger: MemoryLedger) -> None:
    """Otherwise an added document would take the vote away for good."""
    procedure = opened(ledger, "reconfirm", change="never")
    ledger.vote(procedure, "anna", "yes")
    attach(ledger, procedure)
    ledger.vote(procedure, "anna", "no")
    assert ledger.procedure(procedure).tally()["1"] == {"yes": 0, "no": 1, "abstain": 0}
    with pytest.raises(ChangeNotAllowed):
        ledger.vote(procedure, "anna", "yes")


def test_a_second_document_asks_once_more(ledger: MemoryLedger) -> None:
    """Votes that were confirmed and votes that were not are equally void on the third paper."""
    procedure = opened(ledger, "reconfirm")
    for member in ("anna", "bert"):
        ledger.vote(procedure, member, "yes")
    attach(ledger, procedure, "one")
    ledger.vote(procedure, "anna", "yes")
    attach(ledger, procedure, "two")
    assert yes(ledger, procedure) == 0
    ledger.vote(procedure, "bert", "yes")
    assert yes(ledger, procedure) == 1


def test_a_casting_vote_on_an_old_paper_does_not_count(ledger: MemoryLedger) -> None:
    """The chair decides on the same paper as everybody else, and may do so again on a new one."""
    profile = {**complete("simple-majority-casting-vote"), "documents": "reconfirm"}
    procedure = ledger.open(profile=profile, chair="anna", items=[item("1")])
    fields: dict[str, Any] = {"procedure": procedure, "member": "anna", "choices": {"1": "yes"}}
    ledger.put("casting-vote-given", "anna", **fields)
    attach(ledger, procedure)
    ledger.vote(procedure, "bert", "yes")
    ledger.vote(procedure, "cem", "no")
    assert ledger.procedure(procedure).outcome("1").result == "rejected"
    ledger.put("casting-vote-given", "anna", **fields)
    assert ledger.procedure(procedure).outcome("1").result == "adopted"


def test_a_kept_casting_vote_stands(ledger: MemoryLedger) -> None:
    """Where votes stand, the chair's stands as well."""
    profile = {**complete("simple-majority-casting-vote"), "documents": "keep"}
    procedure = ledger.open(profile=profile, chair="anna", items=[item("1")])
    fields: dict[str, Any] = {"procedure": procedure, "member": "anna", "choices": {"1": "yes"}}
    ledger.put("casting-vote-given", "anna", **fields)
    attach(ledger, procedure)
    with pytest.raises(ChangeNotAllowed, match="given already"):
        ledger.put("casting-vote-given", "anna", **fields)
