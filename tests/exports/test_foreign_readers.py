"""Do programs that nobody here wrote verify an exported log, and find what was changed in it?

tlog-scales (Python), pymerkle (Python, another tree), OpenSSL (signatures), Tessera's fsck (Go). They read
what a real ledger hands out: signed with Ed25519 and ML-DSA-44, cosigned by witnesses, with two keys.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pymerkle import InmemoryTree
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint as ForeignCheckpoint

from ledger.export.names import POLICY
from ledger.export.verifier_needs import trusted_in
from ledger.proof.merkle import hash_leaf
from ledger.proof.note import parse_note
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.proof.verification_key import (
    ED25519,
    MLDSA44_COSIGNATURE,
    VerificationKey,
    parse_verification_key,
)
from ledger.publish.folder import LogFolder, checkpoint_path
from ledger.publish.published import Published
from ledger.publish.receipts import Receipts
from ledger.publish.witnesses import Witnesses
from ledger.storage import open_store
from tests.support.chained import ORIGIN, grow
from tests.support.exports import export
from tests.support.fsck import complaints
from tests.support.logs import mldsa_signer
from tests.support.publishing import ALog
from tests.support.shared import CHECKOUT
from tests.support.witnessing import Staff

SIZES = (1, 255, 256, 257, 65_536, 70_000)
RULES = ("group every all w1 w3 w3-pq", "quorum every")
SOME = (0, 1, 127, 128, 254, 255, 256, 65_535, 65_536, 69_999)


class Handed(NamedTuple):
    """An exported log, and the entries that were committed."""

    size: int
    folder: Path
    entries: list[bytes]
    witnesses: list[VerificationKey]

    @property
    def some(self) -> list[int]:
        """Numbers of entries at the edges of tiles."""
        return [seq for seq in SOME if seq < self.size]

    @property
    def keys(self) -> list[str]:
        """The lines of `log.vkey`."""
        return (self.folder / "log.vkey").read_text("utf-8").splitlines()

    @property
    def root(self) -> bytes:
        """The signed root."""
        return base64.b64decode((self.folder / "checkpoint").read_text().split("\n")[2])


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Handed]]:
    """One growing log, exported at each size into a directory of its own."""
    folder = tmp_path_factory.mktemp("log")
    with open_store(str(folder / "ledger"), create=True) as store:
        log = ALog(store, also=[mldsa_signer(name=ORIGIN)])
        with Staff(log.key.verification_key, folder, names=("w1", "w3")) as staff:
            (store.home / POLICY).write_text(staff.text(*RULES), "utf-8")
            publisher = log.publisher(Witnesses(staff.policy(*RULES), timeout=30.0))
            for size in SIZES:
                grow(store, size)
                while publisher.publish() < size:
                    pass
                export(log, folder / str(size))
            witnesses = [one.verification_key for name in ("w1", "w3") for one in staff.signers(name)]
        entries = [row.state for row in store.recorder.read(-1, max(SIZES))]
        yield {size: Handed(size, folder / str(size), entries[:size], witnesses) for size in SIZES}


@pytest.fixture(params=SIZES)
def handed(request: pytest.FixtureRequest, handed_out: dict[int, Handed]) -> Handed:
    """The export at one of the sizes."""
    return handed_out[request.param]


def test_what_they_read_is_signed_as_the_log_of_a_real_ledger_is(handed: Handed) -> None:
    """Two lines of the log, three of its witnesses; two of the five are longer than 2,420 bytes."""
    note = parse_note((handed.folder / "checkpoint").read_bytes())
    assert [parse_verification_key(key).kind for key in handed.keys] == [ED25519, MLDSA44_COSIGNATURE]
    keys = [*map(parse_verification_key, handed.keys), *handed.witnesses]
    assert [(one.name, one.hash) for one in note.signatures] == [(key.name, key.hash) for key in keys]
    assert [len(one.blob) > 2420 for one in note.signatures] == [False, True, False, False, True]


# ── tlog-scales ────────────────────────────────────────────────────────────────────────────────


def test_tlog_scales_reads_it(handed: Handed) -> None:
    """All signatures, root over the tiles, entries, inclusion: its own code for all of it."""
    reader = TilesReader(LocalBackend(handed.folder))
    head = reader.get_checkpoint()
    for key in (*handed.keys, *(witness.text for witness in handed.witnesses)):
        head.verify(Vkey.from_string(key))
    assert (head.origin, head.size, head.root_hash) == (ORIGIN, handed.size, reader.calculate_root_hash())
    for seq in handed.some:
        assert reader.get_entry(seq) == handed.entries[seq]
        reader.get_inclusion_proof(seq, handed.size).check(hash_leaf(handed.entries[seq]), head.root_hash)


def test_tlog_scales_reads_it_as_of_every_published_size(handed: Handed) -> None:
    """Whoever holds an older checkpoint finds the tiles of that size, and that the newer log continues it."""
    reader = TilesReader(LocalBackend(handed.folder))
    head = reader.get_checkpoint()
    for size in (size for size in SIZES if size <= handed.size):
        old = ForeignCheckpoint.from_text((handed.folder / checkpoint_path(size)).read_text())
        reader.set_size(handed.size)
        reader.get_consistency_proof(size, handed.size).check(old.root_hash, head.root_hash)
        earlier = TilesReader(LocalBackend(handed.folder))
        earlier.set_size(size)
        assert earlier.calculate_root_hash() == old.root_hash
        assert earlier.get_entry(size - 1) == handed.entries[size - 1]


def tlog_tiles(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Its command line."""
    command = [sys.executable, "-m", "tlog_scales.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.mark.parametrize("index", [0, -1])
def test_the_commands_of_tlog_scales_work_on_it(handed: Handed, index: int) -> None:
    """`get-leaf --check` gives the entry, `gen-proof` a receipt that verifies here."""
    entry = handed.entries[index]
    leaf = tlog_tiles("get-leaf", "--check", handed.folder, "--", index)
    assert (leaf.returncode, leaf.stdout) == (0, entry)
    proof = parse_tlog_proof(tlog_tiles("gen-proof", handed.folder, "--", index).stdout)
    assert proof.index == index % handed.size
    assert proof.verify(entry, trusted_in(handed.folder)).checkpoint.size == handed.size


def test_tlog_scales_finds_a_changed_entry(handed_out: dict[int, Handed], tmp_path: Path) -> None:
    """A verifier that accepts everything would prove nothing."""
    copy = tampered(handed_out[257], "tile/entries/000", tmp_path)
    assert tlog_tiles("get-leaf", "--check", copy, 0).returncode != 0


def tampered(handed: Handed, name: str, folder: Path) -> Path:
    """A copy of an export in which one bit of a file is another one."""
    copy = shutil.copytree(handed.folder, folder / "copy")
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data[:20] + bytes([data[20] ^ 1]) + data[21:])
    return copy


# ── pymerkle ───────────────────────────────────────────────────────────────────────────────────


def test_pymerkle_has_the_same_roots_and_the_paths_of_our_receipts(handed: Handed) -> None:
    """A third implementation of the tree, fed with what was committed, not with what was exported."""
    tree = InmemoryTree(algorithm="sha256")
    for entry in handed.entries:
        tree.append_entry(entry)
    assert tree.get_root(handed.size) == handed.root
    receipts = Receipts(Published(LogFolder(handed.folder), lambda: None))
    for seq in handed.some:
        ours = parse_tlog_proof(receipts.receipt(seq, handed.entries[seq], size=handed.size))
        theirs = tree.prove_inclusion(seq + 1, handed.size)  # it counts from 1
        theirs.verify(hash_leaf(handed.entries[seq]), handed.root)
        assert theirs.path == [hash_leaf(handed.entries[seq]), *ours.proof]


# ── OpenSSL ────────────────────────────────────────────────────────────────────────────────────


RECIPE = re.findall(r"```\n(.*?)```", (CHECKOUT / "ledger/export/README.md").read_text("utf-8"), re.DOTALL)[
    -1
]
"""The commands of the manual."""


def openssl_verifies(folder: Path, scratch: Path) -> bool:
    """Whether OpenSSL verifies the checkpoint under the key in `log.vkey`, typed as the manual says."""
    for name in ("checkpoint", "log.vkey"):
        (scratch / name).write_bytes((folder / name).read_bytes())
    done = subprocess.run(["/bin/sh", "-c", RECIPE], cwd=scratch, capture_output=True, text=True, check=False)
    return done.returncode == 0 and "Signature Verified Successfully" in done.stdout


@pytest.mark.skipif(shutil.which("openssl") is None, reason="NOT CHECKED BY OPENSSL: it is not installed")
def test_openssl_verifies_its_signature(handed: Handed, tmp_path: Path) -> None:
    """No program of the transparency-log world is needed for that."""
    assert openssl_verifies(handed.folder, tmp_path)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="NOT CHECKED BY OPENSSL: it is not installed")
def test_openssl_finds_a_checkpoint_of_another_root(handed_out: dict[int, Handed], tmp_path: Path) -> None:
    """And fails if it must."""
    copy = shutil.copytree(handed_out[1].folder, tmp_path / "copy")
    text = (copy / "checkpoint").read_text("utf-8")
    (copy / "checkpoint").write_text(text.replace(f"{ORIGIN}\n1\n", f"{ORIGIN}\n2\n"), "utf-8")
    assert not openssl_verifies(copy, tmp_path)


# ── Tessera ────────────────────────────────────────────────────────────────────────────────────


def test_tesseras_fsck_verifies_it(handed: Handed, tmp_path: Path) -> None:
    """The reference implementation computes the root and every tile from the entries."""
    assert complaints(handed.folder, first_key(handed, tmp_path)) == ""


def test_tesseras_fsck_takes_one_key_and_says_so(handed_out: dict[int, Handed]) -> None:
    """Hence the `head -n 1` of the manual: were both lines read one day, it would be of no use."""
    both = handed_out[1].folder / "log.vkey"
    assert "Invalid verifier" in complaints(handed_out[1].folder, both)


def first_key(handed: Handed, folder: Path) -> Path:
    """The first line of `log.vkey` in a file, as `README.txt` says."""
    assert "head -n 1 log.vkey > ed25519.vkey" in (handed.folder / "README.txt").read_text("utf-8")
    (folder / "ed25519.vkey").write_text(handed.keys[0] + "\n", "utf-8")
    return folder / "ed25519.vkey"


@pytest.mark.parametrize("name", ["tile/entries/000", "tile/0/000", "tile/1/000.p/1", "checkpoint"])
def test_tesseras_fsck_finds_a_changed_file(handed_out: dict[int, Handed], tmp_path: Path, name: str) -> None:
    """It always ends with code 0, so what it says is looked at: here, that it is able to complain."""
    copy = tampered(handed_out[257], name, tmp_path)
    assert "fsck failed" in complaints(copy, first_key(handed_out[257], tmp_path))
