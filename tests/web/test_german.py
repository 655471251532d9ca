"""Is everything that a caller did wrong said in German, whatever refused it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow as ma
import pytest
from werkzeug.exceptions import HTTPException

import api.schemas.requests
from api import http_german
from api.errors import HTTP_CODES, OUR_HTTP_ERRORS
from tests.web.site import Site

GERMAN = {"Accept-Language": "de"}
NOWHERE = "00000000-0000-4000-8000-000000000000"
BAD: list[Any] = [
    None,
    "",
    "x",
    "Ä" * 300,
    0,
    -1,
    2**70,
    1.5,
    True,
    [],
    ["x"] * 9,
    [None],
    {},
    {"x": 1},
    "x\x00",
]
TOO_MUCH = "wait=26&limit=0&at=Tuesday&body=%20&odd=1&limit=1"


def schemas() -> list[type[ma.Schema]]:
    """Every schema of what comes in."""
    found = [one for one in vars(api.schemas.requests).values() if isinstance(one, type)]
    return [one for one in found if issubclass(one, ma.Schema) and one is not ma.Schema]


def flat(messages: Any) -> Iterator[str]:
    """The sentences in what marshmallow reports."""
    if isinstance(messages, dict):
        for one in messages.values():
            yield from flat(one)
    elif isinstance(messages, list):
        for one in messages:
            yield from flat(one)
    else:
        yield str(messages)


def complaints(schema: ma.Schema) -> set[str]:
    """All that the schema can be brought to complain about, member by member."""
    bodies: list[Any] = [{}, {"no-such-member": 1}, *({name: bad} for name in schema.fields for bad in BAD)]
    return {said for body in bodies for said in flat(schema.validate(body))}


def test_every_code_of_http_has_its_german_words() -> None:
    """Nothing is missing, and nothing is left over."""
    codes = {code for code, _ in HTTP_CODES.values()} | {kind.problem[0] for kind in OUR_HTTP_ERRORS}
    assert codes == set(http_german.CODES)
    assert [
        code for code, (title, hint) in http_german.CODES.items() if not (title and hint.endswith("."))
    ] == []


@pytest.mark.parametrize("kind", schemas(), ids=lambda kind: kind.__name__)
def test_whatever_a_schema_complains_about_is_said_in_german(kind: type[ma.Schema]) -> None:
    """A portal shows these sentences to whoever filled in the form."""
    found = complaints(kind())
    assert found
    assert {said for said in found if http_german.fault(said) == said} == set()


def test_an_unknown_complaint_is_passed_on_as_it_is() -> None:
    """Better an English sentence than none."""
    assert http_german.fault("Something new.") == "Something new."
    assert http_german.of_http("http-418", 418)[0] == "Die Anfrage wurde mit dem Status 418 beantwortet"


@pytest.mark.parametrize(
    ("method", "path", "more", "status", "title"),
    [
        ("GET", "/v1/nothing", {}, 404, "Unter dieser Adresse gibt es nichts"),
        ("DELETE", "/v1/ledgers/town/statements", {}, 405, "Diese Methode gibt es hier nicht"),
        ("POST", "/v1/ledgers/town/statements", {}, 415, "Diese Art von Inhalt wird nicht gelesen"),
        ("GET", "/v1/ledgers/elsewhere/procedures", {}, 404, "Ein Buch dieses Namens gibt es hier nicht"),
        ("GET", "/v1/ledgers/town/procedures/" + NOWHERE, {}, 404, "Das gibt es nicht"),
        (
            "GET",
            "/v1/ledgers/town/procedures?at=1",
            {},
            422,
            "Eine Angabe fehlt, ist unbekannt oder von falscher Art",
        ),
        (
            "GET",
            "/v1/ledgers/town/receipts/xyz",
            {},
            400,
            "Base64, Hexadezimal, Zeit oder Kennung sind falsch geschrieben",
        ),
        (
            "POST",
            "/v1/ledgers/town/statements",
            {"data": b"{", "content_type": "application/json"},
            400,
            "Das JSON steht nicht in seiner einen Form (RFC 8785)",
        ),
        (
            "POST",
            "/v1/ledgers/town/statements",
            {"data": b" " * 200_000, "content_type": "application/json"},
            413,
            "Nutzlast, Eintrag oder Dokument sind zu groß",
        ),
    ],
)
def test_a_german_caller_reads_german_whatever_refuses(
    site: Site, method: str, path: str, more: dict[str, Any], status: int, title: str
) -> None:
    """Title, detail and hint; the English ones of the same problem are all others."""
    german = site.http.open(path, method=method, headers=GERMAN, **more)
    english = site.http.open(path, method=method, **more)
    assert (german.status_code, german.headers["Content-Language"]) == (status, "de")
    assert german.json is not None
    assert english.json is not None
    assert german.json["title"] == title
    told = {name: german.json[name] for name in ("title", "hint", "detail", "errors") if name in german.json}
    assert told == english.json["german"]
    assert all(english.json[name] != words for name, words in told.items())


def test_every_fault_of_a_query_is_told_in_german(site: Site) -> None:
    """At its place, so that a form can show it there."""
    found = site.http.get(f"{site.api}/procedures?{TOO_MUCH}", headers=GERMAN)
    assert found.json is not None
    faults = {one["parameter"]: one["detail"] for one in found.json["errors"]}
    assert faults == {"limit": "steht mehr als einmal da"}
    found = site.http.get(f"{site.api}/procedures?limit=0&body=%20&odd=1", headers=GERMAN)
    assert found.json is not None
    assert {one["parameter"]: one["detail"] for one in found.json["errors"]} == {
        "limit": "Muss mindestens 1 und höchstens 500 sein.",
        "body": "Der Text hat nicht die erwartete Form.",
        "odd": "Diese Angabe ist nicht bekannt.",
    }


def test_an_unknown_list_is_refused_in_german(site: Site) -> None:
    """The pages have queries of their own."""
    found = site.http.get("/audit/entries?topic=gossip&kind=vote", headers=GERMAN)
    assert found.json is not None
    told = {one["parameter"]: one["detail"] for one in found.json["errors"]}
    assert told == dict.fromkeys(("topic", "kind"), "eine solche Liste gibt es nicht")


def test_the_errors_of_http_that_are_ours_say_what_they_say_in_both(site: Site) -> None:
    """`NotYet` names the entries; a German title alone would not."""
    found = site.http.get(f"{site.api}/register?at=99999999", headers=GERMAN)
    assert found.json is not None
    assert found.status_code == 404
    assert "das Buch reicht bis Eintrag" in found.json["detail"]
    assert issubclass(OUR_HTTP_ERRORS[0], HTTPException)
