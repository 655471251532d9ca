"""A large town for the benchmark: people with keys, seats, procedures, and as many signed votes as wanted.

Keys and nonces follow from numbers, so that two runs measure the same work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from ledger.application import VotingLedger
from ledger.domain.profiles import complete
from ledger.founding import REGISTRAR, keys_of
from ledger.keyfile import read_key
from ledger.proof.ballot import ballot_digest
from ledger.proof.encoding import b64
from ledger.proof.keys import SigningKey
from ledger.proof.statement import Statement, compose, parse_statement, procedure_id
from ledger.receipt import Receipt

BODY = "council"
AT = "2026-01-31T12:00:00.000Z"
OPTIONS = ("yes", "no", "abstain")
SEATS_AT_ONCE = 150  # fit into the 16 KiB of a payload
PEOPLE_AT_ONCE = 5000


class Town:
    """Speaks for the registrar and for all members of a ledger that has been founded."""

    def __init__(self, ledger: VotingLedger, members: int) -> None:
        """Nothing is recorded before `settle`."""
        self.ledger = ledger
        self.members = [f"m{number}" for number in range(members)]
        self._registrar = read_key(keys_of(ledger.store.home) / f"{REGISTRAR}.key")
        self._nonces = count()
        self._keys: dict[str, SigningKey] = {}

    def settle(self) -> None:
        """Registers everybody and seats them in one body."""
        for start in range(0, len(self.members), PEOPLE_AT_ONCE):
            self.submit(self._registration(member) for member in self.members[start : start + PEOPLE_AT_ONCE])
        self.submit([self._sign("body-registered", REGISTRAR, {"body": BODY}, self._registrar)])
        self.submit(self._seats())

    def open(self, name: str) -> Mapping[str, Any]:
        """Opens a procedure on one item that the registrar closes; returns the opening's payload."""
        with self.ledger.current() as state:
            as_of, seats = state.body(BODY).as_of, len(state.body(BODY).seats)
        fields: dict[str, Any] = {
            "procedure": str(procedure_id(self.ledger.origin, name)),
            "body": BODY,
            "electorate": {"as_of": as_of, "count": seats},
            "items": [{"id": "1", "wording": None, "options": list(OPTIONS), "polarity": "for"}],
            "documents": [],
            "profile": complete("simple-majority"),
            "chair": None,
            "opens_at": AT,
            "closes_at": None,
            "time_zone": "UTC",
        }
        fields["ballot"] = ballot_digest(fields, [])
        opening = self._sign("procedure-opened", REGISTRAR, fields, self._registrar)
        self.submit([opening])
        return opening.payload

    def votes(
        self, opening: Mapping[str, Any], members: Iterable[str], replaced: Mapping[str, str] | None = None
    ) -> Iterator[Statement]:
        """A signed vote of each member; `replaced` has the leaf hashes of the votes that stand.

        As they arrive from outside: recording them means to verify them.
        """
        for number, member in enumerate(members):
            fields = {
                "procedure": opening["procedure"],
                "member": member,
                "choices": {"1": OPTIONS[number % len(OPTIONS)]},
                "ballot": opening["ballot"],
                "replaces": (replaced or {}).get(member),
            }
            yield parse_statement(self._sign("vote-cast", member, fields, self.key(member)).envelope)

    def submit(self, statements: Iterable[Statement]) -> list[Receipt]:
        """Records statements; raises the first refusal."""
        receipts = []
        for answer in self.ledger.submit_many(statements):
            if not isinstance(answer, Receipt):
                raise answer
            receipts.append(answer)
        return receipts

    def key(self, member: str) -> SigningKey:
        """The member's key."""
        if member not in self._keys:
            self._keys[member] = SigningKey(hashlib.sha256(member.encode()).digest())
        return self._keys[member]

    def _registration(self, member: str) -> Statement:
        key = self.key(member)
        fields = {"subject": member, "roles": ["member"], "key": b64(key.public)}
        return self._sign("key-registered", REGISTRAR, fields, self._registrar, key)

    def _seats(self) -> Iterator[Statement]:
        for start in range(0, len(self.members), SEATS_AT_ONCE):
            seats = [self._seat(member) for member in self.members[start : start + SEATS_AT_ONCE]]
            fields = {"body": BODY, "granted": seats, "ended": []}
            yield self._sign("seats-changed", REGISTRAR, fields, self._registrar)

    def _seat(self, member: str) -> dict[str, Any]:
        return {"member": member, "weight": 1, "group": None}

    def _sign(self, kind: str, actor: str, fields: Mapping[str, Any], *keys: SigningKey) -> Statement:
        nonce = b64(next(self._nonces).to_bytes(16, "big"))
        common = {"v": 1, "log": self.ledger.origin, "actor": actor, "nonce": nonce, "issued_at": AT}
        return compose(kind, {**common, "seen": None, **fields}, *keys)


def roll_calls(calls: int, members: int) -> Iterator[dict[str, Any]]:
    """Made-up roll calls of the size of a parliament's, as `json.dumps` takes them."""
    people: Sequence[str] = [f"member-{number}" for number in range(members)]
    for call in range(calls):
        casts = [
            {"member": member, "choice": OPTIONS[(call + number) % 3]} for number, member in enumerate(people)
        ]
        counts = {option: sum(cast["choice"] == option for cast in casts) for option in OPTIONS}
        yield {
            "id": f"call-{call}",
            "body": "Assembly of the benchmark",
            "title": f"Roll call {call}",
            "held_at": "2018-03-05T10:12:00+01:00",
            "rule": "simple-majority",
            "options": list(OPTIONS),
            "members": [{"id": member, "name": member.title(), "group": "one"} for member in people],
            "casts": casts,
            "published": {"counts": counts},
        }
