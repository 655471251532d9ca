"""Ed25519: the only place that signs or verifies, and the policy on odd keys.

libsodium (PyNaCl) does the arithmetic. It verifies faster than OpenSSL here and refuses low-order
keys, low-order R and non-canonical S by itself, where OpenSSL accepts, under the identity point,
one constant signature for every message. At registration a key must in addition lie in the prime
order subgroup, which every honestly made key does. RFC 8032 §5.1.
"""

from __future__ import annotations

import hashlib

import nacl.bindings
import nacl.exceptions

from ledger.errors import BadKey, BadSignature
from ledger.proof.sentences import keys

KEY_BYTES = 32
SIGNATURE_BYTES = 64
KEY_ID_HEX = 32
"""Length of a key id: 128 bits of SHA-256 in lower-case hexadecimal."""


def key_id(public_key: bytes) -> str:
    """The short name of a public key: the first 128 bits of its SHA-256, in hexadecimal."""
    return hashlib.sha256(public_key).hexdigest()[:KEY_ID_HEX]


def check_public_key(public_key: bytes) -> bytes:
    """`public_key` itself (32 bytes), if a person may be registered with it.

    Raises `BadKey` for another length, a point that is not on the curve, a non-canonical encoding,
    a low-order point, or a point outside the prime-order subgroup.
    """
    if len(public_key) != KEY_BYTES:
        raise BadKey(keys.KEY_LENGTH, wanted=KEY_BYTES, found=len(public_key))
    if not nacl.bindings.crypto_core_ed25519_is_valid_point(public_key):
        raise BadKey(keys.UNUSABLE_KEY)
    return public_key


def verify(public_key: bytes, signature: bytes, message: bytes) -> None:
    """Returns if `signature` (64 bytes) was made over `message` with `public_key`; raises `BadSignature`."""
    if len(public_key) != KEY_BYTES:  # libsodium takes what it finds behind a short one
        raise BadSignature(keys.KEY_LENGTH, wanted=KEY_BYTES, found=len(public_key))
    if len(signature) != SIGNATURE_BYTES:
        raise BadSignature(keys.SIGNATURE_LENGTH, wanted=SIGNATURE_BYTES, found=len(signature))
    try:
        # libsodium's "open" form: the signature in front of the message.
        nacl.bindings.crypto_sign_open(signature + message, public_key)
    except (nacl.exceptions.CryptoError, ValueError):
        raise BadSignature(keys.DOES_NOT_VERIFY, key=key_id(public_key)) from None


class SigningKey:
    """A private key, made from a 32-byte seed that the caller draws or derives."""

    __slots__ = ("_secret", "id", "public")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != KEY_BYTES:
            raise BadKey(keys.SEED_LENGTH, wanted=KEY_BYTES, found=len(seed))
        self.public, self._secret = nacl.bindings.crypto_sign_seed_keypair(seed)
        self.id = key_id(self.public)

    @property
    def seed(self) -> bytes:
        """The 32 bytes from which the key is made again. Whoever has them can sign."""
        return self._secret[:KEY_BYTES]

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over `message` (deterministic)."""
        return nacl.bindings.crypto_sign(message, self._secret)[:SIGNATURE_BYTES]

    def __repr__(self) -> str:
        return f"SigningKey(id={self.id!r})"
