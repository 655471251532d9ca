"""Audit paths as the lines of receipts (C2SP tlog-proof), each line made once.

The path of a leaf is its sibling, and then the path of its parent. So those of neighbours differ in their
first lines only, and who proves many entries of one tree makes two lines for each, whatever its height.
"""

from __future__ import annotations

from functools import lru_cache

from ledger.errors import ProofError
from ledger.proof.encoding import b64
from ledger.proof.merkle import sibling
from ledger.proof.sentences import logs
from ledger.proof.tree_hash import NodeReader

KEPT = 4096
"""Paths of inner nodes that are kept, some 700 bytes each: those of the newest thousands of entries."""


class PathLines:
    """The paths in the tree of `size` leaves. Not to be shared between threads."""

    def __init__(self, size: int, node: NodeReader) -> None:
        self._size, self._node = size, node
        self._of_inner = lru_cache(maxsize=KEPT)(self._of)

    def of_leaf(self, index: int) -> str:
        """The audit path of leaf `index` in base64, its sibling first, a line feed after each hash.

        Raises `ProofError` (8.8) if there is no such leaf.
        """
        if not 0 <= index < self._size:
            raise ProofError(logs.NO_SUCH_ENTRY, index=index, size=self._size, check="8.8")
        return self._of(0, index)

    def _of(self, level: int, index: int) -> str:
        if self._size - 1 >> level == 0:  # the root
            return ""
        beside = sibling(level, index, self._size, self._node)
        above = self._of_inner(level + 1, index >> 1)
        return above if beside is None else f"{b64(beside)}\n{above}"
