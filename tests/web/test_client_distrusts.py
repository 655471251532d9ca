"""Does the Python client sign and believe nothing of a service that lies?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from api.client import Receipt, verify_receipt
from ledger.errors import (
    BadShape,
    DocumentMismatch,
    PreparedOtherwise,
    ProofError,
    StimmbuchError,
)
from ledger.proof.encoding import b64
from ledger.proof.note import verification_key
from tests.support.builders import document, item
from tests.web.portal import Portal, payload
from tests.web.site import disclosure_of
from tests.web.wire import (
    altered,
    answers,
)


@pytest.mark.parametrize(
    "other",
    [
        {"choices": {"1": "no"}},
        {"member": "m2"},
        {"actor": "m2"},
        {"procedure": "11111111-1111-4111-8111-111111111111"},
        {"ballot": b64(bytes(32))},
        {"nonce": b64(bytes(16))},
        {"issued_at": "2020-01-01T00:00:00.000Z"},
        {"log": "ledger.example.org/elsewhere"},
        {"seen": {"size": 1, "root": b64(bytes(32))}},
        {"provenance": {"kind": "portal-attested", "assurance": "low"}, "v": 2},
        {"replaces": "gone"},
        {"choices": "gone"},
        {"v": True},
        {"unknown": 1},
    ],
    ids="-".join,
)
def test_a_payload_that_says_something_else_than_was_meant_is_not_signed(
    portal: Portal, other: dict[str, Any]
) -> None:
    """The service prepares, the member's client decides what is signed."""
    paper = portal.client.paper(portal.motion, wait_for=portal.site.town.ledger.head())
    wanted = {"actor": "m1", "member": "m1", "procedure": portal.motion, "choices": {"1": "yes"}}
    portal.wire.next(altered(payload(**other)))
    with pytest.raises(PreparedOtherwise):
        portal.client.prepare("vote-cast", {**wanted, "ballot": paper.digest, "seen": None})


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b"vote-cast", b"vote-withdrawn"),
        lambda body: body.replace(b'"payload": "', b'"payload": " '),
        lambda _body: b"{}",
        lambda _body: b'{"payload": 7, "payloadType": ["x"]}',
    ],
)
def test_what_is_no_such_payload_is_not_signed(portal: Portal, change: Callable[[bytes], bytes]) -> None:
    """Another kind, spaces in base64, nothing at all."""
    wanted = {
        "actor": "m1",
        "member": "m1",
        "procedure": portal.motion,
        "choices": {"1": "yes"},
        "seen": None,
    }
    portal.wire.next(altered(change))
    with pytest.raises(PreparedOtherwise):
        portal.client.prepare("vote-cast", wanted)


def test_what_nobody_asked_for_is_not_signed(portal: Portal) -> None:
    """An optional member that the service adds contradicts nothing that was meant, and still says more."""
    paper = portal.client.paper(portal.motion, wait_for=portal.site.town.ledger.head())
    wanted = {"actor": "m1", "member": "m1", "procedure": portal.motion, "choices": {"1": "yes"}}
    portal.wire.next(altered(payload(provenance={"kind": "portal-attested", "assurance": "low"})))
    with pytest.raises(PreparedOtherwise, match="provenance"):
        portal.client.prepare("vote-cast", {**wanted, "ballot": paper.digest, "seen": None})


def test_a_clerk_sees_what_the_ledger_filled_in(portal: Portal) -> None:
    """Electorate, profile in full, ballot paper: they follow from the ledger, and are listed."""
    item = {"id": "1", "wording": None, "options": ["yes", "no"], "polarity": "for"}
    fields = {
        "actor": "clerk",
        "body": "council",
        "procedure": "11111111-1111-4111-8111-111111111111",
        "items": [item],
        "opens_at": portal.site.town.clock(),
    }
    found = portal.client.prepare("procedure-opened", {**fields, "profile": "simple-majority"})
    filled = {"electorate", "documents", "chair", "closes_at", "time_zone", "ballot", "profile"}
    assert set(found.filled) == filled
    assert portal.client.submit(found.sign(portal.site.town.key("clerk"))).seq > 0


def test_a_vote_on_a_ballot_paper_that_nobody_read_is_not_signed(portal: Portal) -> None:
    """The digest that the service fills in could be that of other documents."""
    portal.client.paper(portal.motion, wait_for=portal.site.town.ledger.head())
    wanted = {"actor": "m1", "member": "m1", "procedure": portal.motion, "choices": {"1": "yes"}}
    with pytest.raises(PreparedOtherwise, match="read"):
        portal.client.prepare("vote-cast", wanted).sign(portal.site.town.key("m1"))


def shown(**other: Any) -> Callable[[bytes], bytes]:
    """The answer for a procedure with other members in it and in its opening."""

    def change(body: bytes) -> bytes:
        found = json.loads(body)
        found["opening"].update({name: value for name, value in other.items() if name in found["opening"]})
        return json.dumps({**found, **other}).encode()

    return change


@pytest.mark.parametrize(
    "other",
    [
        {"documents": []},
        {"documents": [{**document("another plan"), "attached": False}]},
        {"items": []},
        {"profile": {}},
        {"ballot": b64(bytes(32))},
        {"id": "11111111-1111-4111-8111-111111111111"},
        {"documents": "none"},
    ],
    ids="-".join,
)
def test_swapped_documents_or_another_ballot_paper_are_seen(portal: Portal, other: dict[str, Any]) -> None:
    """The digest is computed from what is shown: what is not shown is not signed."""
    portal.client.procedure(portal.motion, wait_for=portal.site.town.ledger.head())
    fresh = portal.client_with(portal.site.log_key)
    portal.wire.next(altered(shown(**other)))
    with pytest.raises(ProofError):
        fresh.paper(portal.motion)


def test_a_text_that_is_not_the_one_voted_on_is_not_shown(portal: Portal) -> None:
    """The digest of the wording is what is signed; the text comes with its salt, so it can be checked."""
    site = portal.site
    wording = site.disclosed("wording", "The plan is adopted.")
    items = [{**item("1"), "wording": wording}]
    motion, another = (site.town.open(name, items=items) for name in ("worded", "another"))
    paper, fresh = (portal.client.paper(one, wait_for=site.town.ledger.head()) for one in (motion, another))
    assert portal.client.texts(paper) == {wording: "The plan is adopted."}
    other = disclosure_of("wording", "The plan is rejected.").encoded
    portal.wire.next(
        altered(lambda _body: json.dumps({"data": [{"digest": wording, "disclosure": other}]}).encode())
    )
    with pytest.raises(ProofError):
        portal.client.texts(fresh)
    why: dict[str, Any] = {"legal_basis": "gdpr-17-1-b", "authority": "registrar"}
    receipt = site.town.put("redacted", "clerk", stream=motion, digests=[wording], **why)
    portal.client.procedure(motion, wait_for=receipt.seq)
    assert portal.client.texts(paper) == {}


def test_a_document_that_is_not_the_announced_one_is_not_shown(portal: Portal) -> None:
    """Its digest is what the ballot paper names."""
    digest = portal.client.put_document(b"the plan")
    assert digest == document("the plan")["sha256"]
    assert portal.client.document(digest) == b"the plan"
    portal.wire.next(altered(lambda _body: b"another plan"))
    with pytest.raises(ProofError, match="not the one"):
        portal.client.document(digest)
    portal.wire.next(answers(b'{"code":"document-mismatch","status":422}', "422 Unprocessable"))
    with pytest.raises(DocumentMismatch):
        portal.client.put_document(b"another plan")


def lines_of(receipt: Receipt) -> list[bytes]:
    """The lines of a receipt's file."""
    return receipt.proof.split(b"\n")


def test_a_receipt_with_any_line_changed_or_missing_proves_nothing(portal: Portal) -> None:
    """Every line of the file counts: header, entry, index, hashes, origin, size, root, signature."""
    receipt = portal.client.submit(portal.signed())
    lines = lines_of(receipt)
    for number, line in enumerate(lines[:-1]):
        # A signature that stands there twice is read once, as signed notes are.
        twice = [] if line.startswith("— ".encode()) else [[line, line]]
        for wrong in ([], [line[:-3] + b"AA="], *twice):
            proof = b"\n".join([*lines[:number], *wrong, *lines[number + 1 :]])
            with pytest.raises(ProofError):
                verify_receipt(proof, [portal.site.log_key], envelope=receipt.envelope)


def as_receipt(proof: bytes) -> Callable[[bytes], bytes]:
    """The answer to a statement with another receipt in it."""
    return lambda body: json.dumps({**json.loads(body), "proof": proof.decode()}).encode()


def test_a_receipt_of_somebody_elses_vote_is_not_taken(portal: Portal) -> None:
    """It proves that the other vote is recorded, and nothing of this one."""
    other, envelope = portal.client.submit(portal.signed("m2")), portal.signed("m1")
    portal.wire.next(altered(as_receipt(other.proof)))
    with pytest.raises(ProofError, match="another statement"):
        portal.client.submit(envelope)


def test_a_receipt_that_another_log_signed_is_not_taken(portal: Portal) -> None:
    """A key of the right name, but not the right key."""
    envelope, town = portal.signed(), portal.site.town
    forged = verification_key(town.ledger.origin, town.key("somebody").public)
    for keys in ([forged], [verification_key("ledger.example.org/x", town.key("log").public)]):
        with pytest.raises((ProofError, StimmbuchError)):
            portal.client_with(*keys).submit(envelope)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"proof": 7}', b"\xff", b"[" * 100_000])
def test_an_answer_without_a_receipt_is_no_success(portal: Portal, body: bytes) -> None:
    """201 alone proves nothing."""
    envelope = portal.signed()
    portal.wire.next(answers(body, "201 Created"))
    with pytest.raises(ProofError):
        portal.client.submit(envelope)


def test_without_a_key_there_is_no_verified_receipt(portal: Portal) -> None:
    """Nothing is sent: a caller that forgot the key learns it before the vote."""
    envelope = portal.signed()
    with pytest.raises(BadShape, match="log's key"):
        portal.client_with().submit(envelope)
    assert portal.votes() == 0
