"""Does the Python client vote, send again what was lost, and sign and believe nothing that it should not?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.client import Client, Patience, verify_receipt
from ledger.errors import (
    AlreadyClosed,
    BadAddress,
    NotFound,
    OutcomeUnknown,
    ProofError,
    StorageError,
    UnknownKey,
    Unreachable,
)
from ledger.proof.note import verification_key
from ledger.proof.policy import parse_policy
from tests.web.portal import Portal, Slept
from tests.web.site import disclosure_of
from tests.web.wire import (
    answers,
    half_an_answer,
    lost_answer,
    lost_request,
)

BUSY = b'{"code":"store-unavailable","title":"not now","status":503}'


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
        one.split(b"\r\n\r\n", 1)[1]
        for one in each_portal.wire.requests
        if b"POST" in one and b'"sig"' in one
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


def test_a_policy_may_say_whom_to_trust(portal: Portal) -> None:
    """Logs and witnesses in one file, as auditors have it; a quorum that is not met is no receipt."""
    url, patience = portal.wire.url + portal.site.api, portal.patience
    policy = f"log {portal.site.log_key}\n"
    trusting = Client(url, parse_policy(f"{policy}quorum none\n".encode()), patience=patience)
    envelope = portal.signed()
    assert trusting.submit(envelope).log == portal.site.town.ledger.origin
    witness = verification_key("witness.example/w", portal.site.town.key("witness").public)
    asking = f"{policy}witness w {witness}\nquorum w\n".encode()
    with pytest.raises(ProofError):
        Client(url, parse_policy(asking), patience=patience).submit(envelope)


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
    with pytest.raises(BadAddress):
        Client(url, token=token)
