"""The hashes of an RFC 6962 tree (§2.1): leaves, inner nodes, and the root over perfect subtrees.

Everything is 32 raw bytes. The prefixes 0x00 and 0x01 keep a leaf from being read as a node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from ledger.proof.lines import HASH_BYTES

EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree without leaves."""

NodeReader = Callable[[int, int], bytes]
"""`(level, index)` -> hash of the perfect subtree over the leaves [index << level, (index + 1) << level)."""


def hash_leaf(data: bytes) -> bytes:
    """SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def split_hashes(data: bytes) -> list[bytes]:
    """Hashes that stand one after the other."""
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def hash_pairs(hashes: Iterable[bytes]) -> list[bytes]:
    """The parents of an even number of neighbours: what a growing tree spends its time with."""
    sha, pairs = sha256, iter(hashes)
    return [sha(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]


def fold(subtrees: Sequence[bytes]) -> bytes:
    """Root over perfect subtrees of falling size."""
    if not subtrees:
        return EMPTY_ROOT
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = hash_children(left, root)
    return root


def range_root(start: int, end: int, node: NodeReader) -> bytes:
    """Root over the leaves [start, end), where `start` is a multiple of the largest subtree in them."""
    subtrees = []
    while start < end:
        level = (end - start).bit_length() - 1
        subtrees.append(node(level, start >> level))
        start += 1 << level
    return fold(subtrees)
