"""Is every parameter of every read refused where it makes no sense, with a typed problem that names it?

The calls come from the OpenAPI document: a new one is tried without being listed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pytest

from api.openapi import document
from tests.support.places import Place
from tests.web.site import Site, problem

NOBODY = "00000000-0000-4000-8000-000000000000"
BEYOND = 2**53 - 1

WRONG: dict[str, list[str]] = {
    "after": ["-1", "x", "", "1.5", "1e3", "٣", "0x10", "9" * 17, "a b", "%00", "%FF"],
    "limit": ["0", "-1", "x", "", "1.0", "1001", "9" * 17, " 5", "%00"],
    "wait": ["-1", "26", "x", "", "1.5"],
    "wait_for": ["-1", "x", "", "1.5", "9" * 17],
    "at": ["-1", "x", "", "2026-01-01", "2026-01-01T00:00:00", "2026-02-30T00:00:00Z", "%FF",
           "0001-01-01T00:00:00%2B14:00"],
    "opened_from": ["7", "x", "", "2026-01-01", "2026-13-01T00:00:00Z"],
    "opened_before": ["7", "x", "", "2026-01-01"],
    "closes_from": ["7", "x", ""],
    "closes_before": ["7", "x", ""],
    "state": ["open", "", "OPENED", "%00", "opened,closed"],
    "body": ["", "a b", "%00", "%FF", "x" * 129, "ü"],
    "member": ["", "a b", "%00", "x" * 129],
    "provenance": ["own", "", "OWN-KEY", "%00", "own-key,proxy"],
    "kind": ["vote", "", "VOTE-CAST", "%00"],
    "topic": ["votes", "", "keys,seats"],
    "voted": ["yes", "1", "", "True", "on"],
    **{f"{what}_{end}": ["7", "x", ""] for what in ("created", "modified") for end in ("since", "until")},
    "omit_internal": ["yes", "1", "", "True"],
    "lang": ["fr", "", "DE", "de,en"],
    "size": ["0x1", "x", "", "-1"],
}  # fmt: skip
"""Parameter → values that must be refused, as they are written in an address."""

NAMES = {"after": ["a b", "%00", "%FF", "x" * 129]}
"""The same where `after` is an id."""

PAPER = b"the plan"
PAPER_DIGEST = hashlib.sha256(PAPER).hexdigest()

PLACES = {
    "sha256": PAPER_DIGEST,
    "digest": "ab" * 32,
    "name": "checkpoint",
    "body": "council",
    "member": "m1",
    "kind": "organization",
}


class Parameter(NamedTuple):
    """A parameter of a read."""

    path: str
    name: str
    kind: str


def _parameters() -> Iterator[Parameter]:
    for path, calls in document()["paths"].items():
        for parameter in calls.get("get", {}).get("parameters", []):
            if parameter["in"] == "query":
                yield Parameter(path, parameter["name"], str(parameter["schema"].get("type")))


PARAMETERS = list(_parameters())


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Reads an address of the document in a site in which something has happened."""
    folder = tmp_path_factory.mktemp("parameters") / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    site = Site(place)
    motion = site.town.open()
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    site.town.send(vote)
    digest = vote.envelope.digest.hex()
    site.service.publication.settle()
    site.service.follower.catch_up()
    site.service.ledger.put_document(PAPER_DIGEST, BytesIO(PAPER), limit=len(PAPER))
    places = {**PLACES, "procedure": motion, "digest": digest, "ledger": site.service.name}

    def get(path: str, query: str = "", *, headers: dict[str, str] | None = None, **other: str) -> Any:
        if "/oparl/" in path:
            other = {"name": "council", **other}
        return site.http.get(f"{path.format(**places | other)}?{query}", headers=headers)

    yield get
    site.close()


def test_every_parameter_has_wrong_values_here() -> None:
    """A new parameter cannot be forgotten."""
    assert {one.name for one in PARAMETERS} - WRONG.keys() == set()
    assert len(PARAMETERS) > 40


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: f"{one.path} {one.name}")
def test_a_wrong_value_is_refused_and_named(read: Any, parameter: Parameter) -> None:
    """Never ignored, never a fault of ours, never another meaning."""
    values = NAMES if parameter.name == "after" and parameter.kind == "string" else WRONG
    for value in values[parameter.name]:
        if "/oparl/" in parameter.path and (parameter.name, value) == ("limit", "1001"):
            continue  # OParl has it cut: tests/web/test_oparl.py
        response = read(parameter.path, f"{parameter.name}={value}")
        if parameter.name == "size":
            problem(response, 400, "bad-encoding")
            continue
        found = problem(response, 422, "unprocessable")
        assert [one["parameter"] for one in found["errors"]] == [parameter.name], (value, found)


@pytest.mark.parametrize(
    ("name", "value", "low", "high"),
    [
        ("wait_for", "-1", 0, BEYOND),
        ("wait_for", "9" * 17, 0, BEYOND),
        ("after", "-1", 0, BEYOND),
        ("limit", "0", 1, 500),
        ("limit", "-1", 1, 500),
        ("limit", "9" * 4400, 1, 500),
    ],
)
def test_a_number_out_of_its_range_is_told_the_range(
    read: Any, name: str, value: str, low: int, high: int
) -> None:
    """It is a number, and who sent it must learn which one will do."""
    found = problem(read("/v1/ledgers/{ledger}/procedures", f"{name}={value}"), 422, "unprocessable")
    told = f"Must be greater than or equal to {low} and less than or equal to {high}."
    assert found["errors"] == [{"parameter": name, "detail": told}]
    assert found["german"]["errors"][0]["detail"] == f"Muss mindestens {low} und höchstens {high} sein."


READS = [path for path, calls in document()["paths"].items() if "get" in calls and "{ledger}" in path]
PUBLIC = {
    "/v1/ledgers/{ledger}/oparl/{kind}/{name}",
    "/v1/ledgers/{ledger}/oparl/file/{name}/content",
    "/v1/ledgers/{ledger}/oparl/file/{name}/download",
    "/v1/ledgers/{ledger}/procedures/{procedure}/resolution.html",
}
VIEWS = sorted({one.path for one in PARAMETERS if one.name == "wait_for"} - PUBLIC)
"""All but those of what was made public: nothing is in this town."""

CACHED = [path for path in VIEWS if "304" in document()["paths"][path]["get"]["responses"]]


@pytest.mark.parametrize("path", VIEWS)
def test_a_misspelt_or_repeated_parameter_is_refused(read: Any, path: str) -> None:
    """`?limt=5` would be a surprise, and of two values one would be ignored."""
    found = problem(read(path, "limt=5"), 422, "unprocessable")
    assert [one["parameter"] for one in found["errors"]] == ["limt"]
    found = problem(read(path, "wait_for=1&wait_for=2"), 422, "unprocessable")
    assert [one["parameter"] for one in found["errors"]] == ["wait_for"]


@pytest.mark.parametrize("path", VIEWS)
def test_every_read_of_the_views_waits_for_an_entry(read: Any, path: str) -> None:
    """Or says when to ask again."""
    assert read(path, "wait_for=1").status_code == 200
    response = read(path, f"wait_for={BEYOND}")
    problem(response, 503, "view-behind")
    assert response.headers["Retry-After"] == "1"


@pytest.mark.parametrize("path", sorted({one.path for one in PARAMETERS if one.name == "at"}))
def test_a_point_that_was_not_reached_yet_is_refused(read: Any, path: str) -> None:
    """Whoever asks for the future would take the present for it."""
    for at in (str(BEYOND), "2100-01-01T00:00:00Z", "2100-01-01T00:00:00.000%2B01:00"):
        response = read(path, f"at={at}")
        problem(response, 404, "not-yet")
        assert response.headers["Ledger-Time"].endswith("Z")


@pytest.mark.parametrize(
    "path", sorted({one.path for one in PARAMETERS if one.name == "after" and one.kind == "integer"})
)
def test_a_cursor_beyond_the_head_is_refused(read: Any, path: str) -> None:
    """It comes from another ledger, or from before an old backup was restored: the client must know."""
    problem(read(path, f"after={BEYOND}"), 404, "not-yet")


@pytest.mark.parametrize("path", READS)
def test_what_is_not_there_is_a_typed_problem(read: Any, path: str) -> None:
    """Another ledger, a procedure, a body, a document, a receipt that nobody knows."""
    problem(read(path, ledger="elsewhere"), 404, "unknown-ledger")
    for name, unknown in (("procedure", NOBODY), ("body", "nobody"), ("member", "nobody")):
        if f"{{{name}}}" in path:
            problem(read(path, **{name: unknown}), 404, "not-found")
    if "{procedure}" in path:
        problem(read(path, procedure="no-uuid"), 404, "not-found")
    for name in ("sha256", "digest"):
        if f"{{{name}}}" in path:
            problem(read(path, **{name: "cd" * 32}), 404, "not-found")
            problem(read(path, **{name: "CD" * 32}), 400, "bad-encoding")


@pytest.mark.parametrize("path", CACHED)
def test_an_answer_that_the_caller_has_is_304_with_its_etag(read: Any, path: str) -> None:
    """Also where a proxy marked the ETag as weak."""
    etag = read(path).headers["ETag"]
    assert etag.startswith('"')
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = read(path, headers={"If-None-Match": known})
        assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", etag)
        assert "Ledger-Time" in again.headers
    assert read(path, headers={"If-None-Match": '"other"'}).status_code == 200


NO_ETAG = {
    "/healthz": "the process itself",
    "/readyz": "the process itself",
    "/metrics": "the process itself",
    "/v1/report.schema.json": "the same as long as the program is",
    "/v1/ledgers/{ledger}/events": "asked for with the number of the last entry",
    "/v1/ledgers/{ledger}/receipts/{digest}": "the same for ever",
    "/v1/ledgers/{ledger}/receipts/{digest}/tlog-proof": "the same for ever",
}
"""Reads without an ETag, and why they need none."""

ALL_READS = sorted(path for path, calls in document()["paths"].items() if "get" in calls)


@pytest.mark.parametrize("path", ALL_READS)
def test_a_read_has_an_etag_unless_it_says_why_not(path: str) -> None:
    """What is polled without one is sent whole each time; the document tells a client which it is."""
    answers = document()["paths"][path]["get"]["responses"]
    assert ("304" in answers, "ETag" in answers["200"].get("headers", {})) == (path not in NO_ETAG,) * 2


@pytest.mark.parametrize("path", sorted(set(ALL_READS) - PUBLIC))
def test_the_answer_has_an_etag_where_the_document_says_so(read: Any, path: str) -> None:
    """And 304 for who has it: nothing is documented that is not so."""
    size = read("/v1/ledgers/{ledger}/log/checkpoint").get_data(as_text=True).split("\n")[1]
    other = {"name": f"tile/0/000.p/{size}"} if path.endswith("/log/{name}") else {}
    answer = read(path, **other)
    assert answer.status_code in ({200, 503} if path == "/readyz" else {200})
    assert ("ETag" in answer.headers) == (path not in NO_ETAG)
    if etag := answer.headers.get("ETag"):
        assert read(path, headers={"If-None-Match": etag}, **other).status_code == 304


def test_the_newest_checkpoint_has_no_etag(read: Any) -> None:
    """It is smaller than the question whether it has changed."""
    assert "ETag" not in read("/v1/ledgers/{ledger}/log/{name}").headers
