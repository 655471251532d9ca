"""Tiles: the log as static files that never change (C2SP tlog-tiles).

A tile holds up to 256 neighbouring hashes of one level of 8 rows; an entry bundle holds the entries under
a tile of level 0. Only the right edge is partial. `ProofError` carries check 8.7.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ledger.errors import ProofError
from ledger.proof.lines import HASH_BYTES, MAX_SIZE
from ledger.proof.sentences import logs
from ledger.proof.tree_hash import hash_pairs, split_hashes

WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""

HEIGHT = 8
"""Rows of the tree that one level of tiles spans."""

MAX_LEVEL = 63
MAX_BUNDLE_ENTRY = 0xFFFF  # bytes: the length is a uint16

_PATH = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,6})([0-9]{3})"
    r"(?:\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)


@dataclass(frozen=True, order=True, slots=True)
class Tile:
    """Hashes [index * 256, index * 256 + width) of a level; each stands for 256 ** level leaves."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is published, for instance `tile/0/x001/x234/067.p/112`."""
        return f"tile/{self.level}/{_place(self.index, self.width)}"


@dataclass(frozen=True, order=True, slots=True)
class Bundle:
    """Entries [index * 256, index * 256 + width)."""

    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is published, for instance `tile/entries/x001/x234/067.p/112`."""
        return f"tile/entries/{_place(self.index, self.width)}"


def bundle_path(index: int, width: int) -> str:
    """Where the entries from `index * 256` on are published."""
    return Bundle(index, width).path


def parse_tile_path(path: str) -> Tile | Bundle:
    """What is published under this path. Raises `ProofError` unless it is the one way to write it."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise ProofError(logs.NO_TILE_PATH, path=path[:80], check="8.7")
    kind, upper, last, partial = match.groups()
    index, width = int(upper.replace("x", "").replace("/", "") + last), int(partial or WIDTH)
    found = Bundle(index, width) if kind == "entries" else Tile(int(kind), index, width)
    if found.path != path or index > MAX_SIZE:
        raise ProofError(logs.OTHER_TILE_PATH, path=path[:80], check="8.7")
    return found


def tiles_between(old: int, new: int) -> list[Tile]:
    """The tiles that a log writes when it grows from `old` entries to `new`: full ones, then the edge's."""
    tiles, level = [], 0
    while old < new:  # no new hash here means none further up
        tiles += [Tile(level, index, width) for index, width in _pieces(old, new)]
        old, new, level = old >> HEIGHT, new >> HEIGHT, level + 1
    return tiles


def bundles_between(old: int, new: int) -> list[Bundle]:
    """The entry bundles that a log writes when it grows from `old` entries to `new`."""
    return [Bundle(index, width) for index, width in _pieces(old, new)]


def all_tiles(size: int) -> list[Tile]:
    """The tiles of a tree of this size."""
    return tiles_between(0, size)


def full_paths(size: int) -> Iterator[str]:
    """Where the full tiles and bundles of a tree of this size are published."""
    published: Iterator[Tile | Bundle] = chain(all_tiles(size), bundles_between(0, size))
    for one in published:
        if one.width == WIDTH:
            yield one.path


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """The entries, each after its length as a big-endian uint16 (C2SP tlog-tiles).

    Raises `ProofError` (8.7) for an entry that is too large.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MAX_BUNDLE_ENTRY:
            raise ProofError(logs.NOT_INTO_BUNDLE, size=len(entry), check="8.7")
        parts += (struct.pack(">H", len(entry)), entry)
    return b"".join(parts)


def decode_bundle(data: bytes, count: int) -> list[bytes]:
    """The entries of a bundle, which must be exactly `count`. Raises `ProofError`."""
    entries: list[bytes] = []
    start, end = 0, len(data)
    while start < end and len(entries) < count:
        stop = start + 2 + int.from_bytes(data[start : start + 2])
        entries.append(data[start + 2 : stop])
        start = stop
    if start != end or len(entries) != count:
        raise ProofError(logs.NO_BUNDLE, size=end, count=count, check="8.7")
    return entries


class TileNodes:
    """The `NodeReader` of the tree of `size` leaves over its tiles; keeps what it computed of the last ones.

    `read` gives the bytes of one tile. A tile is not verified here: proofs made from a false one fail.
    """

    def __init__(self, size: int, read: Callable[[Tile], bytes], *, keep: int = 1024) -> None:
        """`keep` is the number of tiles held, at most 46 KiB each. Not to be shared between threads."""
        self.size = size
        self._rows = lru_cache(maxsize=keep)(self._load)
        self._read = read

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a perfect subtree. Raises `ProofError` for one that the tree does not have."""
        tile_level, row = divmod(level, HEIGHT)
        tile_index, place = divmod(index, WIDTH >> row)
        rows = self._rows(tile_level, tile_index)
        try:
            return rows[row][place]
        except IndexError:
            node = {"size": self.size, "index": index, "level": level}
            raise ProofError(logs.NO_NODE, check="8.7", **node) from None

    def _load(self, level: int, index: int) -> list[list[bytes]]:
        width = min(WIDTH, (self.size >> level * HEIGHT) - index * WIDTH)
        if width < 1:
            return [[]]
        rows = [split_tile(self._read(tile := Tile(level, index, width)), tile)]
        while len(rows) < HEIGHT and (pairs := len(rows[-1]) // 2):
            rows.append(hash_pairs(rows[-1][: pairs * 2]))
        return rows


def split_tile(data: bytes, tile: Tile) -> list[bytes]:
    """The hashes of a tile. Raises `ProofError` for another length."""
    if len(data) != tile.width * HASH_BYTES:
        sizes = {"wanted": tile.width * HASH_BYTES, "found": len(data)}
        raise ProofError(logs.OTHER_TILE_SIZE, path=tile.path, check="8.7", **sizes)
    return split_hashes(data)


def _pieces(old: int, new: int) -> Iterator[tuple[int, int]]:
    """Index and width of what changes in one row of 256 wide pieces."""
    for index in range(old // WIDTH, -(-new // WIDTH) if old < new else 0):
        yield index, min(WIDTH, new - index * WIDTH)


def _place(index: int, width: int) -> str:
    """The index in groups of three digits, all but the last one marked, and the width of a partial one."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *upper, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
    return "".join(f"x{group}/" for group in upper) + last + (f".p/{width}" if width != WIDTH else "")
