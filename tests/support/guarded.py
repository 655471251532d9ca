"""A town whose ledger has tokens: who calls is named, as a role or as what is wrong with the credential.

::

    guarded = Guarded(place)
    guarded.get("/procedures", "auditor")          # with a token of this role; m1's for "member"
    guarded.get("/procedures", None)               # without one
    guarded.token("portal", subject="portal-1")    # another one, as a header's value
"""

from __future__ import annotations

import json
from typing import Any

from werkzeug.test import TestResponse

from api.access.policy import FILE as POLICY
from api.access.roles import ROLES
from api.access.tokens import Wish, create_token, revoke_token
from ledger.proof.statement import Statement
from tests.support.places import Place
from tests.web.site import Site

SUBJECTS = {"member": "m1"}
"""Role → whom the token of that name stands for."""


class Guarded:
    """See the manual at the top of this file. Close it."""

    def __init__(self, place: Place, **of_the_site: Any) -> None:
        self.site = Site(place, **of_the_site)
        self.town = self.site.town
        self.home = self.site.service.store.home
        self._made = 0
        self.shown = {role: self.token(role, subject=SUBJECTS.get(role)) for role in sorted(ROLES)}
        self.shown["revoked"] = self.token("auditor", name="ended")
        revoke_token(self.home, "ended", self.town.clock())
        self.shown["foreign"] = self.token("auditor", origin="ledger.example.org/elsewhere")
        self.shown["unknown"] = "Bearer stb_" + "A" * 43
        self.shown["nonsense"] = "Bearer nonsense"

    def token(
        self, *roles: str, subject: str | None = None, name: str = "", origin: str = "", days: int = 100
    ) -> str:
        """A new token, as it stands in the header."""
        self._made += 1
        wish = Wish(name or f"t{self._made}", roles, subject, days)
        text, _ = create_token(
            self.home, origin or self.town.ledger.origin, wish, self.site.service.ledger.clock()
        )
        return f"Bearer {text}"

    def allow_the_public(self) -> None:
        """Lets everybody in, as the public."""
        (self.home / POLICY).write_text('[anonymous]\nroles = ["public"]\n', "utf-8")

    def keep_the_public_out(self) -> None:
        """Takes that back."""
        (self.home / POLICY).unlink(missing_ok=True)

    def call(self, method: str, path: str, who: str | None, **more: Any) -> TestResponse:
        """One request below the service's address, as the named caller or with this header."""
        headers = dict(more.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = self.shown.get(who, who)
        return self.site.http.open(path, method=method, headers=headers, **more)

    def get(self, path: str, who: str | None, **more: Any) -> TestResponse:
        """Reads below the ledger's address, from views that contain everything."""
        self.site.service.follower.catch_up()
        return self.call("GET", self.site.api + path, who, **more)

    def submit(self, statement: Statement, who: str | None) -> TestResponse:
        """Sends a statement."""
        self.town.clock.advance(1)
        body = json.dumps(statement.envelope.to_dict())
        path = f"{self.site.api}/statements"
        return self.call("POST", path, who, data=body, content_type="application/json")

    def close(self) -> None:
        """Stops everything."""
        self.site.close()
