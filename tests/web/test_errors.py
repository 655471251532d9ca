"""Has every error the one shape, its row in the table, and its line in the manual?"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
from werkzeug.test import TestResponse

from api.errors import HTTP_CODES, OUR_HTTP_ERRORS, RETRY_AFTER, STATUS, status_of
from ledger.errors import (
    Invalid,
    NotFound,
    OutcomeUnknown,
    ProofError,
    Refused,
    StimmbuchError,
    StorageError,
    StoreLocked,
    StoreUnavailable,
)
from ledger.storage.recorder import Conflict
from tests.house.test_errors import tree
from tests.web.site import Site, problem

MANUAL = (Path(__file__).resolve().parents[2] / "api" / "README.md").read_text("utf-8")
OURS = sorted(
    {kind for kind in (StimmbuchError, *tree(StimmbuchError)) if kind.__module__ == "ledger.errors"},
    key=str,
)


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_class_of_errors_has_a_row_and_a_line(kind: type[StimmbuchError]) -> None:
    """A new error must be given a status on purpose, and be found by whoever meets it."""
    assert kind in STATUS
    if kind is not StimmbuchError:
        assert f"| `{kind.code}` | {STATUS[kind]} |" in MANUAL


def test_every_error_of_http_has_a_line() -> None:
    """The same for what is refused before the ledger is asked."""
    codes = [(code, status) for status, (code, _) in HTTP_CODES.items()] + [
        (kind.problem[0], kind.code) for kind in OUR_HTTP_ERRORS
    ]
    assert [code for code, status in codes if f"| `{code}` | {status} |" not in MANUAL] == []


def late(site: Site, accept: str | None) -> TestResponse:
    """A vote exactly at the deadline, by a caller who speaks this."""
    motion = site.town.open(closes_in=60)
    site.town.clock.advance(58)
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    site.town.clock.advance(60)
    headers = {} if accept is None else {"Accept-Language": accept}
    return site.http.post(f"{site.api}/statements", json=vote.envelope.to_dict(), headers=headers)


@pytest.mark.parametrize("accept", ["de", "de-AT,de;q=0.9,en;q=0.8", "fr,de;q=0.5,en;q=0.3"])
def test_a_german_caller_is_refused_in_german(site: Site, accept: str) -> None:
    """Title, detail and hint, with the paragraph: a clerk must be able to pass it on."""
    response = late(site, accept)
    found = problem(response, 409, "too-late")
    assert response.headers["Content-Language"] == "de"
    assert "Accept-Language" in response.headers["Vary"]
    assert found["title"] == "Die Frist ist abgelaufen; genau zum Fristende ist zu spät"
    assert found["detail"].startswith("die Frist endete 02.03.2026, 09:01:10 Uhr; der Eintrag ")
    assert found["hint"] == "Es kann nichts mehr gezählt werden."
    assert found["paragraph"].startswith("NKomVG § 66")


@pytest.mark.parametrize("accept", [None, "en", "fr", "en-GB,de;q=0.2", ";;;", "*"])
def test_everybody_else_is_refused_in_english_with_the_german_beside_it(
    site: Site, accept: str | None
) -> None:
    """Nobody gets a language that was not asked for, and both are there."""
    response = late(site, accept)
    found = problem(response, 409, "too-late")
    assert response.headers["Content-Language"] == "en"
    assert found["detail"].startswith("the deadline was 02 March 2026, 09:01:10; this entry's time is ")
    assert found["german"]["detail"].startswith("die Frist endete 02.03.2026, 09:01:10 Uhr; ")


def test_the_times_that_a_refusal_tells_are_there_for_programs_in_utc(site: Site) -> None:
    """A portal computes with the deadline; a sentence on the members' clock is for members."""
    times = problem(late(site, "de"), 409, "too-late")["times"]
    assert times["deadline"] == "2026-03-02T08:01:10.000Z"
    assert times["at"] > times["deadline"]


def test_the_branches_of_the_tree_do_not_mix() -> None:
    """Whose fault it is shows in the first digit: a client may trust that."""
    allowed: dict[type[StimmbuchError], set[int]] = {
        Invalid: {400, 413, 422},
        Refused: {403, 409},
        NotFound: {404, 410},
        ProofError: {500},
        StorageError: {503},
    }
    for branch, statuses in allowed.items():
        assert {status for kind, status in STATUS.items() if issubclass(kind, branch)} == statuses


def test_an_error_without_a_row_is_answered_as_its_branch() -> None:
    """The store's own `Conflict` never leaves the ledger; if it did, it would be no 500."""
    assert status_of(Conflict("x")) == 503


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not-found"),
        ("GET", "/v1/ledgers/elsewhere/procedures", 404, "unknown-ledger"),
        ("POST", "/v1/ledgers/elsewhere/statements", 404, "unknown-ledger"),
        ("GET", "/v1/ledgers/town/procedures/1", 404, "not-found"),
        ("GET", "/v1/ledgers/town/procedures/00000000-0000-4000-8000-000000000000", 404, "not-found"),
        ("GET", "/v1/ledgers/town/procedures/00000000-0000-4000-8000-000000000000/tally", 404, "not-found"),
        ("GET", "/v1/ledgers/town/procedures/00000000-0000-4000-8000-000000000000/history", 404, "not-found"),
        ("GET", "/v1/ledgers/town/statements", 405, "method-not-allowed"),
        ("DELETE", "/v1/ledgers/town/statements", 405, "method-not-allowed"),
        ("PATCH", "/v1/ledgers/town/procedures", 405, "method-not-allowed"),
        ("POST", "/healthz", 405, "method-not-allowed"),
        ("GET", "/v1/ledgers/town/disclosures/" + "A" * 43, 405, "method-not-allowed"),
        ("POST", "/v1/ledgers/town/statements", 415, "unsupported-media-type"),
        ("PUT", "/v1/ledgers/town/disclosures/" + "A" * 43, 415, "unsupported-media-type"),
        ("PUT", "/v1/ledgers/town/disclosures/x", 400, "bad-encoding"),
        ("GET", "/v1/ledgers/town/events?wait=26", 422, "unprocessable"),
        ("GET", "/problems/no-such-code", 404, "not-found"),
        ("GET", "/procedures/00000000-0000-4000-8000-000000000000", 404, "not-found"),
    ],
)
def test_every_error_has_the_one_shape(site: Site, method: str, path: str, status: int, code: str) -> None:
    """A client needs one function for all of them."""
    found = problem(site.http.open(path, method=method), status, code)
    assert found["instance"] == path.partition("?")[0]
    assert found["hint"]


@pytest.mark.parametrize(
    "path", ["//procedures", "/v1//ledgers/town/procedures", "/register//bodies/council", "/audit//"]
)
def test_an_address_with_two_slashes_is_not_there(site: Site, path: str) -> None:
    """A program that joined two parts badly is told so, and not sent elsewhere with HTML."""
    problem(site.http.get("/", environ_overrides={"PATH_INFO": path}), 404, "not-found")


def test_a_wrong_method_is_told_the_right_ones(site: Site) -> None:
    """RFC 9110 §15.5.6."""
    response = site.http.get(f"{site.api}/statements")
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("limit=0", ["limit"]),
        ("limit=501", ["limit"]),
        ("limit=1_0", ["limit"]),
        ("limit=+1", ["limit"]),
        ("limit=%201", ["limit"]),
        ("limit=%D9%A1", ["limit"]),
        ("limit=1.0", ["limit"]),
        ("after=-1", ["after"]),
        ("after=99999999999999999999", ["after"]),
        ("state=open", ["state"]),
        ("body=a/b", ["body"]),
        ("limt=5", ["limt"]),
        ("limit=x&after=y", ["after", "limit"]),
        ("wait_for=x", ["wait_for"]),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(site: Site, query: str, parameters: list[str]) -> None:
    """A number is plain ASCII digits, and a misspelt name is not ignored."""
    found = problem(site.http.get(f"{site.api}/procedures?{query}"), 422, "unprocessable")
    assert sorted(error["parameter"] for error in found["errors"]) == parameters


@pytest.mark.parametrize("given", ["abc-123", "x" * 64])
def test_the_callers_request_id_comes_back(site: Site, given: str) -> None:
    """So that both sides' logs can be laid beside each other."""
    response = site.http.get("/v1/nothing", headers={"X-Request-ID": given})
    assert problem(response, 404, "not-found")["request_id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "ä", "\t"])
def test_a_request_id_that_could_do_harm_is_replaced(site: Site, given: str) -> None:
    """It stands in headers and in logs."""
    response = site.http.get("/healthz", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] not in {given, ""}


def test_ids_of_our_own_differ(site: Site) -> None:
    """Each request has its own."""
    assert len({site.http.get("/healthz").headers["X-Request-ID"] for _ in range(5)}) == 5


@pytest.mark.usefixtures("patient_probe")
def test_a_fault_of_ours_says_nothing_of_its_inside(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the traceback, the answer has the request's id."""

    def broken() -> NoReturn:
        raise ZeroDivisionError("secret/path")

    monkeypatch.setattr(site.service.views, "position", broken)
    found = problem(site.http.get(f"{site.api}/procedures"), 500, "internal")
    assert "secret" not in str(found)
    assert "ZeroDivisionError" in caplog.text
    unready = problem(site.http.get("/readyz"), 503, "not-ready")
    assert "internal" in [reason["code"] for reason in unready["ledgers"][0]["reasons"]]
    assert "secret" not in str(unready)


@pytest.mark.parametrize("what", ["/procedures/{motion}/history", "/audit/entries", "/events?after=0"])
def test_an_entry_that_was_damaged_later_is_reported_with_what_to_do(
    site: Site, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    """The views go on saying what they had read; what is read from the log itself must not be made up."""
    motion = site.town.open()
    seq = site.town.vote(motion, "m1").seq
    site.service.follower.catch_up()
    with closing(sqlite3.connect(site.service.store.home / "ledger.sqlite")) as database, database:
        cut = "UPDATE ledger_events SET state = substr(state, 1, 100) WHERE notification_id = ?"
        assert database.execute(cut, (seq + 1,)).rowcount == 1
    found = problem(site.http.get(site.api + what.format(motion=motion)), 500, "log-damaged")
    assert "`stimmbuch verify`" in found["hint"]
    assert "`stimmbuch verify`" in found["german"]["hint"]
    assert "these bytes are not an entry" in caplog.text


@pytest.mark.parametrize("kind", [StoreLocked, StoreUnavailable, OutcomeUnknown])
def test_a_store_that_does_not_answer_is_503_and_says_when_to_ask_again(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: type[StorageError]
) -> None:
    """A program may repeat these by itself; where the database lies is nobody's business."""

    def failing(*_: object) -> NoReturn:
        raise kind("could not connect to host db.internal")

    motion = site.town.open()
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    monkeypatch.setattr(site.service.ledger.committer, "submit", failing)
    with caplog.at_level(logging.ERROR):
        response = site.post(vote)
    found = problem(response, 503, kind.code)
    assert response.headers["Retry-After"] == str(RETRY_AFTER[kind])
    assert "db.internal" not in str(found)
    assert "db.internal" in caplog.text


def test_headers_that_keep_browsers_careful_are_on_every_answer(site: Site) -> None:
    """Also on errors and on what is not a page."""
    for path in ("/", "/healthz", "/v1/nothing", "/v1/openapi.json", "/static/style.css"):
        with site.http.get(path) as response:
            headers = response.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "Cache-Control" in headers
