"""Trees in memory: every node is computed from its leaves, without any of the code under test."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any


def leaves(count: int) -> list[bytes]:
    """Hashes that stand for the leaves of a tree."""
    return [hashlib.sha256(b"leaf %d" % number).digest() for number in range(count)]


def mth(hashes: Sequence[bytes]) -> bytes:
    """The tree hash, as RFC 6962 §2.1 defines it: split at the largest power of two below the size."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\x01" + mth(hashes[:split]) + mth(hashes[split:])).digest()


class MemoryTree:
    """A `NodeReader` over leaf hashes; asks of it what the tree has not are errors of the test."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self.hashes = hashes
        self._nodes: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a perfect subtree."""
        if level == 0:
            return self.hashes[index]
        assert (index + 1) << level <= len(self.hashes), "this subtree is not perfect"
        if (level, index) not in self._nodes:
            children = self(level - 1, 2 * index) + self(level - 1, 2 * index + 1)
            self._nodes[level, index] = hashlib.sha256(b"\x01" + children).digest()
        return self._nodes[level, index]


def flip(data: bytes, bit: int) -> bytes:
    """The bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


def head_of(entries: Iterable[bytes]) -> dict[str, Any]:
    """What a signer had seen to whom a checkpoint over these entries was shown."""
    hashes = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
    return {"size": len(hashes), "root": base64.b64encode(mth(hashes)).decode()}
