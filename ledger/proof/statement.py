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
from ledger.proof.vote import read_vote

MAX_PAYLOAD = 16 * 1024  # bytes

_PREFIX = "application/vnd.stimmbuch."
_SUFFIX = ".v1+json"

STREAMS = UUID("8a3c1f0e-5f0b-5d7e-9d0e-6d2f1c7b4a55")
"""Namespace of stream ids that follow from names (RFC 9562 §5.5)."""

ROLES = ("registrar", "clerk", "chair", "member", "service", "portal")

LEGAL_BASES = (
    "gdpr-16",
    *(f"gdpr-17-1-{letter}" for letter in "abcde"),
    "retention-ended",
    "court-order",
)
"""Why something is erased: an article of Regulation (EU) 2016/679 (16: put right; 17 (1) a: not needed any
more, b: consent withdrawn, c: objection, d: unlawful, e: a law demands it), the end of a statutory retention
period, or the order of a court."""

_COMMON: dict[str, s.Check] = {
    "v": s.integer(1, 1),
    "log": s.origin,
    "actor": s.identifier,
    "nonce": s.nonce,
    "issued_at": s.time,
    "seen": s.nullable(s.fields({"size": s.integer(1, 2**53 - 1), "root": s.link})),
}
_HOLDER = s.fields({"subject": s.identifier, "key": s.public_key})
_DOCUMENT = s.fields(
    {
        "sha256": s.sha256_hex,
        "size": s.integer(0, 2**40),
        "media_type": s.media_type,
        "item": s.nullable(s.identifier),
    }
)
_ITEM = s.fields(
    {
        "id": s.identifier,
        "wording": s.nullable(s.disclosure),
        "options": s.listed(s.identifier, at_least=1, at_most=64),
        "polarity": s.one_of("for", "against"),
    },
    {
        "labels": s.mapping(s.identifier, s.disclosure, at_most=64),
        "condition": s.disclosure,
        "valid_months": s.integer(1, 1200),
    },
)
_SEAT = s.fields(
    {
        "member": s.identifier,
        "weight": s.integer(0, 2**32),
        "group": s.nullable(s.identifier),
    },
    {"substitutes": s.listed(s.identifier, at_least=1, at_most=64)},
)
_TRIGGER = s.fields(
    {
        "kind": s.one_of("declared_emergency", "council_resolution"),
        "evidence": s.disclosure,
        "from": s.time,
        "until": s.nullable(s.time),
    }
)
_SUBJECT = s.fields(
    {"simple": s.flag, "urgent": s.flag, "topics": s.listed(s.identifier, at_most=64)},
)
_PROVENANCE = s.fields(
    {"kind": s.one_of("proxy", "portal-attested", "clerk-recorded")},
    {
        "assurance": s.one_of("low", "substantial", "high"),
        "source": s.one_of("paper", "phone", "mail", "in-person"),
        "witness": s.identifier,
    },
)
_ITEMS = s.listed(s.identifier, at_least=1, at_most=64)
_RESULTS = s.mapping(s.identifier, s.result, at_least=1, at_most=64)
_MEMBER: dict[str, s.Check] = {"procedure": s.uuid, "member": s.identifier}
_GROUND: dict[str, s.Check] = {"ground": s.disclosure}
_CHOICES = s.mapping(s.identifier, s.identifier, at_least=1, at_most=64)
_TALLY = s.mapping(s.identifier, s.mapping(s.identifier, s.integer(0, 2**53 - 1), at_most=64), at_most=64)


def _redacted(value: Any) -> None:
    """The digest of a disclosure that stands in another statement."""
    s.disclosure(value)


_MEMBERS: dict[str, tuple[dict[str, s.Check], dict[str, s.Check]]] = {
    "ledger-created": (
        {
            "format": s.integer(1, 1),
            "time_zone": s.zone,
            "registrars": s.listed(_HOLDER, at_least=1, at_most=8),
            "service": _HOLDER,
            "log_keys": s.listed(s.log_key, at_least=1, at_most=8),
        },
        {},
    ),
    "key-registered": (
        {
            "subject": s.identifier,
            "roles": s.listed(s.one_of(*ROLES), at_least=1, at_most=len(ROLES)),
            "key": s.public_key,
        },
        {"name": s.disclosure},
    ),
    "key-rotated": ({"subject": s.identifier, "old": s.public_key, "key": s.public_key}, {}),
    "key-revoked": (
        {
            "subject": s.identifier,
            "key": s.public_key,
            "reason": s.one_of("lost", "compromised", "left", "replaced"),
            "suspect_from": s.nullable(s.integer(0, 2**53 - 1)),
        },
        {},
    ),
    "log-key-rotated": (
        {"old": s.log_key, "new": s.log_key, "second": s.nullable(s.identifier)},
        {},
    ),
    "body-registered": ({"body": s.identifier}, {"name": s.disclosure}),
    "seats-changed": (
        {
            "body": s.identifier,
            "granted": s.listed(_SEAT),
            "ended": s.listed(s.identifier),
        },
        {},
    ),
    "redacted": (
        {
            "stream": s.uuid,
            "digests": s.listed(_redacted, at_most=256),
            "legal_basis": s.one_of(*LEGAL_BASES),
            "authority": s.identifier,
        },
        {"documents": s.listed(s.sha256_hex, at_most=64), "ground": s.disclosure},
    ),
    "anchored": (
        {
            "size": s.integer(1, 2**53 - 1),
            "root": s.link,
            "tsa": s.identifier,
            "token_sha256": s.sha256_hex,
        },
        {},
    ),
    "procedure-opened": (
        {
            "procedure": s.uuid,
            "body": s.identifier,
            "electorate": s.fields({"as_of": s.link, "count": s.integer(0, 2**53 - 1)}),
            "items": s.listed(_ITEM, at_least=1, at_most=64),
            "documents": s.listed(_DOCUMENT, at_most=64),
            "profile": s.anything,
            "chair": s.nullable(s.identifier),
            "opens_at": s.time,
            "closes_at": s.nullable(s.time),
            "time_zone": s.zone,
            "ballot": s.link,
        },
        {
            "title": s.disclosure,
            "source": s.disclosure,
            "replay": s.fields({"held_at": s.nullable(s.time)}),
            "closes_local": s.civil_time,
            "holidays": s.listed(s.day, at_most=400),
            "objections_until": s.time,
            "participants": s.listed(s.identifier, at_least=1, at_most=256),
            "trigger": _TRIGGER,
            "subject": _SUBJECT,
            "repeats": s.uuid,
        },
    ),
    "document-attached": ({"procedure": s.uuid, "document": _DOCUMENT, "ballot": s.link}, {}),
    "vote-cast": (
        {
            "procedure": s.uuid,
            "member": s.identifier,
            "choices": _CHOICES,
            "ballot": s.link,
            "replaces": s.nullable(s.link),
        },
        {"provenance": _PROVENANCE},
    ),
    "vote-withdrawn": (
        {"procedure": s.uuid, "member": s.identifier, "withdraws": s.link},
        {},
    ),
    "casting-vote-given": (
        {"procedure": s.uuid, "member": s.identifier, "choices": _CHOICES, "ballot": s.link},
        {},
    ),
    "presence-recorded": (
        {"procedure": s.uuid, "members": s.listed(s.identifier, at_least=1)},
        {},
    ),
    "procedure-closed": (
        {
            "procedure": s.uuid,
            "reason": s.one_of("deadline", "chair", "objection", "all-voted", "unlosable"),
            "seal": s.fields({"entries": s.integer(1, 2**53 - 1), "first": s.link, "last": s.link}),
            "tally": _TALLY,
        },
        {},
    ),
    "consent-declared": ({**_MEMBER, "items": s.nullable(_ITEMS), "ballot": s.link}, {}),
    "consent-revoked": (_MEMBER, {}),
    "objection-raised": (_MEMBER, _GROUND),
    "secret-ballot-demanded": ({**_MEMBER, "items": _ITEMS}, {}),
    "proxy-given": ({**_MEMBER, "proxy": s.identifier}, {}),
    "proxy-revoked": (_MEMBER, {}),
    "member-excluded": (
        {
            **_MEMBER,
            "items": _ITEMS,
            "reason": s.one_of("own-interest", "relative", "represented", "employer", "took-part", "other"),
        },
        _GROUND,
    ),
    "exclusion-lifted": ({**_MEMBER, "items": _ITEMS}, _GROUND),
    "delivery-recorded": (
        {
            "procedure": s.uuid,
            "members": s.listed(s.identifier, at_least=1),
            "received_at": s.time,
            "closes_at": s.nullable(s.time),
            "how": s.one_of("portal", "mail", "paper", "in-person"),
        },
        {},
    ),
    "substitute-named": (
        {
            **_MEMBER,
            "substitute": s.identifier,
            "reason": s.one_of("absent", "ill", "excluded", "vacant"),
            "received_at": s.time,
            "closes_at": s.nullable(s.time),
        },
        {},
    ),
    "deadline-extended": (
        {
            "procedure": s.uuid,
            "members": s.nullable(s.listed(s.identifier, at_least=1)),
            "closes_at": s.time,
            "reason": s.disclosure,
        },
        {"closes_local": s.civil_time},
    ),
    "attempt-refused": ({"procedure": s.uuid, "code": s.code, "statement": s.sha256_hex}, {}),
    "result-determined": (
        {
            "procedure": s.uuid,
            "tally": _TALLY,
            "outcome": _RESULTS,
            "valid": s.mapping(s.identifier, s.flag, at_least=1, at_most=64),
            "derivation": s.link,
        },
        {"lots": s.mapping(s.identifier, s.identifier, at_least=1, at_most=64)},
    ),
    "result-announced": ({"procedure": s.uuid, "to": s.one_of("members", "everybody")}, {}),
    "result-published": ({"procedure": s.uuid}, {"where": s.disclosure}),
    "result-ratified": ({"procedure": s.uuid, "confirmed": s.flag, "held_at": s.time}, _GROUND),
    "result-suspended": ({"procedure": s.uuid, "until": s.nullable(s.time)}, _GROUND),
    "result-objected": ({"procedure": s.uuid}, _GROUND),
    "result-expired": ({"procedure": s.uuid, "items": _ITEMS}, {}),
    "condition-met": ({"procedure": s.uuid, "items": _ITEMS}, {"evidence": s.disclosure}),
    "result-corrected": (
        {
            "procedure": s.uuid,
            "corrects": s.link,
            "outcome": _RESULTS,
            "witness": s.identifier,
            "ground": s.disclosure,
        },
        {},
    ),
    "result-annulled": (
        {"procedure": s.uuid, "repeated_as": s.nullable(s.uuid)},
        {"ground": s.disclosure},
    ),
}

KINDS = tuple(_MEMBERS)
_SHAPES = {
    kind: s.fields({**_COMMON, **required}, optional) for kind, (required, optional) in _MEMBERS.items()
}
_NAMING = {
    kind: wanted
    for kind, shape in _SHAPES.items()
    if (wanted := [one for one in (s.disclosure, _DOCUMENT) if s.may_hold(shape, one)])
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
        raise BadSignature(f"{statement.kind} needs {len(keys)} signatures, not {len(signatures)}")
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
    required, optional = _MEMBERS[kind]
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
        raise UnknownStatement(f"no statement has the payload type {envelope.payload_type!r}")
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
        raise type(error)(f"{kind}: {error}") from None


def compose(kind: str, payload: dict[str, Any], *keys: SigningKey) -> Statement:
    """A new statement, signed with `keys` in order. Raises what `parse_statement` does."""
    return Statement(kind, payload, sign(payload_type(kind), statement_bytes(kind, payload), *keys))


def statement_bytes(kind: str, payload: dict[str, Any]) -> bytes:
    """The canonical bytes to sign. Raises what `parse_statement` does."""
    check_shape(kind, payload)
    data = dump(payload)
    if len(data) > MAX_PAYLOAD:
        raise TooLarge(f"{len(data)} bytes are more than the {MAX_PAYLOAD} allowed")
    return data
