"""One page as it is read: each entry by itself, and with those before it on the page.

Signatures are collected: to verify all of a page takes less time than each after its entry.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from ledger.audit.carry import VOTE, Carried, carry, joined
from ledger.audit.columns import agrees, all_agree
from ledger.audit.neighbours import Neighbours
from ledger.audit.source import Page
from ledger.proof.encoding import b64
from ledger.proof.entry import named_stream
from ledger.proof.examine import examine
from ledger.proof.keys import key_id
from ledger.proof.own_votes import OwnVotes
from ledger.proof.tree_hash import hash_leaf
from ledger.proof.vote_entry import VoteEntry, read_vote_entries
from ledger.proof.votes_alike import AlikeVotes, read_alike

PIECE = 512
"""Entries of a page that are read together: mostly those of one procedure."""

FEW = 16
"""From so many votes on that are alike, they are read in one go; else so many entries one by one."""

Signed = tuple[int, bytes, bytes, bytes]
"""A signature that is to be verified: of which entry of the page; key, signature, message."""


class Keys(dict[str, bytes]):
    """Public keys by their ids, under which signatures may be verified."""

    def learn(self, keys: Iterable[bytes]) -> None:
        """Some more. A wrong one does no harm: keys are compared where the log is followed."""
        for key in keys:
            self.setdefault(key_id(key), key)


class Reading:
    """What was read of a page so far."""

    def __init__(self, page: Page, origin: str, keys: Keys) -> None:
        self._page = page
        self._origin = origin
        self._keys = keys
        self._before = Neighbours(origin)
        self._links: list[str] = []
        self.leaves: list[bytes] = []
        self.signed: list[Signed] = []
        self.entries: list[Carried | None] = []
        """What is carried: votes that are alike as one, and of each other entry whatever is known of it."""
        self.named: list[bytes] = []
        """Public keys that its statements name."""

    def whole(self, *, alike: bool = True) -> Reading:
        """Reads all of it; unless `alike`, each entry by itself."""
        at, states = 0, self._page.states
        while at < len(states):
            new = list(map(hash_leaf, states[len(self.leaves) : at + PIECE]))
            self.leaves += new
            self._links += map(b64, new)
            taken = self._alike(at, at + PIECE) if alike else 0
            at += taken or self._each(at, at + (FEW if alike else PIECE))
        return self

    # ── votes that are alike ───────────────────────────────────────────────────────────────────

    def _alike(self, start: int, end: int) -> int:
        """Takes votes that are alike and continue the entries before them; returns how many, 0 for few."""
        states = self._page.states[start:end]
        stream = named_stream(states[0]).decode("latin-1")
        if not self._before.knows(stream):
            return 0
        votes = read_alike(states, self._before.endings(stream, self._links[start:end]))
        if votes is None or len(votes.ats) < FEW or not self._all(start, stream, votes):
            return 0
        return len(votes.ats)

    def _all(self, start: int, stream: str, votes: AlikeVotes) -> bool:
        """Takes them if nothing is wrong with any of them."""
        _, ballot, _, _, _, log, _, _, procedure, replaces, root, size = votes.common
        keys = [self._keys.get(hint, b"") for hint in votes.key_ids]
        digests, number = [sha256(pae).digest() for pae in votes.paes], len(votes.paes)
        seq, pos = self._before.next(stream)
        rows, good = self._page.rows, all(keys) and (log, procedure) == (self._origin, stream)
        if rows is not None:
            good = good and all_agree(rows, start, (seq, stream, pos), VOTE, digests)
        if not good or not self._before.follow(votes.ats, stream, self._links[start + number - 1]):
            return False
        self.signed += zip(range(start, start + number), keys, votes.signatures, votes.paes, strict=True)
        own = OwnVotes(
            *(votes.ats, digests, keys, votes.members, [ballot], votes.items, votes.options, votes.members),
            *([replaces or None], [root or None], [size or None]),
        )
        self.entries.append(joined(stream, pos, number, own))
        return True

    # ── each by itself ─────────────────────────────────────────────────────────────────────────

    def _each(self, start: int, end: int) -> int:
        """Takes entries one by one; returns how many. Nearly all are votes with one signature."""
        votes = read_vote_entries(self._page.states[start:end])
        for number, vote in enumerate(votes, start):
            one = self._other(number) if vote is None else self._vote(number, vote)
            if one is None:
                self._before.forget()
            self.entries.append(one)
        return len(votes)

    def _vote(self, number: int, vote: VoteEntry) -> Carried | None:
        at, hint, signature, members, pae, ending = vote
        actor, ballot, item, option, _, log, member, _, stream, replaces, root, size = members
        key, digest = self._keys.get(hint), sha256(pae).digest()
        place = self._before.place(at, stream, ending, self._links[number])
        if key is None or place is None or log != self._origin:
            return None
        seq, pos, links = place
        if not self._agrees(number, (seq, stream, pos), VOTE, digest):
            return None
        self.signed.append((number, key, signature, pae))
        if links is not None:
            return at, pos, digest, key, members, seq, *links
        nulls = replaces or None, root or None, size or None
        return stream, pos, (at, digest, key, actor, ballot, item, option, member, *nulls)

    def _other(self, number: int) -> Carried | None:
        one = examine(self._page.states[number])
        entry, statement = one.entry, one.statement
        if entry is None or statement is None:
            return None
        new = list(keys_named(statement.payload))
        self.named += new
        self._keys.learn(new)
        envelope, kind = entry.envelope, statement.kind
        keys = [key for one in envelope.signatures if (key := self._keys.get(one.key_id)) is not None]
        if (
            len(keys) < len(envelope.signatures)
            or entry.log != self._origin
            or statement.payload["log"] != self._origin
            or not self._agrees(number, (entry.seq, entry.stream, entry.pos), kind, envelope.digest)
        ):
            return None
        for key, signature in zip(keys, envelope.signatures, strict=True):
            self.signed.append((number, key, signature.value, envelope.pae))
        self._before.read(entry.seq, entry.at, entry.stream, entry.pos, self._links[number])
        return carry(entry, statement, keys)

    def _agrees(self, number: int, place: tuple[int, str, int], kind: str, digest: bytes) -> bool:
        """Whether the row of an entry says the same, if there is one."""
        rows = self._page.rows
        return rows is None or agrees(rows, number, place, kind, digest)


def keys_named(payload: dict[str, Any]) -> Iterator[bytes]:
    """The public keys that a statement takes into use."""
    holders = [*payload.get("registrars", ()), payload.get("service"), payload]
    for holder in holders:
        if holder and "key" in holder:
            yield binascii.a2b_base64(holder["key"])
