"""The entry of a vote with one signature, read in one step (see `ledger.proof.vote`).

What is not read here is left to the general parsers. What is, both read alike. How an entry ends is left as
text: after an entry that is known it has one way to end, and is compared; else `read_ending` reads it.
"""

from __future__ import annotations

import binascii
import re
from functools import lru_cache
from typing import NamedTuple

from ledger.proof.dsse import pae
from ledger.proof.entry import LINK_TEXT, NUMBER, ORIGIN
from ledger.proof.keys import KEY_ID_HEX
from ledger.proof.shapes import UUID
from ledger.proof.vote import Members, match_vote, time_exists

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


_ENVELOPE = re.compile(
    rb'\{"at":"([0-9TZ:.-]{24})","env":\{"payload":"([^"]+)","payloadType":"%b","signatures":'
    rb'\[\{"keyid":"([0-9a-f]{%d})","sig":"([A-Za-z0-9+/]{85}[AQgw]==)"\}\]\}'
    % (re.escape(PAYLOAD_TYPE.encode()), KEY_ID_HEX)
)
_ENDING = re.compile(
    r',"log":"(%s)","pos":%s,"prev":"%s","seq":%s,"sprev":"%s","stream":"(%s)","v":1\}'
    % (ORIGIN, NUMBER, LINK_TEXT, NUMBER, LINK_TEXT, UUID.pattern)
)


def read_vote_entry(data: bytes) -> VoteEntry | None:
    """The parts of an entry, or None where the general parsers have to look.

    It is one only if `read_ending` can read its end.
    """
    match = _ENVELOPE.match(data) if data.isascii() else None
    if match is None:
        return None
    at, encoded, key_id, signature = match.groups()
    payload = _payload(encoded)
    members = None if payload is None else match_vote(payload)
    if payload is None or members is None or not time_exists(time := at.decode()):
        return None
    signed = _before(len(payload)) + payload
    return (
        time,
        key_id.decode(),
        binascii.a2b_base64(signature),
        members,
        signed,
        data[match.end() :].decode(),
    )


def read_ending(text: str) -> Ending | None:
    """What an entry says after its envelope, or None if no entry ends so."""
    match = _ENDING.fullmatch(text)
    return None if match is None else Ending(*match.groups())


@lru_cache(maxsize=1024)
def _before(size: int) -> bytes:
    """What stands in the PAE before a payload of so many bytes."""
    return pae(PAYLOAD_TYPE, bytes(size))[:-size]


def _payload(encoded: bytes) -> bytes | None:
    """The bytes of base64 in its one form: what is written so again."""
    try:
        data = binascii.a2b_base64(encoded)
    except binascii.Error:
        return None
    return data if binascii.b2a_base64(data, newline=False) == encoded else None
