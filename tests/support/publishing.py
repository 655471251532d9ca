"""A published log in a store's home: its keys, its publisher, and what a stranger reads of it.

::

    log = A_Log(store)                         # keys, signer's memory, an empty published log
    grow(store, 300); log.publisher().publish()
    assert_published(log, 300)                 # every file, read as a stranger reads it
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ledger.log_key.signers import LogSigners
from ledger.proof.checkpoint import Checkpoint, open_checkpoint
from ledger.proof.keys import SigningKey
from ledger.proof.merkle import hash_leaf, root_of
from ledger.proof.signers import Ed25519Signer, NoteSigner
from ledger.proof.tiles import all_tiles, bundles_between, decode_bundle
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder, checkpoint_path
from ledger.publish.publisher import Publisher, Witnesses
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.signer import Signer
from ledger.storage import Store
from tests.support.chained import ORIGIN

KEY = SigningKey(hashlib.sha256(b"the log's key").digest())


class ALog:
    """The published side of a store. `home` may be another one than the store's."""

    def __init__(
        self,
        store: Store,
        home: Path | None = None,
        *,
        origin: str = ORIGIN,
        key: SigningKey = KEY,
        also: Sequence[NoteSigner] = (),
    ) -> None:
        """`also` signs beside the log's key."""
        self.store = store
        self.home = home or store.home
        self.folder = LogFolder(self.home / FOLDER)
        self.key = Ed25519Signer.of(origin, key)
        self.also = also
        self.signer = Signer(self.home / SIGNER, origin, lambda: LogSigners(self.signers, ()))
        if not self.signer.begun:
            self.signer.begin()

    @property
    def signers(self) -> list[NoteSigner]:
        """Who signs its checkpoints, the log's key first."""
        return [self.key, *self.also]

    def publisher(self, witnesses: Witnesses | None = None) -> Publisher:
        """A publisher as a process has it that starts now."""
        return Publisher(self.store.recorder, self.folder, self.signer, witnesses)

    def checkpoint(self, name: str = CHECKPOINT) -> Checkpoint:
        """A published checkpoint, verified under the log's key."""
        return open_checkpoint(self.folder.read(name), [self.key.verification_key]).checkpoint


def assert_published(log: ALog, size: int) -> None:
    """Everything that a log of this size publishes is there, and is what the database holds."""
    entries = [row.state for row in log.store.recorder.read(-1, size)]
    assert len(entries) == size
    hashes = [hash_leaf(entry) for entry in entries]
    checkpoint = log.checkpoint()
    assert (checkpoint.size, checkpoint.root) == (size, root_of(hashes))
    assert log.checkpoint(checkpoint_path(size)) == checkpoint
    read = [
        one
        for bundle in bundles_between(0, size)
        for one in decode_bundle(log.folder.read(bundle.path), bundle.width)
    ]
    assert read == entries
    for tile in all_tiles(size):
        step = 256**tile.level
        first = tile.index * 256
        expected = b"".join(
            root_of(hashes[place * step : (place + 1) * step]) for place in range(first, first + tile.width)
        )
        assert log.folder.read(tile.path) == expected
