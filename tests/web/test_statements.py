"""Does a signed statement get its receipt, once, however often it is sent?"""

from __future__ import annotations

import base64

import pytest

from ledger.proof.dsse import pae
from ledger.proof.entry import leaf_hash
from ledger.proof.note import parse_verification_key
from ledger.proof.statement import payload_type
from ledger.proof.tlog_proof import parse_tlog_proof
from tests.web.site import Site, problem


def test_a_vote_is_answered_with_a_receipt_made_of_its_entry(each_site: Site) -> None:
    """The receipt needs nobody's word: it proves that the entry, which is in it, is in the published log."""
    motion = each_site.town.open()
    vote = each_site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    response = each_site.post(vote)
    receipt = response.get_json()
    assert response.status_code == 201
    assert "Idempotent-Replayed" not in response.headers
    assert receipt["log"] == each_site.service.ledger.origin
    assert receipt["statement"] == vote.envelope.digest.hex()
    assert receipt["seq"] == each_site.service.ledger.head()
    proof = parse_tlog_proof(receipt["proof"].encode())
    assert proof.extra is not None
    assert (proof.index, receipt["leaf"]) == (receipt["seq"], leaf_hash(proof.extra))
    opened = proof.verify(proof.extra, [parse_verification_key(each_site.log_key)])
    assert opened.checkpoint.size > receipt["seq"]
    assert list(receipt) == ["seq", "leaf", "prev", "at", "statement", "log", "proof"]


def test_the_same_envelope_again_gets_the_same_receipt(each_site: Site) -> None:
    """A client that lost the answer sends again and is none the worse for it."""
    motion = each_site.town.open()
    vote = each_site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    first, second = each_site.post(vote), each_site.post(vote)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.get_json() == first.get_json()
    each_site.service.follower.catch_up()
    view = each_site.service.views.procedure(motion)
    assert view is not None
    assert view.voted == 1


def test_a_repetition_is_recognised_after_the_vote_was_replaced(site: Site) -> None:
    """A retry that comes late must not be taken for a new vote, nor be refused."""
    motion = site.town.open()
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    first = site.post(vote)
    site.town.vote(motion, "m1", "no")
    again = site.post(vote)
    assert again.status_code == 200
    assert again.get_json() == first.get_json()


def test_the_location_leads_to_the_same_receipt(site: Site) -> None:
    """Whoever lost the receipt but has the envelope gets it again."""
    motion = site.town.open()
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    response = site.post(vote)
    again = site.http.get(response.headers["Location"])
    assert again.status_code == 200
    assert again.get_json() == response.get_json()
    assert "immutable" in again.headers["Cache-Control"]


def test_a_receipt_that_is_not_there_is_404(site: Site) -> None:
    """Asking is how a client finds out whether a vote was recorded."""
    problem(site.http.get(f"{site.api}/receipts/{'0' * 64}"), 404, "not-found")


@pytest.mark.parametrize("digest", ["xyz", "0" * 63, "A" * 64, "0" * 65])
def test_a_digest_in_another_writing_is_refused(site: Site, digest: str) -> None:
    """One digest, one address."""
    problem(site.http.get(f"{site.api}/receipts/{digest}"), 400, "bad-encoding")


def test_a_prepared_vote_can_be_signed_and_sent_as_it_is(site: Site) -> None:
    """A client need not know how the ballot paper's digest is made."""
    motion = site.town.open()
    wanted = {"procedure": motion, "actor": "m1", "member": "m1", "choices": {"1": "no"}}
    prepared = site.prepare("vote-cast", **wanted).get_json()
    payload = base64.b64decode(prepared["payload"])
    assert base64.b64decode(prepared["pae"]) == pae(prepared["payloadType"], payload)
    assert prepared["payloadType"] == payload_type("vote-cast")
    key = site.town.key("m1")
    signature = base64.b64encode(key.sign(base64.b64decode(prepared["pae"]))).decode()
    envelope = {
        "payload": prepared["payload"],
        "payloadType": prepared["payloadType"],
        "signatures": [{"keyid": key.id, "sig": signature}],
    }
    assert site.http.post(f"{site.api}/statements", json=envelope).status_code == 201


def test_preparing_stores_nothing(site: Site) -> None:
    """It is a question, although it is a POST."""
    motion = site.town.open()
    head = site.service.ledger.head()
    assert (
        site.prepare("presence-recorded", procedure=motion, actor="clerk", members=["m1"]).status_code == 200
    )
    assert site.service.ledger.head() == head


def test_a_payload_that_would_be_refused_for_its_size_is_not_prepared(site: Site) -> None:
    """Better now than after it was signed."""
    members = [f"m{number}-{'x' * 50}" for number in range(400)]
    motion = site.town.open()
    response = site.prepare("presence-recorded", procedure=motion, actor="clerk", members=members)
    problem(response, 413, "too-large")


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({"kind": "vote-cast"}, 422, "unprocessable", "#/fields"),
        ({"kind": "no-such", "fields": {}}, 422, "unprocessable", "#/kind"),
        ({"kind": "vote-cast", "fields": {}, "extra": 1}, 422, "unprocessable", "#/extra"),
        ({"kind": "vote-cast", "fields": []}, 422, "unprocessable", "#/fields"),
        ([], 422, "unprocessable", "#"),
        ({"kind": "vote-cast", "fields": {}}, 422, "bad-shape", None),
        ({"kind": "vote-cast", "fields": {"procedure": 5, "member": []}}, 422, "bad-shape", None),
        ({"kind": "procedure-closed", "fields": {"procedure": "x"}}, 422, "bad-shape", None),
        ({"kind": "procedure-closed", "fields": {}}, 422, "bad-shape", None),
        ({"kind": "procedure-closed", "fields": {"procedure": "0" * 8 + "-0000-4000-8000-" + "0" * 12}}, 404,
         "not-found", None),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_prepared_says_where_it_is_wrong(
    site: Site, body: object, status: int, code: str, pointer: str | None
) -> None:
    """A form can put the message beside the field."""
    site.service.follower.catch_up()
    response = site.http.post(f"{site.api}/statements/prepare", json=body)
    found = problem(response, status, code)
    if pointer is not None:
        assert [error["pointer"] for error in found["errors"]] == [pointer]
