"""The signed envelope: DSSE v1.0.2, with the one strict shape that may stand in an entry.

The signature covers PAE(payloadType, payload): the type is bound to the bytes, and nothing needs to
be canonicalised to verify. Lengths count bytes.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, NamedTuple, Protocol

from ledger.errors import BadShape, NotCanonical
from ledger.proof.encoding import b64, canonical, parse_json, unb64
from ledger.proof.keys import KEY_ID_HEX

MAX_SIGNATURES = 8
"""Signatures in one envelope. The format needs three at most: old key, new key, registrar."""

MAX_ENVELOPE = 32 * 1024  # bytes, as it arrives over the wire

# Base64 of 64 bytes (Ed25519) or, by a log's other key, of 2,420 bytes (ML-DSA-44).
_SIGNATURE = r'\{"keyid":"([0-9a-f]{%d})","sig":"([A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{3227}=)"\}' % KEY_ID_HEX
_ENVELOPE = re.compile(
    r'\{"payload":"([A-Za-z0-9+/=]*)","payloadType":"([a-z0-9.+/-]{1,127})",'
    r'"signatures":\[((?:%s)(?:,(?:%s)){0,%d})\]\}' % (_SIGNATURE, _SIGNATURE, MAX_SIGNATURES - 1)
)
_ONE_SIGNATURE = re.compile(_SIGNATURE)


class Signing(Protocol):
    """What can sign an envelope: a key in memory, or one in a security module."""

    @property
    def id(self) -> str:
        """The hint that stands beside the signature (`ledger.proof.keys.key_id`)."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`."""
        ...


class Signature(NamedTuple):
    """One signature; `key_id` is a hint, the key is the one that the register holds."""

    key_id: str
    value: bytes


class Envelope:
    """A payload, its type, and the signatures over both. Not to be changed once it is made."""

    __slots__ = ("_json", "digest", "pae", "payload", "payload_type", "signatures")

    def __init__(
        self, payload_type: str, payload: bytes, signatures: tuple[Signature, ...], json: str | None = None
    ) -> None:
        """`json` is the canonical text, where it is known already."""
        self.payload_type = payload_type
        self.payload = payload
        self.signatures = signatures
        # The bytes that are signed; and the statement's identity (32 bytes), unique in a ledger.
        self.pae = pae(payload_type, payload)
        self.digest = hashlib.sha256(self.pae).digest()
        self._json = json

    @property
    def json(self) -> str:
        """The canonical JSON text of the envelope, as it stands in an entry."""
        if self._json is None:
            # Nothing in it needs an escape; a property test compares it with the canonical encoder.
            signatures = ",".join(f'{{"keyid":"{s.key_id}","sig":"{b64(s.value)}"}}' for s in self.signatures)
            self._json = (
                f'{{"payload":"{b64(self.payload)}","payloadType":"{self.payload_type}",'
                f'"signatures":[{signatures}]}}'
            )
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The envelope as plain values, payload and signatures in base64."""
        return {
            "payload": b64(self.payload),
            "payloadType": self.payload_type,
            "signatures": [{"keyid": s.key_id, "sig": b64(s.value)} for s in self.signatures],
        }

    def countersign(self, *keys: Signing) -> Envelope:
        """This envelope with one more signature for each of `keys`."""
        added = tuple(Signature(key.id, key.sign(self.pae)) for key in keys)
        return Envelope(self.payload_type, self.payload, self.signatures + added)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Envelope) and (self.pae, self.signatures) == (other.pae, other.signatures)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Envelope({self.payload_type!r}, {self.digest.hex()})"


def pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE pre-authentication encoding of a type and a payload (protocol §"Signature Definition")."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign(payload_type: str, payload: bytes, *keys: Signing) -> Envelope:
    """An envelope over `payload`, signed with each of `keys` in order."""
    message = pae(payload_type, payload)
    return Envelope(payload_type, payload, tuple(Signature(key.id, key.sign(message)) for key in keys))


def parse_envelope(text: str) -> Envelope:
    """The envelope of its canonical JSON `text`, as it stands in an entry.

    Raises `BadShape` or `BadEncoding`.
    """
    match = _ENVELOPE.fullmatch(text)
    if match is None:
        raise BadShape("this is no DSSE envelope in its canonical form with 1 to 8 signatures")
    signatures = tuple(Signature(hint, unb64(value)) for hint, value in _ONE_SIGNATURE.findall(match[3]))
    return Envelope(match[2], unb64(match[1]), signatures, text)


def receive_envelope(body: bytes) -> Envelope:
    """The envelope in a request body: any JSON writing of it, but only its exact members.

    Raises `TooLarge`, `NotCanonical`, `BadShape` or `BadEncoding`.
    """
    return envelope_from(parse_json(body, limit=MAX_ENVELOPE))


def envelope_from(value: object) -> Envelope:
    """The envelope of plain values, as parsed from JSON. Raises `BadShape` or `BadEncoding`."""
    try:
        return parse_envelope(canonical(value).decode("ascii"))
    except (UnicodeError, NotCanonical):
        raise BadShape("this is no DSSE envelope: payload, payloadType, signatures[keyid, sig]") from None
