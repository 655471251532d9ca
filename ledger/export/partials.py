"""The partial tiles and bundles of earlier checkpoints, as far as the full ones are not there yet.

A reader who holds an earlier checkpoint asks for the pieces of its size, and for the full ones if those
are gone (C2SP tlog-tiles). Where nothing is full yet, the earlier pieces must be there: at most 255 for
each level, cut from those of the newest size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.proof.static_log import File
from ledger.proof.tiles import HEIGHT, WIDTH, Bundle, Tile, decode_bundle, encode_bundle, parse_tile_path


def earlier_partials(edge: Iterable[File], sizes: Iterable[int]) -> Iterator[File]:
    """The pieces of checkpoints of these sizes; `edge` are those of the newest one."""
    listed = list(sizes)
    for name, data in edge:
        piece = parse_tile_path(name)
        for width in _widths(piece, listed):
            yield _cut(piece, data, width)


def _widths(piece: Tile | Bundle, sizes: Iterable[int]) -> list[int]:
    """How many hashes or entries of this piece there were at these sizes."""
    shift = piece.level * HEIGHT if isinstance(piece, Tile) else 0
    found = {(size >> shift) - piece.index * WIDTH for size in sizes}
    return sorted(width for width in found if 0 < width < piece.width)


def _cut(piece: Tile | Bundle, data: bytes, width: int) -> File:
    if isinstance(piece, Tile):
        return Tile(piece.level, piece.index, width).path, data[: width * 32]
    return Bundle(piece.index, width).path, encode_bundle(decode_bundle(data, piece.width)[:width])
