"""The tree and its tiles over a large log, and what a receipt of it weighs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.keys import SigningKey
from ledger.proof.merkle import hash_leaf, inclusion_proof
from ledger.proof.signers import Ed25519Cosigner, Ed25519Signer
from ledger.proof.static_log import TileWriter
from ledger.proof.tiles import TileNodes
from ledger.proof.tlog_proof import TlogProof
from scripts.bench_measure import Figure, peak_memory

ORIGIN = "ledger.example.org/bench"
ENTRY = 900
"""Bytes of the entry of a vote."""

PASS = 8192
"""Entries that are added at once, as a publisher does that has much to do."""


class GrowingLog:
    """A log of made-up entries; keeps its tiles, forgets its bundles."""

    def __init__(self) -> None:
        self.writer = TileWriter()
        self.tiles: dict[str, bytes] = {}
        self.cutting = self.hashing = 0.0
        """CPU seconds: for tree, tiles and bundles; for as many hashes of as many bytes, and nothing else."""

    def grow(self, size: int) -> None:
        """Adds entries until there are `size`."""
        while (old := self.writer.size) < size:
            added = [entry(number) for number in range(old, min(old + PASS, size))]
            begin = time.process_time()
            files = [*self.writer.extend(added), *self.writer.edge()]
            self.writer.root()
            middle = time.process_time()
            _hash(added)
            self.cutting += middle - begin
            self.hashing += time.process_time() - middle
            self.tiles.update((name, data) for name, data in files if "entries" not in name)

    def receipt(self, index: int, witnesses: int) -> bytes:
        """The receipt of an entry, against a checkpoint that so many witnesses cosigned."""
        nodes = TileNodes(self.writer.size, lambda tile: self.tiles[tile.path])
        signer = Ed25519Signer.of(ORIGIN, SigningKey(bytes(32)))
        note = sign_checkpoint(
            Checkpoint(ORIGIN, self.writer.size, self.writer.root()), signer, *map(witness, range(witnesses))
        )
        proof = inclusion_proof(index, self.writer.size, nodes)
        return TlogProof(index, tuple(proof), note, entry(index)).format()


def measure(folder: Path, *, quick: bool) -> Iterator[Figure]:  # noqa: ARG001 (no files)
    """A million entries; for `quick` a tenth of them."""
    size = 100_000 if quick else 1_000_000
    log = GrowingLog()
    log.grow(size)
    yield Figure(
        f"tree, tiles and bundles of {size:,} entries",
        log.cutting,
        "CPU s",
        "their hashes alone",
        log.hashing,
        None,
        peak_memory("self"),
        limit=5.0 * size / 1_000_000,
    )
    for witnesses, said in ((0, ""), (3, ", with three witnesses")):
        weight = max(len(log.receipt(index, witnesses)) for index in (0, size // 2, size - 1)) - ENTRY
        title = f"receipt of {size:,} entries, without the entry{said}"
        yield Figure(title, weight, "bytes", "", 0, None, 0, limit=4096)


def witness(number: int) -> Ed25519Cosigner:
    """A witness with an Ed25519 key and a name as long as most."""
    key = SigningKey(bytes([number + 1]) * 32)
    return Ed25519Cosigner(f"witness.example.org/w{number}", key, lambda: int(time.time()))


def entry(number: int) -> bytes:
    """An entry's bytes."""
    return b"%0*d" % (ENTRY, number)


def _hash(entries: list[bytes]) -> None:
    """A leaf hash for each entry, and one of two hashes for each: what no tree can do without."""
    pair = bytes(65)
    for data in entries:
        hash_leaf(data)
        sha256(pair).digest()
