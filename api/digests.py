"""Digests and numbers in addresses: refused with 400 unless they are written in their one form."""

from __future__ import annotations

import re

from api import sentences
from ledger.errors import BadEncoding, BadShape
from ledger.proof import shapes


def require_sha256(text: str) -> bytes:
    """The 32 bytes of 64 lower-case hexadecimal digits. Raises `BadEncoding`."""
    _require(shapes.sha256_hex, text)
    return bytes.fromhex(text)


def require_disclosure(text: str) -> None:
    """Returns if `text` is the base64url digest of a disclosure. Raises `BadEncoding`."""
    _require(shapes.disclosure, text)


def require_identifier(text: str) -> None:
    """Returns if `text` is the id of a person or body. Raises `BadEncoding`."""
    _require(shapes.identifier, text)


def require_number(text: str) -> int:
    """A number in its one decimal form. Raises `BadEncoding`."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,14}", text):
        raise BadEncoding(sentences.A_NUMBER, text=text[:40])
    return int(text)


def _require(check: shapes.Check, text: str) -> None:
    try:
        check(text)
    except BadShape as error:
        raise BadEncoding(error) from None
