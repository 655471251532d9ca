"""The views: what can be asked, and the rows that answer. The only file of this package that `api` needs.

Views are disposable: they are made from the log, can be dropped and rebuilt at any time, and know up
to which entry they go (`position`). Texts and names are not in them: rows hold digests of
disclosures, which lie beside the log.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, NamedTuple


class ProcedureView(NamedTuple):
    """A procedure at a glance."""

    id: str
    """UUID of the procedure."""
    body: str
    state: str
    """As `ledger.domain.procedure` names it: `opened`, `closed`, `determined`, …"""
    opened_seq: int
    """Number of the opening entry: the order of the list, and its cursor."""
    last_seq: int
    """Number of the procedure's latest entry: the version of everything shown about it."""
    opened_at: str
    opens_at: str
    closes_at: str | None
    """When voting ends for the last member, extensions included."""
    closed_at: str | None
    """Time of the closing entry."""
    members: int
    """Seats in the electorate."""
    voted: int
    """Members whose vote counts now."""
    opening: dict[str, Any]
    """The payload of the opening statement: items, documents, profile, digests of title and source."""
    attached: list[dict[str, Any]]
    """Documents attached after the opening."""
    ballot: str
    """Digest of the ballot paper of now."""
    replaced_by: str | None
    """The procedure that repeats an annulled one."""
    expires_at: str | None = None
    """When the next resolution ends that is limited in time, if one does."""


class ItemTally(NamedTuple):
    """The counts and the outcome of one item of a procedure."""

    item: str
    counts: dict[str, int]
    """Option → sum of the weights of the votes that count; every option is named, in its order."""
    result: str
    """adopted, rejected, elected:<option>, no-decision, referred, void; of the votes as they stand."""
    derivation: list[dict[str, Any]]
    """Steps: code, numbers, names, holds, setting; `ledger.telling` adds paragraph and words."""
    valid: bool
    """Whether deciding by circulation was valid."""
    relevance: list[dict[str, Any]]
    """Variants: code, result, survives, numbers, names."""


class VoteView(NamedTuple):
    """A member's vote as it stands."""

    member: str
    choices: dict[str, str]
    weight: int
    seq: int
    at: str
    leaf: str
    """Leaf hash of its entry: what a next vote names in `replaces`."""
    counts: bool
    """False where it was given on an older ballot paper and has to be confirmed."""


class HistoryRow(NamedTuple):
    """One entry, for people."""

    seq: int
    at: str
    kind: str
    actor: str
    stream: str
    """UUID of the procedure or of the register."""
    pos: int
    leaf: str
    statement: str
    """Digest of the signed statement, hexadecimal."""
    payload: dict[str, Any]


class Views(ABC):
    """All views of one ledger, in one database. Reads may run in many threads."""

    @abstractmethod
    def position(self) -> int:
        """Number of the last entry that the views contain, -1 if none."""

    @abstractmethod
    def procedures(
        self, *, after: int = -1, limit: int = 100, state: str | None = None, body: str | None = None
    ) -> list[ProcedureView]:
        """Procedures opened after entry `after`, in the order of opening."""

    @abstractmethod
    def procedure(self, procedure: str) -> ProcedureView | None:
        """One procedure by its id."""

    @abstractmethod
    def tally(self, procedure: str) -> list[ItemTally]:
        """Counts and outcome of every item, in the order of the ballot paper; empty if unknown."""

    @abstractmethod
    def votes(self, procedure: str, *, after: str = "", limit: int = 1000) -> list[VoteView]:
        """The votes as they stand, by member id, after member `after`."""

    @abstractmethod
    def history(
        self, stream: str | None = None, *, after: int = -1, limit: int = 1000, until: int | None = None
    ) -> list[HistoryRow]:
        """Entries after number `after` and up to `until`, of one stream or of the whole log, in order."""

    @abstractmethod
    def overdue(self, now: str) -> Sequence[str]:
        """Ids of procedures to close: not closed, and past their deadline or ended by objections."""

    @abstractmethod
    def expiring(self, now: str) -> Sequence[str]:
        """Ids of procedures with a resolution that has ended, and no entry that says so."""

    @abstractmethod
    def close(self) -> None:
        """Releases the database."""
