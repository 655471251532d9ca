"""Does the Python client sign only what it has verified of the log, and notice that it is shown two?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.client import Receipt
from ledger.errors import NotFound, ProofError, SplitView
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.signers import Ed25519Signer
from tests.web.portal import Portal
from tests.web.wire import Fault, Forward, altered, answers


def head(portal: Portal) -> dict[str, Any]:
    """What the log shows now."""
    _, size, root = portal.site.get("/log/checkpoint").get_data(as_text=True).split("\n")[:3]
    return {"size": int(size), "root": root}


def signed(portal: Portal, size: int, root: bytes = bytes(32), key: str = "log") -> bytes:
    """A checkpoint of another history, signed with the log's key or somebody else's."""
    origin = portal.site.town.ledger.origin
    return sign_checkpoint(
        Checkpoint(origin, size, root), Ed25519Signer.of(origin, portal.site.town.key(key))
    )


def as_it_is(request: bytes, forward: Forward) -> bytes:
    """Nothing happens to this one."""
    return forward(request)


def showing(note: bytes) -> Fault:
    """The next answer shows this checkpoint, whatever there is."""
    return altered(lambda _body: note)


def grown(portal: Portal, *members: str) -> None:
    """The log goes on."""
    for member in members:
        portal.client_with(portal.site.log_key).submit(portal.signed(member, seen=None))


def test_a_vote_names_the_newest_checkpoint_that_was_verified(each_portal: Portal) -> None:
    """It is recorded with it, and the next vote names the one that contains it."""
    before = head(each_portal)
    assert each_portal.prepared().values["seen"]["size"] >= before["size"]
    first = each_portal.client.submit(each_portal.signed("m1"))
    second = each_portal.client.submit(each_portal.signed("m2"))
    assert first.size <= seen_by(second)["size"] <= second.seq


def seen_by(receipt: Receipt) -> dict[str, Any]:
    """What the signer of a recorded statement had seen."""
    found: dict[str, Any] = json.loads(receipt.envelope.payload)["seen"]
    return found


def test_without_a_key_nothing_was_verified_and_none_is_named(portal: Portal) -> None:
    """The service's word about its own head is worth nothing to a signer."""
    wanted = {"actor": "m1", "member": "m1", "procedure": portal.motion, "choices": {"1": "yes"}}
    portal.client.paper(portal.motion, wait_for=portal.site.town.ledger.head())
    assert portal.client_with().prepare("vote-cast", wanted).values["seen"] is None


def test_a_caller_may_name_another_checkpoint_or_none(portal: Portal) -> None:
    """Whoever verified one elsewhere; then nothing is asked for."""
    count = len(portal.wire.requests)
    assert portal.prepared(seen=None).values["seen"] is None
    assert not [one for one in portal.wire.requests[count:] if b"/log/" in one]


@pytest.mark.parametrize("size", [1, 2, 3, 20])
def test_a_log_that_shows_two_histories_gets_nothing_signed(portal: Portal, size: int) -> None:
    """Smaller, larger or as large as what was shown before: the error holds both, as they were signed."""
    portal.prepared()
    portal.wire.next(as_it_is, showing(signed(portal, size)))
    with pytest.raises(SplitView) as refused:
        portal.prepared()
    assert str(refused.value.details["after"]).encode() == signed(portal, size)
    assert str(head(portal)["size"]) in str(refused.value.details["before"])


def test_the_same_size_with_another_root_is_another_history(portal: Portal) -> None:
    """Two heads over equally many entries: no proof is needed."""
    portal.prepared()
    other = signed(portal, head(portal)["size"])
    portal.wire.next(as_it_is, showing(other))
    with pytest.raises(SplitView, match="the same size"):
        portal.prepared()


def test_a_log_that_goes_on_is_followed(each_portal: Portal) -> None:
    """Over the edges of tiles, and across receipts of others."""
    each_portal.prepared()
    for _ in range(3):
        grown(each_portal, "m2", "m3", "m4")
        assert each_portal.prepared().values["seen"] == head(each_portal)


def test_a_receipt_is_what_the_log_showed_and_must_be_continued(portal: Portal) -> None:
    """Its checkpoint was verified; what comes from elsewhere later must continue it."""
    receipt = portal.client.submit(portal.signed("m1", seen=None))
    portal.wire.next(as_it_is, showing(signed(portal, receipt.size)))
    with pytest.raises(SplitView):
        portal.prepared("m2")


def test_what_many_receipts_need_of_the_log_is_asked_for_once(portal: Portal) -> None:
    """A portal that sent a hundred votes proves a hundred checkpoints before the next one, in one tree."""
    for member in ("m1", "m2", "m3"):
        portal.client.submit(portal.signed(member, seen=None))
    grown(portal, "m4")
    count = len(portal.wire.requests)
    portal.client.prepare("vote-cast", {**vote_of(portal), "actor": "m5", "member": "m5"})
    asked = [one.split(b" ")[1] for one in portal.wire.requests[count:] if b"/log/tile/" in one]
    assert 0 < len(asked) == len(set(asked))


def test_what_was_kept_elsewhere_must_be_continued(portal: Portal) -> None:
    """A portal that starts again, or a member who brings a receipt along."""
    receipt = portal.client.submit(portal.signed("m1", seen=None))
    for kept in (receipt.proof, portal.site.get("/log/checkpoint").get_data()):
        fresh = portal.client_with(portal.site.log_key)
        fresh.hold(kept)
        fresh.prepare("vote-cast", vote_of(portal))
        fresh.hold(signed(portal, 3))
        with pytest.raises(SplitView):
            fresh.prepare("vote-cast", vote_of(portal))


def vote_of(portal: Portal) -> dict[str, Any]:
    """What m3 means."""
    return {"actor": "m3", "member": "m3", "procedure": portal.motion, "choices": {"1": "yes"}}


@pytest.mark.parametrize("wrong", [b"", b"no note", b"\xff"])
def test_what_is_no_checkpoint_is_not_named(portal: Portal, wrong: bytes) -> None:
    """Nor is one that somebody else signed."""
    for note in (wrong, signed(portal, 3, key="somebody")):
        portal.wire.next(showing(note))
        with pytest.raises(ProofError):
            portal.client.prepare("vote-cast", vote_of(portal))


def test_false_tiles_do_not_hide_a_second_history(portal: Portal) -> None:
    """Whoever shows two heads would have to find two trees for one root."""
    portal.client.prepare("vote-cast", vote_of(portal))
    grown(portal, "m2")
    portal.wire.next(as_it_is, altered(lambda body: bytes(len(body))))
    with pytest.raises(SplitView):
        portal.client.prepare("vote-cast", vote_of(portal))


def test_before_anything_is_published_nothing_was_seen(portal: Portal) -> None:
    """A log on its first day."""
    portal.wire.next(answers(b'{"code":"not-found","status":404,"title":"none"}', "404 Not Found"))
    assert portal.client.prepare("vote-cast", vote_of(portal)).values["seen"] is None


def test_a_log_that_takes_away_what_it_showed_gets_nothing_signed(portal: Portal) -> None:
    """Else it would only have to show nothing, and nobody would compare."""
    portal.client.prepare("vote-cast", vote_of(portal))
    portal.wire.next(answers(b'{"code":"not-found","status":404,"title":"none"}', "404 Not Found"))
    with pytest.raises(NotFound):
        portal.client.prepare("vote-cast", vote_of(portal))


def test_tiles_that_cannot_be_read_leave_nothing_signed(portal: Portal) -> None:
    """A proof that is kept back is none."""
    portal.client.prepare("vote-cast", vote_of(portal))
    grown(portal, "m2")
    missing = answers(b'{"code":"not-found","status":404,"title":"none"}', "404 Not Found")
    portal.wire.next(as_it_is, missing, missing)
    with pytest.raises(SplitView):
        portal.client.prepare("vote-cast", vote_of(portal))
