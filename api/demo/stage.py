"""A stage for cases: a ledger of its own whose clock is moved by hand, and councils of any size."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from ledger.application import VotingLedger
from ledger.domain.procedure import Procedure
from ledger.domain.profiles import complete
from ledger.domain.signers import signers
from ledger.founding import REGISTRAR, SERVICE, found, keys_of
from ledger.keyfile import read_key
from ledger.proof.disclosure import disclose
from ledger.proof.dsse import sign
from ledger.proof.encoding import b64, parse_canonical
from ledger.proof.keys import SigningKey
from ledger.proof.statement import MAX_PAYLOAD, payload_type, procedure_id
from ledger.rfc3339 import utc
from ledger.storage.store import open_store

ORIGIN = "stimmbuch.example/cases"
START = "2025-03-01T08:00:00.000Z"
ZONE = "Europe/Berlin"
CLERK, SECOND = "clerk", "second-clerk"
YES_NO = ("yes", "no", "abstain")


class Stage:
    """Plays statements with real keys in a real store. Use it as a context manager."""

    def __init__(self, folder: Path, start: str = START, language: str = "en") -> None:
        self.now = self._start = start
        self.language = language
        """Of the derivations that are told."""
        self._folder = folder
        self._names: dict[str, str] = {}
        self._bodies: dict[int, str] = {}
        self._people: set[str] = set()

    def __enter__(self) -> Self:
        store = open_store(str(self._folder / "cases"), create=True)
        self.ledger = VotingLedger(store, clock=lambda: self.now, origin=ORIGIN)
        found(self.ledger, time_zone=ZONE)
        for name in (CLERK, SECOND):
            self._person(name, "clerk")
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()

    # ── time ───────────────────────────────────────────────────────────────────────────────────

    def at(self, moment: str) -> None:
        """Sets the clock; the log's times never run backwards."""
        self.now = max(moment, self.now)

    def later(self, **delta: float) -> str:
        """The time it will be then."""
        moment = datetime.fromisoformat(self.now) + timedelta(**delta)
        return utc(moment)

    # ── people ─────────────────────────────────────────────────────────────────────────────────

    def council(self, size: int) -> str:
        """A body with members m1, m2, …; the first one has the substitute `sub`."""
        if size not in self._bodies:
            body = self._bodies[size] = f"council-{size}"
            self._person("sub", "member")
            for member in members(size):
                self._person(member, "member")
            self.say("body-registered", CLERK, body=body)
            seats: list[dict[str, Any]] = [
                {"member": member, "weight": 1, "group": None} for member in members(size)
            ]
            seats[0]["substitutes"] = ["sub"]
            for start in range(0, size, 100):
                self.say("seats-changed", CLERK, body=body, granted=seats[start : start + 100], ended=[])
        return self._bodies[size]

    def _person(self, name: str, role: str) -> None:
        if name not in self._people:
            self._people.add(name)
            key = b64(self._key(name).public)
            self._names[key] = name
            self.say("key-registered", REGISTRAR, subject=name, roles=[role], key=key)

    # ── statements ─────────────────────────────────────────────────────────────────────────────

    def open(self, name: str, size: int, rule: str, **fields: Any) -> str:
        """A procedure of a council of this size under a built-in profile, open for two weeks."""
        profile = {**complete(rule), **fields.pop("settings", {})}
        wanted: dict[str, Any] = {
            "procedure": str(procedure_id(ORIGIN, f"{name} {rule}")),
            "body": self.council(size),
            "items": [item("1")],
            "profile": profile,
            "chair": "m1",
            "closes_at": self.later(days=14) if profile["deadline"] == "fixed" else None,
            **fields,
        }
        wanted |= self._asked_for(profile, wanted)
        self.say("procedure-opened", CLERK, **wanted)
        if profile["reach"] == "everyone" and profile["deadline"] == "fixed":
            self.say(
                "delivery-recorded", CLERK, procedure=wanted["procedure"], members=members(size), how="portal"
            )
        return str(wanted["procedure"])

    def _asked_for(self, profile: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
        """What the profile wants to be declared at the opening."""
        declared: dict[str, Any] = {}
        if profile["trigger"]:
            evidence = self.text("evidence", "Feststellung der epidemischen Lage (erfunden)")
            kind = {"kind": "declared_emergency", "evidence": evidence}
            declared["trigger"] = {**kind, "from": self._start, "until": None}
        if profile["subject"]["only"] != "any":
            declared["subject"] = {"simple": True, "urgent": True, "topics": []}
        if profile["objection"] and profile["objection"]["until"] == "named":
            declared["objections_until"] = wanted["closes_at"]
        return declared

    def vote(
        self, procedure: str, chosen: Mapping[str, Iterable[str]], items: Iterable[str] = ("1",)
    ) -> None:
        """Option → the members who choose it, on all these items."""
        for option, voters in chosen.items():
            for member in voters:
                choices = dict.fromkeys(items, option)
                self.say("vote-cast", member, procedure=procedure, member=member, choices=choices)

    def say(self, kind: str, actor: str, **fields: Any) -> str:
        """Prepares, signs as the rules ask, and records a statement; returns its leaf hash."""
        payload = self.ledger.prepare(kind, {"actor": actor, **fields})
        values = parse_canonical(payload, limit=MAX_PAYLOAD)
        keys = [
            self._key(one.person or "" if one.key is None else self._names[one.key])
            for one in signers(kind, values)
        ]
        return self.ledger.submit(sign(payload_type(kind), payload, *keys)).leaf

    def text(self, name: str, value: str) -> str:
        """A disclosure beside the log; its digest."""
        disclosure = disclose(name, value, secrets.token_bytes(16))
        self.ledger.disclose([disclosure.encoded])
        return disclosure.digest

    def finish(self, procedure: str) -> Procedure:
        """Closes at the deadline as the service, and determines the result."""
        stands = self.procedure(procedure)
        if stands.stopped is None and stands.closes_at is not None:
            self.at(stands.due_at or stands.closes_at)
        self.say("procedure-closed", SERVICE, procedure=procedure)
        self.say("result-determined", CLERK, procedure=procedure)
        return self.procedure(procedure)

    def procedure(self, procedure: str) -> Procedure:
        """As it stands, replayed from its entries."""
        return self.ledger.procedure(UUID(procedure))

    def _key(self, name: str) -> SigningKey:
        if name in (REGISTRAR, SERVICE):
            return read_key(keys_of(self.ledger.store.home) / f"{name}.key")
        return SigningKey(hashlib.sha256(f"case key of {name}".encode()).digest())


def members(size: int, start: int = 1) -> list[str]:
    """Member ids m<start> … m<size>."""
    return [f"m{number}" for number in range(start, size + 1)]


def item(name: str, *options: str) -> dict[str, Any]:
    """An item with these options; yes, no and abstain unless told otherwise."""
    said = {"id": name, "wording": None, "options": list(options or YES_NO), "polarity": "for"}
    return {**said, "public": True}
