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
from ledger.proof.sentences import encodings

MAX_SIGNATURES = 8
"""Signatures in one envelope. The format needs three at most: old key, new key, registrar."""

MAX_ENVELOPE = 32 * 1024  # bytes, as it arrives over the wire

_KEY_ID = r"[0-9a-f]{%d}" % KEY_ID_HEX
_VALUE = r"(?:[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{3227}=)"
"""Base64 of 64 bytes (Ed25519) or, by a log's other key, of 2,420 bytes (ML-DSA-44)."""


def _signature(key_id: str, value: str) -> str:
    return rf'\{{_"keyid"_:_"{key_id}"_,_"sig"_:_"{value}"_\}}'


def _pattern(space: str, at_most: int = MAX_SIGNATURES) -> str:
    """An envelope with its members in canonical order, and `space` wherever JSON allows spaces.

    Groups: payload, type, key id and value of the first signature; of several, all further ones as well.
    """
    first, further = _signature(f"({_KEY_ID})", f"({_VALUE})"), _signature(_KEY_ID, _VALUE)
    more = rf"((?:_,_{further}){{0,{at_most - 1}}})" if at_most > 1 else ""
    text = (
        r'_\{_"payload"_:_"([A-Za-z0-9+/=]*)"_,_"payloadType"_:_"([a-z0-9.+/-]{1,127})"_,_"signatures"_:_'
        rf"\[_{first}{more}_\]_\}}_"
    )
    return text.replace("_", space)


SINGLE = _pattern("", at_most=1)
"""The canonical text of an envelope with one signature, as nearly all have; its groups are what
`single_envelope` takes."""

_CANONICAL, _SPACED = re.compile(_pattern("")), re.compile(_pattern(r"[ \t\r\n]*"))
_FURTHER = re.compile(f'"({_KEY_ID})"[^"]*"sig"[^"]*"({_VALUE})"')


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
    match = _CANONICAL.fullmatch(text)
    if match is None:
        raise BadShape(encodings.NOT_CANONICAL_ENVELOPE)
    return _matched(match, text)


def receive_envelope(body: bytes) -> Envelope:
    """The envelope in a request body: any JSON writing of it, but only its exact members.

    Raises `TooLarge`, `NotCanonical`, `BadShape` or `BadEncoding`.
    """
    # Nearly all clients write the members in this order, and without escapes: then one match has the
    # values, and nothing can stand there twice.
    if len(body) <= MAX_ENVELOPE and body.isascii() and (match := _SPACED.fullmatch(body.decode("ascii"))):
        return _matched(match)
    value = parse_json(body, limit=MAX_ENVELOPE)
    if _is_unsigned(value):
        raise BadShape(encodings.NOT_SIGNED)
    return envelope_from(value)


def _is_unsigned(value: object) -> bool:
    """Whether this is what a signature is made over: a prepared payload, or the payload alone."""
    if not isinstance(value, dict) or value.get("signatures"):
        return False
    return {"payload", "payloadType"} <= value.keys() or {"actor", "nonce", "log"} <= value.keys()


def envelope_from(value: object) -> Envelope:
    """The envelope of plain values, as parsed from JSON. Raises `BadShape` or `BadEncoding`."""
    try:
        return parse_envelope(canonical(value).decode("ascii"))
    except (UnicodeError, NotCanonical):
        raise BadShape(encodings.NO_ENVELOPE) from None


def single_envelope(payload: str, payload_type: str, key_id: str, value: str) -> Envelope:
    """The envelope whose text matched `SINGLE`. Raises `BadEncoding`."""
    signature = Signature(key_id, unb64(value))
    return Envelope(payload_type, unb64(payload), (signature,))


def _matched(match: re.Match[str], text: str | None = None) -> Envelope:
    payload, payload_type, key_id, value, further = match.groups()
    signatures = [Signature(key_id, unb64(value))]
    if further:
        signatures += (Signature(k, unb64(v)) for k, v in _FURTHER.findall(further))
    return Envelope(payload_type, unb64(payload), tuple(signatures), text)
