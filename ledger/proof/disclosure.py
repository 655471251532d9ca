"""Salted disclosures: names and texts that lie beside the log (RFC 9901 §4.2.1–4.2.3).

An entry holds the digest only. Without the salt (128 random bits) nobody can find out the text by
guessing; with it everybody can check it; when salt and text are erased, the proof still holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any, NamedTuple

from ledger.errors import BadShape, NotCanonical, ProofError, TooLarge
from ledger.proof.encoding import parse_json
from ledger.proof.sentences import encodings, verification

MAX_DISCLOSURE = 64 * 1024  # bytes of the encoded form
SALT_BYTES = 16


class Disclosure(NamedTuple):
    """A disclosed value: `encoded` is what is stored and hashed, byte for byte."""

    name: str
    value: str
    encoded: str

    @property
    def digest(self) -> str:
        """base64url (no padding) of SHA-256 over the ASCII of `encoded`: what stands in the entry."""
        return _b64url(hashlib.sha256(self.encoded.encode("ascii")).digest())


def disclose(name: str, value: str, salt: bytes) -> Disclosure:
    """A new disclosure. `salt` are 16 fresh random bytes. Raises `BadShape` or `TooLarge`."""
    if len(salt) != SALT_BYTES:
        raise BadShape(encodings.SALT_LENGTH, wanted=SALT_BYTES, found=len(salt))
    text = json.dumps([_b64url(salt), name, value], ensure_ascii=False)
    try:
        encoded = _b64url(text.encode("utf-8"))
    except UnicodeError as error:
        raise BadShape(encodings.TEXT_NOT_UNICODE, name=name, error=error) from None
    _check_size(encoded)
    return Disclosure(name, value, encoded)


def read_disclosure(encoded: str, digest: str | None = None) -> Disclosure:
    """The disclosure of its encoded form.

    Raises `BadShape` or `TooLarge`, and `ProofError` if it has another digest than `digest`.
    """
    value = _decode(encoded)
    if not (isinstance(value, list) and len(value) == 3 and all(isinstance(part, str) for part in value)):
        raise BadShape(encodings.DISCLOSURE_IS)
    found = Disclosure(value[1], value[2], encoded)
    if digest is not None and found.digest != digest:
        raise ProofError(verification.OTHER_DISCLOSURE, found=found.digest, digest=digest, check="7.3")
    return found


def _decode(encoded: str) -> Any:
    _check_size(encoded)
    try:
        data = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except ValueError:
        raise BadShape(encodings.DISCLOSURE_BASE64) from None
    if _b64url(data) != encoded:
        raise BadShape(encodings.DISCLOSURE_IN_ONE_WAY)
    try:
        return parse_json(data, limit=MAX_DISCLOSURE)
    except NotCanonical as error:
        raise BadShape(encodings.DISCLOSURE_JSON, error=error) from None


def _check_size(encoded: str) -> None:
    if len(encoded) > MAX_DISCLOSURE:
        raise TooLarge(encodings.DISCLOSURE_TOO_LARGE, size=len(encoded), limit=MAX_DISCLOSURE)


def _b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
