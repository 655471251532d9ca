"""The entry of a vote with one signature, read in one step (see `ledger.proof.vote`).

What is not read here is left to the general parsers. What is, both read alike. How an entry ends is left as
text: after an entry that is known it has one way to end, and is compared; else `read_ending` reads it.
"""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

from ledger.errors import BadEncoding
from ledger.proof.encoding import unb64
from ledger.proof.entry import LINK_TEXT, NUMBER, ORIGIN, TIME
from ledger.proof.keys import KEY_ID_HEX
from ledger.proof.shapes import UUID
from ledger.proof.vote import Members, day_exists, match_vote

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


_HEAD = re.compile(r'\{"at":"(%s)","env":\{"payload":"' % TIME)
_SIGNED = re.compile(
    r'","payloadType":"%s","signatures":\[\{"keyid":"([0-9a-f]{%d})","sig":"([A-Za-z0-9+/]{85}[AQgw]==)"\}\]\}'
    % (re.escape(PAYLOAD_TYPE), KEY_ID_HEX)
)
_ENDING = re.compile(
    r',"log":"(%s)","pos":%s,"prev":"%s","seq":%s,"sprev":"%s","stream":"(%s)","v":1\}'
    % (ORIGIN, NUMBER, LINK_TEXT, NUMBER, LINK_TEXT, UUID.pattern)
)
_PAE = b"DSSEv1 %d %b " % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode())


def read_vote_entry(data: bytes) -> VoteEntry | None:
    """The parts of an entry, or None where the general parsers have to look.

    It is one only if `read_ending` can read its end.
    """
    text = data.decode("ascii") if data.isascii() else ""
    head = _HEAD.match(text)
    if head is None:
        return None
    begin, end = head.end(), text.find('"', head.end())
    signed = _SIGNED.match(text, end) if end > begin else None
    payload = None if signed is None else _payload(text[begin:end])
    if signed is None or payload is None or not day_exists(head[1][:10]):
        return None
    members = match_vote(payload)
    if members is None:
        return None
    key_id, signature = signed.groups()
    pae = b"%b%d %b" % (_PAE, len(payload), payload)
    return head[1], key_id, binascii.a2b_base64(signature), members, pae, text[signed.end() :]


def read_ending(text: str) -> Ending | None:
    """What an entry says after its envelope, or None if no entry ends so."""
    match = _ENDING.fullmatch(text)
    return None if match is None else Ending(*match.groups())


def _payload(text: str) -> bytes | None:
    """The bytes of base64 in its one form."""
    try:
        return unb64(text)
    except BadEncoding:
        return None
