"""What all questions to the views have in common: the text of a query, and the log beside it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from projections.rows import Mark

if TYPE_CHECKING:
    from ledger.storage.recorder import LedgerRecorder


class Asking(ABC):
    """One set of views in one database, of one log. Questions may be asked by many threads."""

    log: LedgerRecorder
    """Where entries are read that the views only count and order."""

    @abstractmethod
    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of one query, in a snapshot of its own. Raises a `StorageError`.

        In the text `{view_…}` is a table of the set in use, `%s` a value.
        """

    @abstractmethod
    def close(self) -> None:
        """Releases the database."""

    def mark(self) -> Mark:
        """How far the views go, `Mark()` if they are empty."""
        return Mark(*self.ask("SELECT position, leaf FROM {view_position}")[0])

    def position(self) -> int:
        """Number of the last entry that the views contain, -1 if none."""
        return self.mark().position


def among(column: str, values: Sequence[str]) -> str:
    """A condition for so many values; none for no values."""
    return f" AND {column} IN ({', '.join(['%s'] * len(values))})" if values else ""
