"""Who a replay's people are: pseudonyms, keys, salts and nonces derived from one secret of the store.

Derived, so that an import that was interrupted makes the same statements again: what is stored
already is then recognised, and nothing is recorded twice. Whoever has the secret can sign as every
replayed member and can link pseudonyms to ids; it never leaves the store.
"""

from __future__ import annotations

import base64
import hashlib
import re

from ledger.proof.keys import SigningKey

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class People:
    """Derivations from `secret` (32 bytes)."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._keys: dict[str, SigningKey] = {}
        self._pseudonyms: dict[tuple[str, str], str] = {}
        self._groups: dict[tuple[str, str], str] = {}

    def pseudonym(self, body: str, member: str) -> str:
        """The id under which a member of a body stands in the log (letter and 65 bits in base32)."""
        known = self._pseudonyms.get((body, member))
        if known is None:
            known = self._pseudonyms[body, member] = "m" + self._name("member", body, member)
        return known

    def group(self, body: str, group: str) -> str:
        """The id of a group (party) in the log."""
        known = self._groups.get((body, group))
        if known is None:
            known = self._groups[body, group] = "g" + self._name("group", body, group)[:8]
        return known

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
        # Each part ends in a byte that UTF-8 does not have, so that no two lists of parts read alike.
        message = b"".join([part.encode("utf-8") + b"\xff" for part in what])
        return hashlib.blake2b(message, key=self._secret, digest_size=32).digest()


def body_id(name: str) -> str:
    """The id of a body: its own name where that is a plain word, else one made from it."""
    if _PLAIN.fullmatch(name):
        return name
    return "body-" + hashlib.sha256(name.encode("utf-8")).hexdigest()[:12]
