"""(8) The published form of a log, held against the tree over its entries: tiles, bundles, checkpoints.

The entries come from elsewhere: a database, or the bundles themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ledger.audit import sentences
from ledger.audit.bundles import Published
from ledger.audit.failures import Failures
from ledger.audit.heads import Head, Heads
from ledger.audit.tree import Group, Tree
from ledger.errors import NotFound, ProofError, StimmbuchError
from ledger.proof.encoding import b64
from ledger.proof.tiles import HEIGHT, WIDTH, Bundle, Tile, split_tile
from ledger.proof.tree_hash import EMPTY_ROOT, hash_leaf, split_hashes
from ledger.sentence import Sentence


class TreeCheck:
    """Follows the tree of a log, and looks at everything published about it on the way."""

    def __init__(
        self,
        published: Published | None,
        heads: Heads,
        expected: Iterator[Head],
        failures: Failures,
        tree: Tree | None = None,
        lifted: Callable[[Group], None] = lambda group: None,
    ) -> None:
        """`expected`: the heads in the order of their sizes. `tree`: where to begin, if not at entry 0.

        `lifted` is told of every group that is complete.
        """
        self.tree = tree or Tree()
        self._lifted = lifted
        self._published = published
        self._heads = heads
        self._expected = expected
        self._next = next(expected, None)
        self._failures = failures
        self.pieces = 0
        """Tiles and bundles that were looked at."""
        self._equal: set[int] = set()
        self._false: set[tuple[int, int]] = set()
        self._torn = False

    def take(self, numbers: Sequence[int], leaves: bytes, bundles: Sequence[int]) -> None:
        """The leaf hashes of the next entries, and the bundles that are known to hold these entries."""
        self._equal.update(bundles)
        hashes = split_hashes(leaves)
        if isinstance(numbers, range):
            self._reach(numbers.start)
            self._add(hashes)
            return
        for number, leaf in zip(numbers, hashes, strict=True):
            self._reach(number)
            self._add([leaf])

    def finish(self) -> None:
        """Looks at what ends in the last group, and at heads of larger trees than there are entries."""
        self._group(self.tree.group())
        size, last = self.tree.size, self._published.size if self._published else 0
        if size < last and not self._torn:
            self._failures.fail("8.1", size, sentences.PUBLISHED_AND_MISSING, published=last)
        while self._next is not None:
            self._look(None if self._next.size else EMPTY_ROOT)

    def _add(self, hashes: list[bytes]) -> None:
        for piece in self.tree.split(hashes):
            group = self.tree.add(piece)
            if group is not None:
                self._group(group)
                self._lifted(group)
                for tile, row in self.tree.lift(group.top):
                    self._tile(tile, row)
                if self._published is not None and self._published.size == self.tree.size:
                    self._edge(self.tree.size)

    def _reach(self, number: int) -> None:
        """Fills up what is missing before entry `number` with what was published there."""
        while self.tree.size < number and not self._torn:
            leaf = self._published_leaf(self.tree.size)
            if leaf is None:
                self._torn = True
                if self._published is not None and self.tree.size < self._published.size:
                    self._fail(self.tree.size, sentences.MISSING_WITH_HASH)
                return
            if self._published is not None and self._published.bundles:
                self._fail(self.tree.size, sentences.MISSING_HERE, b64(leaf))
            self._add([leaf])

    def _published_leaf(self, number: int) -> bytes | None:
        if self._published is None or number >= self._published.size:
            return None
        index, place = divmod(number, WIDTH)
        width = min(WIDTH, self._published.size - index * WIDTH)
        try:
            tile = Tile(0, index, width)
            return split_tile(self._published.folder.tile(tile), tile)[place]
        except (NotFound, ProofError):
            return None

    def _group(self, group: Group) -> None:
        """A group that is complete, or the last one."""
        if self._published is not None and group.start < self._published.size:
            if self._published.size >= group.end and len(group.leaves) == WIDTH:
                self._tile(Tile(0, group.start // WIDTH), group.leaves)
                self._bundle(Bundle(group.start // WIDTH), group.leaves)
            elif self._published.size <= group.end:
                self._edge(self._published.size)
        while self._next is not None and self._next.size <= group.end:
            self._look(None if self._torn else group.root(self._next.size))

    def _edge(self, size: int) -> None:
        """The unfinished tiles and bundle of the published tree."""
        for tile, row in self.tree.edge(size):
            self._tile(tile, row)
        if width := size % WIDTH:
            self._bundle(Bundle(size // WIDTH, width), self.tree.rows[0][:width])

    def _look(self, root: bytes | None) -> None:
        if self._next is not None:
            self._heads.look(self._next, root)
            self._next = next(self._expected, None)

    def _tile(self, tile: Tile, row: list[bytes]) -> None:
        """A published tile must hold these hashes."""
        if self._published is None or self._torn:
            return
        self.pieces += 1
        try:
            found = split_tile(self._published.folder.tile(tile), tile)
        except (NotFound, ProofError) as error:
            self._fail(tile.index * WIDTH << HEIGHT * tile.level, error)
            return
        if found == row:  # nearly always; else which one differs
            return
        for index, (ours, theirs) in enumerate(zip(row, found, strict=True), tile.index * WIDTH):
            if ours != theirs and (tile.level, index) not in self._false:
                self._blame_above(tile.level, index)
                first = index << HEIGHT * tile.level
                self._fail(first, sentences.ANOTHER_HASH, b64(ours), b64(theirs), path=tile.path)

    def _blame_above(self, level: int, index: int) -> None:
        """Where one hash is false, all above it are: they are not reported once more."""
        for above in range(level + 1, 1 + 64 // HEIGHT):
            index >>= HEIGHT
            self._false.add((above, index))

    def _bundle(self, bundle: Bundle, row: list[bytes]) -> None:
        """A published bundle must hold the entries of these leaf hashes."""
        self.pieces += 1
        known = bundle.index in self._equal
        self._equal.discard(bundle.index)
        if known or self._torn or self._published is None or not self._published.bundles:
            return
        try:
            entries = self._published.folder.bundle(bundle)
        except (NotFound, ProofError) as error:
            self._fail(bundle.index * WIDTH, error)
            return
        for place, (ours, entry) in enumerate(zip(row, entries, strict=True)):
            if ours != (theirs := hash_leaf(entry)):
                seq = bundle.index * WIDTH + place
                self._fail(seq, sentences.ANOTHER_ENTRY, b64(ours), b64(theirs), path=bundle.path)

    def _fail(self, seq: int, what: Sentence | StimmbuchError, *values: str, **named: str) -> None:
        self._failures.fail("8.7", seq, what, *values, **named)
