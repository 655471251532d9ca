"""Does the service answer as its document says?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from werkzeug.test import Client

from api.openapi import document, text
from ledger.proof.statement import procedure_id
from tests.support.builders import ORIGIN
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
    assert len(names) == len(set(names)) == 39
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
    digest = hashlib.sha256(PAPER).hexdigest()
    site.service.ledger.put_document(digest, BytesIO(PAPER), limit=len(PAPER))
    site.service.publication.settle()
    site.service.follow()
    LATE.inner = site.app
    # Were all of them turned away at the door, no answer would be looked at.
    assert Client(LATE).get(f"{site.api}/procedures").status_code == 200
    yield site
    site.close()


PAPER = b"an offer"
MOTIONS = [str(procedure_id(ORIGIN, name)) for name in ("motion", "hidden", "nothing")]
TIMES = ["2026-03-02T08:00:00Z", "2026-03-02T09:00:30.5+01:00", "1999-12-31T23:59:59-05:00"]
LEADING: dict[str, list[str]] = {
    "ledger": ["town", "elsewhere"],
    "procedure": MOTIONS,
    "member": ["m1", "m2", "nobody"],
    "body": ["council", "nobody"],
    "sha256": [hashlib.sha256(PAPER).hexdigest(), "00" * 32],
    "name": ["checkpoint", "tile/0/000.p/5", "tile/entries/000.p/5", "tile/9/9"],
    "at": ["0", "3", "12", *TIMES],
    **dict.fromkeys(("created_since", "created_until", "modified_since", "modified_until"), TIMES),
    **dict.fromkeys(("opened_from", "opened_before", "closes_from", "closes_before"), TIMES),
    **dict.fromkeys(("created_since", "created_until", "modified_since", "modified_until"), TIMES),
}
"""Parameter → values most of which lead somewhere."""


def _contract(leading: dict[str, list[str]]) -> Any:
    """The document as schemathesis reads it, with these values of parameters only."""
    found = json.loads(json.dumps(document()))
    for path in found["paths"].values():
        for parameter in (*path.get("parameters", []), *path.get("get", {}).get("parameters", [])):
            if parameter["name"] in leading:
                parameter["schema"]["enum"] = leading[parameter["name"]]
        if "get" in path:
            # Nothing happens while these tests run: waiting would only take time, or end with a true 503.
            kept = [p for p in path["get"].get("parameters", []) if p["name"] not in {"wait", "wait_for"}]
            path["get"]["parameters"] = kept
    schema = schemathesis.openapi.from_dict(found)
    schema.app = LATE
    return schema


@pytest.mark.usefixtures("lively")
@_contract(LEADING).parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_every_read_that_the_document_allows_is_answered_as_it_says(case: Any) -> None:
    """Of what is there, and never with a 5xx.

    A write needs more than a shape: a signature, or bytes of the digest that is named.
    """
    excluded = [negative_data_rejection, *([] if case.method == "GET" else [positive_data_acceptance])]
    case.call_and_validate(excluded_checks=excluded)


@pytest.mark.usefixtures("lively")
@_contract({"ledger": ["town", "elsewhere"]}).parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_no_made_up_request_breaks_the_service_or_the_document(case: Any) -> None:
    """Hundreds of them, good and bad: never a 5xx, never an answer that is not documented.

    What has the right shape may still be no time or no digest; what has a wrong one is always refused.
    """
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
