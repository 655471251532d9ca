"""Names and texts beside the log: what may be erased without breaking a proof.

An entry holds a disclosure's digest only. The body lies here, under that digest, until it is erased.
Storage does not look into bodies; whoever reads one checks it against its digest.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping

from ledger.storage.recorder import Conflict


class Disclosures(ABC):
    """Bodies by digest (32 bytes). Each call is one transaction, durable when it returns."""

    def put(self, digest: bytes, body: bytes) -> None:
        """Stores a body. The same again is harmless; another body under the digest raises `Conflict`."""
        self.put_all({digest: body})

    @abstractmethod
    def put_all(self, bodies: Mapping[bytes, bytes]) -> None:
        """Stores many: all of them, or none when one raises `Conflict`."""

    @abstractmethod
    def get(self, digests: Iterable[bytes]) -> dict[bytes, bytes]:
        """The bodies that are there; erased and unknown ones are missing from the result."""

    @abstractmethod
    def page(self, after: bytes, limit: int) -> list[tuple[bytes, bytes]]:
        """At most `limit` digests above `after` with their bodies, in order; b"" reads from the start."""

    @abstractmethod
    def erase(self, digests: Iterable[bytes]) -> None:
        """Removes bodies for good, from the database's files too.

        To erase what is not there is harmless, so it may be repeated. Raises `StoreLocked` where a reader
        keeps old files alive: the bodies are gone for everybody else, and erasing again removes them.
        """


def compare(stored: Mapping[bytes, bytes], bodies: Mapping[bytes, bytes]) -> None:
    """Raises `Conflict` if another body stands under one of the digests."""
    for digest, body in bodies.items():
        if stored.get(digest, body) != body:
            raise Conflict(f"another body stands under the digest {digest.hex()}")
