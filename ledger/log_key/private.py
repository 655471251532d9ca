"""What a log's private key must be able to do, wherever it lies."""

from __future__ import annotations

from typing import Protocol

from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE, VerificationKey

KINDS = {"ed25519": ED25519, "ml-dsa-44": MLDSA44_COSIGNATURE}
"""Names on the command line → signature types."""


class PrivateLogKey(Protocol):
    """A key that signs checkpoints, and the statement that replaces it. May be used by many threads."""

    @property
    def kind(self) -> int:
        """The signature type: ED25519 or MLDSA44_COSIGNATURE."""
        ...

    @property
    def public(self) -> bytes:
        """The public key: 32 bytes, or 1,312."""
        ...

    @property
    def id(self) -> str:
        """The hint that stands beside its signature in an envelope."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`: 64 bytes, or 2,420. Raises `KeyUnavailable`."""
        ...


def vkey(key: PrivateLogKey, origin: str) -> str:
    """The key's public half as the log names it."""
    return VerificationKey(origin, key.kind, key.public).text
