"""Statements: what a person or a service signs, with the exact members of each kind.

A statement's payload is canonical JSON of at most 16 KiB. Its kind stands in the envelope's
payload type, `application/vnd.stimmbuch.<kind>.v1+json`, which is signed with it. Nothing here
knows a rule: whether a statement is allowed is decided in `ledger.domain`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from ledger.errors import BadEncoding, BadKey, BadShape, BadSignature, TooLarge, UnknownStatement
from ledger.proof import mldsa
from ledger.proof import shapes as s
from ledger.proof.dsse import Envelope, sign
from ledger.proof.encoding import dump, parse_canonical
from ledger.proof.keys import KEY_BYTES, SigningKey, verify
from ledger.proof.kinds import COMMON, DOCUMENT, MEMBERS
from ledger.proof.sentences import encodings
from ledger.proof.sentences import shapes as sentences
from ledger.proof.vote import read_vote, write_vote

MAX_PAYLOAD = 16 * 1024  # bytes

_PREFIX = "application/vnd.stimmbuch."
_SUFFIX = ".v1+json"

STREAMS = UUID("8a3c1f0e-5f0b-5d7e-9d0e-6d2f1c7b4a55")
"""Namespace of stream ids that follow from names (RFC 9562 §5.5)."""

KINDS = tuple(MEMBERS)
_SHAPES = {kind: s.fields({**COMMON, **required}, optional) for kind, (required, optional) in MEMBERS.items()}
_NAMING = {
    kind: wanted
    for kind, shape in _SHAPES.items()
    if (wanted := [one for one in (s.disclosure, DOCUMENT) if s.may_hold(shape, one)])
}
"""Kinds with digests of disclosures or documents in them, and which of the two."""
_KIND_OF = {f"{_PREFIX}{kind}{_SUFFIX}": kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Statement:
    """A parsed statement: its kind, its payload's values, and the envelope they came in."""

    kind: str
    payload: dict[str, Any]
    envelope: Envelope

    @property
    def actor(self) -> str:
        """Id of the person or service who speaks."""
        return str(self.payload["actor"])


@dataclass(frozen=True, slots=True, init=False)
class Composed(Statement):
    """A statement that this process has just signed itself, and the public keys of those keys, in order.

    To make one is to sign: there is no way to give it a signature, or to say which keys made it. So its
    signatures are under `keys`, and to verify them says nothing more about anybody's will: whoever has
    the private keys at hand can make every signature under them. It is never made from bytes, never
    stored, and never sent: a statement that arrives, or is read from a log, is a plain `Statement`.
    """

    keys: tuple[bytes, ...]

    def __init__(self, kind: str, payload: dict[str, Any], *keys: SigningKey) -> None:
        """Signs with `keys`, which are in memory. Raises what `parse_statement` does."""
        envelope = sign(payload_type(kind), statement_bytes(kind, payload), *keys)
        Statement.__init__(self, kind, payload, envelope)
        object.__setattr__(self, "keys", tuple(key.public for key in keys))


@lru_cache(maxsize=1024)
def _uuid(text: str) -> UUID:
    return UUID(text)


@lru_cache(maxsize=64)
def register_stream(origin: str) -> UUID:
    """The stream of a ledger's register."""
    return uuid5(STREAMS, f"{origin} register")


def procedure_id(origin: str, name: str) -> UUID:
    """The id of a procedure that is named by its source, for instance in a roll-call file."""
    return uuid5(STREAMS, f"{origin} procedure {name}")


def stream_of(statement: Statement, origin: str) -> UUID:
    """The stream to which a statement belongs: its procedure's, or the register's."""
    procedure = statement.payload.get("procedure")
    return _uuid(procedure) if procedure is not None else register_stream(origin)


def stream_name(statement: Statement, origin: str) -> str:
    """The same as text, as entries write it."""
    procedure: str | None = statement.payload.get("procedure")
    return str(register_stream(origin)) if procedure is None else procedure


def verify_signatures(statement: Statement, keys: Sequence[bytes]) -> None:
    """Returns if the envelope has exactly one good signature for each of `keys`, in this order.

    Raises `BadSignature`.
    """
    signatures = statement.envelope.signatures
    if len(signatures) != len(keys):
        raise BadSignature(
            encodings.SIGNATURES_NEEDED, kind=statement.kind, needed=len(keys), found=len(signatures)
        )
    for key, signature in zip(keys, signatures, strict=True):
        # By the key that the register holds, never by what the envelope looks like.
        check = verify if len(key) == KEY_BYTES else mldsa.verify
        check(key, signature.value, statement.envelope.pae)


def beside(kind: str, payload: Any) -> Iterator[str]:
    """The digests in a statement of what lies beside the log: disclosures (base64url), documents (hex)."""
    for wanted in _NAMING.get(kind, ()):
        for found in s.held(_SHAPES[kind], wanted, payload):
            yield found if wanted is s.disclosure else found["sha256"]


def members(kind: str) -> tuple[list[str], list[str]]:
    """Names of the required and the optional members of a kind, without those of every statement."""
    required, optional = MEMBERS[kind]
    return list(required), list(optional)


def payload_type(kind: str) -> str:
    """The DSSE payload type of a kind of statement."""
    return f"{_PREFIX}{kind}{_SUFFIX}"


def topic(kind: str) -> str:
    """The event topic of a kind of statement: stored with every entry, never to be changed."""
    return f"stimmbuch.{kind}.v1"


def parse_statement(envelope: Envelope) -> Statement:
    """The statement in an envelope; its signatures are not looked at.

    Raises `UnknownStatement`, `TooLarge`, `NotCanonical`, `BadShape`, `BadEncoding` or `BadKey`.
    """
    kind = _KIND_OF.get(envelope.payload_type)
    if kind is None:
        raise UnknownStatement(encodings.UNKNOWN_TYPE, kind=envelope.payload_type)
    payload = read_vote(envelope.payload) if kind == "vote-cast" else None
    if payload is None:
        payload = parse_canonical(envelope.payload, limit=MAX_PAYLOAD)
        check_shape(kind, payload)
    return Statement(kind, payload, envelope)


def check_shape(kind: str, payload: Any) -> None:
    """Returns if `payload` has the exact members of `kind`; raises what `parse_statement` does."""
    try:
        _SHAPES[kind](payload)
    except (BadShape, BadEncoding, BadKey) as error:
        raise type(error)(sentences.IN_FIELD, field=kind, error=error) from None


def compose(kind: str, payload: dict[str, Any], *keys: SigningKey) -> Composed:
    """A new statement, signed with `keys` in order. Raises what `parse_statement` does."""
    return Composed(kind, payload, *keys)


def statement_bytes(kind: str, payload: dict[str, Any]) -> bytes:
    """The canonical bytes to sign. Raises what `parse_statement` does."""
    if kind == "vote-cast" and (vote := write_vote(payload)) is not None:
        return vote
    check_shape(kind, payload)
    data = dump(payload)
    if len(data) > MAX_PAYLOAD:
        raise TooLarge(encodings.MORE_BYTES, size=len(data), limit=MAX_PAYLOAD)
    return data
