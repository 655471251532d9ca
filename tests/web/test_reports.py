"""Does the service hand out reports as its document says, in every form, and refuse in the one shape?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest

from api.report.words import LANGUAGES
from tests.support import pdf
from tests.support.reporting import PROFILE, TITLE, text
from tests.web.site import Site, problem

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
}


@pytest.fixture
def motion(site: Site) -> str:
    """A procedure that is open and shows how it stands; two members have voted."""
    motion = site.town.open("school", closes_in=3600, profile=PROFILE, title=text(site.town, "title", TITLE))
    site.town.vote(motion, "m1", "yes")
    site.town.vote(motion, "m2", "no")
    return motion


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("kind", ["extract", "audit"])
def test_a_report_comes_in_each_form(site: Site, motion: str, form: str, kind: str) -> None:
    """With its media type and a name to store it under."""
    response = site.get(f"/procedures/{motion}/report.{form}", kind=kind, lang="en")
    assert (response.status_code, response.mimetype) == (200, TYPES[form])
    assert f"{motion}-{kind}-" in response.headers["Content-Disposition"]
    assert TITLE.encode() in response.get_data() or form == "pdf"


@pytest.mark.parametrize("form", TYPES)
def test_the_same_report_is_not_sent_twice(site: Site, motion: str, form: str) -> None:
    """Same entry, same bytes, same ETag; a vote makes it another one."""
    path = f"/procedures/{motion}/report.{form}"
    first = site.get(path)
    etag = {"If-None-Match": first.headers["ETag"]}
    again = site.get(path, headers=etag)
    assert (again.status_code, again.get_data()) == (304, b"")
    site.town.vote(motion, "m3", "no")
    assert site.get(path, headers=etag).status_code == 200


def test_the_page_keeps_its_own_policy(site: Site, motion: str) -> None:
    """Its style, by its hash; a disclosed text could not run even if it got through."""
    response = site.get(f"/procedures/{motion}/report.html")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_json_follows_the_schema_that_is_published_beside_it(site: Site, motion: str) -> None:
    """Whoever integrates it has both from the service."""
    schema = site.http.get("/v1/report.schema.json")
    assert schema.mimetype == "application/schema+json"
    found = site.get(f"/procedures/{motion}/report.json", kind="audit").get_json()
    jsonschema_rs.Draft202012Validator(json.loads(schema.get_data())).validate(found)


def test_the_past_is_told_as_it_was(site: Site, motion: str) -> None:
    """As of an entry, and as of a time."""
    now = site.get(f"/procedures/{motion}/report.json").get_json()
    seq, at = now["position"]["seq"] - 1, now["position"]["at"]
    before = site.get(f"/procedures/{motion}/report.json", at=str(seq)).get_json()
    assert (now["voted"], before["voted"], before["position"]["seq"]) == (2, 1, seq)
    assert site.get(f"/procedures/{motion}/report.json", at=at).get_json() == now


@pytest.mark.parametrize("form", TYPES)
def test_nothing_is_told_early(site: Site, form: str) -> None:
    """The profile hides how it stands until the closing: in every form."""
    motion = site.town.open("hidden", closes_in=3600)
    site.town.vote(motion, "m1", "yes")
    data = site.get(f"/procedures/{motion}/report.{form}", kind="audit").get_data()
    if form == "json":
        found = json.loads(data)
        assert found["withheld"]
        assert found["items"][0]["result"] is None
        assert [one["payload"]["choices"] for one in found["events"] if one["kind"] == "vote-cast"] == [None]
    else:
        said = " ".join(pdf.pages_of(data)) if form == "pdf" else data.decode("utf-8-sig")
        assert LANGUAGES["de"].WITHHELD in said
    assert b'"choices": {' not in data


def test_what_is_wrong_is_a_problem(site: Site, motion: str) -> None:
    """Typed, and never a 500."""
    path = f"/procedures/{motion}/report.pdf"
    wrong: tuple[dict[str, Any], ...] = (
        {"lang": "fr"},
        {"kind": "novel"},
        {"at": "-1"},
        {"at": "soon"},
        {"fromat": "pdf"},
    )
    for query in wrong:
        problem(site.get(path, **query), 422, "unprocessable")
    for at in ("0", "1", "2001-01-01T00:00:00Z"):
        problem(site.get(path, at=at), 404, "not-found")
    problem(site.get(path, at="999999"), 404, "not-yet")
    problem(site.get("/procedures/152a253e-ffd7-5621-a7f7-000000000000/report.pdf"), 404, "not-found")
    problem(site.get(f"/procedures/{motion}/report.docx"), 404, "not-found")


def test_a_report_waits_for_a_place_like_every_look_into_the_past(site: Site, motion: str) -> None:
    """Each costs as much as there are votes: too many at once would keep the votes waiting."""
    context = site.app.extensions["stimmbuch"].only()
    context.settings = replace(context.settings, patience=0.0)
    with context.replay(), context.replay():
        response = site.get(f"/procedures/{motion}/report.json")
    assert "Retry-After" in response.headers
    problem(response, 503, "busy")
