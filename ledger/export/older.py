"""Older checkpoints, back into a published log that was lost, from a copy of it: receipts are made of them.

The copy need not be trusted. A checkpoint comes back if the log's keys signed it and what is published now
continues it; the tiles for it are cut from those of now.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.domain.log_keys import LogKeys
from ledger.errors import NotFound
from ledger.export.head import Head, read_head
from ledger.export.partials import earlier_partials
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.merkle import consistency_proof, verify_consistency
from ledger.proof.static_log import TileWriter
from ledger.proof.tiles import TileNodes
from ledger.publish.folder import LogFolder, checkpoint_path

AT_ONCE = 256
"""Checkpoints that are written at once."""


def lay_ready(log: LogFolder, copy: LogFolder, signed: Checkpoint) -> None:
    """Puts the newest checkpoint where the publisher finds it, with the cosignatures that it had.

    Whether they are enough, and it is the one that was signed, the publisher finds out (`Publisher._kept`).
    """
    name = checkpoint_path(signed.size)
    if signed.size and not log.exists(name):
        try:
            log.put({name: copy.read(name)})
        except NotFound:
            return  # an older copy


def bring_back_checkpoints(log: LogFolder, copy: LogFolder, log_keys: LogKeys) -> int:
    """Those of the copy that the published log lacks; returns how many. May be interrupted and repeated.

    Raises `ProofError` for the first one that no key of its time signed, or that is of another history.
    """
    now = log.newest()
    older = sorted(size for size in copy.kept() if 0 < size < now.size)
    missing = [size for size in older if not log.exists(checkpoint_path(size))]
    edge = TileWriter.of(now.size, log.read).edge()
    log.put(dict(earlier_partials(edge, missing)))
    for start in range(0, len(missing), AT_ONCE):
        heads = _verified(log, copy, now, missing[start : start + AT_ONCE], log_keys)
        log.put({checkpoint_path(head.checkpoint.size): head.note for head in heads})
    log.list_sizes()
    return len(missing)


def _verified(
    log: LogFolder, copy: LogFolder, now: Checkpoint, sizes: list[int], log_keys: LogKeys
) -> Iterator[Head]:
    nodes = TileNodes(now.size, log.tile)
    for size in sizes:
        head = read_head(copy, size, log_keys)
        proof = consistency_proof(size, now.size, nodes)
        verify_consistency(size, now.size, proof, head.checkpoint.root, now.root)
        yield head
