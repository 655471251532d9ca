"""The Merkle tree of RFC 6962 §2.1: roots, inclusion and consistency proofs, made and verified.

Hashes are 32 raw bytes. A tree is read through a `NodeReader`, so that the same code makes proofs from
tiles, from memory and from a database. Failures carry check 8.6 (consistency) or 8.8 (inclusion).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from ledger.errors import ProofError
from ledger.proof.sentences import logs
from ledger.proof.subtree import verify_subtree_consistency, verify_subtree_inclusion
from ledger.proof.tree_hash import (
    EMPTY_ROOT,
    NodeReader,
    fold,
    hash_children,
    hash_leaf,
    hash_pairs,
    range_root,
)

__all__ = [
    "EMPTY_ROOT",
    "Frontier",
    "NodeReader",
    "consistency_proof",
    "hash_children",
    "hash_leaf",
    "inclusion_proof",
    "root_at",
    "root_of",
    "sibling",
    "verify_consistency",
    "verify_inclusion",
]

_CHUNK = 1 << 14  # leaf hashes held at once while a frontier takes many


class Frontier:
    """The right edge of a growing tree: the roots of its perfect subtrees, at most one a level."""

    __slots__ = ("_nodes", "size")

    def __init__(self) -> None:
        self.size = 0
        self._nodes: list[bytes | None] = []

    @classmethod
    def of(cls, size: int, node: NodeReader) -> Frontier:
        """The edge of the first `size` leaves of a tree."""
        frontier = cls()
        frontier.size = size
        for level in range(size.bit_length()):
            whole = size >> level
            frontier._nodes.append(node(level, whole - 1) if whole & 1 else None)
        return frontier

    def append(self, leaf_hash: bytes) -> None:
        """Adds one leaf."""
        self.extend((leaf_hash,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Adds leaves in order."""
        hashes = iter(leaf_hashes)
        while chunk := list(islice(hashes, _CHUNK)):
            self.size += len(chunk)
            self._carry(chunk)

    def root(self) -> bytes:
        """The tree's root."""
        return fold([node for node in reversed(self._nodes) if node is not None])

    def copy(self) -> Frontier:
        """A frontier that grows by itself."""
        other = Frontier()
        other.size, other._nodes = self.size, self._nodes.copy()
        return other

    def _carry(self, row: list[bytes]) -> None:
        """Adds a row of leaf hashes: at each level whole pairs go up, an odd one stays."""
        level = 0
        while row:
            if level == len(self._nodes):
                self._nodes.append(None)
            if (waiting := self._nodes[level]) is not None:
                row.insert(0, waiting)
            self._nodes[level] = row.pop() if len(row) & 1 else None
            row, level = hash_pairs(row), level + 1


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Root of the tree over these leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaf_hashes)
    return frontier.root()


def root_at(size: int, node: NodeReader) -> bytes:
    """Root of the first `size` leaves."""
    return range_root(0, size, node)


def inclusion_proof(index: int, size: int, node: NodeReader) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves, its sibling first (RFC 6962 §2.1.1).

    Raises `ProofError` if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ProofError(logs.NO_SUCH_ENTRY, index=index, size=size, check="8.8")
    beside = (sibling(level, index >> level, size, node) for level in range((size - 1).bit_length()))
    return [found for found in beside if found is not None]


def sibling(level: int, index: int, size: int, node: NodeReader) -> bytes | None:
    """The hash beside a node on its way to the root of `size` leaves; None where it goes up alone."""
    beside, last = index ^ 1, size - 1 >> level
    if beside < last:
        return node(level, beside)
    if beside == last:  # the last one of its row may be smaller than the others
        return range_root(beside << level, min(size, beside + 1 << level), node)
    return None


def consistency_proof(old: int, new: int, node: NodeReader) -> list[bytes]:
    """That the tree of `new` leaves begins with the one of `old` (RFC 6962 §2.1.2).

    Empty where `old` is 0 or `new`. Raises `ProofError` if `old` is larger.
    """
    if not 0 <= old <= new:
        raise ProofError(logs.NOT_CONTINUED_BY, new=new, old=old, check="8.6")
    if old in {0, new}:
        return []
    path, start, end = [], 0, new
    while old != end:  # down to the right edge of the old tree
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if old <= middle:
            path.append(range_root(middle, end, node))
            end = middle
        else:
            path.append(range_root(start, middle, node))
            start = middle
    if start:  # the verifier cannot derive this one from the old root alone
        path.append(range_root(start, end, node))
    return path[::-1]


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Returns if the proof leads from leaf `index` to the root of the tree of `size`; raises `ProofError`."""
    verify_subtree_inclusion(leaf_hash, index, 0, size, proof, root)


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Returns if the tree of `new` leaves begins with the one of `old`; raises `ProofError`.

    `old` is at least 1: every tree continues the empty one, and no proof says more about that.
    """
    if old < 1:
        raise ProofError(logs.NOTHING_TO_VERIFY, check="8.6")
    verify_subtree_consistency(0, old, new, proof, old_root, new_root)
