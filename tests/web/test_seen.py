"""Does the service say what is to be seen, and take no statement of somebody who has seen something else?"""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from ledger.proof.encoding import b64
from ledger.proof.statement import Statement
from tests.web.site import Site, problem

FAST, SLOW = "application/json", "application/json; charset=utf-8"
"""The two ways of a vote (`tests.web.test_fast_path`)."""


def shown(site: Site) -> dict[str, Any]:
    """The newest checkpoint, as anybody is shown it."""
    _, size, root = site.get("/log/checkpoint").get_data(as_text=True).split("\n")[:3]
    return {"size": int(size), "root": root}


def vote(site: Site, motion: str, member: str = "m1", **fields: Any) -> Statement:
    """A member's vote."""
    wanted = {"procedure": motion, "member": member, "choices": {"1": "yes"}, **fields}
    return site.town.statement("vote-cast", member, **wanted)


def sent(site: Site, statement: Statement, content_type: str = FAST) -> TestResponse:
    """The answer to it."""
    site.town.clock.advance(1)
    body = json.dumps(statement.envelope.to_dict())
    return site.http.post(f"{site.api}/statements", data=body, content_type=content_type)


def published(site: Site) -> str:
    """An open procedure, in a published checkpoint."""
    motion = site.town.open()
    assert sent(site, vote(site, motion, "m5")).status_code == 201
    return motion


def test_what_is_prepared_names_the_newest_checkpoint(each_site: Site) -> None:
    """A client that verified another one names that instead; one that verified none, null."""
    motion = published(each_site)
    fields = {"actor": "m1", "member": "m1", "procedure": motion, "choices": {"1": "yes"}}
    found = each_site.prepare("vote-cast", **fields).get_json()
    assert json.loads(base64.b64decode(found["payload"]))["seen"] == shown(each_site)
    for own in (None, {"size": 1, "root": b64(bytes(32))}):
        found = each_site.prepare("vote-cast", **fields, seen=own).get_json()
        assert json.loads(base64.b64decode(found["payload"]))["seen"] == own


@pytest.mark.parametrize("way", [FAST, SLOW])
def test_a_vote_on_a_checkpoint_of_this_log_is_recorded_and_repeated(each_site: Site, way: str) -> None:
    """The same envelope again has the same receipt, also when the log has gone on."""
    motion = published(each_site)
    statement = vote(each_site, motion, seen=shown(each_site))
    first = sent(each_site, statement, way)
    assert first.status_code == 201
    assert sent(each_site, vote(each_site, motion, "m2", seen=shown(each_site)), way).status_code == 201
    again = sent(each_site, statement, way)
    assert (again.status_code, again.get_json()) == (200, first.get_json())


@pytest.mark.parametrize("way", [FAST, SLOW])
def test_a_vote_on_another_log_is_refused_and_nothing_is_stored(each_site: Site, way: str) -> None:
    """Its root, its size, or both. The attempt is no entry either: anybody can sign any 32 bytes."""
    motion = published(each_site)
    head, there = each_site.service.ledger.head(), shown(each_site)
    false = b64(bytes(32))
    for seen in (
        {**there, "root": false},
        {"size": there["size"] + 1, "root": false},
        {"size": 1, "root": false},
    ):
        told = problem(sent(each_site, vote(each_site, motion, seen=seen), way), 409, "other-history")
        assert "had seen" in told["detail"]
        assert told["german"]["detail"]
    assert each_site.service.ledger.head() == head


def test_any_published_size_may_have_been_seen(site: Site) -> None:
    """Somebody read the papers for days with the same page open."""
    seen = []
    motion = site.town.open()
    for member in ("m1", "m2", "m3"):
        assert sent(site, vote(site, motion, member)).status_code == 201
        seen.append(shown(site))
    for member, one in zip(("m3", "m4", "m5"), seen, strict=True):
        assert sent(site, vote(site, motion, member, seen=one)).status_code == 201


def test_what_the_service_says_by_itself_names_what_is_published(site: Site) -> None:
    """A closing at the deadline cannot be dated back before the checkpoint that it names."""
    motion = site.town.open(closes_in=60)
    assert sent(site, vote(site, motion)).status_code == 201
    there = shown(site)
    site.town.clock.advance(120)
    key = site.town.key("service")
    site.service.ledger.close_procedure(UUID(motion), "service", key)
    *_, closing = site.service.ledger.history(UUID(motion))
    assert closing.payload["seen"]["size"] >= there["size"]
