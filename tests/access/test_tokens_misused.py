"""What does somebody get who shows a token in a wrong place, at a wrong time, or in a wrong way?"""

from __future__ import annotations

import json
import logging
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.access.gate import Gate
from api.access.roles import NOBODY
from api.access.table import only
from api.access.tokens import FILE, list_tokens, revoke_token
from ledger.errors import Denied
from tests.support.guarded import Guarded
from tests.support.places import Place
from tests.web.site import problem

LIST = "/procedures"


def test_a_token_ends_to_the_second(guarded: Guarded) -> None:
    """It counts until its end and not at it: there is no leeway for one's own clock."""
    shown = guarded.token("auditor", days=1)
    guarded.town.clock.advance(24 * 3600 - 1)
    assert guarded.get(LIST, shown).status_code == 200
    guarded.town.clock.advance(1)
    problem(guarded.get(LIST, shown), 401, "credential-invalid")


def test_a_revoked_token_ends_between_two_requests(guarded: Guarded) -> None:
    """Nothing is restarted, and nothing has to be waited for."""
    shown = guarded.token("auditor", name="stolen")
    assert guarded.get(LIST, shown).status_code == 200
    revoke_token(guarded.home, "stolen", guarded.town.clock())
    problem(guarded.get(LIST, shown), 401, "credential-invalid")


def test_a_token_of_another_ledger_is_unknown_here(guarded: Guarded) -> None:
    """Also where somebody copied the file: each token names the ledger for which it was made."""
    problem(guarded.get(LIST, "foreign"), 401, "credential-invalid")
    elsewhere = guarded.home / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(guarded.home / FILE, elsewhere / FILE)
    gate = Gate(elsewhere, "ledger.example.org/elsewhere", guarded.town.clock)
    environ = {"HTTP_AUTHORIZATION": guarded.shown["auditor"]}
    with pytest.raises(Denied):
        gate.admit(environ, only("auditor"), {})


def test_the_file_holds_no_token_and_nobody_else_can_read_it(guarded: Guarded) -> None:
    """Who finds a backup finds digests."""
    content = (guarded.home / FILE).read_text("utf-8")
    assert [shown for shown in guarded.shown.values() if shown.removeprefix("Bearer ") in content] == []
    assert (guarded.home / FILE).stat().st_mode & 0o777 == 0o600


def test_a_digest_is_not_a_token(still: Guarded) -> None:
    """What the file holds cannot be shown in a token's place."""
    for token in list_tokens(still.home):
        assert still.get(LIST, f"Bearer {token.sha256}").status_code == 401


def test_no_token_stands_in_the_log_or_in_an_answer(still: Guarded, caplog: pytest.LogCaptureFixture) -> None:
    """Neither one that counts nor one that does not."""
    caplog.set_level(logging.DEBUG)
    answers = [still.get(LIST, who) for who in still.shown]
    told = caplog.text + "".join(answer.get_data(as_text=True) for answer in answers)
    assert [who for who, shown in still.shown.items() if shown[10:] in told] == []


def test_a_deleted_file_opens_nothing(guarded: Guarded) -> None:
    """A service that has seen tokens does not fall back to serving this machine without any."""
    assert guarded.get(LIST, "auditor").status_code == 200
    (guarded.home / FILE).unlink()
    problem(guarded.get(LIST, "auditor"), 401, "credential-invalid")
    problem(guarded.get(LIST, None), 401, "credential-missing")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"v":2,"tokens":[]}',
        b'{"v":1}',
        b'{"v":1,"tokens":[{}]}',
        b'{"v":1,"tokens":[null]}',
        b'{"v":1,"tokens":[{"name":"x","sha256":"00","ledger":"l","roles":["auditor"],"subject":null}]}',
        b'{"v":1,"tokens":[{"name":"x","roles":"auditor"}]}',
    ],
)
def test_a_file_that_cannot_be_read_lets_nobody_in(guarded: Guarded, content: bytes) -> None:
    """Neither those who were on it nor everybody; and it counts again once it is mended."""
    good = (guarded.home / FILE).read_bytes()
    (guarded.home / FILE).write_bytes(content)
    for who in ("auditor", None, "unknown"):
        found = problem(guarded.get(LIST, who), 503, "access-unusable")
        assert "detail" not in found  # it would name a folder of ours
    assert guarded.call("GET", "/healthz", None).status_code == 200
    (guarded.home / FILE).write_bytes(good)
    assert guarded.get(LIST, "auditor").status_code == 200


@pytest.mark.parametrize(
    "content", ["[[provider]]\nissuer = 7\n", '[anonymous]\nroles = ["auditor"]\n', "\0"]
)
def test_a_policy_that_cannot_be_read_lets_nobody_in_either(guarded: Guarded, content: str) -> None:
    """Not even own tokens: a process that was started later would let nobody in, and the others everybody."""
    assert guarded.get(LIST, "auditor").status_code == 200
    (guarded.home / "access.toml").write_text(content, "utf-8")
    for who in ("auditor", None, "unknown"):
        problem(guarded.get(LIST, who), 503, "access-unusable")
    assert guarded.get("/log/checkpoint", None).status_code in {200, 404}
    (guarded.home / "access.toml").unlink()
    assert guarded.get(LIST, "auditor").status_code == 200


@pytest.mark.parametrize(
    "change", ["{} ", " {}", "{}\t", "{0}, {0}", "{} x", "{};", "{}=x", "{}\u00e4", "{}\x00"]
)
def test_a_header_that_is_not_exactly_one_token_is_refused(still: Guarded, change: str) -> None:
    """Two tokens, blanks, other letters: nobody has to guess what was meant."""
    environ = {"HTTP_AUTHORIZATION": change.format(still.shown["auditor"])}
    problem(still.get(LIST, None, environ_overrides=environ), 401, "credential-invalid")


@pytest.mark.parametrize("size", [8192, 8193, 100_000])
def test_a_huge_header_is_refused(still: Guarded, size: int) -> None:
    """It is not looked up, and not taken apart."""
    problem(still.get(LIST, "Bearer " + "A" * size), 401, "credential-invalid")
    problem(still.get(LIST, "Bearer " + "A" * size + ".B.C"), 401, "credential-invalid")


def test_a_token_in_the_address_or_the_body_is_none(still: Guarded) -> None:
    """Addresses are logged by everybody on the way (RFC 6750 §2.3 is not offered)."""
    token = still.shown["auditor"].removeprefix("Bearer ")
    problem(still.get(f"{LIST}?access_token={token}", None), 401, "credential-missing")
    form = {"access_token": token}
    problem(still.call("GET", still.site.api + LIST, None, data=form), 401, "credential-missing")


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "bEaReR"])
def test_the_scheme_is_read_in_any_case(still: Guarded, scheme: str) -> None:
    """RFC 9110 §11.1: names of schemes are case-insensitive."""
    assert still.get(LIST, still.shown["auditor"].replace("Bearer", scheme)).status_code == 200


@pytest.mark.parametrize("scheme", ["Basic", "DPoP", "Token", ""])
def test_another_scheme_is_refused(still: Guarded, scheme: str) -> None:
    """Also with a token that counts."""
    problem(still.get(LIST, still.shown["auditor"].replace("Bearer", scheme)), 401, "credential-invalid")


def test_whoever_shows_a_bad_token_is_not_taken_for_the_public(guarded: Guarded) -> None:
    """A client whose token has ended must learn it, and not see less without a word."""
    guarded.allow_the_public()
    assert guarded.get(LIST, None).status_code == 200
    problem(guarded.get(LIST, "revoked"), 401, "credential-invalid")


WAYS_AROUND = [
    ("GET", "//v1/ledgers/town/procedures"),
    ("GET", "/v1//ledgers/town/procedures"),
    ("GET", "/v1/ledgers/town/procedures/"),
    ("GET", "/v1/ledgers/town/./procedures"),
    ("GET", "/healthz/../v1/ledgers/town/procedures"),
    ("GET", "/v1/ledgers/town%2Fprocedures"),
    ("GET", "/v1/ledgers/town/%70rocedures"),
    ("GET", "/V1/ledgers/town/procedures"),
    ("GET", "/v1/ledgers/TOWN/procedures"),
    ("GET", "/v1/ledgers/town/procedures;x=/healthz"),
    ("GET", "/v1/ledgers/town/procedures%00"),
    ("GET", "/v1/ledgers/town/log/tile//entries/000"),
    ("GET", "/v1/ledgers/town/log//tile/entries/000"),
    ("GET", "/v1/ledgers/town/log/tile/entries/000"),
    ("GET", "/v1/ledgers/town/log/tile%2Fentries/000"),
    ("GET", "/v1/ledgers/town/log/tile/../tile/entries/000"),
    ("HEAD", "/v1/ledgers/town/procedures"),
    ("OPTIONS", "/v1/ledgers/town/procedures"),
    ("TRACE", "/v1/ledgers/town/procedures"),
    ("PROPFIND", "/v1/ledgers/town/procedures"),
    ("get", "/v1/ledgers/town/procedures"),
    ("POST", "/v1/ledgers/town/statements/"),
    ("POST", "//v1/ledgers/town/statements"),
    ("POST", "/v1/ledgers/town/%73tatements"),
    ("GET", "/v1/ledgers/elsewhere/procedures"),
    ("GET", "/nothing"),
]


@pytest.mark.parametrize(("method", "path"), WAYS_AROUND)
def test_no_spelling_of_an_address_leads_around_the_door(still: Guarded, method: str, path: str) -> None:
    """What is asked for is found by the application's own addresses, so both always mean the same."""
    more = {"headers": {"X-HTTP-Method-Override": "OPTIONS", "X-Original-URL": "/healthz"}}
    response = still.call(method, path, None, **more)
    assert response.status_code == 401
    assert still.call(method, path, "operator", **more).status_code in {308, 403, 404, 405, 415}


@settings(max_examples=150)
@given(st.text(st.characters(max_codepoint=255), max_size=120))
def test_no_header_breaks_the_door(gate: Gate, text: str) -> None:
    """Whatever stands in it: it is refused, in one of the two ways in which that is said."""
    environ = {"HTTP_AUTHORIZATION": text}
    with pytest.raises(Denied):
        gate.admit(environ, only("auditor"), {})
    with pytest.raises(Denied):
        gate.admit({"HTTP_AUTHORIZATION": f"Bearer {text}"}, only("auditor"), {})


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    """The gate of a ledger with a token that nobody has."""
    home = tmp_path_factory.mktemp("home")
    token = {
        "name": "x",
        "sha256": "0" * 64,
        "ledger": "l",
        "roles": ["auditor"],
        "subject": None,
        "created": "2026-03-02T08:00:00.000Z",
        "expires": "2026-03-02T09:00:00.000Z",
    }
    (home / FILE).write_text(json.dumps({"v": 1, "tokens": [token]}), "utf-8")
    return Gate(home, "l", lambda: "2026-03-02T08:30:00.000Z")


def test_what_is_in_no_table_is_denied_on_this_machine_as_well(sqlite_place: Place) -> None:
    """Before anybody has said who may do what, too: a forgotten line is found at once."""
    gate = Gate(sqlite_place.home, "l", lambda: "2026-03-02T08:30:00.000Z")
    here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}
    assert gate.admit(here, only("auditor"), {}) is not NOBODY
    with pytest.raises(Denied):
        gate.admit(here, only(), {})
