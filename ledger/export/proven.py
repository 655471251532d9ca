"""The proofs in a dossier: each leads from its entry to the root of the one checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.errors import ProofError
from ledger.export.sentences import dossiers
from ledger.export.verdict import Verdict
from ledger.proof.checkpoint import Checkpoint, parse_checkpoint
from ledger.proof.note import VerificationKey, parse_note
from ledger.proof.tlog_proof import TlogProof, parse_tlog_proof


class Proofs:
    """Checks one after the other. Signatures that were just verified are not verified again."""

    def __init__(self, head: Checkpoint | None, keys: Sequence[VerificationKey], verdict: Verdict) -> None:
        """`head` is the dossier's checkpoint, None if it cannot be read: then nothing can be proven."""
        self._head = head
        self._keys = keys
        self._verdict = verdict
        self._note = b""
        self._refusal: ProofError | None = None

    def entry(self, seq: int, data: bytes) -> bytes | None:
        """The entry whose proof this is, proven or not; None if there is none to look at."""
        try:
            proof = parse_tlog_proof(data)
        except ProofError as error:
            self._verdict.blame(error, seq)
            return None
        if proof.extra is None:
            self._verdict.fail("8.8", dossiers.PROOF_WITHOUT_ENTRY, seq)
            return None
        if proof.index != seq:
            values = str(proof.index), str(seq)
            self._verdict.fail("10.1", dossiers.PROOF_UNDER_ANOTHER, seq, *values)
        with self._verdict.blaming(seq):
            self._check(proof, proof.extra, seq)
        return proof.extra

    def _check(self, proof: TlogProof, entry: bytes, seq: int) -> None:
        head = self._head
        if head is None:
            return
        self._verdict.look("8.2")
        found = parse_checkpoint(parse_note(proof.checkpoint_note).text)
        self._verdict.look("10.2", "8.8")
        if found == head:
            self._check_signatures(proof.checkpoint_note, seq)
        else:
            values = (one.text.replace("\n", " ").strip() for one in (head, found))
            self._verdict.fail("10.2", dossiers.PROOF_AGAINST_ANOTHER, seq, *values)
        proof.verify_inclusion(entry, head)

    def _check_signatures(self, note: bytes, seq: int) -> None:
        """The text is the one that was verified; a bad signature under it is found all the same."""
        if note != self._note:
            self._note, self._refusal = note, None
            try:
                self._verdict.looked.open(note, self._keys)
            except ProofError as error:
                self._refusal = error
        if self._refusal is not None:
            self._verdict.blame(self._refusal, seq)
