"""Does the service answer as its document says?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import Client

from api.openapi import document, text
from tests.support.places import Place
from tests.web.site import Site

COMMITTED = Path(__file__).resolve().parents[2] / "api" / "openapi.json"


def test_the_committed_document_is_the_one_that_the_routes_make() -> None:
    """`make openapi` writes it anew; what changed is seen in the review."""
    assert COMMITTED.read_text("utf-8") == text()


def test_the_service_delivers_its_document(site: Site) -> None:
    """Where a client's tools look for it."""
    assert site.http.get("/v1/openapi.json").get_json() == document()


def test_the_document_is_valid() -> None:
    """OpenAPI 3.1, checked by a foreign program."""
    found = document()
    assert found["openapi"].startswith("3.1.")
    validate(found)


def test_every_call_has_a_name_and_a_sentence() -> None:
    """A generated client takes its function names and their documentation from there."""
    calls = [
        call for path in document()["paths"].values() for name, call in path.items() if name != "parameters"
    ]
    names = [call["operationId"] for call in calls]
    assert len(names) == len(set(names)) == 25
    assert [call["operationId"] for call in calls if not call["summary"].endswith(".")] == []


def test_every_call_documents_its_errors_as_problems() -> None:
    """One error shape for all calls, in its own media type."""
    found = document()
    responses = found["components"]["responses"]
    assert {kind for response in responses.values() for kind in response["content"]} == {
        "application/problem+json"
    }
    for path in found["paths"].values():
        for name, call in path.items():
            if name != "parameters":
                assert "default" in call["responses"]


def test_every_route_below_v1_is_documented(site: Site) -> None:
    """A call that is not in the document does not exist for anybody."""
    documented = {
        (path, name.upper())
        for path, calls in document()["paths"].items()
        for name in calls
        if name != "parameters"
    }
    served = {
        (_as_template(rule.rule), method)
        for rule in site.app.url_map.iter_rules()
        if rule.rule.startswith(("/v1/ledgers", "/v1/report", "/healthz", "/readyz", "/metrics"))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == documented


def _as_template(rule: str) -> str:
    parts = [f"{{{part[1:-1].split(':')[-1]}}}" if part.startswith("<") else part for part in rule.split("/")]
    return "/".join(parts)


class Late:
    """The application of the site, which is made after the tests were collected."""

    inner: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request, as one from this machine: what is made up comes from nowhere."""
        return self.inner({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)


LATE = Late()


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site in which something has happened, with its views followed."""
    folder = tmp_path_factory.mktemp("lively") / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    site = Site(place)
    motion = site.town.open()
    site.town.vote(motion, "m1")
    site.town.close(motion)
    site.town.vote(site.town.open("hidden", closes_in=3600), "m2")
    site.service.follow()
    LATE.inner = site.app
    # Were all of them turned away at the door, no answer would be looked at.
    assert Client(LATE).get(f"{site.api}/procedures").status_code == 200
    yield site
    site.close()


def _contract() -> Any:
    """The document as schemathesis reads it, with parameters that lead somewhere more often than not."""
    found = json.loads(json.dumps(document()))
    for path in found["paths"].values():
        for parameter in path.get("parameters", []):
            if parameter["name"] == "ledger":
                parameter["schema"]["enum"] = ["town", "elsewhere"]
        if "get" in path:
            # Nothing happens while these tests run: waiting would only take time, or end with a true 503.
            kept = [p for p in path["get"].get("parameters", []) if p["name"] not in {"wait", "wait_for"}]
            path["get"]["parameters"] = kept
    schema = schemathesis.openapi.from_dict(found)
    schema.app = LATE
    return schema


@pytest.mark.usefixtures("lively")
@_contract().parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_made_up_request_breaks_the_service_or_the_document(case: Any) -> None:
    """Hundreds of them, good and bad: never a 5xx, and never an answer that is not documented."""
    case.call_and_validate(
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
        ]
    )
