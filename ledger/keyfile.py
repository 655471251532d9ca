"""Private keys in files: PEM, PKCS #8 (RFC 8410, RFC 9881), encrypted or not, readable by their owner only.

Encryption is what `cryptography` calls the best available: AES-256-CBC under PBKDF2 with HMAC-SHA-256
(PBES2, RFC 8018). Its 2,048 rounds slow nobody down: the passphrase has to be long and random
(`openssl rand -hex 32`).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ledger.errors import BadKey, NotFound, PassphraseWrong
from ledger.log_key import sentences
from ledger.passphrase import ENVIRONMENT, Passphrase
from ledger.proof.keys import SigningKey
from ledger.storage.directories import give_to_owner, sync_directory

_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


def write_key(path: Path, seed: bytes, passphrase: bytes | None = None) -> SigningKey:
    """Writes a new Ed25519 key, encrypted if there is a passphrase.

    Raises `BadKey` if the file exists: a key is never overwritten.
    """
    key = SigningKey(seed)
    write_private_key(path, Ed25519PrivateKey.from_private_bytes(seed), passphrase)
    return key


def read_key(path: Path, passphrase: Passphrase = ENVIRONMENT) -> SigningKey:
    """The Ed25519 key in a file; `passphrase` is asked only if it is encrypted.

    Raises `NotFound`, `BadKey`, `PassphraseMissing` or `PassphraseWrong`.
    """
    private = read_private_key(path, passphrase)
    if not isinstance(private, Ed25519PrivateKey):
        raise BadKey(sentences.NOT_ED25519, path=path)
    return SigningKey(private.private_bytes_raw())


def write_private_key(path: Path, private: PrivateKeyTypes, passphrase: bytes | None) -> None:
    """Writes a key of any kind; a crash leaves all of it or nothing. Raises `BadKey`."""
    how = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path, pem)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            raise BadKey(sentences.KEY_EXISTS, path=path) from None
        raise BadKey(sentences.KEY_NOT_WRITTEN, path=path, reason=error.strerror) from None


def read_private_key(path: Path, passphrase: Passphrase) -> PrivateKeyTypes:
    """A key of any kind. Raises `NotFound`, `BadKey`, `PassphraseMissing` or `PassphraseWrong`."""
    try:
        pem = path.read_bytes()
    except OSError as error:
        raise NotFound(sentences.KEY_NOT_READ, path=path, reason=error.strerror) from None
    secret = passphrase(str(path)) if is_encrypted(pem) else None
    try:
        return load_pem_private_key(pem, secret)
    except (ValueError, TypeError):
        # Once in 256 times what a wrong passphrase makes of the key ends as a right one would: then it is no
        # key, and looks like a broken file. Another wrong one tells the two apart.
        if secret is not None and (_is_wrong(pem, secret) or _is_wrong(pem, secret + b"?")):
            raise PassphraseWrong(sentences.WRONG_PASSPHRASE, path=path) from None
        raise BadKey(sentences.NO_PRIVATE_KEY, path=path) from None


def _is_wrong(pem: bytes, secret: bytes) -> bool:
    """Whether an encrypted key is whole, as far as one can see, and the passphrase is not its own."""
    try:
        load_pem_private_key(pem, secret)
    except (ValueError, TypeError) as error:
        return "ncorrect password" in str(error)
    return False


def is_encrypted(pem: bytes) -> bool:
    """Whether a key file needs a passphrase."""
    return _ENCRYPTED in pem


def _write(path: Path, data: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # readable by the owner only
    try:
        with os.fdopen(descriptor, "wb") as file:
            give_to_owner(descriptor, path.parent)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # fails where there is one already
    finally:
        os.unlink(draft)
    # A key that is named in the log and lost in a power failure would be worse than none.
    sync_directory(path.parent)
