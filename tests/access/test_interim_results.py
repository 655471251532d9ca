"""Is there a way around `result_visibility` that goes through something else than the tally?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.proof.dsse import pae
from ledger.proof.statement import payload_type, statement_bytes
from tests.support.builders import item
from tests.support.guarded import Guarded
from tests.web.site import problem


@pytest.fixture
def hidden(guarded: Guarded) -> str:
    """A procedure whose result is withheld until the closing; m2 has voted yes."""
    motion = guarded.town.open("hidden", closes_in=3600)
    guarded.town.vote(motion, "m2", "yes")
    guarded.site.service.publication.settle()
    return motion


def payloads(found: Any) -> Iterator[dict[str, Any]]:
    """Every payload of a vote in an answer, wherever it stands."""
    if isinstance(found, dict):
        if "choices" in found and "replaces" in found:
            yield found
        for one in found.values():
            yield from payloads(one)
    elif isinstance(found, list):
        for one in found:
            yield from payloads(one)


@pytest.mark.parametrize(
    "path",
    [
        *("/procedures/{}/history", "/procedures/{}/report.json?kind=audit", "/events", "/audit/entries"),
        "/procedures/{}/report.json?kind=extract",
    ],
)
def test_a_withheld_choice_cannot_be_tried_out_against_the_receipts(
    guarded: Guarded, hidden: str, path: str
) -> None:
    """With the nonce there would be as many digests as options, and the right one has a receipt."""
    found = guarded.get(path.format(hidden), "auditor").get_json()
    votes = list(payloads(found))
    assert votes or "extract" in path
    for vote in votes:
        assert (vote["choices"], vote["nonce"]) == (None, None)
        guess = statement_bytes("vote-cast", {**vote, "choices": {"1": "yes"}, "nonce": "A" * 22 + "=="})
        digest = hashlib.sha256(pae(payload_type("vote-cast"), guess)).hexdigest()
        problem(guarded.get(f"/receipts/{digest}", "auditor"), 404, "not-found")


@pytest.mark.parametrize("who", ["auditor", "chair", "clerk", "portal", "registrar"])
def test_bundles_of_the_published_log_tell_no_withheld_choice(
    guarded: Guarded, hidden: str, who: str
) -> None:
    """An entry holds the vote itself: over HTTP it waits for the closing, and then it is there."""
    service = guarded.site.service
    bundle = f"/log/tile/entries/000.p/{service.publication.published.size()}"
    refused = guarded.get(bundle, who)
    problem(refused, 409, "not-closed")
    assert "yes" not in refused.get_data(as_text=True)
    guarded.town.clock.advance(3600)
    guarded.town.close(hidden, "service")
    service.publication.settle()
    size = service.publication.published.size()
    told = guarded.get(f"/log/tile/entries/000.p/{size}", who)
    assert b'"env":' in told.get_data()


def test_bundles_without_a_withheld_choice_are_handed_out(guarded: Guarded) -> None:
    """An open procedure keeps back only what tells how it stands."""
    guarded.town.open("hidden", closes_in=3600)
    live = guarded.town.open("live")
    guarded.town.vote(live, "m2", "yes")
    guarded.site.service.publication.settle()
    size = guarded.site.service.publication.published.size()
    assert guarded.get(f"/log/tile/entries/000.p/{size}", "auditor").status_code == 200


def test_the_public_cannot_step_through_the_votes_of_a_published_result(guarded: Guarded) -> None:
    """From one entry to the next the counts would tell each single vote, and its time."""
    guarded.allow_the_public()
    town = guarded.town
    motion = town.open(items=[item("1", public=True)])
    seqs = [town.vote(motion, member, "yes").seq for member in ("m1", "m2")]
    town.close(motion)
    town.put("result-determined", "clerk", procedure=motion)
    town.put("result-announced", "clerk", procedure=motion, to="members")
    published = town.put("result-published", "clerk", procedure=motion).seq
    for read in ("", "/tally", "/result"):
        for at in (*seqs, published - 1):
            problem(guarded.get(f"/procedures/{motion}{read}?at={at}", None), 404, "not-found")
        assert guarded.get(f"/procedures/{motion}{read}?at={published}", None).status_code == 200
        assert guarded.get(f"/procedures/{motion}{read}", None).status_code == 200
        assert guarded.get(f"/procedures/{motion}{read}?at={seqs[0]}", "member").status_code == 200
    [counted] = guarded.get(f"/procedures/{motion}/tally", None).get_json()["items"]
    assert counted["counts"]["yes"] == 2
