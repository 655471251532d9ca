"""A town with its service: what a client sees, without a network.

::

    site = Site(place)                         # five members; the views follow when they are told to
    site.town.vote(motion, "m1")               # straight into the ledger (`tests.support.builders`)
    site.post(site.town.statement(…))          # the same over HTTP
    site.get("/procedures")                    # with the views brought up to date before
    problem(response, 409, "too-late")         # an error of the one shape
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from api import create_app
from api.context import Settings
from api.wiring import open_service
from ledger.proof.disclosure import Disclosure, disclose
from ledger.proof.note import verification_key
from ledger.proof.statement import Statement
from tests.support.builders import ORIGIN, a_town
from tests.support.places import Place

PROBLEM = {"type", "title", "status", "code", "hint", "instance", "request_id"}


class Site:
    """See the manual at the top of this file. Close it."""

    def __init__(
        self, place: Place, settings: Settings | None = None, *, members: int = 5, origin: str = ORIGIN
    ) -> None:
        self.town = a_town(place.open(), members=members, origin=origin)
        self.town.ledger.close()
        self.service = open_service(place.where, home=place.home, clock=self.town.clock)
        self.town.ledger = self.service.ledger
        self.service.publish()
        self.app = create_app(self.service, settings=settings)
        self.http = self.app.test_client()
        self.api = f"/v1/ledgers/{self.service.name}"

    @property
    def log_key(self) -> str:
        """The log's verification key, as the genesis entry names it."""
        return verification_key(self.town.ledger.origin, self.town.key("log").public)

    def post(self, statement: Statement) -> TestResponse:
        """Sends a statement as a client does."""
        self.town.clock.advance(1)
        return self.http.post(f"{self.api}/statements", json=statement.envelope.to_dict())

    def prepare(self, kind: str, **fields: Any) -> TestResponse:
        """Asks for the payload of a statement."""
        self.service.follower.catch_up()
        return self.http.post(f"{self.api}/statements/prepare", json={"kind": kind, "fields": fields})

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Any) -> TestResponse:
        """Reads below the ledger's address, from views that contain everything."""
        self.service.follower.catch_up()
        return self.http.get(self.api + path, query_string=query or None, headers=dict(headers or {}))

    def page(self, path: str) -> str:
        """A page, as a browser gets it."""
        self.service.follower.catch_up()
        response = self.http.get(path, headers={"Accept": "text/html"})
        assert (response.status_code, response.mimetype) == (200, "text/html")
        return response.get_data(as_text=True)

    def disclosed(self, name: str, value: str) -> str:
        """Stores a text beside the log; returns its digest."""
        disclosure = disclosure_of(name, value)
        self.service.ledger.disclose([disclosure.encoded])
        return disclosure.digest

    def close(self) -> None:
        """Stops everything."""
        self.service.close()


def disclosure_of(name: str, value: str) -> Disclosure:
    """A disclosure with a salt that follows from its content, so that a test knows the digest."""
    return disclose(name, value, f"{name} {value}".encode().ljust(16)[:16])


def problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem details of an answer that must be this error."""
    assert response.mimetype == "application/problem+json", response.get_data(as_text=True)
    found: dict[str, Any] = json.loads(response.get_data())
    assert (response.status_code, found["code"]) == (status, code), found
    assert found.keys() >= PROBLEM
    assert found["status"] == status
    assert found["type"] == f"/problems/{code}"
    assert found["request_id"] == response.headers["X-Request-ID"]
    assert "Traceback" not in response.get_data(as_text=True)
    return found
