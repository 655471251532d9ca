"""Is a checkpoint read in its one form, and only under the keys of its own log?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint, sign_checkpoint
from ledger.proof.lines import MAX_SIZE
from ledger.proof.note import Note, format_note
from ledger.proof.signers import NoteSigner
from ledger.proof.verification_key import VerificationKey
from tests.support.logs import NOON, ORIGIN, checkpoint, log_signer, mldsa_signer, witness
from tests.support.trees import flip

ROOT = bytes(range(32))
TEXT = Checkpoint(ORIGIN, 7, ROOT).text
ORIGINS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=63)


@given(ORIGINS, st.integers(0, MAX_SIZE), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(origin: str, size: int, root: bytes) -> None:
    """Origins of other logs may hold what ours may not: a reader assumes nothing about them."""
    checkpoint = Checkpoint(origin, size, root)
    assert parse_checkpoint(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "\n\n\n", TEXT[:-1], TEXT + "\n", TEXT + "extension line\n", "\n" + TEXT),
        TEXT.replace(ORIGIN, ""),
        TEXT.replace(ORIGIN, "o" * 256),
        *(
            TEXT.replace("\n7\n", f"\n{size}\n")
            for size in ("", "-7", "+7", "07", "7 ", "7_0", "\u0667", "0x7")
        ),
        *(TEXT.replace("\n7\n", f"\n{size}\n") for size in ("five", "7.0", str(2**63), "9" * 30)),
        *(TEXT.replace("8=", end) for end in ("8", "9=", "8==", "8=\u2028")),
        Checkpoint(ORIGIN, 7, bytes(31)).text,
        Checkpoint(ORIGIN, 7, bytes(33)).text,
        Checkpoint(ORIGIN, 7, b"").text,
    ],
)
def test_a_checkpoint_in_any_other_form_is_refused(text: str) -> None:
    """One size, one root, one way to write them, and no line that witnesses would not agree on."""
    with pytest.raises(ProofError) as refusal:
        parse_checkpoint(text)
    assert refusal.value.check == "8.2"


def test_a_checkpoint_tells_who_signed_it_and_when_it_was_cosigned() -> None:
    """The log's own two signatures, and those of its witnesses with their times."""
    log, second, first = log_signer(), mldsa_signer(), witness(3, time=NOON - 60)
    data = checkpoint(second, first, size=12, root=ROOT)
    keys = [signer.verification_key for signer in (first, log, second)]
    opened = open_checkpoint(data, keys)
    assert opened.checkpoint == Checkpoint(ORIGIN, 12, ROOT)
    assert opened.signed_by == (log.verification_key, second.verification_key, first.verification_key)
    assert [(one.key, one.time) for one in opened.cosignatures] == [(first.verification_key, NOON - 60)]
    assert [one.time for one in opened.verified] == [None, NOON, NOON - 60]


def test_one_of_the_logs_keys_is_enough_to_open_a_checkpoint() -> None:
    """Either a verifier of today or one that trusts ML-DSA only; and while a log key is replaced."""
    data = checkpoint(mldsa_signer(), log_signer(7))
    for signer in (log_signer(), mldsa_signer(), log_signer(7)):
        assert open_checkpoint(data, [signer.verification_key]).signed_by == (signer.verification_key,)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    """Even if the same key signed it: the origin says whose it is."""
    other = log_signer(1, "ledger.example/other")
    data = sign_checkpoint(Checkpoint("ledger.example/other", 7, ROOT), other)
    with pytest.raises(ProofError, match=r"the checkpoint is of ledger\.example/other") as refusal:
        open_checkpoint(data, [log_signer().verification_key])
    assert refusal.value.check == "8.4"


def test_witnesses_alone_do_not_make_a_checkpoint() -> None:
    """A cosignature says that a log was seen, not that the log said it."""
    text, seen_by = Checkpoint(ORIGIN, 7, ROOT).text, witness(3)
    data = format_note(Note(text, (seen_by.sign_note(text), log_signer(9).sign_note(text))))
    with pytest.raises(ProofError, match="no known key of") as refusal:
        open_checkpoint(data, [seen_by.verification_key, log_signer().verification_key])
    assert refusal.value.check == "8.3"


@pytest.mark.parametrize(
    ("spoiled", "check"), [(0, "8.3"), (1, "8.3"), (2, "8.9"), (3, "8.9")], ids=["0x01", "0x06", "0x04", "w"]
)
def test_a_bad_signature_names_whose_it_is(spoiled: int, check: str) -> None:
    """The log's fail check 8.3, a witness's 8.9, whatever their type."""
    signers: list[NoteSigner] = [
        log_signer(),
        mldsa_signer(),
        witness(3),
        mldsa_signer(4, "witness.example/w4"),
    ]
    lines = [signer.sign_note(TEXT) for signer in signers]
    lines[spoiled] = lines[spoiled]._replace(blob=flip(lines[spoiled].blob, 99))
    data = format_note(Note(TEXT, tuple(lines)))
    with pytest.raises(ProofError, match=f"the signature of {lines[spoiled].name}") as refusal:
        open_checkpoint(data, [signer.verification_key for signer in signers])
    assert refusal.value.check == check


def test_a_key_of_a_type_that_is_not_verified_opens_nothing() -> None:
    """It is ignored, as an unknown one is."""
    key = VerificationKey(ORIGIN, 0x05, log_signer().verification_key.key)
    with pytest.raises(ProofError) as refusal:
        open_checkpoint(checkpoint(), [key])
    assert refusal.value.check == "8.4"


def test_a_log_signs_in_its_own_name_only() -> None:
    """Neither for another origin, nor as nobody, nor a checkpoint that could not be read."""
    for signers in ((), (log_signer(1, "ledger.example/other"),), (witness(3), log_signer())):
        with pytest.raises(ProofError) as refusal:
            sign_checkpoint(Checkpoint(ORIGIN, 7, ROOT), *signers)
        assert refusal.value.check == "8.4"
    for bad in (
        Checkpoint(ORIGIN, -1, ROOT),
        Checkpoint(ORIGIN, 7, bytes(31)),
        Checkpoint(ORIGIN, 2**63, ROOT),
    ):
        with pytest.raises(ProofError) as refusal:
            sign_checkpoint(bad, log_signer())
        assert refusal.value.check == "8.2"
