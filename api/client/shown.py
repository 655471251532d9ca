"""What this log has shown: the newest checkpoint that was verified, which everything later must continue.

Two histories of one log are seen by whoever was shown both. So nothing is signed on a checkpoint before it is
proven to continue those that were shown before, by hashes out of the log's tiles (RFC 6962 §2.1.2), and what
is signed names it (`seen`): then others can see it, too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from api.client import sentences
from api.client.reads import Reads
from api.client.receipts import Trusted
from ledger.errors import NotFound, ProofError, SplitView
from ledger.proof.encoding import b64
from ledger.proof.merkle import consistency_proof, verify_consistency
from ledger.proof.policy import open_under
from ledger.proof.tiles import WIDTH, Tile, TileNodes
from ledger.proof.tlog_proof import HEADER, parse_tlog_proof
from ledger.proof.tree_head import Checkpoint

MOST = 64
"""Checkpoints of receipts that are held until the log is asked the next time."""


class Shown:
    """The checkpoints of one log. May be used by many threads."""

    def __init__(self, reads: Reads, trusted: Trusted) -> None:
        self._reads, self._trusted = reads, trusted
        self._lock = threading.Lock()
        self._held: dict[Checkpoint, bytes] = {}
        """Each with its signed bytes: should they contradict each other, these are the evidence."""

    def newest(self) -> dict[str, Any] | None:
        """What a statement names that is signed now; None where nothing is published yet.

        Raises `ProofError` for a checkpoint that nobody signed who is trusted, `SplitView` for one that does
        not continue what was shown before, and what reading raises.
        """
        try:
            note = self._reads.log_file("checkpoint")
        except NotFound:
            if self._held:
                raise  # what it has shown is there for ever
            return None
        with self._lock:
            held = dict(self._held)
        found = self._opened(note)
        trees = cache(partial(TileNodes, read=self._tile))  # all of them are mostly proven in the same one
        for before, kept in held.items():
            with _evidence(before, kept, found, note):
                _require_one_log(before, found, trees)
        newest = max((*held, found), key=lambda one: one.size)
        with self._lock:
            self._held = {one: data for one, data in self._held.items() if one not in held}
            self._held[newest] = held.get(newest, note)
        return {"size": newest.size, "root": b64(newest.root)} if newest.size else None

    def hold(self, kept: bytes) -> None:
        """Takes in what is in a checkpoint, or in the receipt of one. Raises `ProofError`."""
        note = parse_tlog_proof(kept).checkpoint_note if kept.startswith(HEADER.encode()) else kept
        found = self._opened(note)
        with self._lock:
            if len(self._held) < MOST:
                self._held[found] = note

    def _opened(self, note: bytes) -> Checkpoint:
        return open_under(note, self._trusted).checkpoint

    def _tile(self, tile: Tile) -> bytes:
        """A tile; one that was partial may be full by now."""
        try:
            return self._reads.log_file(tile.path)
        except NotFound:
            if tile.width == WIDTH:
                raise
        return self._reads.log_file(Tile(tile.level, tile.index).path)[: tile.width * 32]


def _require_one_log(before: Checkpoint, found: Checkpoint, trees: Callable[[int], TileNodes]) -> None:
    """Returns if the larger of two trees begins with the smaller one. Raises `ProofError` or `NotFound`."""
    old, new = sorted((before, found), key=lambda one: one.size)
    if old.size == new.size and old != new:
        raise ProofError(sentences.OTHER_ROOTS, check="8.6")
    if 0 < old.size < new.size:
        proof = consistency_proof(old.size, new.size, trees(new.size))
        verify_consistency(old.size, new.size, proof, old.root, new.root)


@contextmanager
def _evidence(before: Checkpoint, kept: bytes, found: Checkpoint, note: bytes) -> Iterator[None]:
    """What is not proven inside becomes a `SplitView`; a proof that is kept back is none."""
    try:
        yield
    except (ProofError, NotFound) as error:
        raise SplitView(
            sentences.TWO_HISTORIES,
            check="8.6",
            size=before.size,
            newest=found.size,
            error=error,
            before=kept.decode("utf-8"),
            after=note.decode("utf-8"),
        ) from None
