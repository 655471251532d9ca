"""Are tiles and entry bundles those of C2SP tlog-tiles, written in one way only?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.merkle import inclusion_proof, root_at
from ledger.proof.tiles import (
    MAX_BUNDLE_ENTRY,
    Bundle,
    Tile,
    TileNodes,
    all_tiles,
    bundle_path,
    bundles_between,
    decode_bundle,
    encode_bundle,
    parse_tile_path,
    split_tile,
    tiles_between,
)
from tests.support.trees import MemoryTree, leaves, mth

LEAVES = leaves(70_000)
TREE = MemoryTree(LEAVES)
SIZES = st.integers(0, len(LEAVES)) | st.sampled_from([1, 255, 256, 257, 65_535, 65_536, 65_537])
PLACES = st.integers(0, 2**55), st.integers(1, 256)


def read(tile: Tile) -> bytes:
    """A tile of the tree, from its leaves; one that the tree has not is an error of the test."""
    first = tile.index * 256
    return b"".join(TREE(tile.level * 8, first + place) for place in range(tile.width))


@given(st.integers(0, 63), *PLACES)
def test_a_path_of_a_tile_is_read_as_it_was_written(level: int, index: int, width: int) -> None:
    """Path and tile are two forms of one thing, for entry bundles as well."""
    for thing in (Tile(level, index, width), Bundle(index, width)):
        assert parse_tile_path(thing.path) == thing
    assert bundle_path(index, width) == Bundle(index, width).path


def test_paths_are_those_of_the_specification() -> None:
    """The specification's own example, and one of every form."""
    assert Tile(0, 1_234_067).path == "tile/0/x001/x234/067"
    assert Tile(63, 0, 1).path == "tile/63/000.p/1"
    assert Tile(1, 999, 255).path == "tile/1/999.p/255"
    assert Bundle(1000, 112).path == "tile/entries/x001/000.p/112"


@pytest.mark.parametrize(
    "path",
    [
        *("", "tile", "tile/0", "tile/0/", "tile//000", "/tile/0/000", "tile/0/000/", "tile/0/000\n"),
        *("tile/00/000", "tile/64/000", "tile/-1/000", "tile/+1/000", "tile/٣/000", "tile/data/000"),
        *(
            "tile/0/0",
            "tile/0/0000",
            "tile/0/x000/067",
            "tile/0/001/067",
            "tile/0/x001/x067",
            "tile/0/x1/067",
        ),
        *("tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01"),
        *("tile/0/000.p/1/2", "tile/entries", "tile/entries/00", "tile/0/../000", "tile/0/X001/067"),
        "tile/0/" + "x999/" * 6 + "999",
    ],
)
def test_another_way_to_write_a_path_is_refused(path: str) -> None:
    """Two paths for one tile could hold two contents."""
    with pytest.raises(ProofError, match="path of a tile") as refusal:
        parse_tile_path(path)
    assert refusal.value.check == "8.7"


def test_a_tree_of_70000_entries_has_the_tiles_that_the_specification_counts() -> None:
    """273 full and one partial tile of leaves, one full and one partial above, one partial on top."""
    tiles = all_tiles(70_000)
    assert [(t.level, t.width) for t in tiles if t.width < 256] == [(0, 112), (1, 17), (2, 1)]
    assert [t.level for t in tiles if t.width == 256] == [0] * 273 + [1]
    assert all_tiles(256) == [Tile(0, 0, 256), Tile(1, 0, 1)]
    assert all_tiles(0) == []


@given(SIZES, SIZES)
def test_growing_writes_what_is_new_and_nothing_else(old: int, new: int) -> None:
    """A tile that is there already is never written again; a partial one is written for the new size."""
    written = tiles_between(old, new)
    if old >= new:
        assert written == []
        return
    assert set(written) == set(all_tiles(new)) - set(all_tiles(old))
    bundles = [Bundle(tile.index, tile.width) for tile in written if tile.level == 0]
    assert bundles_between(old, new) == bundles


@given(st.data(), SIZES.filter(bool))
def test_proofs_from_tiles_are_proofs_from_the_tree(data: st.DataObject, size: int) -> None:
    """Whatever is held in memory of them."""
    nodes = TileNodes(size, read, keep=data.draw(st.integers(1, 4)))
    assert root_at(size, nodes) == root_at(size, TREE)
    index = data.draw(st.integers(0, size - 1))
    assert inclusion_proof(index, size, nodes) == inclusion_proof(index, size, TREE)


def test_a_tree_has_no_nodes_beyond_its_size() -> None:
    """A proof for a size that is not published is refused instead of made up."""
    nodes = TileNodes(300, read)
    assert nodes(8, 0) == mth(LEAVES[:256])
    for level, index in ((0, 300), (8, 1), (5, 9), (16, 0), (0, 2**70)):
        with pytest.raises(ProofError, match="a tree of 300 has no node") as refusal:
            nodes(level, index)
        assert refusal.value.check == "8.7"


@pytest.mark.parametrize("length", [0, 31, 64, 33])
def test_a_cut_or_padded_tile_is_refused(length: int) -> None:
    """A truncated download is not a smaller tree."""
    with pytest.raises(ProofError, match=r"tile/0/000\.p/1 has 32 bytes") as refusal:
        split_tile(bytes(length), Tile(0, 0, 1))
    assert refusal.value.check == "8.7"


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_read_as_it_was_written(entries: list[bytes]) -> None:
    """Entries of any content, the empty one among them."""
    data = encode_bundle(entries)
    assert decode_bundle(data, len(entries)) == entries
    assert data == b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


@given(st.lists(st.binary(max_size=30), min_size=1, max_size=5), st.data())
def test_a_cut_padded_or_miscounted_bundle_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    """Exactly these entries, exactly this many: nothing is dropped in silence."""
    bundle = encode_bundle(entries)
    cut = data.draw(st.integers(0, len(bundle) - 1))
    count = len(entries)
    for wrong, number in (
        (bundle[:cut], count),
        (bundle + b"\0", count),
        (bundle, count - 1),
        (bundle, count + 1),
        (bundle + encode_bundle([b""]), count),
    ):
        with pytest.raises(ProofError, match=f"no bundle of {number} entries") as refusal:
            decode_bundle(wrong, number)
        assert refusal.value.check == "8.7"


def test_an_entry_that_does_not_fit_is_refused() -> None:
    """The length is a uint16."""
    assert decode_bundle(encode_bundle([bytes(MAX_BUNDLE_ENTRY)]), 1) == [bytes(MAX_BUNDLE_ENTRY)]
    with pytest.raises(ProofError, match="65536 bytes does not fit") as refusal:
        encode_bundle([bytes(MAX_BUNDLE_ENTRY + 1)])
    assert refusal.value.check == "8.7"
