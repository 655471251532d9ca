"""A member's portal before a site, on a wire that can fail; and a service that prepares something else."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from api.client import Client, Patience, Prepared
from ledger.proof.dsse import Envelope
from ledger.proof.encoding import b64, canonical
from tests.support.builders import document
from tests.web.site import Site
from tests.web.wire import Wire


class Slept:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Notes it and goes on at once."""
        self.pauses.append(seconds)

    def clock(self) -> float:
        """Seconds that were slept."""
        return sum(self.pauses)


class Portal:
    """A member's portal in front of a site, on a wire that can fail."""

    def __init__(self, site: Site, wire: Wire) -> None:
        self.site, self.wire, self.slept = site, wire, Slept()
        self.patience = Patience(20.0, clock=self.slept.clock, sleep=self.slept.sleep, chance=lambda: 1.0)
        self.client = self.client_with(site.log_key)
        self.motion = site.town.open(documents=[document("the plan")])

    def client_with(self, *log_keys: str, **options: Any) -> Client:
        """A client with these keys."""
        return Client(self.wire.url + self.site.api, log_keys, patience=self.patience, **options)

    def prepared(self, member: str = "m1", **fields: Any) -> Prepared:
        """A vote that was looked at."""
        paper = self.client.paper(self.motion, wait_for=self.site.town.ledger.head())
        wanted = {"actor": member, "member": member, "procedure": self.motion, "choices": {"1": "yes"}}
        return self.client.prepare("vote-cast", {**wanted, "ballot": paper.digest, **fields})

    def signed(self, member: str = "m1", **fields: Any) -> Envelope:
        """A signed vote."""
        return self.prepared(member, **fields).sign(self.site.town.key(member))

    def votes(self) -> int:
        """How many votes the ledger holds."""
        return len(self.site.town.ledger.store.recorder.read(-1, 10_000, topics=["stimmbuch.vote-cast.v1"]))


def payload(**other: Any) -> Callable[[bytes], bytes]:
    """The answer to `prepare` with other members in its payload."""

    def change(body: bytes) -> bytes:
        answer = json.loads(body)
        values = {**json.loads(base64.b64decode(answer["payload"])), **other}
        answer["payload"] = b64(canonical({name: value for name, value in values.items() if value != "gone"}))
        return json.dumps(answer).encode()

    return change
