"""A town that votes: real statements, signed with real keys, recorded by a real ledger in a real store.

::

    town = a_town(store, members=5)            # founded; clerk "clerk", chair "chair", members "m1" … "m5"
    motion = town.open("New roof", closes_in=3600)         # by the clerk; the procedure's id
    town.vote(motion, "m1", "yes")             # also: withdraw, attach, presence, casting_vote
    town.clock.advance(3600)
    town.close(motion, "service")              # also: annul
    town.put("key-revoked", "registrar", subject="m2", key=town.public("m2"), reason="lost",
             suspect_from=None)                # any statement: kind, actor, fields
    town.statement("vote-cast", "m1", …)       # signed and not sent: `.envelope` is what a client would post

What is not named is filled in as `ledger.prepare` does it; what is named is taken as it is, so that a
stale statement can be sent. Refusals are raised. Keys and nonces follow from the seed and the clock stands
still until it is moved (by one second for each statement), so equal calls make equal logs, byte for byte,
on every backend.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from ledger.application import VotingLedger
from ledger.domain.signers import signers
from ledger.founding import keys_of
from ledger.keyfile import write_key
from ledger.log_key.keyring import FIRST, Keyring
from ledger.log_key.signers import as_signers
from ledger.prepare import prepare
from ledger.proof.encoding import b64, parse_canonical
from ledger.proof.keys import SigningKey
from ledger.proof.note import verification_key
from ledger.proof.statement import MAX_PAYLOAD, Statement, compose, procedure_id
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.signer import Signer
from ledger.receipt import Receipt
from ledger.rfc3339 import utc
from ledger.storage import Store

ORIGIN = "ledger.example.org/town"
START = "2026-03-02T08:00:00.000Z"
REGISTRAR, SERVICE, CLERK, CHAIR, BODY = "registrar", "service", "clerk", "chair", "council"
YES_NO = ("yes", "no", "abstain")


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, now: str = START) -> None:
        self.now = now

    def __call__(self) -> str:
        """The time as entries write it."""
        return self.now

    def advance(self, seconds: float) -> str:
        """Moves the clock on; returns the time."""
        self.now = self.later(seconds)
        return self.now

    def later(self, seconds: float) -> str:
        """The time it will be then."""
        moment = datetime.fromisoformat(self.now) + timedelta(seconds=seconds)
        return utc(moment)


class LedgerBuilder:
    """Speaks for everybody in a ledger. `ledger` must run on `clock`."""

    def __init__(self, ledger: VotingLedger, clock: Clock, *, seed: str = "town") -> None:
        self.ledger, self.clock, self.seed = ledger, clock, seed
        self._names: dict[str, str] = {}
        self._nonces = 0

    @classmethod
    def on(cls, store: Store, *, seed: str = "town", origin: str = ORIGIN) -> Self:
        """A builder with a new ledger on an empty store; closing the ledger closes the store."""
        clock = Clock()
        return cls(VotingLedger(store, clock=clock, origin=origin), clock, seed=seed)

    # ── keys and statements ────────────────────────────────────────────────────────────────────

    def key(self, name: str) -> SigningKey:
        """The key that belongs to a name; `m1/2` may serve as a second one of m1."""
        key = SigningKey(hashlib.sha256(f"{self.seed}: key of {name}".encode()).digest())
        self._names[b64(key.public)] = name
        return key

    def public(self, name: str) -> str:
        """The public key that belongs to a name, in base64."""
        return b64(self.key(name).public)

    def log_key(self, name: str) -> str:
        """The log key (vkey) that belongs to a name."""
        vkey = verification_key(self.ledger.origin, self.key(name).public)
        self._names[vkey] = name
        return vkey

    def statement(
        self, kind: str, actor: str, *, keys: Iterable[SigningKey] | None = None, **fields: Any
    ) -> Statement:
        """A signed statement, not sent; `keys` in place of those that the rules ask for."""
        self._nonces += 1
        nonce = hashlib.sha256(f"{self.seed}: nonce {self._nonces}".encode()).digest()[:16]
        wanted = {"actor": actor, **fields}
        with self.ledger.current() as state:
            payload = prepare(kind, wanted, state, now=self.clock(), nonce=nonce)
        values = parse_canonical(payload, limit=MAX_PAYLOAD)
        return compose(kind, values, *(self._keys(kind, values) if keys is None else keys))

    def send(self, statement: Statement) -> Receipt:
        """Records a statement, one second later than the last one. Raises what refuses it."""
        self.clock.advance(1)
        return self.ledger.submit(statement.envelope)

    def put(
        self, kind: str, actor: str, *, keys: Iterable[SigningKey] | None = None, **fields: Any
    ) -> Receipt:
        """Makes, signs and records a statement. Raises what refuses it."""
        return self.send(self.statement(kind, actor, keys=keys, **fields))

    def _keys(self, kind: str, payload: Mapping[str, Any]) -> list[SigningKey]:
        """Those that the rules ask for. A key that is named must have been made here before (`public`)."""
        named = ((signer.person, signer.key or signer.vkey) for signer in signers(kind, payload))
        return [self.key(person or "" if key is None else self._names[key]) for person, key in named]

    # ── people ─────────────────────────────────────────────────────────────────────────────────

    def found(self, time_zone: str = "Europe/Berlin") -> Receipt:
        """The first entry: one registrar, the service, one log key, which the service finds in the home."""
        _keep_log_key(self)
        return self.put(
            "ledger-created",
            REGISTRAR,
            format=1,
            time_zone=time_zone,
            registrars=[{"subject": REGISTRAR, "key": self.public(REGISTRAR)}],
            service={"subject": SERVICE, "key": self.public(SERVICE)},
            log_keys=[self.log_key("log")],
        )

    def person(self, name: str, *roles: str, **fields: Any) -> Receipt:
        """Registers a person with the key of this name; role member unless told otherwise."""
        key = self.public(name)
        roles = roles or ("member",)
        return self.put("key-registered", REGISTRAR, subject=name, roles=list(roles), key=key, **fields)

    def seat(
        self,
        members: Iterable[str] | Mapping[str, int],
        *,
        body: str = BODY,
        ended: Iterable[str] = (),
        group: str | None = None,
    ) -> Receipt:
        """Grants seats in a body, with weights if given, all of one group, and ends others."""
        weights = members if isinstance(members, Mapping) else dict.fromkeys(members, 1)
        granted = [{"member": name, "weight": weight, "group": group} for name, weight in weights.items()]
        return self.put("seats-changed", CLERK, body=body, granted=granted, ended=list(ended))

    # ── procedures ─────────────────────────────────────────────────────────────────────────────

    def open(
        self, name: str = "motion", *, actor: str = CLERK, closes_in: float | None = None, **fields: Any
    ) -> str:
        """Opens a procedure and returns its id, which follows from `name`.

        Item "1" with yes, no and abstain, simple majority; without `closes_in` (seconds) the chair
        or the clerk closes it. A profile's `deadline` follows, unless the profile is given in full.
        """
        wanted: dict[str, Any] = {
            "procedure": str(procedure_id(self.ledger.origin, name)),
            "body": BODY,
            "items": [item("1")],
            "profile": "simple-majority",
            "chair": CHAIR,
            **fields,
        }
        if closes_in is not None:
            wanted["closes_at"] = self.clock.later(closes_in)
            if wanted["profile"] == "simple-majority":
                wanted["profile"] = "nkomvg-66"
        self.put("procedure-opened", actor, **wanted)
        return str(wanted["procedure"])

    def vote(
        self, procedure: str, member: str, choices: str | Mapping[str, str] = "yes", **fields: Any
    ) -> Receipt:
        """Casts or replaces a member's vote; a single option is meant for item "1"."""
        named = {"1": choices} if isinstance(choices, str) else dict(choices)
        return self.put("vote-cast", member, procedure=procedure, member=member, choices=named, **fields)

    def withdraw(self, procedure: str, member: str, **fields: Any) -> Receipt:
        """Takes a member's vote back."""
        return self.put("vote-withdrawn", member, procedure=procedure, member=member, **fields)

    def casting_vote(self, procedure: str, option: str, member: str = CHAIR, **fields: Any) -> Receipt:
        """The chair's vote on item "1" in case of a tie."""
        choices = {"1": option}
        return self.put(
            "casting-vote-given", member, procedure=procedure, member=member, choices=choices, **fields
        )

    def attach(self, procedure: str, content: str, *, actor: str = CLERK, **fields: Any) -> Receipt:
        """Announces a document with this content."""
        return self.put("document-attached", actor, procedure=procedure, document=document(content), **fields)

    def presence(self, procedure: str, *members: str, actor: str = CLERK) -> Receipt:
        """Records members as present."""
        return self.put("presence-recorded", actor, procedure=procedure, members=list(members))

    def close(self, procedure: str, actor: str = CLERK, **fields: Any) -> Receipt:
        """Closes a procedure with the true seal and tally, unless told otherwise."""
        return self.put("procedure-closed", actor, procedure=procedure, **fields)

    def annul(self, procedure: str, actor: str = CLERK, *, repeated_as: str | None = None) -> Receipt:
        """Annuls the result of a closed procedure."""
        return self.put("result-annulled", actor, procedure=procedure, repeated_as=repeated_as)


def a_town(store: Store, *, members: int = 5, seed: str = "town", origin: str = ORIGIN) -> LedgerBuilder:
    """A founded ledger with a clerk, a chair, and the members m1, m2, … seated in one body."""
    town = LedgerBuilder.on(store, seed=seed, origin=origin)
    town.found()
    town.person(CLERK, "clerk")
    town.person(CHAIR, "chair", "member")
    names = [f"m{number}" for number in range(1, members + 1)]
    for name in names:
        town.person(name)
    town.put("body-registered", CLERK, body=BODY)
    if names:
        town.seat(names)
    return town


def item(name: str, *options: str, polarity: str = "for", public: bool | None = None) -> dict[str, Any]:
    """An item of a ballot paper; options yes, no and abstain unless told otherwise."""
    said = {} if public is None else {"public": public}
    return {"id": name, "wording": None, "options": list(options or YES_NO), "polarity": polarity, **said}


def document(content: str, *, about: str | None = None) -> dict[str, Any]:
    """The announcement of a document with this content."""
    data = content.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return {"sha256": sha256, "size": len(data), "media_type": "application/pdf", "item": about}


def _keep_log_key(town: LedgerBuilder) -> None:
    """Puts the log's private key and the signer's memory where the service looks for them."""
    home, origin, path = (
        town.ledger.store.home,
        town.ledger.origin,
        keys_of(town.ledger.store.home) / FIRST[0],
    )
    if not path.exists():
        write_key(path, town.key("log").seed)
        ring = Keyring(path.parent)
        signers = as_signers([ring.open(FIRST[0])], (), origin, town.clock)
        Signer(home / SIGNER, origin, lambda: signers).begin()
