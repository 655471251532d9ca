"""Views as their follower needs them: written batch by batch, by one follower at a time.

What keeps them right is the position: a batch says after which entry it comes, and is written only if
the views stand exactly there. The lead only saves work: without it two followers would both
prepare each batch, and one of them for nothing.
"""

from __future__ import annotations

from abc import abstractmethod
from contextlib import AbstractContextManager
from typing import Protocol

from projections.changes import Changes
from projections.comparison import Snapshots
from projections.views import Views


class FreshViews(Protocol):
    """A second set of empty tables, which nobody reads yet."""

    def write(self, changes: Changes) -> None:
        """Adds a batch, in one transaction."""
        ...

    def snapshot(self) -> Snapshots:
        """These tables and those in use at one instant, for `projections.comparison`."""
        ...

    def swap(self, *, force: bool = False) -> bool:
        """Puts these tables in the place of those in use, in one transaction.

        False, and nothing done, if those in use go further than these, unless with `force`.
        """
        ...


class FollowedViews(Views):
    """Everything raises a `StorageError` when the database does not answer."""

    @abstractmethod
    def write(self, changes: Changes) -> bool:
        """Adds a batch in one transaction; False, and nothing written, unless it comes right after `mark`.

        A crash leaves all of it or nothing, position included.
        """

    @abstractmethod
    def lead(self) -> bool:
        """Whether this process is the one that follows now; takes the lead if nobody has it.

        Who dies loses it. May be asked before every batch.
        """

    @abstractmethod
    def release(self) -> None:
        """Gives the lead back, if this object has it."""

    @abstractmethod
    def fresh(self) -> AbstractContextManager[FreshViews]:
        """Empty tables beside those in use; what is not swapped in at the end is dropped.

        Raises `StoreLocked` while somebody else makes some. A crash leaves them behind; the next
        call drops them.
        """
