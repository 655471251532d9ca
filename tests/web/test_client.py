"""Does the Python client vote, send again what was lost, and sign and believe nothing that it should not?"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.client import Client, Patience, Prepared, Receipt, verify_receipt
from ledger.errors import (
    AlreadyClosed,
    BadShape,
    DocumentMismatch,
    NotFound,
    OutcomeUnknown,
    PreparedOtherwise,
    ProofError,
    StimmbuchError,
    StorageError,
    UnknownKey,
    Unreachable,
)
from ledger.proof.dsse import Envelope
from ledger.proof.encoding import b64, canonical
from ledger.proof.note import verification_key
from tests.support.builders import document, item
from tests.web.site import Site, disclosure_of
from tests.web.wire import (
    Wire,
    altered,
    answers,
    half_an_answer,
    lost_answer,
    lost_request,
    served,
)

BUSY = b'{"code":"store-unavailable","title":"not now","status":503}'


class Slept:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Notes it and goes on at once."""
        self.pauses.append(seconds)

    def clock(self) -> float:
        """Seconds that were slept."""
        return sum(self.pauses)


class Portal:
    """A member's portal in front of a site, on a wire that can fail."""

    def __init__(self, site: Site, wire: Wire) -> None:
        self.site, self.wire, self.slept = site, wire, Slept()
        self.patience = Patience(20.0, clock=self.slept.clock, sleep=self.slept.sleep, chance=lambda: 1.0)
        self.client = self.client_with(site.log_key)
        self.motion = site.town.open(documents=[document("the plan")])

    def client_with(self, *log_keys: str, **options: Any) -> Client:
        """A client with these keys."""
        return Client(self.wire.url + self.site.api, log_keys, patience=self.patience, **options)

    def prepared(self, member: str = "m1", **fields: Any) -> Prepared:
        """A vote that was looked at."""
        paper = self.client.paper(self.motion, wait_for=self.site.town.ledger.head())
        wanted = {"actor": member, "member": member, "procedure": self.motion, "choices": {"1": "yes"}}
        return self.client.prepare("vote-cast", {**wanted, "ballot": paper.digest, **fields})

    def signed(self, member: str = "m1", **fields: Any) -> Envelope:
        """A signed vote."""
        return self.prepared(member, **fields).sign(self.site.town.key(member))

    def votes(self) -> int:
        """How many votes the ledger holds."""
        return len(self.site.town.ledger.store.recorder.read(-1, 10_000, topics=["stimmbuch.vote-cast.v1"]))


@pytest.fixture
def portal(site: Site) -> Iterator[Portal]:
    """In front of an embedded ledger."""
    with served(site) as url, Wire(url) as wire:
        yield Portal(site, wire)


@pytest.fixture
def each_portal(each_site: Site) -> Iterator[Portal]:
    """Once on each database."""
    with served(each_site) as url, Wire(url) as wire:
        yield Portal(each_site, wire)


def test_a_vote_is_prepared_looked_at_signed_recorded_and_proven(each_portal: Portal) -> None:
    """The whole way of a each_portal, and the tally contains the vote when it is asked for afterwards."""
    prepared = each_portal.prepared()
    assert set(prepared.filled) == {"replaces"}
    receipt = each_portal.client.submit(prepared.sign(each_portal.site.town.key("m1")))
    assert verify_receipt(receipt.proof, [each_portal.site.log_key]) == receipt
    assert receipt.log == each_portal.site.town.ledger.origin
    tally = each_portal.client.tally(each_portal.motion, wait_for=receipt.seq)
    assert tally["items"][0]["counts"]["yes"] == 1
    assert each_portal.client.receipt(receipt.envelope) == receipt


@pytest.mark.parametrize("fault", [lost_answer, lost_request, half_an_answer])
def test_a_vote_whose_answer_was_lost_is_sent_again_and_counted_once(
    each_portal: Portal, fault: Callable[[bytes, Any], bytes]
) -> None:
    """The same envelope: the same receipt, one entry."""
    envelope = each_portal.signed()
    each_portal.wire.next(fault, fault)
    receipt = each_portal.client.submit(envelope)
    assert each_portal.client.submit(envelope) == receipt
    assert each_portal.votes() == 1
    sent = [
        one.split(b"\r\n\r\n", 1)[1] for one in each_portal.wire.requests if b"POST" in one and b"sig" in one
    ]
    assert len(sent) == 4
    assert len(set(sent)) == 1


def test_a_service_that_is_busy_is_asked_again_when_it_says(portal: Portal) -> None:
    """`Retry-After` is obeyed; without it the pauses double."""
    envelope = portal.signed()
    busy, mute = answers(BUSY, "503 Busy", "Retry-After: 7"), answers(b"<html>", "502 Bad Gateway")
    portal.wire.next(busy, mute, mute)
    portal.client.submit(envelope)
    assert portal.slept.pauses == [7.0, 0.4, 0.8]


def test_patience_has_an_end_and_says_what_is_known(each_portal: Portal) -> None:
    """After an answer that was lost nobody may say that nothing was stored."""
    envelope = each_portal.signed()
    each_portal.wire.next(*[answers(BUSY, "503 Busy", "Retry-After: 15")] * 2)
    with pytest.raises(StorageError, match="not now") as refused:
        each_portal.client.submit(envelope)
    assert not isinstance(refused.value, OutcomeUnknown)
    each_portal.slept.pauses.clear()
    each_portal.wire.next(lost_answer, *[answers(BUSY, "503 Busy", "Retry-After: 15")] * 2)
    with pytest.raises(OutcomeUnknown, match="an earlier try may have arrived"):
        each_portal.client.submit(envelope)
    assert each_portal.client.submit(envelope).seq == each_portal.site.town.ledger.head()


def test_nobody_there_is_told_from_an_answer_that_was_lost() -> None:
    """Nothing was sent, so nothing can have been stored."""
    slept = Slept()
    client = Client(
        "http://127.0.0.1:9/v1/ledgers/x", patience=Patience(1.0, clock=slept.clock, sleep=slept.sleep)
    )
    with pytest.raises(Unreachable):
        client.tally("11111111-1111-4111-8111-111111111111")
    assert slept.pauses != []


def test_a_refusal_is_raised_as_the_class_that_the_ledger_has_for_it(each_portal: Portal) -> None:
    """`except AlreadyClosed` works as it does beside the store, with the service's whole problem in it."""
    late, stranger = (
        each_portal.signed("m2"),
        each_portal.prepared("m2").sign(each_portal.site.town.key("m2/new")),
    )
    with pytest.raises(UnknownKey):
        each_portal.client.submit(stranger)
    each_portal.site.town.close(each_portal.motion)
    with pytest.raises(AlreadyClosed) as refused:
        each_portal.client.submit(late)
    problem: Any = refused.value.details["problem"]
    assert (problem["status"], problem["code"]) == (409, "already-closed")
    assert problem["request_id"]
    with pytest.raises(NotFound):
        each_portal.client.procedure("00000000-0000-4000-8000-000000000000")


# ── a service that lies ────────────────────────────────────────────────────────────────────────


def payload(**other: Any) -> Callable[[bytes], bytes]:
    """The answer to `prepare` with other members in its payload."""

    def change(body: bytes) -> bytes:
        answer = json.loads(body)
        values = {**json.loads(base64.b64decode(answer["payload"])), **other}
        answer["payload"] = b64(canonical({name: value for name, value in values.items() if value != "gone"}))
        return json.dumps(answer).encode()

    return change


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
        portal.client.prepare("vote-cast", {**wanted, "ballot": paper.digest})


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
    wanted = {"actor": "m1", "member": "m1", "procedure": portal.motion, "choices": {"1": "yes"}}
    portal.wire.next(altered(change))
    with pytest.raises(PreparedOtherwise):
        portal.client.prepare("vote-cast", wanted)


def test_what_nobody_asked_for_is_not_signed(portal: Portal) -> None:
    """An optional member that the service adds contradicts nothing that was meant, and still says more."""
    paper = portal.client.paper(portal.motion, wait_for=portal.site.town.ledger.head())
    wanted = {"actor": "m1", "member": "m1", "procedure": portal.motion, "choices": {"1": "yes"}}
    portal.wire.next(altered(payload(provenance={"kind": "portal-attested", "assurance": "low"})))
    with pytest.raises(PreparedOtherwise, match="provenance"):
        portal.client.prepare("vote-cast", {**wanted, "ballot": paper.digest})


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
    motion = site.town.open("worded", items=[{**item("1"), "wording": wording}])
    paper = portal.client.paper(motion, wait_for=site.town.ledger.head())
    assert portal.client.texts(paper) == {wording: "The plan is adopted."}
    other = disclosure_of("wording", "The plan is rejected.").encoded
    portal.wire.next(
        altered(lambda _body: json.dumps({"data": [{"digest": wording, "disclosure": other}]}).encode())
    )
    with pytest.raises(ProofError):
        portal.client.texts(paper)
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


# ── reads and tokens ───────────────────────────────────────────────────────────────────────────


def test_an_unchanged_answer_is_not_sent_twice(portal: Portal) -> None:
    """The second read is a 304, and a new vote makes it a 200 again."""
    first = portal.client.tally(portal.motion, wait_for=portal.site.town.ledger.head())
    portal.wire.next(lambda request, forward: forward(request) if b"If-None-Match" in request else b"")
    assert portal.client.tally(portal.motion) is first
    receipt = portal.client.submit(portal.signed())
    assert portal.client.tally(portal.motion, wait_for=receipt.seq)["voted"] == 1


def test_a_view_that_is_behind_is_waited_for(portal: Portal) -> None:
    """503 `view-behind` is one of those that pass."""
    portal.wire.next(answers(b'{"code":"view-behind"}', "503 Busy", "Retry-After: 1"))
    assert portal.client.procedure(portal.motion, wait_for=portal.site.town.ledger.head())["voted"] == 0
    assert portal.slept.pauses == [1.0]


def test_lists_go_on_to_their_end_and_not_in_circles(portal: Portal) -> None:
    """Every procedure once, over pages of one."""
    motions = [portal.motion, *(portal.site.town.open(name) for name in ("second", "third"))]
    head = portal.site.town.ledger.head()
    assert [one["id"] for one in portal.client.procedures(limit=1, wait_for=head)] == motions
    portal.wire.next(answers(b'{"data":[],"pagination":{"next":5}}', "200 OK"))
    portal.wire.next(answers(b'{"data":[],"pagination":{"next":5}}', "200 OK"))
    with pytest.raises(ProofError, match="go on"):
        list(portal.client.procedures())


def test_texts_and_entries_are_there_for_the_portal(portal: Portal) -> None:
    """A disclosure is stored, the feed and the history are read."""
    assert portal.client.disclose(disclosure_of("title", "A plan")) == disclosure_of("title", "A plan").digest
    receipt = portal.client.submit(portal.signed())
    portal.client.procedure(portal.motion, wait_for=receipt.seq)
    assert [one["kind"] for one in portal.client.history(portal.motion)] == ["procedure-opened", "vote-cast"]
    assert portal.client.events(after=receipt.seq - 1)["data"][0]["seq"] == receipt.seq


def test_the_token_is_asked_for_each_time_and_goes_to_the_service_alone(portal: Portal) -> None:
    """A renewed token is used at once; a redirect to somewhere else is not followed."""
    tokens = iter(["one", "two"])
    client = portal.client_with(portal.site.log_key, token=lambda: next(tokens))
    client.procedure(portal.motion, wait_for=portal.site.town.ledger.head())
    portal.wire.next(answers(b"", "302 Found", "Location: http://127.0.0.1:9/"))
    with pytest.raises(StorageError, match="302"):
        client.procedure(portal.motion)
    sent = [line for one in portal.wire.requests for line in one.split(b"\r\n") if b"Authorization" in line]
    assert sent == [b"Authorization: Bearer one", b"Authorization: Bearer two"]


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("http://ledger.example/v1/ledgers/x", lambda: "secret"),
        ("ftp://ledger.example/", None),
        ("https://user@ledger.example/", None),
        ("https://ledger.example/?x=1", None),
        ("https://ledger.example:port/", None),
        ("ledger.example", None),
    ],
)
def test_an_address_that_would_show_the_token_or_is_none_is_refused(url: str, token: Any) -> None:
    """Before anything is sent."""
    with pytest.raises(BadShape):
        Client(url, token=token)
