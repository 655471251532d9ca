"""Bringing back what was published and is not in the database any more, from the published bundles.

They need not be trusted: every entry is hashed and held against the tree that the signer signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from ledger.errors import NotFound, ProofError
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.entry import parse_entry
from ledger.proof.merkle import hash_leaf, root_at
from ledger.proof.statement import parse_statement, topic
from ledger.proof.tiles import WIDTH, TileNodes, bundles_between
from ledger.publish import sentences
from ledger.publish.folder import LogFolder
from ledger.storage.recorder import LedgerRecorder, Row


class Recovered(NamedTuple):
    """Entries that were brought back: numbers of the first and the last one. None if none were missing."""

    first: int
    last: int


def recover(recorder: LedgerRecorder, folder: LogFolder, signed: Checkpoint) -> Recovered | None:
    """Appends the published entries that the database lacks, up to the checkpoint that was signed.

    Where none is missing, the files may be gone. May be interrupted and repeated. Raises `ProofError` if the
    database holds another history, or if the folder's files are not those of the checkpoint, and `NotFound`
    if they are needed and not there.
    """
    nodes, head = TileNodes(signed.size, folder.tile), recorder.head()
    try:
        root = root_at(signed.size, nodes)
    except NotFound:
        if head < signed.size - 1:
            raise
        return None  # the database has it all: the publisher makes the files anew, and compares the root
    if root != signed.root:
        raise ProofError(sentences.NOT_THE_SIGNED_LOG, path=folder.path, check="8.7")
    _require_same_history(recorder, nodes, min(head, signed.size - 1))
    first = head + 1
    for rows in _missing(folder, nodes, first, signed.size):
        with recorder.batch() as batch:
            batch.append(rows)
    return Recovered(first, signed.size - 1) if first < signed.size else None


def _require_same_history(recorder: LedgerRecorder, nodes: TileNodes, seq: int) -> None:
    """One entry stands for all before it: each names the one before."""
    if seq < 0:
        return
    [row] = recorder.read(seq - 1, 1)
    if hash_leaf(row.state) != nodes(0, seq):
        raise ProofError(sentences.WRITTEN_TO_OLD_COPY, seq=seq, check="8.7")


def _missing(folder: LogFolder, nodes: TileNodes, first: int, size: int) -> Iterator[list[Row]]:
    for bundle in bundles_between(first, size):
        entries = enumerate(folder.bundle(bundle), bundle.index * WIDTH)
        yield [_row(seq, data, nodes) for seq, data in entries if seq >= first]


def _row(seq: int, data: bytes, nodes: TileNodes) -> Row:
    if hash_leaf(data) != nodes(0, seq):
        raise ProofError(sentences.NOT_THE_ONE_IN_THE_TREE, seq=seq, check="8.7")
    return row_of(seq, data)


def row_of(seq: int, data: bytes) -> Row:
    """The row of an entry, from its bytes alone. Raises `ProofError` or `Invalid`."""
    entry = parse_entry(data)
    statement = parse_statement(entry.envelope)
    return Row(seq, UUID(entry.stream), entry.pos, topic(statement.kind), data, entry.envelope.digest)
