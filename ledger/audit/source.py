"""Where entries are read from: a database, or published bundles. By pages, so that many can read at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from ledger.storage.recorder import Columns

PAGE = 2048
"""Entries of a page: a whole number of bundles. Between verifying signatures and everything else a processor
forgets what it had learned of the other one: with pages of 512 an entry takes some 1 µs more."""


class Page(NamedTuple):
    """Neighbouring entries, as a source has them."""

    numbers: range | list[int]
    """Under which number the source has each; without gaps in a log that was not tampered with."""
    states: list[bytes]
    rows: Columns | None = None
    """What stands beside each entry in a database."""
    broken: tuple[int, str, str] | None = None
    """The number of the first entry that cannot be read, and why (English, German): the page ends there."""


class EntrySource(Protocol):
    """The entries of one log in order. Every number that it says is only its word."""

    @property
    def size(self) -> int:
        """Where it ends: one more than its last number."""

    @property
    def reopen(self) -> Callable[[], EntrySource]:
        """Opens the same source in another process; can be pickled."""

    def page(self, first: int, end: int) -> Page:
        """The entries with numbers from `first` up to, but not including, `end`. Raises a `StorageError`."""

    def next(self, number: int) -> int | None:
        """The first number from `number` on at which there is an entry."""

    def close(self) -> None:
        """Gives back connections."""
