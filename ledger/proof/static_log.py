"""A log as static files: entry bundles, tiles and checkpoints, as pure functions from bytes to bytes.

`TileWriter` cuts a growing log and holds its right edge only, so a publisher can go on from the edge that
it published before; `static_log` writes a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from ledger.errors import ProofError
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.merkle import Frontier
from ledger.proof.sentences import logs
from ledger.proof.signers import NoteSigner
from ledger.proof.tiles import (
    HEIGHT,
    MAX_BUNDLE_ENTRY,
    WIDTH,
    Bundle,
    Tile,
    decode_bundle,
    encode_bundle,
    split_tile,
)
from ledger.proof.tree_hash import hash_leaf, hash_pairs

File = tuple[str, bytes]
"""A path below the log's prefix, and its content."""

_BATCH = 16 * WIDTH  # entries held at once while a whole log is written


class TileWriter:
    """The right edge of a log: the hashes of the last tile of each level, the entries of the last bundle."""

    def __init__(self) -> None:
        self.size = 0
        self._rows: list[list[bytes]] = []
        self._entries: list[bytes] = []
        # What `edge` and `root` computed: whoever asks often pays for what was added since only.
        self._encoded, self._bundle = 0, b""
        self._frontier = Frontier()

    @classmethod
    def of(cls, size: int, read: Callable[[str], bytes]) -> TileWriter:
        """The edge of a published log. `read` gives a file by its path. Raises `ProofError` (8.7)."""
        writer = cls()
        writer.size = size
        for level in range(-(-size.bit_length() // HEIGHT)):
            index, width = divmod(size >> level * HEIGHT, WIDTH)
            tile = Tile(level, index, width)
            writer._rows.append(split_tile(read(tile.path), tile) if width else [])
        index, width = divmod(size, WIDTH)
        writer._entries = decode_bundle(read(Bundle(index, width).path), width) if width else []
        return writer

    def copy(self) -> TileWriter:
        """A writer that goes on by itself."""
        other = TileWriter()
        other.size, other._rows, other._entries = self.size, list(self._rows), list(self._entries)
        other._encoded, other._bundle = self._encoded, self._bundle
        other._frontier = self._frontier.copy()
        return other

    def extend(self, entries: Sequence[bytes], leaves: Sequence[bytes] | None = None) -> list[File]:
        """Adds entries; the bundles and tiles that became full, what they rest on first.

        `leaves` are their leaf hashes, where they are known. Raises `ProofError` (8.7), before anything is
        added, for an entry that is too long.
        """
        check_entries(entries)
        old, self.size = self.size, self.size + len(entries)
        self._entries += entries
        full, self._entries = cut(self._entries)
        if full:
            self._encoded, self._bundle = 0, b""
        first = old // WIDTH
        files = [(Bundle(first + at).path, encode_bundle(part)) for at, part in enumerate(full)]
        hashes, level = list(map(hash_leaf, entries) if leaves is None else leaves), 0
        while hashes:
            if level == len(self._rows):
                self._rows.append([])
            full, self._rows[level] = cut(self._rows[level] + hashes)
            first = old >> level * HEIGHT + HEIGHT
            files += [(Tile(level, first + at).path, b"".join(part)) for at, part in enumerate(full)]
            hashes, level = [perfect_root(part) for part in full], level + 1
        return files

    def edge(self) -> list[File]:
        """The partial bundle and tiles that a checkpoint of this size needs."""
        files = []
        if self._entries:
            bundle = Bundle(self.size // WIDTH, len(self._entries))
            self._bundle += encode_bundle(self._entries[self._encoded :])
            self._encoded = len(self._entries)
            files.append((bundle.path, self._bundle))
        for level, row in enumerate(self._rows):
            if row:
                tile = Tile(level, self.size >> level * HEIGHT + HEIGHT, len(row))
                files.append((tile.path, b"".join(row)))
        return files

    def root(self) -> bytes:
        """The root of the tree."""
        leaves = self._rows[0] if self._rows else []
        if (added := self.size - self._frontier.size) <= len(leaves):
            self._frontier.extend(leaves[len(leaves) - added :])
        else:
            smallest_first = (root for row in self._rows for root in reversed([*perfect_roots(row)]))
            self._frontier = Frontier.of(self.size, lambda level, index: next(smallest_first))
        return self._frontier.root()


def static_log(
    origin: str, entries: Iterable[bytes], *signers: NoteSigner, sizes: Iterable[int] = ()
) -> Iterator[File]:
    """All files of a log. Besides the last one, checkpoints of `sizes` are published, in their order.

    Raises `ProofError` (8.7) for an entry that is too long.
    """
    rest, writer = iter(entries), TileWriter()
    for size in (*sorted(sizes), None):
        while batch := list(islice(rest, _BATCH if size is None else min(_BATCH, size - writer.size))):
            yield from writer.extend(batch)
        yield from writer.edge()
        checkpoint = sign_checkpoint(Checkpoint(origin, writer.size, writer.root()), *signers)
        yield f"checkpoints/{writer.size}", checkpoint
    yield "checkpoint", checkpoint


def check_entries(entries: Iterable[bytes]) -> None:
    """Raises `ProofError` if one does not fit into a bundle."""
    if any(len(entry) > MAX_BUNDLE_ENTRY for entry in entries):
        raise ProofError(logs.ENTRY_TOO_LONG, limit=MAX_BUNDLE_ENTRY, check="8.7")


def cut(row: list[bytes]) -> tuple[list[list[bytes]], list[bytes]]:
    """The full pieces of a row, and its rest."""
    end = len(row) // WIDTH * WIDTH
    return [row[at : at + WIDTH] for at in range(0, end, WIDTH)], row[end:]


def perfect_root(hashes: list[bytes]) -> bytes:
    """Root over a power of 2 of hashes."""
    while len(hashes) > 1:
        hashes = hash_pairs(hashes)
    return hashes[0]


def perfect_roots(row: list[bytes]) -> Iterator[bytes]:
    """Roots of the perfect subtrees of falling size over an incomplete row."""
    start = 0
    for level in reversed(range(len(row).bit_length())):
        if len(row) >> level & 1:
            yield perfect_root(row[start : start + (1 << level)])
            start += 1 << level
