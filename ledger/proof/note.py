"""Verification keys in the text form of C2SP signed-note: `name+hash+base64(type || key)`."""

from __future__ import annotations

import hashlib

from ledger.proof.encoding import b64

ED25519 = b"\x01"


def verification_key(name: str, public_key: bytes) -> str:
    """The vkey of an Ed25519 key that signs notes as `name` (C2SP signed-note, "Verifier keys")."""
    key_hash = hashlib.sha256(name.encode("utf-8") + b"\n" + ED25519 + public_key).digest()[:4]
    return f"{name}+{key_hash.hex()}+{b64(ED25519 + public_key)}"
