"""The part of an audit that can be done in any order: each entry by itself, and its signatures.

Which key must have signed depends on the place in the log. But a key id names a public key, so a signature
can be verified under the key that it names; whether that is the right one is said later, by comparing.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import repeat
from typing import Any, NamedTuple

from ledger.audit.carry import VOTE, Carried, carry, together
from ledger.audit.columns import agrees
from ledger.audit.neighbours import Neighbours
from ledger.audit.source import Page
from ledger.errors import BadSignature
from ledger.proof.encoding import b64
from ledger.proof.entry import Entry
from ledger.proof.examine import examine
from ledger.proof.keys import key_id, verify
from ledger.proof.statement import Statement
from ledger.proof.tree_hash import hash_leaf
from ledger.proof.vote_entry import VoteEntry, read_vote_entries
from ledger.storage.recorder import Row

PIECE = 128
"""Entries of a page that are read together, as long as the processor has them at hand."""


class Found(NamedTuple):
    """What was found on a page."""

    leaves: bytes
    """The leaf hashes, one after the other."""
    entries: list[Carried | None]
    """What is carried on, `together`; for each entry that is not as it should be, or of which not all
    is known yet, a None."""
    keys: list[bytes]
    """Public keys that its statements name."""


Signed = tuple[int, bytes, bytes, bytes]
"""A signature that is to be verified: of which entry of the page; key, signature, message."""


class Examiner:
    """Looks at the pages of one log. Learns keys from them, and from outside."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._keys: dict[str, bytes] = {}
        self._signed: list[Signed] = []
        self._named: list[bytes] = []
        self._before = Neighbours(origin)

    def learn(self, keys: Iterable[bytes]) -> None:
        """Keys under which signatures may be verified. A wrong one does no harm: keys are compared later."""
        for key in keys:
            self._keys.setdefault(key_id(key), key)

    def page(self, page: Page) -> Found:
        """Looks at each entry, then verifies all signatures: together they take less time."""
        self._named, self._before = [], Neighbours(self._origin)
        leaves: list[bytes] = []
        entries: list[Carried | None] = []
        for start in range(0, len(page.states), PIECE):
            leaves += map(hash_leaf, page.states[start : start + PIECE])
            self._piece(page, start, leaves, entries)
        signed, self._signed = self._signed, []  # nobody holds them while the next page is read
        for number in _bad(signed):
            entries[number] = None
        return Found(b"".join(leaves), together(entries), self._named)

    def _piece(self, page: Page, start: int, leaves: list[bytes], found: list[Carried | None]) -> None:
        """Nearly all entries are votes with one signature of a known key."""
        states, rows = page.states[start : start + PIECE], _rows(page, start)
        for number, vote, leaf, row in zip(
            range(start, start + len(states)), read_vote_entries(states), leaves[start:], rows, strict=False
        ):
            if vote is None:
                one = self._other(number, page.states[number], leaf, row)
            else:
                one = self._vote(number, vote, leaf, row)
            if one is None:
                self._before.forget()
            found.append(one)

    def _vote(self, number: int, vote: VoteEntry, leaf: bytes, row: Row | None) -> Carried | None:
        at, hint, signature, members, pae, ending = vote
        actor, ballot, item, option, _, log, member, _, stream, replaces, root, size = members
        key, digest = self._keys.get(hint), sha256(pae).digest()
        place = self._before.place(at, stream, ending, b64(leaf))
        if key is None or place is None or log != self._origin:
            return None
        seq, pos, links = place
        if row is not None and not agrees(row, seq, stream, pos, VOTE, digest):
            return None
        self._signed.append((number, key, signature, pae))
        if links is not None:
            return at, pos, digest, key, members, seq, *links
        nulls = replaces or None, root or None, size or None
        return stream, pos, (at, digest, key, actor, ballot, item, option, member, *nulls)

    def _other(self, number: int, state: bytes, leaf: bytes, row: Row | None) -> Carried | None:
        one = examine(state)
        entry, statement = one.entry, one.statement
        if entry is None or statement is None:
            return None
        new = list(keys_named(statement.payload))
        self._named += new
        self.learn(new)
        envelope = entry.envelope
        keys = [key for one in envelope.signatures if (key := self._keys.get(one.key_id)) is not None]
        if (
            len(keys) < len(envelope.signatures)
            or entry.log != self._origin
            or statement.payload["log"] != self._origin
            or (row is not None and not _agrees(row, entry, statement))
        ):
            return None
        for key, signature in zip(keys, envelope.signatures, strict=True):
            self._signed.append((number, key, signature.value, envelope.pae))
        self._before.read(entry.seq, entry.at, entry.stream, entry.pos, b64(leaf))
        return carry(entry, statement, keys)


def _agrees(row: Row, entry: Entry, statement: Statement) -> bool:
    return agrees(row, entry.seq, entry.stream, entry.pos, statement.kind, entry.envelope.digest)


def _rows(page: Page, start: int) -> Iterable[Row | None]:
    return repeat(None) if page.rows is None else page.rows[start : start + PIECE]


def keys_named(payload: dict[str, Any]) -> Iterator[bytes]:
    """The public keys that a statement takes into use."""
    holders = [*payload.get("registrars", ()), payload.get("service"), payload]
    for holder in holders:
        if holder and "key" in holder:
            yield binascii.a2b_base64(holder["key"])


def _bad(signed: list[Signed]) -> Iterator[int]:
    for number, key, signature, message in signed:
        try:
            verify(key, signature, message)
        except BadSignature:
            yield number
