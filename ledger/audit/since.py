"""(8.6) Checkpoints older than what is looked at: a consistency proof leads from them to the newest one.

It is made from the published tiles. These need not be trusted: with false ones it fails.
"""

from __future__ import annotations

from ledger.audit import sentences
from ledger.audit.failures import Failures
from ledger.audit.heads import LogKeys
from ledger.audit.target import Target, size_of
from ledger.audit.trust import Kept
from ledger.errors import NotFound, ProofError
from ledger.proof.checkpoint import Checkpoint, open_checkpoint
from ledger.proof.merkle import consistency_proof, verify_consistency
from ledger.proof.tiles import TileNodes


def check_consistency(
    kept: Kept, target: Target, newest: Checkpoint, keys: LogKeys, failures: Failures
) -> bool:
    """Whether the tree of the newest checkpoint, which was verified, begins with that of an older one."""
    size = None
    try:
        size = size_of(kept.note)
        old = open_checkpoint(kept.note, keys(size)).checkpoint
        if target.folder is not None and size > 0:
            proof = consistency_proof(size, newest.size, TileNodes(newest.size, target.folder.tile))
            verify_consistency(size, newest.size, proof, old.root, newest.root)
    except (NotFound, ProofError) as error:
        check = error.check if isinstance(error, ProofError) else "8.6"
        at = size - 1 if size else None
        failures.fail(check, at, sentences.OF_HEAD, head=kept.what, error=error)
        return False
    return True
