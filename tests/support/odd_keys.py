"""Odd Ed25519 signatures and keys (C2SP CCTV, Wycheproof, made here), and what Python decides of each.

Whatever else verifies, the module of the member's browser first of all, must decide alike.
"""

from __future__ import annotations

import hashlib
from itertools import count
from typing import Any, NamedTuple

import nacl.bindings as sodium

from ledger.errors import BadKey, BadSignature, ProofError
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.keys import SigningKey, check_public_key, verify
from ledger.proof.note import Note, NoteSignature, format_note
from ledger.proof.verification_key import ED25519, VerificationKey, parse_verification_key
from tests.support.vectors import load

CCTV: list[dict[str, Any]] = load("cctv-ed25519/ed25519vectors.json")
LOW_ORDER: dict[str, str] = load("cctv-ed25519/low-order-points.json")
WYCHEPROOF: dict[str, Any] = load("wycheproof/ed25519_test.json")

P = 2**255 - 19
HONEST_KEY = SigningKey(bytes(range(32))).public
NAMES = (
    "ledger.example/council",
    "Gemeinde-Müller",
    "a b",
    "a\x85b",
    "a\u3000b",
    "a\ufeffb",
    "a\x1fb",
    "a\x7fb",
)


class Signed(NamedTuple):
    """A signature and what it is said to be of, in hexadecimal."""

    key: str
    signature: str
    message: str


def odd_signatures() -> list[Signed]:
    """CCTV's 914, Wycheproof's 151, and of other lengths than keys and signatures have."""
    found = [Signed(one["key"], one["sig"], one["msg"].encode().hex()) for one in CCTV]
    for group in WYCHEPROOF["testGroups"]:
        found += [Signed(group["publicKey"]["pk"], one["sig"], one["msg"]) for one in group["tests"]]
    good = next(one for one in found if accepts(one))
    found += [good._replace(key=key) for key in ("", good.key[2:], good.key + "00")]
    return [*found, good._replace(signature=good.signature + "00"), good._replace(signature="")]


def odd_keys() -> list[str]:
    """In hexadecimal: low order, mixed order, y ≥ p, off the curve, too short or long; and good ones."""
    mixed = [sodium.crypto_core_ed25519_add(HONEST_KEY, bytes.fromhex(point)) for point in LOW_ORDER]
    found = [HONEST_KEY, *mixed, b"", HONEST_KEY[1:], HONEST_KEY + b"\0"]
    for y in (*range(P, 2**255), *range(32)):
        found += [(y | sign << 255).to_bytes(32, "little") for sign in (0, 1)]
    return [*(key.hex() for key in found), *LOW_ORDER, *sorted({one["key"] for one in CCTV})]


def odd_vkeys() -> list[str]:
    """Each of these keys in the text form of a log's; and good ones of odd names, or with a wrong hash."""
    keys = [bytes.fromhex(key) for key in odd_keys()]
    found = [VerificationKey(NAMES[0], ED25519, key).text for key in keys]
    found += [VerificationKey(name, ED25519, HONEST_KEY).text for name in NAMES]
    name, key_hash, encoded = found[0].split("+", 2)
    return [*found, f"{name}+{'0' * 8}+{encoded}", f"{name}+{key_hash.upper()}+{encoded}", found[0] + "\n"]


def accepts(signed: Signed) -> bool:
    """Whether our verification takes the signature."""
    key, signature, message = map(bytes.fromhex, signed)
    try:
        verify(key, signature, message)
    except BadSignature:
        return False
    return True


def registrable(key: str) -> bool:
    """Whether a person may be registered with this key."""
    try:
        check_public_key(bytes.fromhex(key))
    except BadKey:
        return False
    return True


def trusted(vkey: str) -> bool:
    """Whether a log's key may be this one."""
    try:
        parse_verification_key(vkey)
    except ProofError:
        return False
    return True


def signed_with_a_mixed_key() -> tuple[VerificationKey, bytes]:
    """A log key with a component of order 8, and a checkpoint that verifies under it.

    Who has it can make signatures that some programs take and others, with another rule, do not.
    """
    torsion = bytes.fromhex(next(point for point, order in LOW_ORDER.items() if "8" in order))
    secret = sodium.crypto_core_ed25519_scalar_reduce(hashlib.sha512(b"mallory").digest())
    public = sodium.crypto_scalarmult_ed25519_base_noclamp(secret)
    key = VerificationKey(NAMES[0], ED25519, sodium.crypto_core_ed25519_add(public, torsion))
    text = Checkpoint(key.name, 7, bytes(32)).text
    for attempt in count():
        nonce = sodium.crypto_core_ed25519_scalar_reduce(hashlib.sha512(b"%d" % attempt).digest())
        point = sodium.crypto_scalarmult_ed25519_base_noclamp(nonce)
        hashed = hashlib.sha512(point + key.key + text.encode()).digest()
        challenge = sodium.crypto_core_ed25519_scalar_reduce(hashed)
        if challenge[0] % 8 == 0:  # so often the component does not matter
            break
    product = sodium.crypto_core_ed25519_scalar_mul(challenge, secret)
    signature = point + sodium.crypto_core_ed25519_scalar_add(nonce, product)
    return key, format_note(Note(text, (NoteSignature(key.name, key.hash, signature),)))
