"""Private keys in files: PEM, PKCS #8 (RFC 8410), readable by their owner only."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ledger.errors import BadKey, NotFound
from ledger.proof.keys import SigningKey


def write_key(path: Path, seed: bytes) -> SigningKey:
    """Writes a new key file. Raises `BadKey` if the file exists: a key is never overwritten."""
    key = SigningKey(seed)
    pem = Ed25519PrivateKey.from_private_bytes(seed).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadKey(f"{path} exists already; a key is never overwritten") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return key


def read_key(path: Path) -> SigningKey:
    """The key in a file. Raises `NotFound` or `BadKey`."""
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise NotFound(f"the key file {path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError) as error:
        raise BadKey(f"{path} is no private key in PEM: {error}") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise BadKey(f"{path} holds another kind of key; Ed25519 is needed")
    return SigningKey(private.private_bytes_raw())
