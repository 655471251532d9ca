"""The keys that verify signed notes, in their text form (C2SP signed-note, "Verifier keys").

A log's or a witness's "vkey" is `name+hash+base64(type || key)`. Malformed keys, and keys that must not be
used, are a `ProofError` of check 8.10.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

from ledger.errors import BadKey, ProofError
from ledger.proof import cosignature, keys, mldsa
from ledger.proof.encoding import b64
from ledger.proof.lines import read_base64
from ledger.proof.sentences import logs
from ledger.proof.tree_head import parse_checkpoint

ED25519 = 0x01
ECDSA = 0x02
ED25519_COSIGNATURE = 0x04
TREE_HEAD = 0x05
MLDSA44_COSIGNATURE = 0x06
NAMED = 0xFF

KINDS = frozenset({ED25519, ECDSA, ED25519_COSIGNATURE, TREE_HEAD, MLDSA44_COSIGNATURE, NAMED})
"""The assigned signature types: their keys are read."""

VERIFIED_KINDS = frozenset({ED25519, ED25519_COSIGNATURE, MLDSA44_COSIGNATURE})
"""The types whose signatures are verified here. Those of the others are ignored, as unknown ones are."""

MAX_VKEY = 4096  # characters; an ML-DSA-44 key needs 1,751 and its name

_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")


class VerificationKey(NamedTuple):
    """A key that verifies the signatures of one name."""

    name: str
    kind: int
    key: bytes

    @property
    def hash(self) -> bytes:
        """The four bytes by which a signature line names the key. They identify it and prove nothing."""
        if self.kind == ECDSA:
            return hashlib.sha256(self.key).digest()[:4]
        key = hashlib.sha256(self.key).digest() if self.kind == TREE_HEAD else self.key
        return hashlib.sha256(b"%b\n%c%b" % (self.name.encode("utf-8"), self.kind, key)).digest()[:4]

    @property
    def text(self) -> str:
        """The vkey."""
        return f"{self.name}+{self.hash.hex()}+{b64(bytes([self.kind]) + self.key)}"

    def verify(self, text: str, blob: bytes) -> int | None:
        """The time of a cosignature over a note's text, None for a plain signature.

        Raises `BadSignature`, and `ProofError` where a cosignature cannot even be read.
        """
        if self.kind == ED25519_COSIGNATURE:
            time, signature = cosignature.split_time(blob, keys.SIGNATURE_BYTES)
            keys.verify(self.key, signature, cosignature.ed25519_message(text, time))
            return time
        if self.kind == MLDSA44_COSIGNATURE:
            time, signature = cosignature.split_time(blob, mldsa.SIGNATURE_BYTES)
            message = cosignature.mldsa44_message(self.name, parse_checkpoint(text), time)
            mldsa.verify(self.key, signature, message)
            return time
        keys.verify(self.key, blob, text.encode("utf-8"))
        return None


def verification_key(name: str, public_key: bytes) -> str:
    """The vkey of an Ed25519 key that signs notes as `name`."""
    return VerificationKey(name, ED25519, public_key).text


@lru_cache(maxsize=64)  # the same few keys sign every checkpoint of a log
def parse_verification_key(text: str) -> VerificationKey:
    """The key of its text. Raises `ProofError`."""
    match = _VKEY.fullmatch(text) if len(text) <= MAX_VKEY else None
    if match is None or not is_name(match[1]):
        raise ProofError(logs.NO_VERIFICATION_KEY, text=text[:80], check="8.10")
    data = read_base64(match[3], logs.A_VERIFICATION_KEY, check="8.10")
    found = VerificationKey(match[1], data[0], data[1:])
    if found.kind not in KINDS:
        raise ProofError(logs.NO_SUCH_TYPE, kind=found.kind, check="8.10")
    if found.hash.hex() != match[2]:
        raise ProofError(logs.WRONG_KEY_HASH, hash=match[2], name=found.name, check="8.10")
    _check_usable(found)
    return found


def is_name(text: str) -> bool:
    """Whether a key may be called so: not empty, no plus sign, no Unicode space, no control character."""
    return bool(text) and not any(c == "+" or c.isspace() or c < " " for c in text)


def _check_usable(key: VerificationKey) -> None:
    """Refuses keys under which signatures prove nothing, for instance low-order points."""
    try:
        if key.kind in {ED25519, ED25519_COSIGNATURE}:
            keys.check_public_key(key.key)
    except BadKey as error:
        raise ProofError(logs.UNUSABLE_KEY, name=key.name, error=error, check="8.10") from None
    if key.kind == MLDSA44_COSIGNATURE and len(key.key) != mldsa.KEY_BYTES:
        lengths = {"wanted": mldsa.KEY_BYTES, "found": len(key.key)}
        raise ProofError(logs.MLDSA_LENGTH, check="8.10", **lengths)
