"""The ledger in a store, for the commands that look at it or speak to it without a service."""

from __future__ import annotations

from pathlib import Path

from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.storage.store import open_store


def open_ledger(store: str, home: Path | None) -> VotingLedger:
    """The ledger at STORE; the caller closes it. Raises a `StorageError`.

    This machine's clock is held against the database's before anything is recorded by it.
    """
    ledger = VotingLedger(open_store(store, home=home), clock=utc_now)
    ledger.clocks.watch()
    return ledger
