"""Is every bit of a full tile, of the tile above it, and of a full bundle protected, as those of small ones?

The small ledger of `test_every_bit.py` does not fill a tile. Here are 600: two full tiles and bundles,
and a tile of the second level. Each changed piece is shown to that part of the audit which looks at it; some
go the whole way.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ledger.audit.bundles import Published
from ledger.audit.failures import Failures
from ledger.audit.heads import Heads
from ledger.audit.published import TreeCheck
from ledger.proof.checks import Failure
from ledger.proof.keys import SigningKey
from ledger.proof.merkle import root_of
from ledger.proof.signers import Ed25519Signer
from ledger.proof.static_log import static_log
from ledger.proof.tiles import WIDTH, Bundle, Tile, split_tile
from ledger.proof.tree_hash import hash_leaf
from ledger.publish.folder import LogFolder
from tests.support.flips import flipped, flips

SIZE = 600
ORIGIN = "ledger.example.org/large"
FULL, ABOVE, BUNDLE = Tile(0, 1), Tile(1, 0, SIZE // WIDTH), Bundle(1)
"""The second full tile, the one above it, and the entries that both are about."""


@cache
def files() -> dict[str, bytes]:
    """The published log."""
    signer = Ed25519Signer.of(ORIGIN, SigningKey(bytes(32)))
    return dict(static_log(ORIGIN, (b"entry %d" % number for number in range(SIZE)), signer))


@cache
def leaves() -> list[bytes]:
    """The leaf hashes of its entries."""
    return [hash_leaf(b"entry %d" % number) for number in range(SIZE)]


class Changed(LogFolder):
    """The published log with one file replaced."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(Path("nowhere"))
        self._files = {**files(), name: data}

    def read(self, name: str) -> bytes:
        """A file out of memory."""
        return self._files[name]


def check_of(name: str, data: bytes) -> tuple[TreeCheck, list[Failure]]:
    """A check that has seen nothing yet, and what it will say."""
    failures = Failures()
    heads = Heads(lambda size: (), None, failures)
    return TreeCheck(Published(Changed(name, data), SIZE), heads, iter(()), failures), failures.kept


def whole(name: str, data: bytes) -> list[tuple[str, int | None]]:
    """What is said when all entries have come."""
    check, failures = check_of(name, data)
    check.take(range(SIZE), b"".join(leaves()), [])
    check.finish()
    return [(one.check, one.seq) for one in failures]


def row_of(tile: Tile) -> list[bytes]:
    """The hashes that a tile has to hold, computed from the leaves."""
    wide = WIDTH**tile.level
    starts = range(tile.index * WIDTH * wide, (tile.index * WIDTH + tile.width) * wide, wide)
    return [root_of(leaves()[start : start + wide]) for start in starts]


def test_every_bit_of_a_full_tile_and_of_the_tile_above_it() -> None:
    """The hash that it stands in is named by its first entry, and no other."""
    for tile in (FULL, ABOVE):
        data, row = files()[tile.path], row_of(tile)
        assert split_tile(data, tile) == row
        for number, (at, changed) in enumerate(flips(data)):
            assert split_tile(changed, tile) != row
            if (
                number % 11
            ):  # the rest of the way is the same for all: now this bit of a byte goes it, now that
                continue
            check, failures = check_of(tile.path, changed)
            check._tile(tile, row)
            entry = (tile.index * WIDTH + at // 32) * WIDTH**tile.level
            assert [(one.check, one.seq) for one in failures] == [("8.7", entry)]


def test_every_byte_of_a_full_bundle() -> None:
    """The entry that it stands in is named, or the bundle's first one if nothing can be read any more."""
    data, row = files()[BUNDLE.path], leaves()[WIDTH : 2 * WIDTH]
    for at, entry in enumerate(places(data)):
        check, failures = check_of(BUNDLE.path, flipped(data, at, at % 8))
        check._bundle(BUNDLE, row)
        assert {one.check for one in failures} == {"8.7"}
        assert failures[0].seq in {WIDTH, entry}


def places(bundle: bytes) -> list[int]:
    """For each byte of the bundle: in which entry, or before which it stands."""
    numbers: list[int] = []
    while len(numbers) < len(bundle):
        length = 2 + int.from_bytes(bundle[len(numbers) : len(numbers) + 2])
        entry = WIDTH + (numbers[-1] - WIDTH + 1 if numbers else 0)
        numbers += [entry] * length
    return numbers


def test_a_bit_of_each_of_them_is_found_by_the_whole_way() -> None:
    """What is shown to a part above is what the part is given."""
    for piece, step in ((FULL, 32), (ABOVE, 8), (BUNDLE, 100)):
        data = files()[piece.path]
        assert whole(piece.path, data) == []
        for at in range(0, len(data), step):
            assert {check for check, _ in whole(piece.path, flipped(data, at))} == {"8.7"}, (piece, at)
