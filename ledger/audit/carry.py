"""How what one process found of an entry travels to another: plain tuples, for `marshal`.

An entry whose form, signatures and columns are all good is carried; its bytes are not, and of its envelope
only the digest and the key ids. Every other entry is looked at again where the log is followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from ledger.proof.dsse import Envelope, Signature
from ledger.proof.entry import Entry
from ledger.proof.examine import Examined
from ledger.proof.keys import key_id
from ledger.proof.own_votes import OwnVotes
from ledger.proof.statement import Statement
from ledger.proof.vote import PROCEDURE, vote_payload

VOTE = "vote-cast"

Carried = tuple[Any, ...]
"""Of a vote that continues the entries before it on its page: procedure, pos, an `OwnVote`; of several,
`together`: procedure, pos of the first, how many, the columns of `OwnVotes`; of one that says the same of all
only that, and no actors where these are the members. Of another vote: at, pos, digest, key, members, seq,
prev, sprev. Of another statement: at, pos, digest, key ids, keys, kind, payload, stream, seq, prev, sprev."""

_ALONE = 3
TOGETHER = 4
"""Length of the second of these; the first do not travel."""

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
    for procedure, neighbours in groupby(entries, _procedure):
        if procedure is None:
            found += neighbours
        else:
            _, (pos, *_), votes = zip(*neighbours, strict=True)
            found.append(joined(procedure, pos, len(votes), OwnVotes.of(votes)))
    return found


def joined(procedure: str, pos: int, number: int, votes: OwnVotes) -> Carried:
    """So many votes in one procedure, from this position on. A column may have one value for all of them."""
    own = votes._replace(actor=()) if votes.actor == votes.member else votes
    return procedure, pos, number, tuple(map(_shortened, own))


def _procedure(one: Carried | None) -> str | None:
    """That of a vote which continues the entries before it, None of everything else."""
    return one[0] if one is not None and len(one) == _ALONE else None


def _shortened(column: Sequence[Any]) -> Sequence[Any]:
    """Most say the same of all votes: then one of them."""
    return column[:1] if column and column.count(column[0]) == len(column) else column


def apart(one: Carried) -> tuple[str, int, OwnVotes]:
    """Procedure, position of the first, and the votes that travelled together."""
    procedure, pos, number, columns = one
    votes = OwnVotes(*(column * number if len(column) == 1 else column for column in columns))
    return procedure, pos, votes if votes.actor else votes._replace(actor=votes.member)


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
