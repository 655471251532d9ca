"""What a verifier asks of others: what the rules say, and which statements were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ledger.proof.entry import Entry
from ledger.proof.own_votes import OwnVotes
from ledger.proof.statement import Statement


class Digests(Protocol):
    """The statements that were recorded, by their digests."""

    def add(self, digest: bytes) -> bool:
        """Adds one; False if it was there."""

    def add_all(self, digests: Sequence[bytes]) -> bool:
        """Adds some; False, and none is added, if one of them was there or comes twice."""


class Votes(Protocol):
    """Decides on votes in one procedure, as long as nothing else happens in the log."""

    def take(self, first: int, leaves: Sequence[str], votes: OwnVotes, digests: Digests) -> int:
        """Applies votes, of which the first would be entry `first`, up to one that may not stand there.

        Each is signed by its key alone. Those that may are added to `digests`. Returns how many.
        """


class Rules(Protocol):
    """What decides. Implemented by the replayed state of a ledger."""

    def signing_keys(self, statement: Statement) -> Sequence[bytes]:
        """Public keys that must have signed, in order; raises if one is not live here."""

    def decide(self, statement: Statement, seq: int, at: str, leaf: str) -> None:
        """Applies the statement; raises if the rules do not allow it here."""

    def votes(self, procedure: str) -> Votes | None:
        """What decides on votes that follow each other in this procedure; None if there can be none."""

    def force(self, statement: Statement, entry: Entry, leaf: str) -> None:
        """Applies a statement that should not be there, so that what follows can still be judged."""
