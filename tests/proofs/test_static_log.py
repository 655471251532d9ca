"""Is our static log that of C2SP tlog-tiles, byte for byte, however it was written?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.checkpoint import open_checkpoint
from ledger.proof.merkle import (
    consistency_proof,
    hash_leaf,
    inclusion_proof,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from ledger.proof.note import parse_verification_key
from ledger.proof.static_log import TileWriter, static_log
from ledger.proof.tiles import (
    Bundle,
    TileNodes,
    all_tiles,
    bundles_between,
    decode_bundle,
    parse_tile_path,
    tiles_between,
)
from tests.support.logs import ORIGIN, log_signer, signer_of
from tests.support.trees import mth
from tests.support.vectors import VECTORS

TESSERA = VECTORS / "tessera-testlog"
LOG = TESSERA / "testdata" / "log"
NOTE = dict(line.split(": ", 1) for line in (TESSERA / "NOTE").read_text("utf-8").split("\n") if ": " in line)
VKEY = parse_verification_key(NOTE["vkey"])
WORDS = [word.encode() for word in NOTE["Entries"].split(" ")]
ENTRIES = [b"%d" % number * 3 for number in range(70_000)]
EDGES = [0, 1, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]


# ── another implementation's log ───────────────────────────────────────────────────────────────


def test_the_vectors_are_all_there() -> None:
    """15 entries; a checkpoint for each size, and the last one again."""
    assert len(WORDS) == 15
    assert len(list(LOG.glob("checkpoint*"))) == 17
    assert len(list(LOG.rglob("[0-9]*"))) == 2 * (1 + 15) + 1


def test_tesseras_log_is_read() -> None:
    """Every checkpoint, tile and bundle; every entry is included, every size continues the one before."""
    roots = []
    for size in range(16):
        opened = open_checkpoint((LOG / f"checkpoint.{size}").read_bytes(), [VKEY])
        nodes = TileNodes(size, lambda tile: (LOG / tile.path).read_bytes())
        assert (opened.checkpoint.size, root_at(size, nodes)) == (size, opened.checkpoint.root)
        roots.append(opened.checkpoint.root)
        entries = decode_bundle((LOG / Bundle(0, size).path).read_bytes(), size) if size else []
        assert entries == WORDS[:size]
        for index, entry in enumerate(entries):
            verify_inclusion(hash_leaf(entry), index, size, inclusion_proof(index, size, nodes), roots[-1])
        for old in range(1, size + 1):
            verify_consistency(old, size, consistency_proof(old, size, nodes), roots[old], roots[-1])
    assert (LOG / "checkpoint").read_bytes() == (LOG / "checkpoint.15").read_bytes()


def test_given_tesseras_entries_and_key_our_files_are_tesseras() -> None:
    """Byte for byte: every partial tile and bundle, and all 16 checkpoints with their signatures.

    What a publisher and an export make of them: `tests/exports/test_writer_interop.py`.
    """
    signer = signer_of(NOTE["skey (a published test key)"])
    assert signer.verification_key == VKEY
    ours = dict(static_log(VKEY.name, WORDS, signer, sizes=range(16)))
    theirs = {
        path.relative_to(LOG).as_posix(): path.read_bytes() for path in LOG.rglob("*") if path.is_file()
    }
    assert {path.replace("checkpoints/", "checkpoint."): data for path, data in ours.items()} == theirs


# ── our own ────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 70_000) | st.sampled_from(EDGES), min_size=1, max_size=4).map(sorted))
@settings(max_examples=20)
def test_a_log_that_grew_in_steps_has_the_files_of_one_that_was_written_at_once(sizes: list[int]) -> None:
    """Each step writes exactly the tiles and bundles that the specification asks for, edges included."""
    writer, files = TileWriter(), dict[str, bytes]()
    for size in sizes:
        old = writer.size
        written = dict([*writer.extend(ENTRIES[old:size]), *writer.edge()])
        assert written.keys() >= {tile.path for tile in tiles_between(old, size)}
        assert written.keys() >= {bundle.path for bundle in bundles_between(old, size)}
        assert {path: data for path, data in written.items() if path in files} == {
            path: files[path] for path in written if path in files
        }
        files |= written
        assert writer.root() == root_of(map(hash_leaf, ENTRIES[:size]))
        resumed = TileWriter.of(size, files.__getitem__)
        assert (resumed.root(), resumed.edge()) == (writer.root(), writer.edge())
        writer = resumed
    whole = dict(static_log(ORIGIN, ENTRIES[: sizes[-1]], log_signer()))
    assert {path: files[path] for path in whole if path.startswith("tile/")} == {
        path: data for path, data in whole.items() if path.startswith("tile/")
    }


def test_the_files_of_a_log_are_its_tiles_bundles_and_checkpoints() -> None:
    """At sizes around the edges of a tile, and nothing else."""
    for size in (0, 1, 255, 256, 257, 65_536 + 256):
        files = dict(static_log(ORIGIN, ENTRIES[:size], log_signer()))
        expected = {tile.path for tile in all_tiles(size)} | {b.path for b in bundles_between(0, size)}
        assert files.keys() == expected | {"checkpoint", f"checkpoints/{size}"}
        for path in expected:
            parse_tile_path(path)


def test_what_a_tile_rests_on_is_written_first() -> None:
    """Entries before hashes, low levels before high ones, the checkpoint last: a crash leaves no promise."""
    paths = [path for path, _ in static_log(ORIGIN, ENTRIES[:600], log_signer())]
    assert paths[-2:] == ["checkpoints/600", "checkpoint"]
    assert paths.index("tile/entries/001") < paths.index("tile/0/001") < paths.index("tile/1/000.p/2")


def test_a_larger_checkpoint_continues_every_smaller_one() -> None:
    """As a witness sees them."""
    sizes = [1, 2, 255, 256, 257, 600]
    files = dict(static_log(ORIGIN, ENTRIES[:600], log_signer(), sizes=sizes))
    nodes = TileNodes(600, lambda tile: files[tile.path])
    keys = [log_signer().verification_key]
    roots = {size: open_checkpoint(files[f"checkpoints/{size}"], keys).checkpoint.root for size in sizes}
    assert roots[257] == mth([hash_leaf(entry) for entry in ENTRIES[:257]])
    for size in sizes:
        verify_consistency(size, 600, consistency_proof(size, 600, nodes), roots[size], roots[600])


def test_an_entry_that_is_too_long_leaves_the_log_as_it_was() -> None:
    """Nothing of the batch is added."""
    writer = TileWriter()
    writer.extend([b"a"])
    before = writer.root()
    with pytest.raises(ProofError, match="more than 65535 bytes") as refusal:
        writer.extend([b"b", bytes(65_536)])
    assert refusal.value.check == "8.7"
    assert (writer.size, writer.root(), len(writer.edge())) == (1, before, 2)


def test_a_damaged_edge_is_not_continued() -> None:
    """A truncated tile or bundle of a published log is refused when a writer resumes from it."""
    files = dict(static_log(ORIGIN, ENTRIES[:300], log_signer()))
    for path in ("tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"):
        with pytest.raises(ProofError) as refusal:
            TileWriter.of(300, {**files, path: files[path][:-1]}.__getitem__)
        assert refusal.value.check == "8.7"
