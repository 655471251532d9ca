"""The part of an audit that can be done in any order: each entry by itself, and its signatures.

Which key must have signed depends on the place in the log. But a key id names a public key, so a signature
can be verified under the key that it names; whether that is the right one is said later, by comparing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.audit.carry import Carried, together
from ledger.audit.reading import Keys, Reading, Signed
from ledger.audit.source import Page
from ledger.errors import BadSignature
from ledger.proof.keys import verify


class Found(NamedTuple):
    """What was found on a page."""

    leaves: bytes
    """The leaf hashes, one after the other."""
    entries: list[Carried | None]
    """What is carried on, `together`; for each entry that is not as it should be, or of which not all
    is known yet, a None."""
    keys: list[bytes]
    """Public keys that its statements name."""


class Examiner:
    """Looks at the pages of one log. Learns keys from them, and from outside."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._keys = Keys()

    def learn(self, keys: Iterable[bytes]) -> None:
        """Keys under which signatures may be verified."""
        self._keys.learn(keys)

    def page(self, page: Page) -> Found:
        """Looks at each entry, then verifies all signatures: together they take less time."""
        read = Reading(page, self._origin, self._keys).whole()
        if bad := list(_bad(read.signed)):
            read = Reading(page, self._origin, self._keys).whole(alike=False)
            for number in bad:
                read.entries[number] = None
        return Found(b"".join(read.leaves), together(read.entries), read.named)


def _bad(signed: list[Signed]) -> Iterator[int]:
    for number, key, signature, message in signed:
        try:
            verify(key, signature, message)
        except BadSignature:
            yield number
