"""Who signs notes: a log, a witness. Keys come in as anything that signs bytes, time as an argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ledger.proof import cosignature
from ledger.proof.keys import SigningKey
from ledger.proof.note import NoteSignature
from ledger.proof.tree_head import parse_checkpoint
from ledger.proof.verification_key import ED25519, ED25519_COSIGNATURE, MLDSA44_COSIGNATURE, VerificationKey

Clock = Callable[[], int]
"""Seconds since 1970, asked at each signature."""


class PrivateKey(Protocol):
    """A key that signs bytes, wherever it lies."""

    @property
    def public(self) -> bytes:
        """The public key."""

    def sign(self, message: bytes) -> bytes:
        """The signature over a message."""


class NoteSigner(Protocol):
    """What `sign_checkpoint` needs."""

    @property
    def name(self) -> str:
        """The name on the signature line: for a log, its origin."""

    @property
    def verification_key(self) -> VerificationKey:
        """The key with which others verify."""

    def sign_note(self, text: str) -> NoteSignature:
        """The signature over a note's text."""


class _Signer:
    """A name, a verification key, and a way to sign bytes."""

    def __init__(self, verification_key: VerificationKey, sign: Callable[[bytes], bytes]) -> None:
        self.verification_key = verification_key
        self._sign = sign

    @property
    def name(self) -> str:
        """The name on the signature line."""
        return self.verification_key.name

    def _line(self, blob: bytes) -> NoteSignature:
        return NoteSignature(self.name, self.verification_key.hash, blob)


class Ed25519Signer(_Signer):
    """Plain Ed25519 signatures over the text (type 0x01)."""

    def __init__(self, name: str, public_key: bytes, sign: Callable[[bytes], bytes]) -> None:
        """`sign` makes the 64-byte signature over a message: a key in memory or in a security module."""
        super().__init__(VerificationKey(name, ED25519, public_key), sign)

    @classmethod
    def of(cls, name: str, key: SigningKey) -> Ed25519Signer:
        """The signer of a key in memory."""
        return cls(name, key.public, key.sign)

    def sign_note(self, text: str) -> NoteSignature:
        """The signature over the text."""
        return self._line(self._sign(text.encode("utf-8")))


class Ed25519Cosigner(_Signer):
    """Cosignatures of a witness (type 0x04). One key serves one witness: the name is not signed."""

    def __init__(self, name: str, key: SigningKey, clock: Clock) -> None:
        super().__init__(VerificationKey(name, ED25519_COSIGNATURE, key.public), key.sign)
        self._clock = clock

    def sign_note(self, text: str) -> NoteSignature:
        """The cosignature over a checkpoint's text. Raises `ProofError` for any other text."""
        parse_checkpoint(text)
        time = self._clock()
        return self._line(cosignature.join_time(time, self._sign(cosignature.ed25519_message(text, time))))


class MLDSA44Cosigner(_Signer):
    """Cosignatures that withstand a quantum computer (type 0x06): of a witness, or of the log itself."""

    def __init__(self, name: str, key: PrivateKey, clock: Clock) -> None:
        """`key` is an ML-DSA-44 key, in memory or elsewhere."""
        super().__init__(VerificationKey(name, MLDSA44_COSIGNATURE, key.public), key.sign)
        self._clock = clock

    def sign_note(self, text: str) -> NoteSignature:
        """The cosignature over a checkpoint's text. Raises `ProofError` for any other text."""
        time = self._clock()
        message = cosignature.mldsa44_message(self.name, parse_checkpoint(text), time)
        return self._line(cosignature.join_time(time, self._sign(message)))
