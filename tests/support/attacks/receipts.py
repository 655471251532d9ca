"""Receipts that do not prove what they claim: which check each of them fails, and only that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.signers import Ed25519Signer
from ledger.proof.tlog_proof import TlogProof
from ledger.proof.tree_hash import EMPTY_ROOT
from tests.support.attacks.stored import MALLORY
from tests.support.builders import ORIGIN

Forge = Callable[[TlogProof], TlogProof | bytes]

RECEIPTS: dict[str, tuple[Forge, str]] = {}


def forgery(check: str) -> Callable[[Forge], Forge]:
    """Puts a forged receipt into the corpus, with the check that it fails."""

    def enter(forge: Forge) -> Forge:
        RECEIPTS[forge.__name__] = forge, check
        return forge

    return enter


@forgery("8.8")
def a_receipt_for_another_entry(receipt: TlogProof) -> TlogProof:
    """The proof is that of the entry beside it."""
    return replace(receipt, index=receipt.index + 1)


@forgery("8.8")
def a_receipt_with_another_vote(receipt: TlogProof) -> TlogProof:
    """The member is told that the vote was recorded otherwise."""
    return replace(receipt, extra=(receipt.extra or b"").replace(b'"v":1}', b'"v":9}'))


@forgery("8.8")
def a_receipt_without_its_entry(receipt: TlogProof) -> TlogProof:
    """Something is in the log; what, it does not say."""
    return replace(receipt, extra=None)


@forgery("8.8")
def a_receipt_with_a_hash_too_many(receipt: TlogProof) -> TlogProof:
    """A longer proof proves nothing more."""
    return replace(receipt, proof=(*receipt.proof, EMPTY_ROOT))


@forgery("8.3")
def a_receipt_under_a_strangers_checkpoint(receipt: TlogProof) -> TlogProof:
    """Signed in the log's name by somebody else."""
    note = sign_checkpoint(Checkpoint(ORIGIN, 22, EMPTY_ROOT), Ed25519Signer.of(ORIGIN, MALLORY))
    return replace(receipt, checkpoint_note=note)


@forgery("8.2")
def a_receipt_whose_checkpoint_breaks_off(receipt: TlogProof) -> bytes:
    """A download that ended early."""
    return receipt.format()[:-12]


@forgery("8.8")
def a_receipt_that_breaks_off_before_its_checkpoint(receipt: TlogProof) -> bytes:
    """A download that ended earlier."""
    return receipt.format().partition(b"\n\n")[0]
