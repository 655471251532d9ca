"""Do our cosignatures and those of other implementations say the same in the same bytes?"""

from __future__ import annotations

import base64
from typing import Any

import pytest

from ledger.errors import BadKey, BadSignature, ProofError
from ledger.proof import mldsa
from ledger.proof.checkpoint import Checkpoint, open_checkpoint
from ledger.proof.cosignature import ed25519_message, join_time, mldsa44_message, split_time
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.note import open_note, parse_note, parse_verification_key, verify_signatures
from tests.support.logs import NOON, ORIGIN, checkpoint, log_signer, mldsa_signer, witness
from tests.support.trees import flip
from tests.support.vectors import VECTORS, load

SKYLIGHT = "sunlight-skylight/cmd/skylight/testdata"
FORMATS: dict[str, Any] = load("tlog-cosignature/formats-vkeys.json")
HEAD = Checkpoint("example.com/behind-the-sofa", 20_852_163, bytes(range(32)))


def skylight(folder: str, keys: str) -> Any:
    """The one checkpoint below a folder, opened with the keys that the cosigner publishes."""
    (path,) = (VECTORS / SKYLIGHT / folder).glob("[08]*/checkpoint")
    vkeys = load(f"{SKYLIGHT}/{folder}/{keys}")["verifier_keys"]
    return open_note(path.read_bytes(), map(parse_verification_key, vkeys))


@pytest.mark.parametrize(
    ("folder", "keys"),
    [("witness", "witness.v0.json"), ("witness/mirror", "mirror.v0.json"), ("witness2", "witness.v0.json")],
)
def test_cosignatures_of_another_implementation_verify(folder: str, keys: str) -> None:
    """The RFC 6962 signature (0x05) of the log beside them is ignored, not an error."""
    opened = skylight(folder, keys)
    assert [(one.key.kind, one.time) for one in opened.verified] == [(0x04, 1_767_139_200)]


def test_the_time_of_a_cosignature_is_read_as_others_read_it() -> None:
    """Eight bytes in front of the signature."""
    data = base64.b64decode(FORMATS["timestamp"]["signature_b64"])
    time, signature = split_time(data[4:], 64)
    assert time == FORMATS["timestamp"]["timestamp"]
    assert join_time(time, signature) == data[4:]


def test_the_signed_bytes_are_those_of_the_specification() -> None:
    """C2SP tlog-cosignature writes them out; with ML-DSA-44 the cosigner's name is among them."""
    assert ed25519_message(HEAD.text, 1_679_315_147).decode() == (
        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )
    assert mldsa44_message("example.com/w", HEAD, 1_679_315_147) == (
        b"subtree/v1\n\x00\x0dexample.com/w\x00\x00\x00\x00\x64\x18\x50\xcb"
        b"\x1bexample.com/behind-the-sofa" + bytes(8) + b"\x00\x00\x00\x00\x01\x3e\x2d\xc3" + HEAD.root
    )


@pytest.mark.parametrize("signer", [witness(3), mldsa_signer(4, "witness.example/w4")], ids=["0x04", "0x06"])
@pytest.mark.parametrize("bit", [0, 63, 64, 300])
def test_a_flipped_bit_of_time_or_signature_refuses_a_cosignature(signer: Any, bit: int) -> None:
    """The time is signed as well: nobody can make a cosignature younger."""
    text = parse_note(checkpoint()).text
    line = signer.sign_note(text)
    assert verify_signatures(text, [line], [signer.verification_key])[0].time == NOON
    with pytest.raises(ProofError) as refusal:
        verify_signatures(text, [line._replace(blob=flip(line.blob, bit))], [signer.verification_key])
    assert refusal.value.check == "8.9"


@pytest.mark.parametrize("signer", [witness(3), mldsa_signer(4, "witness.example/w4")], ids=["0x04", "0x06"])
def test_a_cosignature_counts_for_its_own_checkpoint_only(signer: Any) -> None:
    """Another size or root is another statement."""
    line = signer.sign_note(Checkpoint(ORIGIN, 7, bytes(32)).text)
    for other in (Checkpoint(ORIGIN, 8, bytes(32)), Checkpoint(ORIGIN, 7, bytes(31) + b"\1")):
        with pytest.raises(ProofError):
            verify_signatures(other.text, [line], [signer.verification_key])


def test_an_mldsa_cosignature_is_bound_to_the_name_of_its_cosigner() -> None:
    """One key under two names cannot stand for two witnesses by copying a line."""
    first, second = (mldsa_signer(4, name) for name in ("witness.example/a", "witness.example/b"))
    text = parse_note(checkpoint()).text
    line = first.sign_note(text)._replace(name=second.name, hash=second.verification_key.hash)
    with pytest.raises(ProofError):
        verify_signatures(text, [line], [second.verification_key])


def test_a_cosigner_signs_checkpoints_only() -> None:
    """Any other text could be one that means something else."""
    for signer in (witness(3), mldsa_signer()):
        with pytest.raises(ProofError) as refusal:
            signer.sign_note("any text\n")
        assert refusal.value.check == "8.2"


@pytest.mark.parametrize("time", [-1, 2**63])
def test_a_time_outside_of_its_range_is_refused(time: int) -> None:
    """It must not exceed 2^63 - 1, when written and when read."""
    with pytest.raises(ProofError):
        witness(3, time=time).sign_note(HEAD.text)
    with pytest.raises(ProofError, match="later than"):
        split_time(b"\x80" + bytes(71), 64)


@pytest.mark.parametrize("signer", [witness(3), mldsa_signer(4, "witness.example/w4")], ids=["0x04", "0x06"])
def test_a_cut_or_padded_cosignature_is_refused(signer: Any) -> None:
    """A known key's line of another length spoils the note, as a wrong signature does."""
    text = parse_note(checkpoint()).text
    line = signer.sign_note(text)
    for blob in (line.blob[:-1], line.blob + b"x", line.blob[:8], b"x"):
        with pytest.raises(ProofError) as refusal:
            verify_signatures(text, [line._replace(blob=blob)], [signer.verification_key])
        assert refusal.value.check == "8.9"


@pytest.mark.parametrize("name", ["", "n" * 256])
def test_a_name_that_has_no_length_byte_cannot_cosign(name: str) -> None:
    """The ML-DSA-44 form has one byte for it."""
    with pytest.raises(ProofError):
        mldsa44_message(name, HEAD, 0)


def test_a_log_without_an_ed25519_verifier_is_trusted_by_its_mldsa_signature() -> None:
    """The second signature stands for itself."""
    opened = open_checkpoint(checkpoint(mldsa_signer()), [mldsa_signer().verification_key])
    assert opened.verified[0].time == NOON
    assert opened.cosignatures == ()
    assert log_signer().verification_key not in opened.signed_by


def test_mldsa_refuses_what_is_no_key_seed_or_signature() -> None:
    """Lengths are checked before the library sees them as anything else."""
    key = MLDSASigningKey(bytes(32))
    signature = key.sign(b"message")
    mldsa.verify(key.public, signature, b"message")
    for public, made, message in (
        (key.public, signature, b"another"),
        (key.public, signature[:-1], b"message"),
        (key.public, b"", b"message"),
        (key.public[:-1], signature, b"message"),
        (MLDSASigningKey(bytes(31) + b"\1").public, signature, b"message"),
    ):
        with pytest.raises(BadSignature):
            mldsa.verify(public, made, message)
    with pytest.raises(BadKey):
        MLDSASigningKey(bytes(31))
    assert "0000" not in repr(key)
