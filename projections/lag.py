"""How late views are."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.application import VotingLedger
from ledger.mapper import place_of
from projections.views import Views


class Lag(NamedTuple):
    """How far views are behind their log."""

    head: int
    """Number of the log's last entry, -1 if there is none."""
    position: int
    """Number of the last entry that the views contain, -1 if none."""
    seconds: float
    """Age of the oldest entry that they do not contain yet; 0 if they contain all."""

    @property
    def entries(self) -> int:
        """Entries that the views do not contain yet."""
        return max(0, self.head - self.position)


def lag_of(ledger: VotingLedger, views: Views) -> Lag:
    """How far views are behind their log now. Raises a `StorageError`."""
    head, position = ledger.head(), views.position()
    waiting = ledger.entries(position, 1) if head > position else []
    if not waiting:
        return Lag(head, position, 0.0)
    since = datetime.fromisoformat(place_of(waiting[0].state).at)
    now = datetime.fromisoformat(ledger.clock())
    return Lag(head, position, max(0.0, (now - since).total_seconds()))
