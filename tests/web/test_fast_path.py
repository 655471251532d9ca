"""Is a vote that goes the short way answered like one that goes through Flask?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ledger.errors import OutcomeUnknown
from ledger.proof.statement import Statement
from tests.web.site import Site, problem

SHORT, LONG = "application/json", "application/json; charset=utf-8"
"""Only a request that looks as nearly all do goes the short way; both of these are JSON."""


def vote(site: Site, **fields: Any) -> Statement:
    """A vote that would be recorded but for `fields`."""
    motion = site.town.open()
    wanted = {"procedure": motion, "member": "m1", "choices": {"1": "yes"}, **fields}
    return site.town.statement("vote-cast", "m1", **wanted)


def post(site: Site, statement: Statement, content_type: str, *, cut: int = 0) -> TestResponse:
    """Sends a statement, without its last `cut` bytes."""
    body = json.dumps(statement.envelope.to_dict()).encode()
    return site.http.post(f"{site.api}/statements", data=body[: len(body) - cut], content_type=content_type)


def told(response: TestResponse) -> tuple[int, dict[str, str], Any]:
    """Everything about an answer but the number of its request."""
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    body = response.get_json(force=True)
    body.pop("request_id", None)
    return response.status_code, headers, body


def test_a_repetition_gets_the_same_answer_on_both_ways(site: Site) -> None:
    """Status, headers and receipt: a client must not notice which way its request took."""
    statement = vote(site)
    assert post(site, statement, SHORT).status_code == 201
    assert told(post(site, statement, SHORT)) == told(post(site, statement, LONG))


def test_a_new_vote_gets_the_same_headers_on_both_ways(site: Site) -> None:
    """The same for 201, whose body differs because each vote has a place of its own."""
    short = told(post(site, vote(site), SHORT))
    second = site.town.statement(
        "vote-cast", "m2", procedure=site.town.open("another"), member="m2", choices={"1": "no"}
    )
    long = told(post(site, second, LONG))
    differ = {"Location", "Content-Length"}
    assert (short[0], short[1].keys(), list(short[2])) == (long[0], long[1].keys(), list(long[2]))
    assert {k: v for k, v in short[1].items() if k not in differ} == {
        k: v for k, v in long[1].items() if k not in differ
    }


@pytest.mark.parametrize(
    ("fields", "cut", "status", "code"),
    [
        ({"choices": {"1": "maybe"}}, 0, 409, "unknown-option"),
        ({"log": "ledger.example.org/elsewhere"}, 0, 422, "wrong-log"),
        ({}, 1, 400, "not-canonical"),
    ],
)
def test_a_refusal_gets_the_same_problem_on_both_ways(
    site: Site, fields: dict[str, Any], cut: int, status: int, code: str
) -> None:
    """There is one place where an error becomes an answer."""
    statement = vote(site, **fields)
    short, long = (post(site, statement, way, cut=cut) for way in (SHORT, LONG))
    problem(short, status, code)
    assert told(short) == told(long)


def test_a_statement_whose_outcome_is_unknown_is_not_sent_a_second_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error takes the way through Flask; the statement must not take it as well."""
    statement, sent = vote(site), []

    def failing(verified: object) -> None:
        sent.append(verified)
        raise OutcomeUnknown("the answer was lost")

    monkeypatch.setattr(site.service.ledger.committer, "submit", failing)
    problem(post(site, statement, SHORT), 503, "outcome-unknown")
    assert len(sent) == 1


def test_a_body_that_ends_early_is_refused(site: Site) -> None:
    """What a client announced and did not send was cut off: nothing is recorded of it."""
    body = json.dumps(vote(site).envelope.to_dict()).encode()
    head = site.service.ledger.head()
    longer = {"CONTENT_LENGTH": str(len(body) + 9)}
    address = f"{site.api}/statements"
    answer = site.http.post(address, data=body, content_type=SHORT, environ_overrides=longer)
    assert answer.status_code == 400
    assert site.service.ledger.head() == head
