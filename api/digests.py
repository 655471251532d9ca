"""Digests in addresses: refused with 400 unless they are written in their one form."""

from __future__ import annotations

from ledger.errors import BadEncoding, BadShape
from ledger.proof import shapes


def require_sha256(text: str) -> bytes:
    """The 32 bytes of 64 lower-case hexadecimal digits. Raises `BadEncoding`."""
    _require(shapes.sha256_hex, text)
    return bytes.fromhex(text)


def require_disclosure(text: str) -> None:
    """Returns if `text` is the base64url digest of a disclosure. Raises `BadEncoding`."""
    _require(shapes.disclosure, text)


def _require(check: shapes.Check, text: str) -> None:
    try:
        check(text)
    except BadShape as error:
        raise BadEncoding(error.message) from None
