"""A ledger in memory: real statements, real entries, a real chain; no database, no clock, no chance.

::

    ledger = MemoryLedger()                   # an empty one; signed=False leaves the cryptography out
    ledger.found()                            # genesis: registrar "registrar", service "service"
    ledger.person("anna")                     # key-registered, role member; person("chris", "clerk")
    ledger.council("anna", "bert")            # body "rat" with these seats (people are registered too)
    procedure = ledger.open(closes_at=None)   # by the registrar, simple majority, item "1"
    ledger.vote(procedure, "anna", "yes")     # also: withdraw, attach, presence, casting_vote, close
    ledger.put("key-revoked", "anna", ...)    # any statement: kind, actor, fields

`put` fills in what follows from the ledger (`ledger.prepare`), signs with the keys that the rules ask
for, verifies, decides and chains, as the committer does; a refusal is raised and leaves no entry.
Fields that are named are taken as they are, so that a stale one can be sent. Keys come from names
(`key_of("anna")` is always the same one), nonces from a counter, and each entry is one second later
than the one before unless `at` says when; time never runs backwards. `entries` are the bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ledger.domain.procedure import Procedure
from ledger.domain.signers import signers
from ledger.domain.values import Place
from ledger.mapper import Reading, read_entry
from ledger.prepare import prepare
from ledger.proof.dsse import Envelope, Signature
from ledger.proof.encoding import b64, parse_canonical
from ledger.proof.entry import NO_LINK, build_entry, leaf_hash
from ledger.proof.keys import SigningKey
from ledger.proof.note import verification_key
from ledger.proof.statement import (
    MAX_PAYLOAD,
    Statement,
    parse_statement,
    payload_type,
    topic,
    verify_signatures,
)
from ledger.rfc3339 import utc
from ledger.state import State

ORIGIN = "ledger.example.org/rat"
START = "2026-03-02T08:00:00.000Z"
REGISTRAR, SERVICE, BODY = "registrar", "service", "rat"
YES_NO = ("yes", "no", "abstain")


def key_of(name: str) -> SigningKey:
    """The key that belongs to a name; `anna/2` may serve as Anna's second one."""
    return SigningKey(hashlib.sha256(f"key of {name}".encode()).digest())


def public_of(name: str) -> str:
    """The public key that belongs to a name, in base64."""
    return b64(key_of(name).public)


def log_key_of(name: str, origin: str = ORIGIN) -> str:
    """The log key (vkey) that belongs to a name."""
    return verification_key(origin, key_of(name).public)


def later(at: str, seconds: float) -> str:
    """A time (RFC 3339, UTC, milliseconds) some seconds after another."""
    moment = datetime.fromisoformat(at) + timedelta(seconds=seconds)
    return utc(moment)


class Row(NamedTuple):
    """An entry with what a store keeps beside it."""

    topic: str
    stream: UUID
    pos: int
    data: bytes


class MemoryLedger:
    """See the manual at the top of this file."""

    def __init__(self, origin: str = ORIGIN, *, signed: bool = True, start: str = START) -> None:
        self.origin = origin
        self.state = State(origin, self.load)
        self.rows: list[Row] = []
        self.head = NO_LINK
        self.now = start
        self._signed = signed
        self._keys: dict[str, str] = {}
        self._nonces = 0

    @property
    def entries(self) -> list[bytes]:
        """The bytes of all entries, in order."""
        return [row.data for row in self.rows]

    def load(self, stream: UUID) -> Iterator[tuple[str, int, Reading]]:
        """Topic, position and reading of a stream's entries: what a `State` loads."""
        for row in list(self.rows):
            if row.stream == stream:
                yield row.topic, row.pos, read_entry(row.data)

    def replayed(self) -> State:
        """A state that applied every entry without asking the rules."""
        state = State(self.origin, lambda stream: ())
        for row in self.rows:
            state.apply(row.topic, row.stream, row.pos, read_entry(row.data))
        return state

    def reloaded(self) -> State:
        """A state as a process has it that starts now: the register whole, procedures when asked for."""
        state = State(self.origin, self.load)
        for event_topic, pos, reading in self.load(state.register_id):
            state.apply(event_topic, state.register_id, pos, reading)
        return state

    def procedure(self, procedure: str) -> Procedure:
        """The procedure as it stands."""
        return self.state.procedure(UUID(procedure))

    # ── statements ─────────────────────────────────────────────────────────────────────────────

    def statement(
        self, kind: str, actor: str, *, keys: tuple[SigningKey, ...] | None = None, **fields: Any
    ) -> Statement:
        """A statement as it would be signed now; `keys` in place of those that the rules ask for."""
        self._nonces += 1
        nonce = hashlib.sha256(b"nonce %d" % self._nonces).digest()[:16]
        wanted = {"actor": actor, **fields}
        payload = prepare(kind, wanted, self.state, now=self.now, nonce=nonce)
        values = parse_canonical(payload, limit=MAX_PAYLOAD)
        keys = self._keys_for(kind, values) if keys is None else keys
        envelope = Envelope(payload_type(kind), payload, ())
        if self._signed:
            envelope = envelope.countersign(*keys)
        else:  # the right number of signatures, none of them real
            envelope = Envelope(payload_type(kind), payload, tuple(Signature(k.id, bytes(64)) for k in keys))
        return parse_statement(envelope)

    def put(
        self,
        kind: str,
        actor: str = REGISTRAR,
        *,
        at: str | None = None,
        keys: tuple[SigningKey, ...] | None = None,
        **fields: Any,
    ) -> str:
        """Makes, signs and appends a statement; returns the leaf hash. Raises what refuses it."""
        return self.append(self.statement(kind, actor, keys=keys, **fields), at=at)

    def append(self, statement: Statement, *, at: str | None = None) -> str:
        """Decides and appends a statement at the time `at` (default: a second later than the last)."""
        at = max(later(self.now, 1) if at is None else at, self.now)
        if self._signed:
            verify_signatures(statement, self.state.signing_keys(statement))
        data = self.entry(statement, at=at)
        self.state.decide(statement, Place(len(self.rows), at, leaf_hash(data)))
        self._keep(statement, data, at)
        return self.head

    def take(self, data: bytes) -> None:
        """Goes on from an entry that another ledger of this origin made."""
        reading = read_entry(data)
        self.state.decide(reading.statement, reading.place)
        self._keep(reading.statement, data, reading.place.at)

    def force(self, statement: Statement, *, at: str | None = None) -> str:
        """Appends a statement that nobody checked, as a forger with the database would."""
        at = later(self.now, 1) if at is None else at
        data = self.entry(statement, at=at)
        stream, pos, _ = self.state.next_in_stream(statement)
        self.state.apply(topic(statement.kind), stream, pos, read_entry(data))
        self._keep(statement, data, at, pos=pos)
        return self.head

    def entry(self, statement: Statement, *, at: str) -> bytes:
        """The bytes that the statement would have as the next entry."""
        stream, pos, sprev = self.state.next_in_stream(statement)
        return build_entry(
            statement.envelope,
            log=self.origin,
            seq=len(self.rows),
            prev=self.head,
            stream=stream,
            pos=pos,
            sprev=sprev,
            at=at,
        )

    def _keep(self, statement: Statement, data: bytes, at: str, *, pos: int | None = None) -> None:
        entry = read_entry(data).entry
        self.rows.append(Row(topic(statement.kind), UUID(entry.stream), pos or entry.pos, data))
        self.head, self.now = leaf_hash(data), at

    def _keys_for(self, kind: str, payload: Mapping[str, Any]) -> tuple[SigningKey, ...]:
        """The keys that the rules ask for; a public key is found by the name that it was made from."""
        needed = signers(kind, payload)
        named = [self._keys.get(signer.key or signer.vkey or "", signer.person or "") for signer in needed]
        return tuple(map(key_of, named))

    # ── what tests need again and again ────────────────────────────────────────────────────────

    def public(self, name: str) -> str:
        """`public_of(name)`, remembered, so that `put` can sign with it."""
        self._keys[public_of(name)] = name
        return public_of(name)

    def log_key(self, name: str) -> str:
        """`log_key_of(name)`, remembered, so that `put` can sign with it."""
        vkey = log_key_of(name, self.origin)
        self._keys[vkey] = name
        return vkey

    def found(self) -> str:
        """The genesis entry: one registrar, the service, one log key."""
        return self.put(
            "ledger-created",
            format=1,
            time_zone="Europe/Berlin",
            registrars=[{"subject": REGISTRAR, "key": self.public(REGISTRAR)}],
            service={"subject": SERVICE, "key": self.public(SERVICE)},
            log_keys=[self.log_key("log")],
        )

    def person(self, name: str, *roles: str) -> str:
        """Registers a person with the key of this name; role member unless told otherwise."""
        key = self.public(name)
        return self.put("key-registered", subject=name, roles=list(roles) or ["member"], key=key)

    def council(self, *members: str, body: str = BODY, weights: Mapping[str, int] | None = None) -> str:
        """Founds the ledger if that is to do, registers people and a body, and seats them all."""
        if self.state.register is None:
            self.found()
        for member in members:
            if not self.state.has_person(member):
                self.person(member)
        if not self.state.has_body(body):
            self.put("body-registered", body=body)
        granted = [
            {"member": member, "weight": (weights or {}).get(member, 1), "group": None} for member in members
        ]
        return self.put("seats-changed", body=body, granted=granted, ended=[])

    def open(self, name: str = "motion", *, at: str | None = None, **fields: Any) -> str:
        """Opens a procedure that the chair closes (`closes_at=None`); returns its id."""
        wanted: dict[str, Any] = {
            "actor": REGISTRAR,
            "procedure": procedure_of(name),
            "body": BODY,
            "items": [item("1")],
            "profile": "simple-majority",
            **fields,
        }
        self.put("procedure-opened", wanted.pop("actor"), at=at, **wanted)
        return str(wanted["procedure"])

    def vote(self, procedure: str, member: str, option: str | dict[str, str], **fields: Any) -> str:
        """Casts or replaces a member's vote; an option stands for item "1"."""
        choices = {"1": option} if isinstance(option, str) else option
        fields = {"member": member, "choices": choices, **fields}
        return self.put("vote-cast", fields.pop("actor", member), procedure=procedure, **fields)

    def withdraw(self, procedure: str, member: str, **fields: Any) -> str:
        """Takes a member's vote back."""
        fields = {"member": member, **fields}
        return self.put("vote-withdrawn", fields.pop("actor", member), procedure=procedure, **fields)

    def close(self, procedure: str, actor: str = REGISTRAR, **fields: Any) -> str:
        """Closes a procedure with the true seal, unless told otherwise."""
        return self.put("procedure-closed", actor, procedure=procedure, **fields)


def procedure_of(name: str) -> str:
    """The id of a procedure that a test calls `name`."""
    return str(UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4))


def item(name: str, *options: str, polarity: str = "for") -> dict[str, Any]:
    """An item of a ballot paper; options yes, no and abstain unless told otherwise."""
    return {"id": name, "wording": None, "options": list(options or YES_NO), "polarity": polarity}


def document(content: str, *, about: str | None = None) -> dict[str, Any]:
    """The announcement of a document with this content."""
    data = content.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return {"sha256": sha256, "size": len(data), "media_type": "application/pdf", "item": about}
