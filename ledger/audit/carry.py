"""How what one process found of an entry travels to another: plain tuples, for `marshal`.

An entry whose form, signatures and columns are all good is carried; its bytes are not, and of its envelope
only the digest and the key ids. Every other entry is looked at again where the log is followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.proof.dsse import Envelope, Signature
from ledger.proof.entry import Entry
from ledger.proof.examine import Examined
from ledger.proof.keys import key_id
from ledger.proof.statement import Statement
from ledger.proof.vote import PROCEDURE, vote_payload

VOTE = "vote-cast"

Carried = tuple[Any, ...]
"""Of a vote that continues the entries before it on its page: procedure, pos, an `OwnVote`; of several,
`together`: procedure, pos of the first, a list of them. Of another vote: at, pos, digest, key, members, seq,
prev, sprev. Of another statement: at, pos, digest, key ids, keys, kind, payload, stream, seq, prev, sprev."""

TOGETHER = 3
"""Length of the first of these."""

_ANY_VOTE = 8


class CarriedEnvelope(Envelope):
    """An envelope without payload and signatures."""

    __slots__ = ()

    def __init__(self, digest: bytes, signatures: tuple[Signature, ...]) -> None:
        self.digest = digest
        self.signatures = signatures


def together(entries: Iterable[Carried | None]) -> list[Carried | None]:
    """The same, in which neighbours are one: votes in one procedure that continue their page."""
    found: list[Carried | None] = []
    current, votes = "", []
    for one in entries:
        if one is None or len(one) != TOGETHER:
            current = ""
            found.append(one)
        elif one[0] == current:
            votes.append(one[2])
        else:
            current, pos, vote = one
            votes = [vote]
            found.append((current, pos, votes))
    return found


def carry(entry: Entry, statement: Statement, keys: list[bytes]) -> Carried:
    """Any other statement whose signatures were verified under `keys`."""
    seq, prev, stream, pos, sprev, at, _, envelope = entry
    key_ids = [signature.key_id for signature in envelope.signatures]
    kind, payload = statement.kind, statement.payload
    return at, pos, envelope.digest, key_ids, keys, kind, payload, stream, seq, prev, sprev


def uncarry(one: Carried, leaf: str, origin: str) -> Examined:
    """What was carried, of the log `origin`, but for votes that are taken together."""
    if len(one) == _ANY_VOTE:
        at, pos, digest, key, members, seq, prev, sprev = one
        key_ids, keys, kind, payload, stream = (
            [key_id(key)],
            [key],
            VOTE,
            vote_payload(members),
            members[PROCEDURE],
        )
    else:
        at, pos, digest, key_ids, keys, kind, payload, stream, seq, prev, sprev = one
    envelope = CarriedEnvelope(digest, tuple(Signature(named, b"") for named in key_ids))
    entry = Entry(seq, prev, stream, pos, sprev, at, origin, envelope)
    return Examined(leaf, entry, Statement(kind, payload, envelope), None, keys)
