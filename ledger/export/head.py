"""A published checkpoint as it is kept, opened under the keys that the entries name for its size."""

from __future__ import annotations

from typing import NamedTuple

from ledger.domain.log_keys import LogKeys
from ledger.errors import NotFound, ProofError
from ledger.export import sentences
from ledger.export.verifier_needs import signing_keys_at
from ledger.proof.checkpoint import Checkpoint, OpenedCheckpoint, open_checkpoint
from ledger.proof.verification_key import parse_verification_key
from ledger.publish.folder import LogFolder, checkpoint_path


class Head(NamedTuple):
    """A published checkpoint, verified, and its bytes with all signatures."""

    opened: OpenedCheckpoint
    note: bytes

    @property
    def checkpoint(self) -> Checkpoint:
        """Origin, size and root."""
        return self.opened.checkpoint


def read_head(log: LogFolder, size: int, log_keys: LogKeys) -> Head:
    """The checkpoint that is kept under `size`. All keys carry the log's name, so it is one of this log.

    Raises `ProofError`: (8.2, 8.4) it is none of this log, (8.3) a key that had to sign it did not, (8.11) it
    is not there, or one of another size is.
    """
    try:
        note = log.read(checkpoint_path(size))
    except NotFound as error:
        raise ProofError(error, check="8.11") from None
    opened = open_checkpoint(note, [parse_verification_key(key.vkey) for key in log_keys.all])
    if opened.checkpoint.size != size:
        raise ProofError(sentences.SAYS_ANOTHER_SIZE, size=size, found=opened.checkpoint.size, check="8.11")
    if missing := set(signing_keys_at(log_keys, size)).difference(opened.signed_by):
        raise ProofError(sentences.NOT_SIGNED_WITH, size=size, key=missing.pop().text[:80], check="8.3")
    return Head(opened, note)
