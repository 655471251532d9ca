"""The leaf of the log: one statement with its place and time.

Layout (canonical JSON, so the keys stand in this order)::

    {"at":T,"env":ENVELOPE,"log":ORIGIN,"pos":K,"prev":H,"seq":N,"sprev":H,"stream":UUID,"v":1}

The layout is fixed, so one regular expression is the whole parser: there is exactly one way to
write an entry. `leaf hash = SHA-256(0x00 || entry)` (RFC 6962 §2.1).
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from ledger.errors import ProofError, StimmbuchError, TooLarge
from ledger.proof.dsse import SINGLE, Envelope, parse_envelope, single_envelope
from ledger.proof.encoding import b64
from ledger.proof.sentences import encodings, verification

MAX_ENTRY = 32 * 1024
"""Bytes. Half of what C2SP tlog-tiles allows, so that a base64 line of it fits into 64 KiB."""

NO_LINK = b64(hashlib.sha256(b"").digest())
"""`prev` of the first entry, and `sprev` of the first entry of each stream."""

ORIGIN = r"[A-Za-z0-9][A-Za-z0-9._~/-]{0,254}"
"""A schema-less URL that names the ledger; at most 255 bytes (C2SP tlog-checkpoint)."""

TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
"""RFC 3339, UTC, milliseconds: times of this form sort as text. No leap second, no 24:00; whether the
day exists is asked separately."""

NUMBER = r"(0|[1-9][0-9]{0,15})"
LINK_TEXT = r"([A-Za-z0-9+/]{43}=)"
"""Numbers and links as entries write them. That a link is base64 of a hash shows in comparing it."""

_TEXT = (
    r'\{"at":"(%s)","env":{},"log":"(%s)","pos":%s,"prev":"%s","seq":%s,"sprev":"%s",'
    r'"stream":"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})","v":1\}'
    % (TIME, ORIGIN, NUMBER, LINK_TEXT, NUMBER, LINK_TEXT)
)
_USUAL = re.compile(_TEXT.replace("{}", SINGLE))  # one signature: the whole entry in one match
_ENTRY = re.compile(_TEXT.replace("{}", r"(\{.*\})"))
_TAIL_BYTES = 600  # what follows the envelope: the origin is the longest part of it
_TAIL = re.compile(
    rb'\},"log":"[^"]+","pos":[0-9]+,"prev":"([A-Za-z0-9+/]{43}=)","seq":(0|[1-9][0-9]{0,15}),'
    rb'"sprev":"[A-Za-z0-9+/]{43}=","stream":"[0-9a-f-]{36}","v":1\}\Z'
)


class Entry(NamedTuple):
    """A parsed entry. Links are base64 text, as written."""

    seq: int
    prev: str
    stream: str
    pos: int
    sprev: str
    at: str
    log: str
    envelope: Envelope


def build_entry(
    envelope: Envelope, *, log: str, seq: int, prev: str, stream: UUID, pos: int, sprev: str, at: str
) -> bytes:
    """The entry's bytes. Raises `TooLarge`. All arguments are in the forms given above."""
    ending = build_ending(log, pos, prev, seq, sprev, str(stream))
    data = f'{{"at":"{at}","env":{envelope.json}{ending}'.encode("ascii")
    if len(data) > MAX_ENTRY:
        raise TooLarge(encodings.ENTRY_TOO_LARGE, size=len(data), limit=MAX_ENTRY)
    return data


def build_ending(log: str, pos: int, prev: str, seq: int, sprev: str, stream: str) -> str:
    """What stands behind the envelope: it follows from the entries before, byte for byte."""
    # In one piece: an audit makes one for each entry.
    return (
        f',"log":"{log}","pos":{pos},"prev":"{prev}","seq":{seq},"sprev":"{sprev}",'
        f'"stream":"{stream}","v":1}}'
    )


def parse_entry(data: bytes) -> Entry:
    """The entry of its bytes. Raises `ProofError` if they are not exactly one."""
    text = data.decode("ascii") if data.isascii() and len(data) <= MAX_ENTRY else ""
    match = _USUAL.fullmatch(text) or _ENTRY.fullmatch(text)
    if match is None:
        raise ProofError(verification.NO_ENTRY, check="1.1")
    at, *envelope, log, pos, prev, seq, sprev, stream = match.groups()
    try:
        datetime.fromisoformat(at)
    except ValueError:
        raise ProofError(verification.NO_TIME, at=at, check="1.1") from None
    try:
        parsed = single_envelope(*envelope) if match.re is _USUAL else parse_envelope(*envelope)
    except StimmbuchError as error:
        raise ProofError(verification.ENVELOPE_MALFORMED, error=error, check="1.1") from None
    return Entry(int(seq), prev, stream, int(pos), sprev, at, log, parsed)


def link_of(data: bytes) -> tuple[int, str]:
    """`seq` and `prev` of an entry, without reading the rest. Raises `ProofError`."""
    match = _TAIL.search(data, max(0, len(data) - _TAIL_BYTES))
    if match is None:
        raise ProofError(verification.OTHER_ENDING, check="1.1")
    return int(match[2]), match[1].decode("ascii")


def named_stream(data: bytes) -> bytes:
    """What stands in an entry where its stream stands, if it is an entry."""
    return data[-44:-8]


def leaf_hash(entry: bytes) -> str:
    """Base64 of SHA-256(0x00 || entry)."""
    return b64(hashlib.sha256(b"\x00" + entry).digest())
