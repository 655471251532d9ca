"""Is every parameter of every read refused where it makes no sense, with a typed problem that names it?

The calls come from the OpenAPI document: a new one is tried without being listed here.
"""

from __future__ import annotations

from collections.abc import Iterator
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

PLACES = {
    "sha256": "ab" * 32,
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
