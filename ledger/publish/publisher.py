"""The publisher: what was committed becomes the next checkpoint of the published log.

One pass, and what is lost if the process dies (C2SP tlog-checkpoint: a log never signs two histories):

1. the entries after the last signed one are read again from the database    nothing
2. each must follow the one before, the first one the last signed leaf       nothing
3. bundles and tiles are written                                             nothing: no checkpoint names them
4. what was written is read back and hashed again                            the same
5. the signer proves consistency, and signs; files and signature are synced  the same
   together, and only then the signer remembers                              the next publisher publishes it
6. witnesses cosign, as the policy demands                                   the same
7. the checkpoint gets its name, and its size a line                         the next publisher adds the line

A step that fails publishes nothing and loses nothing: the next pass begins again at 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

from ledger.errors import NotFound, ProofError, RolledBack, SignerRefuses
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.encoding import b64
from ledger.proof.entry import link_of
from ledger.proof.lines import HASH_BYTES
from ledger.proof.merkle import EMPTY_ROOT, NodeReader, consistency_proof, hash_leaf, root_at
from ledger.proof.statement import topic
from ledger.proof.tiles import Bundle, Tile, TileNodes, bundles_between, decode_bundle, full_paths
from ledger.publish import sentences
from ledger.publish.edge import Edge, read_edge
from ledger.publish.folder import LogFolder, checkpoint_path
from ledger.publish.signer import Signer
from ledger.storage.recorder import LedgerRecorder

AT_ONCE = 8192
"""Entries in one pass at most: bounds its memory and the time until something is published."""

KEY_ROTATED = topic("log-key-rotated")


class Witnesses(Protocol):
    """Who has to agree before anything is published."""

    def cosign(self, note: bytes, checkpoint: Checkpoint, nodes: NodeReader) -> bytes:
        """The note with the cosignatures that the policy demands. Raises `PolicyUnmet`."""
        ...

    def suffices(self, kept: bytes, note: bytes) -> bool:
        """Whether `kept` is the note as it was cosigned before, with enough cosignatures."""
        ...


class Signed(NamedTuple):
    """A checkpoint, and the note as the signer made it."""

    checkpoint: Checkpoint
    note: bytes


class _Read(NamedTuple):
    """Entries of the database, and their leaf hashes."""

    entries: list[bytes]
    leaves: list[bytes]


class _ReadBundle(NamedTuple):
    """A bundle that was read back, and its leaf hashes."""

    number: int
    data: bytes
    hashes: bytes


class Publisher:
    """Publishes one log. There may be several, in several processes; one at a time may be used."""

    def __init__(
        self, recorder: LedgerRecorder, folder: LogFolder, signer: Signer, witnesses: Witnesses | None = None
    ) -> None:
        """Takes up where the signer stopped: publishes what it signed, if that was not done yet.

        Raises `RolledBack` if the database lacks entries that were signed, `ProofError` if it or the
        folder holds something else, `SignerRefuses` if the signer's memory is missing or too old.
        """
        self._recorder = recorder
        self._folder = folder
        self._signer = signer
        self._witnesses = witnesses
        self._last_bundle = _ReadBundle(-1, b"", b"")
        self._durable: dict[str, bytes] = {}  # the partial files that the last pass left on the disk
        self._signed = Signed(*signer.last())
        self._full: list[str] = []  # whose partial versions are still there
        self._drafted = False  # whether the signer made a draft of what is to be published next
        self._unsynced: set[Path] = folder.folders_of(checkpoint_path(self.size)) if self.size else set()
        self._published = self._begin()
        self._edge = read_edge(folder, recorder, self._signed.checkpoint)
        self._announce()

    @property
    def size(self) -> int:
        """Entries in the newest tree that the signer signed."""
        return self._signed.checkpoint.size

    def publish(self) -> int:
        """One pass; returns how many entries are published then. Raises what a step raises."""
        read = self._read()  # 1., 2.
        if read.entries:
            self._full += self._sign_next(read)  # 3., 4., 5.
        self._announce()  # 6., 7.
        return self._published.size

    def tidy(self) -> None:
        """Removes the partial versions of tiles and bundles that became full. For when nobody waits."""
        full, self._full = self._full, []
        self._folder.tidy(full)

    def sweep(self) -> None:
        """The same for all of the log: what a publisher that died before it was idle has left."""
        self._folder.tidy(full_paths(self.size))

    def refresh(self) -> None:
        """Asks the witnesses for fresh times under the newest checkpoint, which replace the old ones in it.

        `checkpoints/<size>` stays as it is, so that receipts are the same for ever. Raises `PolicyUnmet`.
        """
        if self._witnesses is not None and self._published.size == self.size > 0:
            self._folder.refresh(self._cosigned())

    def _begin(self) -> Checkpoint:
        """What is published. A checkpoint that the signer does not remember is a reason to stop."""
        self._folder.mend()
        published = self._folder.newest()
        signed = self._signed.checkpoint
        if published.size > signed.size:
            raise SignerRefuses(
                sentences.PUBLISHED_AND_REMEMBERED, published=published.size, signed=signed.size
            )
        if published.size and not self._folder.exists(checkpoint_path(published.size)):
            return Checkpoint(published.origin, 0, EMPTY_ROOT)  # a crash forgot one of its two names
        return published

    def _read(self) -> _Read:
        """(1, 2) What was committed since, linked to what was published."""
        read, prev = _Read([], []), self._edge.prev
        rows = self._recorder.read(self.size - 1, AT_ONCE)
        for seq, row in enumerate(rows, self.size):
            if link_of(row.state) != (seq, prev):
                raise ProofError(sentences.DOES_NOT_FOLLOW, seq=seq, check="2.2")
            read.entries.append(row.state)
            read.leaves.append(leaf := hash_leaf(row.state))
            prev = b64(leaf)
        if any(row.topic == KEY_ROTATED for row in rows):
            self._signer.renew()  # the checkpoint that contains a rotation is signed with the new key already
        if not rows and (head := self._recorder.head()) < self.size - 1:
            raise RolledBack(sentences.FEWER_THAN_SIGNED, head=head, signed=self.size)
        return read

    def _sign_next(self, read: _Read) -> list[str]:
        """(3, 4, 5) Returns the names of the tiles and bundles that became full."""
        old, writer = self.size, self._edge.writer.copy()
        full, edge = writer.extend(*read), dict(writer.edge())
        written = self._folder.write({**dict(full), **self._new(edge)})  # 3.
        checkpoint = Checkpoint(self._signer.origin, writer.size, writer.root())
        nodes = self._read_back(old, checkpoint)  # 4.
        proof = consistency_proof(old, writer.size, nodes)
        # What witnesses add is not known yet; else the note is published as it is signed.
        drafted = self._witnesses is None
        note = self._signer.sign(checkpoint, proof, {*written, *self._unsynced}, drafted=drafted)  # 5.
        self._signed, self._drafted, self._unsynced = Signed(checkpoint, note), drafted, set()
        self._edge, self._durable = Edge(writer, b64(read.leaves[-1])), edge
        return [name for name, _ in full]

    def _new(self, edge: dict[str, bytes]) -> dict[str, bytes]:
        """What is not on the disk already: the upper tiles stay the same for many passes."""
        return {name: data for name, data in edge.items() if self._durable.get(name) != data}

    def _read_back(self, old: int, new: Checkpoint) -> TileNodes:
        """(4) What the disk has now, hashed again: bundles against tiles, tiles against the root."""
        nodes = TileNodes(new.size, self._folder.tile)
        for bundle in bundles_between(old, new.size):
            if self._hashes(bundle) != self._folder.read(Tile(0, bundle.index, bundle.width).path):
                raise ProofError(sentences.BUNDLE_AND_TILE_DIFFER, path=bundle.path, check="8.7")
        if root_at(new.size, nodes) != new.root:
            raise ProofError(sentences.OTHER_ROOT_THAN_COMPUTED, size=new.size, check="8.7")
        return nodes

    def _hashes(self, bundle: Bundle) -> bytes:
        """The leaf hashes of a bundle as the disk has it. What it begins with was often hashed before."""
        data, known = self._folder.read(bundle.path), self._last_bundle
        if known.number != bundle.index or not data.startswith(known.data):
            known = _ReadBundle(bundle.index, b"", b"")
        count = bundle.width - len(known.hashes) // HASH_BYTES
        added = map(hash_leaf, decode_bundle(data[len(known.data) :], count))
        self._last_bundle = _ReadBundle(bundle.index, data, known.hashes + b"".join(added))
        return self._last_bundle.hashes

    def _announce(self) -> None:
        """(6, 7) Publishes what was signed, if it is not published yet."""
        checkpoint, _ = self._signed
        if self._published.size >= checkpoint.size:
            return
        drafted, self._drafted = self._drafted, False  # whatever becomes of it, it is gone then
        if drafted:
            self._unsynced = self._folder.publish_draft(checkpoint.size, self._signer.draft)  # 7.
        else:
            self._folder.publish(checkpoint.size, self._kept() or self._cosigned())  # 6., 7.
        self._published = checkpoint

    def _kept(self) -> bytes | None:
        """The note as it was published before a crash forgot that: receipts with it may be in use."""
        checkpoint, note = self._signed
        try:
            kept = self._folder.read(checkpoint_path(checkpoint.size))
        except NotFound:
            return None
        return kept if self._witnesses is not None and self._witnesses.suffices(kept, note) else None

    def _cosigned(self) -> bytes:
        checkpoint, note = self._signed
        if self._witnesses is None:
            return note
        return self._witnesses.cosign(note, checkpoint, TileNodes(checkpoint.size, self._folder.tile))
