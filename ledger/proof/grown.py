"""A tree that grows and can be asked for every size that it has had: it keeps its perfect subtrees."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.proof.lines import HASH_BYTES
from ledger.proof.tree_hash import hash_children


class GrownTree:
    """A `NodeReader` from one level up: 64 bytes for each perfect subtree of that level."""

    def __init__(self, level: int = 0, count: int = 0, edge: Sequence[bytes] = ()) -> None:
        """Goes on behind `count` subtrees of `level`; `edge`: the roots over them, the largest first.

        Of what lies before only the edge is known.
        """
        self._level = level
        self._rows: list[bytearray] = []
        self._skipped: list[int] = []
        """How many nodes of each row are not kept."""
        peaks = list(edge)
        while count >> len(self._rows):
            whole = count >> len(self._rows)
            self._rows.append(bytearray(peaks.pop() if whole & 1 else b""))
            self._skipped.append(whole & ~1)

    def add(self, node: bytes, below: Sequence[Sequence[bytes]] = ()) -> None:
        """The next subtree; or several at once: `node` is over them, `below` are the rows under it.

        Of those the lowest comes first. The subtrees are 2 ** len(below), behind a multiple of that.
        """
        for height, hashes in enumerate(below):
            self._row(height).extend(b"".join(hashes))
        height = len(below)
        while True:
            row = self._row(height)
            row += node
            if (self._skipped[height] + len(row) // HASH_BYTES) & 1:
                return
            node = hash_children(bytes(row[-2 * HASH_BYTES : -HASH_BYTES]), bytes(row[-HASH_BYTES:]))
            height += 1

    def edge(self, count: int) -> list[bytes]:
        """The roots over the first `count` subtrees, the largest first; not of fewer than it began with."""
        heights = reversed(range(count.bit_length()))
        return [self(self._level + one, (count >> one) - 1) for one in heights if count >> one & 1]

    def __call__(self, level: int, index: int) -> bytes:
        """A node that is kept."""
        height = level - self._level
        at = (index - self._skipped[height]) * HASH_BYTES
        return bytes(self._rows[height][at : at + HASH_BYTES])

    def _row(self, height: int) -> bytearray:
        if height == len(self._rows):
            self._rows.append(bytearray())
            self._skipped.append(0)
        return self._rows[height]
