"""How what one process found of an entry travels to another: plain tuples, for `marshal`.

An entry whose form, signatures and columns are all good is carried; its bytes are not, and of its envelope
only the digest and the key ids. Every other entry is looked at again where the log is followed.
"""

from __future__ import annotations

from typing import Any

from ledger.proof.dsse import Envelope, Signature
from ledger.proof.entry import Entry
from ledger.proof.examine import Examined
from ledger.proof.statement import Statement
from ledger.proof.vote import vote_payload

VOTE = "vote-cast"

Carried = tuple[Any, ...]
"""Of a vote: at, pos, prev, seq, sprev, stream, digest, key id, key, members. Of others: the same with the
kind and the payload in place of the members, and lists of key ids and keys."""


class CarriedEnvelope(Envelope):
    """An envelope without payload and signatures."""

    __slots__ = ()

    def __init__(self, digest: bytes, signatures: tuple[Signature, ...]) -> None:
        self.digest = digest
        self.signatures = signatures


def carry(entry: Entry, statement: Statement, keys: list[bytes]) -> Carried:
    """Any other statement whose signatures were verified under `keys`."""
    at, pos, prev, seq, sprev, stream = entry.at, entry.pos, entry.prev, entry.seq, entry.sprev, entry.stream
    key_ids = [signature.key_id for signature in entry.envelope.signatures]
    digest = entry.envelope.digest
    return at, pos, prev, seq, sprev, stream, digest, key_ids, keys, statement.kind, statement.payload


def uncarry(one: Carried, leaf: str, origin: str) -> Examined:
    """What was carried, of the log `origin`."""
    if len(one) == 10:
        at, pos, prev, seq, sprev, stream, digest, key_id, key, members = one
        keys, kind, payload = [key], VOTE, vote_payload(members)
        envelope = CarriedEnvelope(digest, (Signature(key_id, b""),))
    else:
        at, pos, prev, seq, sprev, stream, digest, key_ids, keys, kind, payload = one
        envelope = CarriedEnvelope(digest, tuple(Signature(key_id, b"") for key_id in key_ids))
    entry = Entry(int(seq), prev, stream, int(pos), sprev, at, origin, envelope)
    return Examined(leaf, entry, Statement(kind, payload, envelope), "", keys)
