"""The entry of a vote with one signature, read in one step (see `ledger.proof.vote`).

What is not read here is left to the general parsers. What is, both read alike.
"""

from __future__ import annotations

import binascii
import re

from ledger.errors import BadEncoding
from ledger.proof.encoding import unb64
from ledger.proof.entry import LINK_TEXT, NUMBER, ORIGIN, TIME
from ledger.proof.keys import KEY_ID_HEX
from ledger.proof.shapes import UUID
from ledger.proof.vote import Members, day_exists, match_vote

PAYLOAD_TYPE = "application/vnd.stimmbuch.vote-cast.v1+json"

VoteEntry = tuple[str, str, bytes, str, str, str, str, str, str, Members, bytes]
"""at, key id, signature, log, pos, prev, seq, sprev, stream, the vote's members, PAE. Numbers as written."""

_HEAD = re.compile(r'\{"at":"(%s)","env":\{"payload":"' % TIME)
_REST = re.compile(
    r'","payloadType":"%s","signatures":\[\{"keyid":"([0-9a-f]{%d})","sig":"([A-Za-z0-9+/]{85}[AQgw]==)"\}\]\},'
    r'"log":"(%s)","pos":%s,"prev":"%s","seq":%s,"sprev":"%s","stream":"(%s)","v":1\}'
    % (re.escape(PAYLOAD_TYPE), KEY_ID_HEX, ORIGIN, NUMBER, LINK_TEXT, NUMBER, LINK_TEXT, UUID.pattern)
)
_PAE = b"DSSEv1 %d %b " % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode())


def read_vote_entry(data: bytes) -> VoteEntry | None:
    """The parts of an entry, or None where the general parsers have to look."""
    text = data.decode("ascii") if data.isascii() else ""
    head = _HEAD.match(text)
    if head is None:
        return None
    begin, end = head.end(), text.find('"', head.end())
    rest = _REST.fullmatch(text, end) if end > begin else None
    payload = None if rest is None else _payload(text[begin:end])
    if rest is None or payload is None or not day_exists(head[1][:10]):
        return None
    members = match_vote(payload)
    if members is None:
        return None
    key_id, signature, log, pos, prev, seq, sprev, stream = rest.groups()
    pae = b"%b%d %b" % (_PAE, len(payload), payload)
    value = binascii.a2b_base64(signature)
    return head[1], key_id, value, log, pos, prev, seq, sprev, stream, members, pae


def _payload(text: str) -> bytes | None:
    """The bytes of base64 in its one form."""
    try:
        return unb64(text)
    except BadEncoding:
        return None
