"""The ledger as it stands after some entry: the register and the procedures, and what may come next.

The same code decides a new statement (the committer), follows what other processes appended, and
replays history under the rules (the verifier): there is one place where it is decided.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.domain import OriginatorVersionError

from ledger.domain.bodies import Body
from ledger.domain.counting import derivation
from ledger.domain.procedure import Procedure
from ledger.domain.register import Register
from ledger.domain.sentences import ledgers
from ledger.domain.signers import Signer, signers
from ledger.domain.statements import IN_A_PROCEDURE
from ledger.domain.values import Electorate, Place
from ledger.errors import (
    AlreadyRegistered,
    BadSignature,
    KeyNotLive,
    NotAllowed,
    NotFound,
    ProofError,
    UnknownActor,
    UnknownKey,
    WrongBallot,
    WrongLog,
    WrongResult,
)
from ledger.mapper import Reading, event_kind, event_of
from ledger.proof.ballot import ballot_digest, value_digest
from ledger.proof.encoding import unb64
from ledger.proof.entry import NO_LINK
from ledger.proof.keys import key_id
from ledger.proof.sentences import encodings, verification
from ledger.proof.statement import (
    KIND_OF_TOPIC,
    Statement,
    beside,
    register_stream,
    stream_of,
)
from ledger.proof.verification_key import parse_verification_key

MAX_PROCEDURES = 256
"""Procedures kept in memory. Others are loaded again when they are needed."""


class Next(NamedTuple):
    """Where a statement's entry goes in its stream."""

    stream: UUID
    pos: int
    sprev: str


class State:
    """Register and procedures of one ledger. Not safe for several writing threads; reading keys is."""

    def __init__(self, origin: str, load: Callable[[UUID], Iterable[tuple[str, int, Reading]]]) -> None:
        """`load` gives topic, position and reading of a stream's entries, as far as this state goes."""
        self.origin = origin
        self.register: Register | None = None
        self.register_id = register_stream(origin)
        self._load = load
        self._procedures: OrderedDict[UUID, Procedure] = OrderedDict()
        self._latest: tuple[UUID | None, Procedure | None] = None, None  # the last of them
        # By stream: the digests of what lies beside the log, for the streams that are in memory.
        self._beside: dict[UUID, set[str]] = {}
        # Version of the register, and which keys of whom were found live at it.
        self._live: tuple[int, dict[tuple[str, str], bytes]] = 0, {}
        self._live_keys: tuple[int, set[tuple[str, bytes]]] = 0, set()

    # ── questions ──────────────────────────────────────────────────────────────────────────────

    @property
    def register_version(self) -> int:
        """Number of the register's entries: keys and seats are the same while it is."""
        return 0 if self.register is None else self.register.version

    def signing_keys(self, statement: Statement) -> list[bytes]:
        """Public keys that must have signed, in order. Raises `UnknownKey`, `KeyNotLive`, `BadSignature`."""
        kind, signatures = statement.kind, statement.envelope.signatures
        needed = signers(kind, statement.payload)
        if len(needed) != len(signatures):
            found = len(signatures)
            raise BadSignature(encodings.SIGNATURES_NEEDED, kind=kind, needed=len(needed), found=found)
        return list(map(self._public_key, needed, (one.key_id for one in signatures)))

    def person_key(self, person: str, hint: str) -> bytes:
        """The live public key of a person that has this id. Raises `UnknownKey`, `KeyNotLive`.

        Remembered as long as nothing happens in the register.
        """
        version, known = self._live
        if version != self.register_version:  # one pair: a thread that still has the old one keeps to it
            version, known = self._live = self.register_version, {}
        key = known.get((person, hint))
        if key is None:
            key = known[person, hint] = _public(self._key_of(Signer(person), hint)).key
        return key

    def live_keys(self) -> set[tuple[str, bytes]]:
        """Person and public key, of those for which `is_live` said so since the register was changed last."""
        version, keys = self._live_keys
        if version != self.register_version:
            _, keys = self._live_keys = self.register_version, set()
        return keys

    def is_live(self, person: str, key: bytes) -> bool:
        """Whether this is a live public key of the person. Raises `UnknownKey`, `KeyNotLive`."""
        live = self.person_key(person, key_id(key)) == key
        if live:
            self.live_keys().add((person, key))
        return live

    def electorate(self, body: str, as_of: str) -> Electorate:
        """The electorate to which an opening refers."""
        return self._register().body(body).electorate(as_of)

    def has_person(self, subject: str) -> bool:
        """Whether somebody of this id is registered."""
        return self.register is not None and subject in self.register.people

    def has_body(self, body: str) -> bool:
        """Whether a body of this id is registered."""
        return self.register is not None and body in self.register.bodies

    def body(self, body: str) -> Body:
        """A registered body. Raises `UnknownActor`."""
        return self._register().body(body)

    def known(self, stream: UUID) -> Procedure | None:
        """The procedure as it stands, or None."""
        return self._find(stream)

    def procedure(self, stream: UUID) -> Procedure:
        """The procedure as it stands. Raises `NotFound`."""
        procedure = self._find(stream)
        if procedure is None:
            raise NotFound(ledgers.NO_PROCEDURE, stream=stream)
        return procedure

    def next_in_stream(self, statement: Statement) -> Next:
        """The place of the statement's entry in its stream, if it is allowed."""
        stream = stream_of(statement, self.origin)
        aggregate = self.register if stream == self.register_id else self._find(stream)
        if aggregate is None:
            return Next(stream, 1, NO_LINK)
        return Next(stream, aggregate.version + 1, aggregate.latest.leaf)

    # ── deciding ───────────────────────────────────────────────────────────────────────────────

    def decide(self, statement: Statement, place: Place) -> None:
        """Applies the statement if the rules allow it here; raises `Refused`, `Invalid` or `NotFound`."""
        if statement.payload["log"] != self.origin:
            raise WrongLog(ledgers.ANOTHER_LOG, named=statement.payload["log"], own=self.origin)
        stream = stream_of(statement, self.origin)
        if statement.kind in IN_A_PROCEDURE:  # nearly all
            self._decide_in(self.procedure(stream), statement, place)
        elif statement.kind == "ledger-created":
            self._create(statement, place)
        elif statement.kind == "redacted":
            self._redact(statement.payload, place)
        elif statement.kind in _REGISTER_COMMANDS:
            _REGISTER_COMMANDS[statement.kind](self._register(), statement.payload, place)
        elif statement.kind == "procedure-opened":
            self._open(statement, place)
        else:
            raise NotAllowed(ledgers.NOTHING_DECIDES, kind=statement.kind)
        self._note(statement.kind, stream, statement.payload)

    def _create(self, statement: Statement, place: Place) -> None:
        if self.register is not None:
            raise AlreadyRegistered(ledgers.LEDGER_CREATED)
        self.register = Register.create(statement.payload, place, stream=self.register_id)
        self.register.pending_events.clear()  # what is stored is the entry, by the committer

    def _redact(self, payload: dict[str, Any], place: Place) -> None:
        stream = UUID(payload["stream"])
        if stream != self.register_id:
            self.procedure(stream)  # brings it into memory, with its digests
        self._register().redact(payload, place, known=self._beside.get(stream, ()))

    def _open(self, statement: Statement, place: Place) -> None:
        stream = stream_of(statement, self.origin)
        if stream == self.register_id or self._find(stream) is not None:
            raise AlreadyRegistered(ledgers.PROCEDURE_EXISTS, stream=stream)
        _require_ballot(statement.payload["ballot"], ballot_digest(statement.payload, []))
        repeats = statement.payload.get("repeats")
        repeated = self._find(UUID(repeats)) if repeats else None
        procedure = Procedure.open(statement.payload, place, register=self._register(), repeated=repeated)
        procedure.pending_events.clear()
        self._keep(stream, procedure)

    def _decide_in(self, procedure: Procedure, statement: Statement, place: Place) -> None:
        kind, payload = statement.kind, statement.payload
        if kind == "document-attached":
            attached = [*procedure.attached, payload["document"]]
            _require_ballot(payload["ballot"], ballot_digest(procedure.opening, attached))
        if kind == "result-determined" and procedure.closing is not None:
            _require_derivation(procedure, payload)
        procedure.accept(kind, payload, place, self._register())

    # ── following ──────────────────────────────────────────────────────────────────────────────

    def follows(self, stream: UUID) -> bool:
        """Whether entries of this stream matter to what is in memory."""
        return stream == self.register_id or stream in self._procedures

    def apply(self, event_topic: str, stream: UUID, pos: int, reading: Reading) -> None:
        """Applies an entry of the log without asking the rules: it has been decided before.

        Raises `ProofError` if nothing of the kind can stand there: a stream that begins twice or in
        the middle, or an entry of the register in a procedure's stream.
        """
        event_class, begun, _ = event_kind(event_topic)
        of_register = "procedure" not in reading.payload
        held: Any
        if stream is self._latest[0]:  # as in `_find`
            held, misplaced = self._latest[1], of_register
        else:
            held = self.register if of_register else self._procedures.get(stream)
            misplaced = of_register != (stream == self.register_id)
        begins = begun is not None
        if begins != (held is None) or misplaced:
            place = {"seq": reading.place.seq, "stream": stream}
            raise ProofError(verification.CANNOT_STAND, check="2.3", **place)
        if begins:
            event: Any = event_of(event_topic, stream, pos, reading, self.electorate)
            held = event.mutate(None)
        elif pos != held.version + 1:
            raise OriginatorVersionError(pos, held.version + 1)
        else:
            held.record(event_class, reading.payload, reading.place)
        if of_register:
            self.register = held
        elif begins or stream is not self._latest[0]:
            self._keep(stream, held)
        self._note(KIND_OF_TOPIC[event_topic], stream, reading.payload)

    # ── inside ─────────────────────────────────────────────────────────────────────────────────

    def _register(self) -> Register:
        if self.register is None:
            raise NotAllowed(ledgers.FIRST_ENTRY)
        return self.register

    def _find(self, stream: UUID) -> Procedure | None:
        if stream is self._latest[0]:  # votes come together; and a UUID takes its time to be hashed
            return self._latest[1]
        procedure = self._procedures.get(stream)
        if procedure is not None:
            self._keep(stream, procedure)
            return procedure
        if stream == self.register_id:
            return None
        for event_topic, pos, reading in self._load(stream):
            self.apply(event_topic, stream, pos, reading)
        return self._procedures.get(stream)

    def _keep(self, stream: UUID, procedure: Procedure) -> None:
        self._procedures[stream] = procedure
        self._procedures.move_to_end(stream)
        self._latest = stream, procedure

    def _note(self, kind: str, stream: UUID, payload: dict[str, Any]) -> None:
        """Remembers what of a statement that was applied lies beside the log."""
        for digest in beside(kind, payload):
            self._beside.setdefault(stream, set()).add(digest)

    def forget_votes(self, procedure: str) -> None:
        """Drops the single votes of a closed procedure: the counts stay, and nothing more is asked."""
        self.procedure(UUID(procedure)).forget_votes()

    def shrink(self) -> None:
        """Forgets the procedures that were not used for longest. Never in the middle of a batch."""
        while len(self._procedures) > MAX_PROCEDURES:
            stream, _ = self._procedures.popitem(last=False)
            self._beside.pop(stream, None)

    def _public_key(self, signer: Signer, hint: str) -> bytes:
        if signer.vkey:
            return parse_verification_key(signer.vkey).key
        if signer.person is None or signer.key is not None:
            return _public(self._key_of(signer, hint)).key
        return self.person_key(signer.person, hint)

    def _key_of(self, signer: Signer, hint: str) -> str:
        if signer.person is None:
            return str(signer.key)
        try:
            person = self._register().person(signer.person)
        except UnknownActor as error:
            raise UnknownKey(ledgers.NO_KEY_AT_ALL, person=signer.person) from error
        for key, life in person.keys.items():
            if _public(key).id == hint and signer.key in (None, key):
                if life.ended is not None:
                    raise KeyNotLive(ledgers.KEY_ENDED, key=hint, person=signer.person, entry=life.ended)
                return key
        raise UnknownKey(ledgers.NO_SUCH_KEY, person=signer.person, key=hint)


class _Public(NamedTuple):
    key: bytes
    id: str


@lru_cache(maxsize=65536)
def _public(key: str) -> _Public:
    data = unb64(key)
    return _Public(data, key_id(data))


def _require_ballot(named: str, computed: str) -> None:
    if named != computed:
        raise WrongBallot(ledgers.BALLOT_DIGEST, computed=computed, signed=named)


def derivation_digest(procedure: Procedure, lots: Mapping[str, str]) -> str:
    """Digest of the derivation of every item, as a determination signs it."""
    return value_digest(
        derivation({item: procedure.outcome(item, lots.get(item)) for item in procedure.items})
    )


def _require_derivation(procedure: Procedure, payload: Mapping[str, Any]) -> None:
    computed = derivation_digest(procedure, payload.get("lots", {}))
    if payload["derivation"] != computed:
        raise WrongResult(ledgers.DERIVATION_DIGEST, computed=computed)


_REGISTER_COMMANDS = {
    "key-registered": Register.register_key,
    "key-rotated": Register.rotate_key,
    "key-revoked": Register.revoke_key,
    "log-key-rotated": Register.rotate_log_key,
    "anchored": Register.anchor,
    "body-registered": Register.register_body,
    "seats-changed": Register.change_seats,
}
