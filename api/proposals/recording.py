"""What was confirmed becomes entries: bodies and seats, signed by the clerk, each of them once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from api.proposals.confirming import Confirmed, Line
from ledger.application import VotingLedger
from ledger.proof.disclosure import SALT_BYTES, disclose
from ledger.proof.keys import SigningKey

TOGETHER = 64
"""Seats in one statement: a payload has 16 KiB."""


class Recording:
    """Signs what was confirmed, as `actor`: the clerk who is registered with `key`."""

    def __init__(self, ledger: VotingLedger, actor: str, key: SigningKey) -> None:
        self._ledger, self._actor, self._key = ledger, actor, key

    def all(self, confirmed: Confirmed) -> dict[str, Any]:
        """What was recorded, and who cannot be seated yet. What stands in the register is left alone.

        `bodies` (ids), `seats` (body → members), `without_key` (member → digest of the name, which is
        disclosed already). Raises a `Refused`; what was recorded before it stays, and is not done again.
        """
        bodies = [line["body"] for line in confirmed.bodies if self._register_body(line)]
        missing = {
            line["member"]: self._disclosed("person", line["name"])
            for line in confirmed.people
            if not self._has_person(line["member"])
        }
        return {"bodies": bodies, "seats": self._seat(confirmed.seats), "without_key": missing}

    def _register_body(self, line: Line) -> bool:
        with self._ledger.current() as state:
            if state.has_body(line["body"]):
                return False
        self._say("body-registered", body=line["body"], name=self._disclosed("body", line["name"]))
        return True

    def _seat(self, lines: Iterable[Line]) -> dict[str, list[str]]:
        wanted: dict[str, list[dict[str, Any]]] = {}
        for line in lines:
            if self._has_person(line["member"]) and not self._has_seat(line["body"], line["member"]):
                seat = {name: line[name] for name in ("member", "weight", "group")}
                wanted.setdefault(line["body"], []).append(seat)
        for body, granted in wanted.items():
            for start in range(0, len(granted), TOGETHER):
                self._say("seats-changed", body=body, granted=granted[start : start + TOGETHER], ended=[])
        return {body: [seat["member"] for seat in granted] for body, granted in wanted.items()}

    def _has_person(self, member: str) -> bool:
        with self._ledger.current() as state:
            return state.has_person(member)

    def _has_seat(self, body: str, member: str) -> bool:
        with self._ledger.current() as state:
            return state.has_body(body) and member in state.body(body).seats

    def _say(self, kind: str, **fields: Any) -> None:
        self._ledger.speak(kind, {"actor": self._actor, **fields}, self._key)

    def _disclosed(self, name: str, value: str) -> str:
        disclosure = disclose(name, value, secrets.token_bytes(SALT_BYTES))
        self._ledger.disclose([disclosure.encoded])
        return disclosure.digest
