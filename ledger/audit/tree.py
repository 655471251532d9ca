"""The Merkle tree over the entries of an audit, as it grows: tiles that become full, and roots on the way."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.proof.static_log import perfect_root, perfect_roots
from ledger.proof.tiles import HEIGHT, WIDTH, Tile
from ledger.proof.tree_hash import fold, hash_pairs

Rows = list[list[bytes]]


class Group:
    """Up to 256 leaf hashes at the edge of a tree, and every hash over them."""

    def __init__(self, start: int, leaves: list[bytes], above: Sequence[bytes]) -> None:
        """`above`: roots of the perfect subtrees to the left of it, the largest first."""
        self.start = start
        self.leaves = leaves
        self.above = above
        self._pyramid = [leaves]
        while len(self._pyramid[-1]) > 1:
            row = self._pyramid[-1]
            self._pyramid.append(hash_pairs(row[: len(row) // 2 * 2]))

    @property
    def end(self) -> int:
        """The size of the tree that ends with it."""
        return self.start + len(self.leaves)

    @property
    def top(self) -> bytes:
        """The hash over all of a full group."""
        return self._pyramid[HEIGHT][0]

    def rows(self, level: int) -> list[list[bytes]]:
        """The hashes from this level up to the one below the top."""
        return self._pyramid[level:HEIGHT]

    def root(self, size: int) -> bytes:
        """The root of the tree of `size` leaves, which ends in this group."""
        width, at, peaks = size - self.start, 0, list(self.above)
        for level in reversed(range(HEIGHT + 1)):
            if width >> level & 1:
                peaks.append(self._pyramid[level][at >> level])
                at += 1 << level
        return fold(peaks)


class Tree:
    """Takes leaf hashes in order. Holds the last tile of each level only."""

    def __init__(self, rows: Rows | None = None, size: int = 0) -> None:
        """`rows`: the hashes of the last, unfinished tile of each level, of a tree of `size` leaves."""
        self.size = size
        self.rows: Rows = rows or [[]]

    def split(self, leaves: list[bytes]) -> list[list[bytes]]:
        """Cuts what comes next so that each piece ends where a group does."""
        room = WIDTH - len(self.rows[0])
        pieces = [leaves[:room], *(leaves[at : at + WIDTH] for at in range(room, len(leaves), WIDTH))]
        return [piece for piece in pieces if piece]

    def add(self, piece: list[bytes]) -> Group | None:
        """Adds a piece; returns the group if it is full now. It stays the last one until `lift`."""
        self.rows[0] += piece
        self.size += len(piece)
        return self.group() if len(self.rows[0]) == WIDTH else None

    def group(self) -> Group:
        """The last group, as far as it goes."""
        row = self.rows[0]
        above = [root for one in reversed(self.rows[1:]) for root in perfect_roots(one)]
        return Group(self.size - len(row), row, above)

    def lift(self, top: bytes) -> list[tuple[Tile, list[bytes]]]:
        """Replaces the full last group by its hash; returns the tiles above it that became full."""
        full: list[tuple[Tile, list[bytes]]] = []
        level, self.rows[0] = 1, []
        while True:
            if level == len(self.rows):
                self.rows.append([])
            self.rows[level].append(top)
            if len(self.rows[level]) < WIDTH:
                return full
            index = (self.size >> HEIGHT * (level + 1)) - 1
            full.append((Tile(level, index), self.rows[level]))
            top, self.rows[level] = perfect_root(self.rows[level]), []
            level += 1

    def edge(self, size: int) -> list[tuple[Tile, list[bytes]]]:
        """The unfinished tiles of a tree of `size` leaves that ends in the last group."""
        width = size % WIDTH
        rows = [self.rows[0][:width], *self.rows[1:]]
        return [
            (Tile(level, size >> HEIGHT * (level + 1), len(row)), row)
            for level, row in enumerate(rows)
            if row
        ]
