"""What may be erased, by whom, and how often? The rule knows digests; what they stand for lies elsewhere."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.errors import (
    AlreadyRedacted,
    BadShape,
    BadSignature,
    KeyNotLive,
    NotAllowed,
    NotFound,
    NotRedactable,
    UnknownActor,
    UnknownKey,
)
from ledger.proof.entry import parse_entry
from tests.support.memory_ledger import REGISTRAR, SERVICE, MemoryLedger, document, item, key_of, procedure_of

BASIS = "gdpr-17-1-b"
PAPER = document("budget")["sha256"]


def digest(name: str) -> str:
    """The digest of a text that a test calls so."""
    return base64.urlsafe_b64encode(name.encode().ljust(32, b".")[:32]).rstrip(b"=").decode()


NAME, BODY_NAME, TITLE, WORDING, LABEL, GROUND = map(
    digest, ["name", "body", "title", "wording", "label", "ground"]
)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Texts everywhere: a person's and a body's name, a procedure's title, wording, label, and a document."""
    ledger = MemoryLedger()
    ledger.council("anna", "bert")
    for name, role in (("chris", "clerk"), ("cleo", "clerk"), ("vera", "chair")):
        ledger.person(name, role)
    dora: dict[str, Any] = {"subject": "dora", "roles": ["member"], "key": ledger.public("dora")}
    ledger.put("key-registered", **dora, name=NAME)
    ledger.put("body-registered", body="aus", name=BODY_NAME)
    motion = {**item("1"), "wording": WORDING, "labels": {"yes": LABEL}}
    ledger.open(items=[motion], title=TITLE, documents=[document("budget")])
    return ledger


def redact(ledger: MemoryLedger, *digests: str, actor: str = "chris", **fields: Any) -> str:
    """Redacts texts of the register, unless a stream is named."""
    wanted = {"digests": list(digests), "legal_basis": BASIS, "authority": "vera", **fields}
    return ledger.put("redacted", actor, **wanted)


def redacted(ledger: MemoryLedger) -> set[str]:
    """What the register says."""
    assert ledger.state.register is not None
    return set(ledger.state.register.redactions)


MOTION = procedure_of("motion")


# ── what ───────────────────────────────────────────────────────────────────────────────────────


def test_a_name_is_redacted_by_a_clerk_and_a_second_person(ledger: MemoryLedger) -> None:
    """The entry says what, why, and who answers for it."""
    redact(ledger, NAME)
    assert ledger.state.register is not None
    found = ledger.state.register.redactions[NAME]
    assert (found.seq, found.at) == (len(ledger.rows) - 1, ledger.now)
    assert (found.legal_basis, found.actor, found.authority) == (BASIS, "chris", "vera")


def test_all_texts_and_documents_of_a_procedure_can_be_redacted(ledger: MemoryLedger) -> None:
    """In one statement: title, wording, label, and the document's bytes."""
    redact(ledger, TITLE, WORDING, LABEL, stream=MOTION, documents=[PAPER])
    assert redacted(ledger) == {TITLE, WORDING, LABEL, PAPER}


def test_a_document_that_was_attached_later_can_be_redacted(ledger: MemoryLedger) -> None:
    """It belongs to the ballot paper like those of the opening."""
    ledger.open("other", profile={**complete("simple-majority"), "documents": "keep"})
    ledger.put("document-attached", REGISTRAR, procedure=procedure_of("other"), document=document("late"))
    redact(ledger, stream=procedure_of("other"), documents=[document("late")["sha256"]])
    assert redacted(ledger) == {document("late")["sha256"]}


def test_the_ground_of_a_redaction_can_be_redacted(ledger: MemoryLedger) -> None:
    """Why a name had to go may itself be nobody's business later."""
    redact(ledger, NAME, ground=GROUND)
    redact(ledger, GROUND)
    assert redacted(ledger) == {NAME, GROUND}


def test_a_closed_and_an_open_procedure_can_be_redacted(ledger: MemoryLedger) -> None:
    """A name in a title must go now, not after the deadline; and the result stands in any case."""
    ledger.vote(MOTION, "anna", "yes")
    redact(ledger, TITLE, stream=MOTION)
    ledger.close(MOTION)
    redact(ledger, WORDING, stream=MOTION)
    assert ledger.procedure(MOTION).tally() == {"1": {"yes": 1, "no": 0, "abstain": 0}}


@pytest.mark.parametrize("reader", ["replayed", "reloaded"])
def test_another_process_knows_what_was_redacted(ledger: MemoryLedger, reader: str) -> None:
    """One that followed the log, and one that starts now: they go on with the same rules."""
    redact(ledger, NAME)
    redact(ledger, TITLE, stream=MOTION)
    ledger.state = getattr(ledger, reader)()
    with pytest.raises(AlreadyRedacted):
        redact(ledger, TITLE, stream=MOTION)
    redact(ledger, WORDING, stream=MOTION)
    assert redacted(ledger) == {NAME, TITLE, WORDING}


# ── what not ───────────────────────────────────────────────────────────────────────────────────


def test_a_vote_cannot_be_redacted(ledger: MemoryLedger) -> None:
    """It is no text beside the log: neither its digest nor its leaf hash names anything that can go."""
    leaf = ledger.vote(MOTION, "anna", "yes")
    statement = parse_entry(ledger.entries[-1]).envelope.digest
    for found in (base64.b64decode(leaf), statement):
        text = base64.urlsafe_b64encode(found).rstrip(b"=").decode()
        with pytest.raises(NotRedactable):
            redact(ledger, text, stream=MOTION)
    with pytest.raises(NotRedactable):
        redact(ledger, stream=MOTION, documents=[statement.hex()])
    assert ledger.procedure(MOTION).tally()["1"]["yes"] == 1


def test_a_text_is_redacted_once(ledger: MemoryLedger) -> None:
    """A second entry would give another reason, or another authority."""
    redact(ledger, NAME)
    with pytest.raises(AlreadyRedacted, match=r"by entry \d+"):
        redact(ledger, NAME, actor="cleo")


@pytest.mark.parametrize(
    ("digests", "fields"),
    [
        ([digest("unknown")], {}),
        ([NAME, digest("unknown")], {}),
        ([TITLE], {}),
        ([NAME], {"stream": MOTION}),
        ([], {"documents": [PAPER]}),
        ([], {"stream": MOTION, "documents": [document("unknown")["sha256"]]}),
        ([], {}),
    ],
    ids=[
        "unknown",
        "one unknown",
        "elsewhere",
        "the register's",
        "document elsewhere",
        "document",
        "nothing",
    ],
)
def test_only_what_stands_in_the_stream_is_redacted(
    ledger: MemoryLedger, digests: list[str], fields: dict[str, Any]
) -> None:
    """Nothing may be redacted in advance: a text that never was could not be told from one that went."""
    with pytest.raises(NotRedactable):
        redact(ledger, *digests, **fields)
    assert redacted(ledger) == set()


def test_a_stream_that_does_not_exist_has_no_texts(ledger: MemoryLedger) -> None:
    """The statement names a procedure that nobody opened."""
    with pytest.raises(NotFound):
        redact(ledger, NAME, stream=procedure_of("nothing"))


# ── who ────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_erases_alone(ledger: MemoryLedger) -> None:
    """Not even somebody who is clerk and registrar at once."""
    for actor in ("chris", REGISTRAR):
        with pytest.raises(NotAllowed, match="nobody erases alone"):
            redact(ledger, NAME, actor=actor, authority=actor)


@pytest.mark.parametrize("actor", ["anna", "vera", SERVICE])
def test_only_a_clerk_orders_an_erasure(ledger: MemoryLedger, actor: str) -> None:
    """Neither a member nor the service, nor the chair alone."""
    with pytest.raises(NotAllowed, match=f"{actor} is not clerk"):
        redact(ledger, NAME, actor=actor, authority="cleo")


@pytest.mark.parametrize("authority", ["cleo", REGISTRAR, "vera"])
def test_another_clerk_a_registrar_or_a_chair_answers_for_it(ledger: MemoryLedger, authority: str) -> None:
    """Somebody with an office."""
    redact(ledger, NAME, authority=authority)


@pytest.mark.parametrize(
    ("authority", "error"), [("anna", NotAllowed), (SERVICE, NotAllowed), ("nobody", UnknownKey)]
)
def test_nobody_else_answers_for_it(ledger: MemoryLedger, authority: str, error: type[Exception]) -> None:
    """A member or the service is no second person, and a name that nobody bears is none at all."""
    with pytest.raises(error):
        redact(ledger, NAME, authority=authority)


def test_an_authority_who_is_not_registered_is_unknown() -> None:
    """The rule says so by itself, where signatures were not looked at."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna")
    with pytest.raises(UnknownActor):
        redact(ledger, NAME, actor=REGISTRAR, authority="nobody")


@pytest.mark.parametrize("keys", [("chris",), ("chris", "chris"), ("vera", "chris"), ("chris", "cleo")])
def test_both_sign_in_this_order(ledger: MemoryLedger, keys: tuple[str, ...]) -> None:
    """The clerk, then the one who answers for it; no third, and nobody in another's name."""
    with pytest.raises((BadSignature, UnknownKey)):
        redact(ledger, NAME, keys=tuple(key_of(name) for name in keys))


def test_a_revoked_key_does_not_answer_for_an_erasure(ledger: MemoryLedger) -> None:
    """The chair has left."""
    lost: dict[str, Any] = {"subject": "vera", "key": ledger.public("vera"), "reason": "left"}
    ledger.put("key-revoked", **lost, suspect_from=None)
    with pytest.raises(KeyNotLive):
        redact(ledger, NAME)


def test_a_reason_in_free_text_is_refused(ledger: MemoryLedger) -> None:
    """Entries hold no text that somebody could wish to erase next."""
    with pytest.raises(BadShape, match="legal_basis"):
        redact(ledger, NAME, legal_basis="because Ms Fehnders asked for it")
    with pytest.raises(BadShape, match="ground"):
        redact(ledger, NAME, ground="Ms Fehnders asked for it")
