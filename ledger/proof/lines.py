"""Lines of text as the transparency-log formats write them: one way to write each number and hash.

Python's own readers are too generous: `int()` takes "+5", "007", "1_000" and digits of other scripts,
`splitlines()` splits at U+2028, `split()` at every Unicode space. Everything here raises `ProofError`
with the check that the caller names.
"""

from __future__ import annotations

import re

from ledger.errors import BadEncoding, ProofError
from ledger.proof.encoding import unb64
from ledger.proof.sentences import logs
from ledger.sentence import Sentence

MAX_SIZE = 2**63 - 1
"""Largest size of a tree, and latest timestamp (C2SP tlog-cosignature): a signed 64-bit integer."""

HASH_BYTES = 32

_CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f]")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


def read_text(data: bytes, what: Sentence, *, limit: int, check: str) -> str:
    """The UTF-8 text of `data`, at most `limit` bytes of it, without control characters but the newline."""
    if len(data) > limit:
        raise ProofError(logs.TEXT_TOO_LONG, what=what, size=len(data), limit=limit, check=check)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = {"reason": error.reason, "place": error.start}
        raise ProofError(logs.NO_TEXT, what=what, check=check, **place) from None
    if _CONTROL.search(data):
        raise ProofError(logs.CONTROL_CHARACTER, what=what, check=check)
    return text


def read_number(text: str, what: Sentence, *, check: str) -> int:
    """The number below 2^63 whose decimal form `text` is: no sign, no leading zeros."""
    number = int(text) if _NUMBER.fullmatch(text) else MAX_SIZE + 1
    if number > MAX_SIZE:
        raise ProofError(logs.NO_NUMBER, what=what, text=text[:40], check=check)
    return number


def read_base64(text: str, what: Sentence, *, check: str, size: int | None = None) -> bytes:
    """The bytes of strict base64; `size` in bytes if there is only one."""
    try:
        return unb64(text, size=size)
    except BadEncoding as error:
        raise ProofError(logs.NO_BASE64, what=what, error=error, check=check) from None


def read_hashes(lines: list[str], what: Sentence, *, limit: int, check: str) -> tuple[bytes, ...]:
    """The hashes of lines of base64, one a line, at most `limit`."""
    if len(lines) > limit:
        raise ProofError(logs.TOO_MANY_HASHES, what=what, size=len(lines), limit=limit, check=check)
    return tuple(read_base64(line, logs.A_HASH, check=check, size=HASH_BYTES) for line in lines)
