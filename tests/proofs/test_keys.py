"""Do keys sign as RFC 8032 says, and is everything that is not quite a key or a signature refused?"""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add

from ledger.errors import BadKey, BadSignature
from ledger.proof.keys import SigningKey, check_public_key, key_id, verify

RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]
"""RFC 8032 §7.1, tests 1 and 2: seed, public key, message, signature."""

KEY = SigningKey(bytes(range(32)))
ORDER = 2**252 + 27742317777372353535851937790883648493
"""L, the order of the base point."""


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_the_rfcs_own_examples(seed: str, public: str, message: str, signature: str) -> None:
    """Keys and signatures are those of everybody else."""
    key = SigningKey(bytes.fromhex(seed))
    assert key.public.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    verify(key.public, bytes.fromhex(signature), bytes.fromhex(message))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100))
def test_another_implementation_signs_and_verifies_the_same(seed: bytes, message: bytes) -> None:
    """A tablet with another library makes the same signature with the same key."""
    ours, theirs = SigningKey(seed), Ed25519PrivateKey.from_private_bytes(seed)
    assert ours.public == theirs.public_key().public_bytes_raw()
    assert ours.sign(message) == theirs.sign(message)
    Ed25519PublicKey.from_public_bytes(ours.public).verify(ours.sign(message), message)
    assert check_public_key(ours.public) == ours.public


@given(st.binary(max_size=40), st.data())
def test_one_flipped_bit_anywhere_is_a_bad_signature(message: bytes, data: st.DataObject) -> None:
    """In the message, in the signature, or in the key."""
    parts = [KEY.public, KEY.sign(message), message]
    which = data.draw(st.integers(0, 2 if message else 1))
    place = data.draw(st.integers(0, len(parts[which]) * 8 - 1))
    altered = bytearray(parts[which])
    altered[place // 8] ^= 1 << place % 8
    parts[which] = bytes(altered)
    with pytest.raises(BadSignature, match="does not verify under key"):
        verify(*parts)


def test_the_same_signature_cannot_be_written_in_another_way() -> None:
    """S + L satisfies the equation as well: accepted, it would be a second entry for one vote."""
    signature = KEY.sign(b"yes")
    s = int.from_bytes(signature[32:], "little")
    malleable = signature[:32] + (s + ORDER).to_bytes(32, "little")
    with pytest.raises(BadSignature):
        verify(KEY.public, malleable, b"yes")


@pytest.mark.parametrize("size", [0, 1, 32, 63, 65, 128])
def test_a_signature_has_64_bytes(size: int) -> None:
    """A longer one would take bytes from the message, a shorter one give some to it."""
    with pytest.raises(BadSignature, match=f"64 bytes, not {size}"):
        verify(KEY.public, (KEY.sign(b"yes") * 2)[:size], b"yes")


@pytest.mark.parametrize("border", [63, 65])
def test_a_signature_and_its_message_do_not_flow_into_each_other(border: int) -> None:
    """The library takes both in one piece; the border between them is ours to keep."""
    joined = KEY.sign(b"yes") + b"yes"
    with pytest.raises(BadSignature):
        verify(KEY.public, joined[:border], joined[border:])


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_key_has_32_bytes(size: int) -> None:
    """Neither a public key nor a seed is cut or filled."""
    with pytest.raises(BadKey, match=f"32 bytes, not {size}"):
        check_public_key(bytes(size))
    with pytest.raises(BadKey, match=f"32 bytes, not {size}"):
        SigningKey(bytes(size))
    with pytest.raises(BadSignature):
        verify(bytes(size), KEY.sign(b""), b"")


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("02" + "00" * 31, id="off the curve"),
        pytest.param("ff" * 32, id="y above p"),
        pytest.param((2**255 - 19).to_bytes(32, "little").hex(), id="y = p"),
        pytest.param((2**255 - 19 + 3).to_bytes(32, "little").hex(), id="y = p + 3"),
        pytest.param("00" * 32, id="zero"),
    ],
)
def test_what_is_no_point_is_no_key(key: str) -> None:
    """Each point has one encoding, and only points are keys."""
    with pytest.raises(BadKey):
        check_public_key(bytes.fromhex(key))


def test_a_point_with_a_low_order_component_is_no_key() -> None:
    """An honest key never has one; with one, implementations disagree about the same signature."""
    order_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    mixed = crypto_core_ed25519_add(KEY.public, order_8)
    check_public_key(KEY.public)
    with pytest.raises(BadKey):
        check_public_key(mixed)


def test_a_key_id_is_the_beginning_of_a_digest() -> None:
    """128 bits: nobody finds another key with the same one."""
    assert KEY.id == key_id(KEY.public) == hashlib.sha256(KEY.public).digest()[:16].hex()


def test_a_key_does_not_show_its_seed() -> None:
    """A traceback or a log line prints it."""
    assert KEY.seed == bytes(range(32))
    assert KEY.seed.hex() not in repr(KEY)
    assert KEY.id in repr(KEY)
