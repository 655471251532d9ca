"""Do programs that nobody here wrote read our log and verify our proofs?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pymerkle import InmemoryTree
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import MLDSA44CosignatureSigner, Vkey
from tlog_scales.tlog import Checkpoint as ForeignCheckpoint

from ledger.proof.checkpoint import open_checkpoint
from ledger.proof.merkle import consistency_proof, hash_leaf, inclusion_proof, root_at, root_of
from ledger.proof.static_log import static_log
from ledger.proof.tiles import TileNodes, bundles_between, decode_bundle
from ledger.proof.tlog_proof import parse_tlog_proof
from tests.support.logs import ORIGIN, log_signer, mldsa_signer, witness

SIZES = (1, 255, 256, 257, 65_536, 70_000)
ENTRIES = [b"entry %d" % number for number in range(max(SIZES))]
SIGNERS = (log_signer(), mldsa_signer(), witness(3))
KEYS = [signer.verification_key for signer in SIGNERS]
SOME = (0, 1, 127, 128, 254, 255, 256, 65_535, 65_536, 69_999)


@pytest.fixture(scope="module", params=SIZES)
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """A log of this size as files."""
    size, folder = request.param, tmp_path_factory.mktemp("log")
    for path, data in static_log(ORIGIN, ENTRIES[:size], *SIGNERS):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return size, folder


def test_tlog_scales_reads_our_log(log: tuple[int, Path]) -> None:
    """Checkpoint, root from the tiles, entries, inclusion and consistency: its own code for all of it."""
    size, folder = log
    reader = TilesReader(LocalBackend(folder))
    head = reader.get_checkpoint()
    assert (head.origin, head.size, head.root_hash) == (ORIGIN, size, reader.calculate_root_hash())
    for index in (number for number in SOME if number < size):
        assert reader.get_entry(index) == ENTRIES[index]
        reader.get_inclusion_proof(index, size).check(hash_leaf(ENTRIES[index]), head.root_hash)
        old = root_of(map(hash_leaf, ENTRIES[: index + 1]))
        reader.get_consistency_proof(index + 1, size).check(old, head.root_hash)


def test_tlog_scales_makes_the_same_proofs(log: tuple[int, Path]) -> None:
    """Hash for hash, from the same tiles."""
    size, folder = log
    reader = TilesReader(LocalBackend(folder))
    reader.set_size(size)
    nodes = TileNodes(size, lambda tile: (folder / tile.path).read_bytes())
    for index in (number for number in SOME if number < size):
        assert reader.get_inclusion_proof(index, size).node_hashes == inclusion_proof(index, size, nodes)
        theirs = reader.get_consistency_proof(index + 1, size).node_hashes
        assert theirs == consistency_proof(index + 1, size, nodes)


def test_tlog_scales_verifies_all_our_signatures(log: tuple[int, Path]) -> None:
    """Ed25519, ML-DSA-44 and cosignatures, under the keys in their text form."""
    _, folder = log
    head = ForeignCheckpoint.from_text((folder / "checkpoint").read_text("utf-8"))
    for key in KEYS:
        head.verify(Vkey.from_string(key.text))
    assert len(head.signatures) == len(KEYS) == 3
    for other in (log_signer(9), mldsa_signer(9), witness(9)):
        with pytest.raises(RuntimeError, match="no signature matched"):
            head.verify(Vkey.from_string(other.verification_key.text))


def test_we_verify_an_mldsa_cosignature_of_tlog_scales() -> None:
    """And its key has the hash of ours."""
    foreign = MLDSA44CosignatureSigner(ORIGIN, bytes([2]) * 32)
    ours = mldsa_signer().verification_key
    assert foreign.vkey.key_id.to_bytes(4, "big") == ours.hash
    assert (foreign.vkey.name, foreign.vkey.sig_type, foreign.vkey.pubkey) == ours
    made = ForeignCheckpoint.make_signed(ORIGIN, 7, bytes(32), [foreign])
    opened = open_checkpoint(made.serialize().encode(), [ours])
    assert opened.checkpoint.size == 7
    assert opened.verified[0].time


@pytest.mark.parametrize("index", [0, -1])
def test_a_receipt_made_by_tlog_scales_verifies_here(log: tuple[int, Path], index: int) -> None:
    """Its command line makes a tlog-proof from our files."""
    size, folder = log
    number = index % size
    command = [sys.executable, "-m", "tlog_scales.cli", "gen-proof", str(folder), "--", str(index)]
    done = subprocess.run(command, capture_output=True, check=True)
    proof = parse_tlog_proof(done.stdout)
    assert proof.index == number
    assert proof.verify(ENTRIES[number], KEYS).checkpoint.size == size


def test_pymerkle_has_the_same_roots_and_inclusion_paths(log: tuple[int, Path]) -> None:
    """A third implementation of the same tree, fed with the entries of our bundles."""
    size, folder = log
    tree = InmemoryTree(algorithm="sha256")
    for bundle in bundles_between(0, size):
        for entry in decode_bundle((folder / bundle.path).read_bytes(), bundle.width):
            tree.append_entry(entry)
    nodes = TileNodes(size, lambda tile: (folder / tile.path).read_bytes())
    assert tree.get_root(size) == root_at(size, nodes)
    for index in (number for number in SOME if number < size):
        theirs = tree.prove_inclusion(index + 1, size)  # it counts from 1
        theirs.verify(hash_leaf(ENTRIES[index]), root_at(size, nodes))
        assert theirs.path == [hash_leaf(ENTRIES[index]), *inclusion_proof(index, size, nodes)]
