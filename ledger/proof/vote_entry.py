"""The entries of votes with one signature, read in one step (see `ledger.proof.vote`).

What is not read here is left to the general parsers. What is, both read alike. How an entry ends is left as
text: after an entry that is known it has one way to end, and is compared; else `read_ending` reads it.

Many are matched at once, a line for each: that takes a sixth less time than one after the other, as long as
the processor has them at hand.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ledger.proof.dsse import pae
from ledger.proof.encoding import b64
from ledger.proof.entry import LINK_TEXT, NUMBER, ORIGIN
from ledger.proof.keys import KEY_ID_HEX
from ledger.proof.shapes import UUID
from ledger.proof.vote import Members, match_votes, time_exists

PAYLOAD_TYPE = "application/vnd.stimmbuch.vote-cast.v1+json"

VoteEntry = tuple[str, str, bytes, Members, bytes, str]
"""at, key id, signature, the vote's members, PAE, and the text from the end of the envelope on."""


class Ending(NamedTuple):
    """What stands behind the envelope; numbers as written."""

    log: str
    pos: str
    prev: str
    seq: str
    sprev: str
    stream: str


_Line = tuple[str, str, str, str, str]
"""at, payload in base64, key id, signature in base64, ending; all empty if it is something else."""

BETWEEN = b'","payloadType":"%b","signatures":[{"keyid":"' % PAYLOAD_TYPE.encode()
"""What stands between payload and key id."""

SIGNED = '"}]}'
"""What stands between signature and ending."""

_SIGNATURE = "[A-Za-z0-9+/]{85}[AQgw]=="
_SIGNATURES = re.compile(f"(?:{_SIGNATURE})*".encode())
_LINE = re.compile(
    r'\{"at":"([0-9TZ:.-]{24})","env":\{"payload":"([^"]+)%s([0-9a-f]{%d})","sig":"(%s)"\}\]\}(.*)$|^.*$'
    % (re.escape(BETWEEN.decode()), KEY_ID_HEX, _SIGNATURE),
    re.MULTILINE,
)
"""A line that is such an entry, or any other one. Only a payload can span lines, and then it is no base64."""

_ENDS = tuple(b64(b":1}"[-(rest or 3) :]).encode() for rest in range(3))
"""The last group of a payload in base64, by how many bytes of it are left over from whole ones."""

_ENDING = re.compile(
    r',"log":"(%s)","pos":%s,"prev":"%s","seq":%s,"sprev":"%s","stream":"(%s)","v":1\}'
    % (ORIGIN, NUMBER, LINK_TEXT, NUMBER, LINK_TEXT, UUID.pattern)
)


def read_vote_entries(entries: Sequence[bytes]) -> list[VoteEntry | None]:
    """Of each entry its parts, or None where the general parsers have to look.

    It is one only if `read_ending` can read its end.
    """
    joined = b"\n".join(entries)
    lines: list[_Line] = _LINE.findall(joined.decode("ascii")) if joined.isascii() else []
    payloads = _payloads(lines)
    if payloads is None or len(payloads) != len(entries):  # one of them is neither such an entry nor a line
        one = len(entries) == 1
        return [None] if one else [vote for data in entries for vote in read_vote_entries([data])]
    return [
        (at, key_id, binascii.a2b_base64(signature), members, before_payload(len(payload)) + payload, ending)
        if members is not None and time_exists(at)
        else None
        for (at, _, key_id, signature, ending), payload, members in zip(
            lines, payloads, match_votes(payloads), strict=True
        )
    ]


def read_ending(text: str) -> Ending | None:
    """What an entry says after its envelope, or None if no entry ends so."""
    match = _ENDING.fullmatch(text)
    return None if match is None else Ending(*match.groups())


@lru_cache(maxsize=1024)
def before_payload(size: int) -> bytes:
    """What stands in the PAE of a vote before a payload of so many bytes, at least one."""
    return pae(PAYLOAD_TYPE, bytes(size))[:-size]


def payload_of(encoded: bytes) -> bytes | None:
    """The bytes of a payload; None if it is no base64, or is not written in its one form.

    All votes end alike. So the last group, in which bits may be to spare, has one way to be written.
    """
    try:
        data = binascii.a2b_base64(encoded, strict_mode=True)
    except ValueError:
        return None
    return data if encoded.endswith(_ENDS[len(data) % 3]) else None


def signatures_of(encoded: Sequence[bytes]) -> list[bytes] | None:
    """The 64 bytes of each signature, of 88 characters; None if one is not written in its one form."""
    if _SIGNATURES.fullmatch(b"".join(encoded)) is None:
        return None
    return list(map(binascii.a2b_base64, encoded))


def _payloads(lines: Sequence[_Line]) -> list[bytes] | None:
    """The bytes of each payload, none where there is none; None if one has no form that can be read."""
    found = [payload_of(line[1].encode()) if line[1] else b"" for line in lines]
    return None if None in found else [data for data in found if data is not None]
