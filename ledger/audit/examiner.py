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

from ledger.audit.carry import VOTE, Carried, carry
from ledger.audit.columns import agrees
from ledger.audit.source import Page
from ledger.errors import BadSignature
from ledger.proof.entry import Entry
from ledger.proof.examine import examine
from ledger.proof.keys import key_id, verify
from ledger.proof.statement import Statement
from ledger.proof.tree_hash import hash_leaf
from ledger.proof.vote_entry import read_vote_entry
from ledger.storage.recorder import Row


class Found(NamedTuple):
    """What was found on a page."""

    leaves: bytes
    """The leaf hashes, one after the other."""
    entries: list[Carried | None]
    """For each entry what is carried on; None where something is not as it should be, or not known yet."""
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

    def learn(self, keys: Iterable[bytes]) -> None:
        """Keys under which signatures may be verified. A wrong one does no harm: keys are compared later."""
        for key in keys:
            self._keys.setdefault(key_id(key), key)

    def page(self, page: Page) -> Found:
        """Looks at each entry, then verifies all signatures: together they take less time."""
        self._signed, self._named = [], []
        rows: Iterable[Row | None] = repeat(None) if page.rows is None else page.rows
        entries = [
            self._examine(place, state, row)
            for place, state, row in zip(range(len(page.states)), page.states, rows, strict=False)
        ]
        for place in _bad(self._signed):
            entries[place] = None
        return Found(b"".join(map(hash_leaf, page.states)), entries, self._named)

    def _examine(self, place: int, state: bytes, row: Row | None) -> Carried | None:
        """Nearly all entries are votes with one signature of a known key."""
        vote = read_vote_entry(state)
        if vote is None:
            return self._other(place, state, row)
        at, hint, signature, log, pos, prev, seq, sprev, stream, members, pae = vote
        key, digest = self._keys.get(hint), sha256(pae).digest()
        if (
            key is None
            or log != self._origin
            or members[5] != log
            or members[8] != stream
            or (row is not None and not agrees(row, seq, stream, pos, VOTE, digest))
        ):
            return None
        self._signed.append((place, key, signature, pae))
        return at, pos, prev, seq, sprev, stream, digest, hint, key, members

    def _other(self, place: int, state: bytes, row: Row | None) -> Carried | None:
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
            self._signed.append((place, key, signature.value, envelope.pae))
        return carry(entry, statement, keys)


def _agrees(row: Row, entry: Entry, statement: Statement) -> bool:
    return agrees(row, str(entry.seq), entry.stream, str(entry.pos), statement.kind, entry.envelope.digest)


def keys_named(payload: dict[str, Any]) -> Iterator[bytes]:
    """The public keys that a statement takes into use."""
    holders = [*payload.get("registrars", ()), payload.get("service"), payload]
    for holder in holders:
        if holder and "key" in holder:
            yield binascii.a2b_base64(holder["key"])


def _bad(signed: list[Signed]) -> Iterator[int]:
    for place, key, signature, message in signed:
        try:
            verify(key, signature, message)
        except BadSignature:
            yield place
