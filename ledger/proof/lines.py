"""Lines of text as the transparency-log formats write them: one way to write each number and hash.

Python's own readers are too generous: `int()` takes "+5", "007", "1_000" and digits of other scripts,
`splitlines()` splits at U+2028, `split()` at every Unicode space. Everything here raises `ProofError`
with the check that the caller names.
"""

from __future__ import annotations

import re

from ledger.errors import BadEncoding, ProofError
from ledger.proof.encoding import unb64

MAX_SIZE = 2**63 - 1
"""Largest size of a tree, and latest timestamp (C2SP tlog-cosignature): a signed 64-bit integer."""

HASH_BYTES = 32

_CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f]")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


def read_text(data: bytes, what: str, *, limit: int, check: str) -> str:
    """The UTF-8 text of `data`, at most `limit` bytes of it, without control characters but the newline."""
    if len(data) > limit:
        raise ProofError(f"{what} has {len(data)} bytes; {limit} are allowed", check=check)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProofError(f"{what} is not UTF-8 text: {error.reason} at {error.start}", check=check) from None
    if _CONTROL.search(data):
        raise ProofError(f"{what} has a control character", check=check)
    return text


def read_number(text: str, what: str, *, check: str) -> int:
    """The number below 2^63 whose decimal form `text` is: no sign, no leading zeros."""
    number = int(text) if _NUMBER.fullmatch(text) else MAX_SIZE + 1
    if number > MAX_SIZE:
        raise ProofError(f"{what} is a decimal number below 2^63, not {text[:40]!r}", check=check)
    return number


def read_base64(text: str, what: str, *, check: str, size: int | None = None) -> bytes:
    """The bytes of strict base64; `size` in bytes if there is only one."""
    try:
        return unb64(text, size=size)
    except BadEncoding as error:
        raise ProofError(f"{what} is not in base64: {error}", check=check) from None


def read_hashes(lines: list[str], what: str, *, limit: int, check: str) -> tuple[bytes, ...]:
    """The hashes of lines of base64, one a line, at most `limit`."""
    if len(lines) > limit:
        raise ProofError(f"{what} has {len(lines)} hashes; {limit} are allowed", check=check)
    return tuple(read_base64(line, f"a hash of {what}", check=check, size=HASH_BYTES) for line in lines)
