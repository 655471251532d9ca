"""Who a replay's people are: pseudonyms, keys, salts and nonces derived from one secret of the store.

Derived, so that an import that was interrupted makes the same statements again: what is stored
already is then recognised, and nothing is recorded twice. Whoever has the secret can sign as every
replayed member and can link pseudonyms to ids; it never leaves the store.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from ledger.proof.keys import SigningKey

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class People:
    """Derivations from `secret` (32 bytes)."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._keys: dict[str, SigningKey] = {}

    def pseudonym(self, body: str, member: str) -> str:
        """The id under which a member of a body stands in the log (letter and 65 bits in base32)."""
        return "m" + self._name("member", body, member)

    def group(self, body: str, group: str) -> str:
        """The id of a group (party) in the log."""
        return "g" + self._name("group", body, group)[:8]

    def key(self, pseudonym: str) -> SigningKey:
        """The member's key."""
        if pseudonym not in self._keys:
            self._keys[pseudonym] = SigningKey(self._derive("key", pseudonym))
        return self._keys[pseudonym]

    def bytes16(self, *what: str) -> bytes:
        """16 bytes for a salt or a nonce."""
        return self._derive(*what)[:16]

    def _name(self, *what: str) -> str:
        return base64.b32encode(self._derive(*what)[:10]).decode("ascii").lower()[:13]

    def _derive(self, *what: str) -> bytes:
        # Each part with its length, so that no two lists of parts read alike.
        message = b"".join(b"%d:%b," % (len(part), part) for part in (text.encode("utf-8") for text in what))
        return hmac.new(self._secret, message, hashlib.sha256).digest()


def body_id(name: str) -> str:
    """The id of a body: its own name where that is a plain word, else one made from it."""
    if _PLAIN.fullmatch(name):
        return name
    return "body-" + hashlib.sha256(name.encode("utf-8")).hexdigest()[:12]
