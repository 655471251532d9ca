"""Does a receipt verify with nothing but a key, and say what it proves; and is every false one refused?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wiring import open_publication
from ledger.audit.receipt import Cosignature, is_receipt, verify_receipt
from ledger.errors import ProofError
from ledger.proof.note import Note, format_note, parse_note
from ledger.proof.policy import parse_policy
from ledger.proof.tlog_proof import TlogProof, parse_tlog_proof
from ledger.proof.verification_key import VerificationKey
from ledger.storage import open_store
from tests.support.attacks.receipts import RECEIPTS
from tests.support.attacks.stored import WITNESS
from tests.support.audited import CLOSED, LAST, VOTE, get, log_signer
from tests.support.builders import ORIGIN


@pytest.fixture(scope="module")
def receipt(original: Path) -> bytes:
    """The receipt of the first vote."""
    with closing(open_store(str(original))) as store:
        return open_publication(store, ORIGIN).receipt(VOTE, get(original, "state", VOTE))


@pytest.fixture(scope="module")
def key(original: Path) -> VerificationKey:
    """The log's key: all that its holder has to trust."""
    return log_signer(original).verification_key


def test_a_receipt_says_what_it_proves(receipt: bytes, key: VerificationKey) -> None:
    """Which entry, which statement of whom, in a tree of which size."""
    proven = verify_receipt(receipt, [key])
    assert (proven.origin, proven.seq, proven.size) == (ORIGIN, VOTE, CLOSED + 1)
    assert (proven.kind, proven.actor) == ("vote-cast", "m1")
    assert proven.procedure is not None
    assert proven.cosigned == []
    assert proven.to_dict()["not_proven"]
    assert is_receipt(receipt)


def test_every_entry_has_a_receipt_against_every_later_checkpoint(
    original: Path, key: VerificationKey
) -> None:
    """Stable for ever, and made again on demand."""
    with closing(open_store(str(original))) as store:
        publication = open_publication(store, ORIGIN)
        for seq in range(LAST + 1):
            for size in (None, LAST + 1):
                data = publication.receipt(seq, get(original, "state", seq), size=size)
                assert verify_receipt(data, [key]).seq == seq


def test_witnesses_are_named_with_their_times(receipt: bytes, key: VerificationKey) -> None:
    """Evidence of time comes from others than the service."""
    proof = parse_tlog_proof(receipt)
    note = parse_note(proof.checkpoint_note)
    cosigned = format_note(Note(note.text, (*note.signatures, WITNESS.sign_note(note.text))))
    data = TlogProof(proof.index, proof.proof, cosigned, proof.extra).format()
    policy = parse_policy(f"log {key.text}\nwitness w {WITNESS.verification_key.text}\nquorum w\n".encode())
    assert verify_receipt(data, policy).cosigned == [Cosignature("witness.example", "2026-01-31T12:00:00Z")]
    with pytest.raises(ProofError) as caught:
        verify_receipt(receipt, policy)
    assert caught.value.check == "8.5"


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_false_receipt_is_refused(name: str, receipt: bytes, key: VerificationKey) -> None:
    """With the one check that it fails."""
    forge, check = RECEIPTS[name]
    forged = forge(parse_tlog_proof(receipt))
    with pytest.raises(ProofError) as caught:
        verify_receipt(forged if isinstance(forged, bytes) else forged.format(), [key])
    assert caught.value.check == check


@given(data=st.data())
def test_no_changed_byte_of_a_receipt_passes(
    data: st.DataObject, receipt: bytes, key: VerificationKey
) -> None:
    """One error that names the check, whatever is changed, cut off or put in; never another receipt."""
    at = data.draw(st.integers(0, len(receipt) - 1))
    put = data.draw(st.binary(max_size=2))
    changed = receipt[:at] + put + receipt[at + data.draw(st.integers(0, 2)) :]
    if changed == receipt:
        return
    with pytest.raises(ProofError) as caught:
        verify_receipt(changed, [key])
    assert caught.value.check
