"""Checkpoints: the signed heads of a log (C2SP tlog-checkpoint, without extension lines).

A log's own signatures carry the log's origin as their name; every other known name is a witness's.
`ProofError` carries check 8.2 (form), 8.3 (log signatures), 8.4 (origin) or 8.9 (cosignatures).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.errors import ProofError
from ledger.proof.note import Note, VerificationKey, VerifiedSignature, format_note, open_note, parse_note
from ledger.proof.sentences import logs
from ledger.proof.signers import NoteSigner
from ledger.proof.tree_head import Checkpoint, parse_checkpoint
from ledger.proof.verification_key import VERIFIED_KINDS

__all__ = ["Checkpoint", "OpenedCheckpoint", "open_checkpoint", "parse_checkpoint", "sign_checkpoint"]


class OpenedCheckpoint(NamedTuple):
    """A checkpoint that a known key of its log signed, with every verified signature."""

    checkpoint: Checkpoint
    note: Note
    verified: tuple[VerifiedSignature, ...]

    @property
    def signed_by(self) -> tuple[VerificationKey, ...]:
        """The keys whose signatures were verified, the log's and the witnesses'."""
        return tuple(signature.key for signature in self.verified)

    @property
    def cosignatures(self) -> tuple[VerifiedSignature, ...]:
        """The cosignatures of others than the log, with their times."""
        log = self.checkpoint.origin
        return tuple(one for one in self.verified if one.key.name != log and one.time is not None)


def sign_checkpoint(checkpoint: Checkpoint, *signers: NoteSigner) -> bytes:
    """The signed note. The first signer is the log and carries its origin as the name.

    Raises `ProofError` (8.4), or (8.2) for a checkpoint that cannot be written.
    """
    if not signers or signers[0].name != checkpoint.origin:
        raise ProofError(logs.SIGN_IN_ITS_NAME, origin=checkpoint.origin, check="8.4")
    text = checkpoint.text
    parse_checkpoint(text)  # refuses what nobody could read
    return format_note(Note(text, tuple(signer.sign_note(text) for signer in signers)))


def open_checkpoint(data: bytes, keys: Iterable[VerificationKey]) -> OpenedCheckpoint:
    """The checkpoint, signed by at least one of `keys` that carries its origin. Raises `ProofError`."""
    known = tuple(keys)
    checkpoint = parse_checkpoint(parse_note(data).text)
    names = {key.name for key in known if key.kind in VERIFIED_KINDS}
    if checkpoint.origin not in names:
        raise ProofError(logs.UNKNOWN_ORIGIN, origin=checkpoint.origin, check="8.4")
    note, verified = open_note(data, known)
    if all(one.key.name != checkpoint.origin for one in verified):
        raise ProofError(logs.NOT_SIGNED_BY, origin=checkpoint.origin, check="8.3")
    return OpenedCheckpoint(checkpoint, note, verified)
