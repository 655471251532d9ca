"""A log key in a file: PEM, PKCS #8, Ed25519 or ML-DSA-44. A systemd credential is such a file."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from ledger.errors import BadKey
from ledger.keyfile import read_private_key, write_private_key
from ledger.log_key import sentences
from ledger.passphrase import Passphrase
from ledger.proof.keys import SigningKey, key_id
from ledger.proof.sentences import keys
from ledger.proof.verification_key import ED25519, MLDSA44_COSIGNATURE


class Ed25519Key(SigningKey):
    """In memory; libsodium signs."""

    __slots__ = ()
    kind = ED25519


class MLDSA44Key:
    """In memory; OpenSSL signs, through `cryptography`. Each signature is another one (FIPS 204)."""

    kind = MLDSA44_COSIGNATURE

    def __init__(self, private: MLDSA44PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 2,420-byte signature over `message`, with an empty context."""
        return self._private.sign(message)


def read_log_key(path: Path, passphrase: Passphrase) -> Ed25519Key | MLDSA44Key:
    """The log key in a file. Raises `NotFound`, `BadKey`, `PassphraseMissing` or `PassphraseWrong`."""
    private = read_private_key(path, passphrase)
    if isinstance(private, Ed25519PrivateKey):
        return Ed25519Key(private.private_bytes_raw())
    if isinstance(private, MLDSA44PrivateKey):
        return MLDSA44Key(private)
    raise BadKey(sentences.NO_LOG_KEY, path=path)


def make_log_key(path: Path, kind: int, passphrase: bytes | None) -> Ed25519Key | MLDSA44Key:
    """Makes a new key in a file. Raises `BadKey`, also where the platform has no ML-DSA-44."""
    if kind == ED25519:
        seed = secrets.token_bytes(32)
        write_private_key(path, Ed25519PrivateKey.from_private_bytes(seed), passphrase)
        return Ed25519Key(seed)
    try:
        private = MLDSA44PrivateKey.generate()
    except UnsupportedAlgorithm:
        raise BadKey(keys.NO_MLDSA) from None
    write_private_key(path, private, passphrase)
    return MLDSA44Key(private)


def has_mldsa() -> bool:
    """Whether the platform's `cryptography` has ML-DSA-44."""
    try:
        MLDSA44PrivateKey.from_seed_bytes(bytes(32))
    except UnsupportedAlgorithm:
        return False
    return True
