"""The right edge of a published log, read from its files and held against the database."""

from __future__ import annotations

from typing import NamedTuple

from ledger.errors import NotFound, ProofError, RolledBack
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.encoding import b64
from ledger.proof.entry import NO_LINK, leaf_hash
from ledger.proof.merkle import root_at
from ledger.proof.static_log import TileWriter
from ledger.proof.tiles import TileNodes
from ledger.publish import sentences
from ledger.publish.folder import LogFolder
from ledger.storage.recorder import LedgerRecorder

AT_ONCE = 8192
"""Entries read at once when the files are made anew."""


class Edge(NamedTuple):
    """Where a log goes on."""

    writer: TileWriter
    prev: str
    """Leaf hash of the last entry, base64: what the next one must name."""


def read_edge(folder: LogFolder, recorder: LedgerRecorder, signed: Checkpoint) -> Edge:
    """The edge of the log that was signed. Files that are gone are made anew from the database.

    Raises `RolledBack` if the database ends before, `ProofError` if it or the files hold something else.
    """
    if signed.size == 0:
        return Edge(TileWriter(), NO_LINK)
    last = recorder.read(signed.size - 2, 1)
    if not last:
        head = recorder.head()
        raise RolledBack(
            sentences.ENTRIES_MISSING,
            head=head,
            signed=signed.size,
            first=head + 1,
            last=signed.size - 1,
        )
    try:
        writer = _read(folder, signed)
    except NotFound:
        writer = _rebuild(folder, recorder, signed)
    prev = b64(TileNodes(signed.size, folder.tile)(0, signed.size - 1))
    if (found := leaf_hash(last[0].state)) != prev:
        raise ProofError(sentences.NOT_THE_SIGNED, seq=signed.size - 1, found=found, prev=prev, check="8.7")
    return Edge(writer, prev)


def _read(folder: LogFolder, signed: Checkpoint) -> TileWriter:
    if root_at(signed.size, TileNodes(signed.size, folder.tile)) != signed.root:
        raise ProofError(sentences.OTHER_ROOT_THAN_SIGNED, size=signed.size, check="8.7")
    return TileWriter.of(signed.size, folder.read)


def _rebuild(folder: LogFolder, recorder: LedgerRecorder, signed: Checkpoint) -> TileWriter:
    """Writes all tiles and bundles again: the published folder was lost, the database was not."""
    writer = TileWriter()
    while writer.size < signed.size:
        rows = recorder.read(writer.size - 1, min(AT_ONCE, signed.size - writer.size))
        folder.put(dict(writer.extend([row.state for row in rows])))
    folder.put(dict(writer.edge()))
    if writer.root() != signed.root:
        raise ProofError(sentences.OTHER_ENTRIES_SIGNED, check="8.7")
    return writer
