"""ML-DSA-44 (FIPS 204): the only place that signs or verifies with it.

Signatures withstand a quantum computer; the platform's `cryptography` makes them, where it can. It takes
20 ms to load, and most keys are Ed25519, so it is imported where it is needed.
"""

from __future__ import annotations

from ledger.errors import BadKey, BadSignature
from ledger.proof.sentences import keys

KEY_BYTES = 1312
SIGNATURE_BYTES = 2420
SEED_BYTES = 32


def verify(public_key: bytes, signature: bytes, message: bytes) -> None:
    """Returns if `signature` was made over `message` with `public_key`, empty context; or `BadSignature`."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

    try:
        MLDSA44PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BadSignature(keys.MLDSA_DOES_NOT_VERIFY) from None
    except UnsupportedAlgorithm:
        raise BadSignature(keys.MLDSA_CANNOT_VERIFY) from None


class MLDSASigningKey:
    """A private ML-DSA-44 key, made from a 32-byte seed that the caller draws or derives."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        """Raises `BadKey` for a seed of another length, or where the platform has no ML-DSA."""
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

        try:
            self._key = MLDSA44PrivateKey.from_seed_bytes(seed)
        except ValueError:
            raise BadKey(keys.SEED_LENGTH, wanted=SEED_BYTES, found=len(seed)) from None
        except UnsupportedAlgorithm:
            raise BadKey(keys.NO_MLDSA) from None
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """A signature of 2,420 bytes over `message`; a different one each time, as FIPS 204 recommends."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return "MLDSASigningKey()"
