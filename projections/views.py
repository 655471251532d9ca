"""The views: what can be asked. With `shown.py` the only file of this package that readers need.

Views are disposable: they are made from the log, can be dropped and rebuilt at any time, and know up
to which entry they go (`position`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from projections.shown import (
    BodyView,
    HistoryRow,
    ItemTally,
    KeyView,
    KindView,
    MemberView,
    ProcedureView,
    SeatView,
    Tallied,
    VoteView,
    Wanted,
)

__all__ = [
    "BodyView",
    "HistoryRow",
    "ItemTally",
    "KeyView",
    "KindView",
    "MemberView",
    "ProcedureView",
    "SeatView",
    "Tallied",
    "Views",
    "VoteView",
    "Wanted",
]


class Views(ABC):
    """All views of one ledger, in one database. Reads may run in many threads."""

    @abstractmethod
    def position(self) -> int:
        """Number of the last entry that the views contain, -1 if none."""

    @abstractmethod
    def procedures(
        self,
        *,
        after: int = -1,
        limit: int = 100,
        wanted: Wanted = Wanted(),  # noqa: B008 it is immutable
    ) -> list[ProcedureView]:
        """Procedures opened after entry `after`, in the order of opening."""

    @abstractmethod
    def procedure(self, procedure: str) -> ProcedureView | None:
        """One procedure by its id."""

    @abstractmethod
    def awaiting(self, member: str) -> list[ProcedureView]:
        """Open procedures in which this person has a seat, stands in for somebody, or is a proxy."""

    @abstractmethod
    def overdue(self, now: str) -> Sequence[str]:
        """Ids of procedures to close: not closed, and past their deadline or ended by objections."""

    @abstractmethod
    def expiring(self, now: str) -> Sequence[str]:
        """Ids of procedures with a resolution that has ended, and no entry that says so."""

    @abstractmethod
    def tally(self, procedure: str) -> list[ItemTally]:
        """Counts and outcome of every item, in the order of the ballot paper; empty if unknown."""

    @abstractmethod
    def tallied(self, procedure: str) -> Tallied | None:
        """The procedure and its tally as of the same entry, in one query; None if unknown."""

    @abstractmethod
    def votes(self, procedure: str, *, after: str = "", limit: int = 1000) -> list[VoteView]:
        """The votes as they stand, by member id, after member `after`."""

    @abstractmethod
    def members(
        self,
        view: ProcedureView,
        *,
        after: str = "",
        limit: int = 1000,
        only: Sequence[str] | None = None,
        voted: bool | None = None,
    ) -> list[MemberView]:
        """Who votes in a procedure, and how far: by member id, after member `after`.

        `only` these, or only those whose vote counts (`voted`), or who still may give one (not `voted`).
        """

    @abstractmethod
    def provenances(self, procedure: str) -> dict[str, int]:
        """How the votes that count came → how many."""

    @abstractmethod
    def principals(self, procedure: str, proxy: str) -> list[str]:
        """For which members this person votes as proxy."""

    @abstractmethod
    def history(
        self, stream: str | None = None, *, after: int = -1, limit: int = 1000, until: int | None = None
    ) -> list[HistoryRow]:
        """Entries after number `after` and up to `until`, of one stream or of the whole log, in order."""

    @abstractmethod
    def around(self, stream: str, at: int) -> tuple[int | None, int | None]:
        """The entry before the latest one of the stream as of entry `at`, and the first one after `at`."""

    @abstractmethod
    def acts(
        self,
        kinds: Sequence[str],
        *,
        stream: str | None = None,
        after: int = -1,
        limit: int = 1000,
        until: int | None = None,
    ) -> list[HistoryRow]:
        """The same of these kinds only. `vote-cast` costs as much as there are entries before."""

    @abstractmethod
    def kinds(self, until: int) -> list[KindView]:
        """How many entries of each kind there are up to `until`, by kind."""

    @abstractmethod
    def bodies(self, until: int) -> list[BodyView]:
        """The bodies as of entry `until`, by id."""

    @abstractmethod
    def seats(self, body: str, until: int, *, after: str = "", limit: int = 1000) -> list[SeatView]:
        """The seats of a body as of entry `until`, by member, after member `after`."""

    @abstractmethod
    def people(self, until: int, *, after: str = "", limit: int = 1000) -> list[str]:
        """Ids of everybody and everything with a key in the register as of entry `until`, in order."""

    @abstractmethod
    def keys(self, until: int, subjects: Sequence[str] | None) -> list[KeyView]:
        """The keys of these people, or the log's own (None), with their lives as known at entry `until`."""

    @abstractmethod
    def close(self) -> None:
        """Releases the database."""
