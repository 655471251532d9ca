"""Does a credential that is only a member's reach what concerns others, by any way?"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from api.shown.texts import texts
from api.shown.visibility import withheld
from ledger.domain.profiles import complete
from projections.report.build import build
from tests.support.builders import item
from tests.support.guarded import Guarded
from tests.web.site import problem

PAPER, LATER, LOOSE = b"the paper", b"attached later", b"of no procedure"


def sha256(data: bytes) -> str:
    """As documents are named."""
    return hashlib.sha256(data).hexdigest()


def document(data: bytes) -> dict[str, object]:
    """As it stands in an opening."""
    return {"sha256": sha256(data), "size": len(data), "media_type": "text/plain", "item": None}


@pytest.fixture
def elsewhere(guarded: Guarded) -> str:
    """A procedure of a committee in which m3 has a seat; m1 has none. Two documents."""
    town = guarded.town
    town.put("body-registered", "registrar", body="committee")
    seat = {"member": "m3", "weight": 1, "group": None, "substitutes": ["m4"]}
    town.put("seats-changed", "registrar", body="committee", granted=[seat], ended=[])
    profile = {**complete("simple-majority"), "documents": "keep"}
    motion = town.open("elsewhere", body="committee", profile=profile, documents=[document(PAPER)])
    for data in (PAPER, LATER, LOOSE):
        path = f"{guarded.site.api}/documents/{sha256(data)}"
        assert guarded.call("PUT", path, "clerk", data=data).status_code == 201
    town.put("document-attached", "clerk", procedure=motion, document=document(LATER))
    return motion


@pytest.mark.parametrize("roles", [("member", "operator"), ("member", "operator", "auditor")])
def test_an_operator_who_is_a_member_reads_no_more_than_a_member(
    guarded: Guarded, elsewhere: str, roles: tuple[str, ...]
) -> None:
    """The operator reads nothing of what is decided: two narrow roles are not a wide one."""
    both = guarded.token(*roles, subject="m1")
    wide = "auditor" in roles
    assert (guarded.get(f"/procedures/{elsewhere}", both).status_code == 200) is wide
    assert (guarded.get("/members/m3/open", both).status_code == 200) is wide
    assert guarded.get("/members/m1/open", both).status_code == 200


@pytest.fixture
def secret(guarded: Guarded) -> str:
    """A procedure with two elections: on the second one a secret ballot was demanded after m2 had voted."""
    profile = {**complete("plurality-for-person"), "secrecy": {"demand": 1, "items": "elections"}}
    town, items = guarded.town, [item("1", "o1", "o2"), item("2", "o1", "o2")]
    motion = town.open(profile=profile, items=items)
    town.vote(motion, "m2", {"1": "o1", "2": "o2"})
    town.vote(motion, "m3", {"2": "o1"})
    town.put("secret-ballot-demanded", "m3", procedure=motion, member="m3", items=["2"])
    return motion


def test_no_member_reads_a_single_vote_where_a_secret_ballot_was_demanded(
    guarded: Guarded, secret: str
) -> None:
    """Not in the history, in no report and its attachment, and not from one entry to the next."""
    history = guarded.get(f"/procedures/{secret}/history", "member").get_json()["data"]
    votes = [row for row in history if row["kind"] == "vote-cast"]
    assert [(row["payload"]["choices"], row["payload"]["nonce"]) for row in votes] == [
        ({"1": "o1"}, None),
        (None, None),
    ]
    assert [row["statement"] for row in votes] == [None, None]
    for at in [row["seq"] for row in votes]:
        for read in ("tally", "result"):
            found = guarded.get(f"/procedures/{secret}/{read}?at={at}", "member").get_json()["items"]
            assert [one["counts"] is None for one in found] == [False, True], read
        told = guarded.get(f"/procedures/{secret}/report.json?kind=audit&at={at}", "member").get_json()
        assert [one["result"] is None for one in told["items"]] == [False, True]
    for kind in ("audit", "extract"):
        told = guarded.get(f"/procedures/{secret}/report.json?kind={kind}", "member").get_json()
        cast = [one["vote"]["choices"] for one in told["participants"] if one["vote"]]
        assert (cast, list(payloads_on(told["events"], "2"))) == ([{"1": "o1"}, {}], [])
    page = guarded.call("GET", f"/procedures/{secret}", "member").get_data(as_text=True)
    assert "o2 on item 2" not in page
    assert "o1 on item 2" not in page


def test_who_audits_reads_them_in_the_entries(guarded: Guarded, secret: str) -> None:
    """They were signed, and a count must be explained; the extract for the minutes tells them to nobody."""
    history = guarded.get(f"/procedures/{secret}/history", "auditor").get_json()["data"]
    assert [row["payload"]["choices"]["2"] for row in history if row["kind"] == "vote-cast"] == ["o2", "o1"]
    ledger, found = guarded.site.service.ledger, partial(texts, guarded.site.service.ledger)
    for kind, entries in (("audit", 2), ("extract", 0)):
        source = build(ledger, UUID(secret), kind=kind, texts=found, withheld=withheld)
        assert source.entries.count(b"vote-cast") == entries


def payloads_on(events: list[dict[str, Any]], name: str) -> list[object]:
    """What was chosen on an item, in all entries of a report."""
    return [
        one["payload"]["choices"][name] for one in events if name in (one["payload"].get("choices") or {})
    ]


@pytest.mark.parametrize("data", [PAPER, LATER, LOOSE])
def test_a_member_fetches_no_document_of_a_procedure_that_does_not_concern_it(
    guarded: Guarded, elsewhere: str, data: bytes
) -> None:
    """Who has heard of a digest, or has the file and asks whether it is here, learns nothing."""
    del elsewhere
    missing = problem(guarded.get(f"/documents/{'0' * 64}", "member"), 404, "not-found")
    refused = problem(guarded.get(f"/documents/{sha256(data)}", "member"), 404, "not-found")
    assert refused["detail"].replace(sha256(data), "0" * 64) == missing["detail"]
    for other in ("auditor", "clerk", "portal"):
        assert guarded.get(f"/documents/{sha256(data)}", other).get_data() == data
    known = guarded.get(f"/documents/{sha256(data)}", guarded.token("member", subject="m3"))
    assert known.status_code == (404 if data is LOOSE else 200)


@pytest.mark.parametrize("kind", ["vote-cast", "vote-withdrawn", "consent-declared", "objection-raised"])
def test_nothing_is_prepared_for_a_member_in_a_procedure_that_does_not_concern_it(
    guarded: Guarded, elsewhere: str, kind: str
) -> None:
    """What is filled in tells the ballot paper, and whether and when somebody has voted."""
    guarded.town.vote(elsewhere, "m3", "yes")
    fields = {"actor": "m1", "member": "m3", "procedure": elsewhere, "choices": {"1": "yes"}}
    path = f"{guarded.site.api}/statements/prepare"
    guarded.site.service.follower.catch_up()
    answer = guarded.call("POST", path, "member", json={"kind": kind, "fields": fields})
    problem(answer, 404, "not-found")
