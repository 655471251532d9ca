"""A log's and its witnesses' keys from fixed seeds, and what they sign."""

from __future__ import annotations

import base64

from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.keys import SigningKey
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.signers import Ed25519Cosigner, Ed25519Signer, MLDSA44Cosigner, NoteSigner

ORIGIN = "ledger.example/council"
NOON = 1_769_860_800
"""2026-01-31T12:00:00Z in seconds since 1970."""


def log_signer(seed: int = 1, name: str = ORIGIN) -> Ed25519Signer:
    """The log itself."""
    return Ed25519Signer.of(name, SigningKey(bytes([seed]) * 32))


def mldsa_signer(seed: int = 2, name: str = ORIGIN, time: int = NOON) -> MLDSA44Cosigner:
    """The log's second signature, or a witness of a later century."""
    return MLDSA44Cosigner(name, MLDSASigningKey(bytes([seed]) * 32), lambda: time)


def witness(seed: int, name: str | None = None, time: int = NOON) -> Ed25519Cosigner:
    """A witness, called after its number."""
    key = SigningKey(bytes([seed]) * 32)
    return Ed25519Cosigner(name or f"witness.example/w{seed}", key, lambda: time)


def checkpoint(*signers: NoteSigner, size: int = 7, root: bytes = bytes(32)) -> bytes:
    """A checkpoint of the log, signed by it and by `signers`."""
    return sign_checkpoint(Checkpoint(ORIGIN, size, root), log_signer(), *signers)


def signer_of(private_key: str) -> Ed25519Signer:
    """The signer of `PRIVATE+KEY+name+hash+base64(type || seed)`, as Go programs keep test keys."""
    private, key, name, key_hash, encoded = private_key.split("+", 4)
    data = base64.b64decode(encoded, validate=True)
    assert (private, key, data[0], len(data)) == ("PRIVATE", "KEY", 1, 33)
    signer = Ed25519Signer.of(name, SigningKey(data[1:]))
    assert signer.verification_key.hash.hex() == key_hash
    return signer
