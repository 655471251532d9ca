"""What a verifier asks of others: what the rules say, and which statements were recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from ledger.proof.entry import Entry
from ledger.proof.statement import Statement


class Rules(Protocol):
    """What decides. Implemented by the replayed state of a ledger."""

    def signing_keys(self, statement: Statement) -> Sequence[bytes]:
        """Public keys that must have signed, in order; raises if one is not live here."""

    def decide(self, statement: Statement, seq: int, at: str, leaf: str) -> None:
        """Applies the statement; raises if the rules do not allow it here."""

    def allowed_vote(
        self, payload: Mapping[str, Any], key_id: str, key: bytes, seq: int, at: str, leaf: str
    ) -> Callable[[], None] | None:
        """What applies a vote that `key` alone has signed; None if it must not stand here."""

    def force(self, statement: Statement, entry: Entry, leaf: str) -> None:
        """Applies a statement that should not be there, so that what follows can still be judged."""


class Digests(Protocol):
    """The statements that were recorded, by their digests."""

    def add(self, digest: bytes) -> bool:
        """Adds one; False if it was there."""
