"""The log, batch by batch, through the domain: what a follower has in its memory."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from ledger.application import VotingLedger
from ledger.mapper import Reading, glance_entry
from ledger.state import State
from projections.changes import Changes
from projections.collect import collect

PAGE = 2000
"""Entries of one stream that are read at once while it is loaded."""

KEEP = 250_000
"""Entries after which the procedures that were not used for longest leave the memory. Not after every
batch: where votes for many procedures arrive in turns, each of them would be loaded again and again."""


class Replay:
    """A state of the ledger after entry `position`, and the way on from there.

    Procedures that began before are loaded from the log when the first entry of theirs comes.
    """

    def __init__(self, ledger: VotingLedger, position: int) -> None:
        """`position`: the last entry that counts as seen, -1 for none. Raises a `StorageError`."""
        self.position = position
        self._ledger = ledger
        self._state = State(ledger.origin, self._load)
        self._since = 0
        register = self._state.register_id
        for topic, pos, reading in self._load(register):
            self._state.apply(topic, register, pos, reading)

    def next(self, limit: int) -> Changes | None:
        """What at most `limit` more entries change, None if there are none.

        Raises a `StorageError`, or `ProofError` at a damaged entry; then a new replay is needed.
        """
        rows = self._ledger.entries(self.position, limit)
        if not rows:
            return None
        changes = collect(self.position, rows, self._state)
        self.position = changes.mark.position
        self._since += len(rows)
        if self._since >= KEEP:
            self._state.shrink()
            self._since = 0
        return changes

    def _load(self, stream: UUID) -> Iterator[tuple[str, int, Reading]]:
        """A stream's entries up to the position, page by page: a procedure may have a million of them."""
        after = 0
        while rows := self._ledger.store.recorder.stream(stream, after, limit=PAGE):
            for row in rows:
                if row.seq > self.position:
                    return
                yield row.topic, row.pos, glance_entry(row.state)
            after = rows[-1].pos


def leaf_at(ledger: VotingLedger, position: int) -> str | None:
    """The leaf hash of an entry of the log, None if there is no such entry."""
    rows = ledger.entries(position - 1, 1)
    return glance_entry(rows[0].state).place.leaf if rows else None
