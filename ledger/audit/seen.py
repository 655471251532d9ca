"""(3.4) What signers had seen, against the roots that the tree had at every size, in bounded memory.

The last groups of 256 entries are held as they are: nearly everybody votes on a checkpoint that is minutes
old. Of all others the hashes over eight entries are kept, and those above: eight bytes an entry. Of a tree
that ends between these, eight entries are read again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from ledger.audit.source import EntrySource
from ledger.audit.tree import Group, Tree
from ledger.errors import NotFound, ProofError
from ledger.proof.checks import Failure
from ledger.proof.grown import GrownTree
from ledger.proof.seen import RootReader, Seen, check_seen, proven_root
from ledger.proof.static_log import perfect_root, perfect_roots
from ledger.proof.tiles import HEIGHT, WIDTH, TileNodes
from ledger.proof.tree_hash import fold, hash_leaf
from ledger.publish.folder import LogFolder

LEVEL = 3
"""Of the smallest subtrees that are kept, over 8 entries: to read these again takes as long as to verify a
signature. One level more would save half of the memory, and take twice as long."""

RECENT = 32
"""Groups that are held: 8,192 entries, at most 2 MiB."""

ROOTS = 4096
"""Roots that are remembered: those that were asked for last."""


class SeenCheck:
    """Follows a tree as it grows, from the first entry that is looked at."""

    def __init__(self, tree: Tree, source: EntrySource, before: RootReader = lambda size: None) -> None:
        """`before` tells the roots at sizes that end in groups before the one in which the tree begins."""
        self._tree = tree
        self._source = source
        self._before = before
        self._first = tree.size // WIDTH
        self._kept = GrownTree(LEVEL, self._first << (HEIGHT - LEVEL), tree.group().above)
        self._recent: deque[Group] = deque(maxlen=RECENT)
        self._root = lru_cache(maxsize=ROOTS)(self._find)
        self.looked = 0
        """How many statements were looked at that name a checkpoint."""

    def lift(self, group: Group) -> None:
        """Takes a group that is complete, before it leaves the tree."""
        self._recent.append(group)
        self._kept.add(group.top, group.rows(LEVEL))

    def look(self, seen: list[Seen]) -> Iterator[Failure]:
        """The failures of these statements, whose entries are in the tree; empties the list."""
        self.looked += len(seen)
        yield from check_seen(seen, self._root)
        seen.clear()

    def _find(self, size: int) -> bytes | None:
        if size > self._tree.size:  # the log is torn, which is said where the tree is looked at
            return None
        group = (size - 1) // WIDTH
        if group < self._first:
            return self._before(size)
        if size > self._tree.size - len(self._tree.rows[0]):
            return self._tree.group().root(size)
        if self._recent and group >= (begin := self._recent[0].start // WIDTH):
            return self._recent[group - begin].root(size)
        return self._again(size)

    def _again(self, size: int) -> bytes | None:
        """The root at a size that ends among entries whose hashes are not kept: these are read again."""
        whole, rest = divmod(size, 1 << LEVEL)
        peaks = self._kept.edge(whole)
        if rest:
            first = whole << LEVEL
            leaves = list(map(hash_leaf, self._source.page(first, first + (1 << LEVEL)).states))
            if len(leaves) != 1 << LEVEL or perfect_root(leaves) != self._kept(LEVEL, whole):
                return None
            peaks += perfect_roots(leaves[:rest])
        return fold(peaks)


def roots_before(verified: Tree, folder: LogFolder | None, published: int) -> RootReader:
    """The roots of a tree that was verified last time, at every size, as the published tiles show them.

    These need not be trusted: what they say is proven to be the beginning of the tree that was verified.
    """
    if folder is None:
        return lambda size: None
    size, root = verified.size, verified.group().root(verified.size)
    nodes = TileNodes(published, folder.tile, keep=RECENT)  # for all of them: they share most of their tiles

    def before(wanted: int) -> bytes | None:
        try:
            return proven_root(wanted, size, root, nodes)
        except (NotFound, ProofError):
            return None

    return before
