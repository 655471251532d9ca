"""A place where a ledger is or may be made, of either backend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ledger.storage import Store, open_store


@dataclass(frozen=True)
class Place:
    """An address for `open_store`; `founder` is the address of whoever may create it (the owner)."""

    where: str
    founder: str
    home: Path

    def create(self) -> Store:
        """Makes the ledger."""
        return open_store(self.founder, home=self.home, create=True)

    def open(self, lock_timeout: float = 20.0) -> Store:
        """Opens the ledger, as the service does; patiently, so that a slow machine fails no test."""
        return open_store(self.where, home=self.home, lock_timeout=lock_timeout)
