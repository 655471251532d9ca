"""The model: what is known of a procedure after an entry, in plain frozen values, each fact once.

`stands.py` makes them from the domain. The views store them as rows (`rows.py`) and read the same values
back; reports take them from a replay of their own. Pages, JSON, CSV and PDF write down these and no others.

No text and no name is in them: they hold digests of disclosures, which lie beside the log. Times are
RFC 3339, UTC; `seq` is the number of an entry. They are tuples: millions of them are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ledger.domain.groups import GroupTotal
from ledger.domain.publicity import is_public


class Document(NamedTuple):
    """A document of the ballot paper."""

    sha256: str
    size: int
    media_type: str
    item: str | None
    """The item to which it belongs; None for all of them."""
    entry: int
    """Number of the entry that named it: the opening, or a later one."""


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
    due_at: str | None
    """From when on the service closes: a time of grace later, where the profile has one."""
    closed_at: str | None
    """Time of the closing entry."""
    members: int
    """Seats in the electorate."""
    voted: int
    """Members whose vote counts now."""
    opening: dict[str, Any]
    """The payload of the opening statement: items, documents, profile, digests of title and source."""
    documents: list[Document]
    """Of the ballot paper of now, in the order in which they came."""
    ballot: str
    """Digest of the ballot paper of now."""
    replaced_by: str | None
    """The procedure that repeats an annulled one."""
    expires_at: str | None
    """When the next resolution ends that is limited in time, if one does."""
    deadline: str | None
    """The common deadline of now; None where each member has an own one, or the chair ends the voting."""
    referred: list[str]
    """Items that go to a meeting, because a secret ballot was demanded."""
    closed_seq: int | None
    """Number of the closing entry."""
    closed_by: str | None
    """Who signed it."""
    closed_for: str | None
    """The reason that it gives: deadline, chair, objection, …"""
    determined_seq: int | None
    """Number of the entry that determined the result."""
    conditions_met: list[str]
    """Items whose condition is met."""
    expired: list[str]
    """Items whose resolution has ended."""
    made_public: dict[str, int]
    """Items that were not public by the opening, and are by now → the entry that made them so."""
    suspended_until: str | None
    """When the suspension ends that is the state after the latest entry, if that has an end."""
    resumes_as: str | None
    """The state from then on."""
    public: bool
    """Whether everybody was told its result, and it has a public item (`ledger.domain.publicity`)."""

    @property
    def resumed(self) -> bool:
        """Whether `as_of` found that a suspension has ended: the state is another one without a new entry."""
        return self.suspended_until is not None and self.state == self.resumes_as

    def as_of(self, at: str) -> ProcedureView:
        """The same at an instant that is not before the latest entry: a suspension ends by itself."""
        if self.suspended_until is None or self.resumes_as is None or at < self.suspended_until:
            return self
        return self._replace(state=self.resumes_as)

    def is_public(self, item: Mapping[str, Any]) -> bool:
        """Whether anybody may know of this item, as it was signed, once the result is published."""
        return is_public(item) or item["id"] in self.made_public

    def on_older_paper(self, entry: int) -> bool:
        """Whether a document was added after this entry, so that a vote in it is on an older ballot paper."""
        return any(document.entry > entry for document in self.documents)

    @property
    def confirms(self) -> bool:
        """Whether votes on an older ballot paper have to be given again."""
        return bool(self.opening["profile"].get("documents") != "keep")


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

    def plain(self) -> dict[str, Any]:
        """What `ledger.telling.with_words` tells."""
        why = {"derivation": self.derivation, "relevance": self.relevance}
        return {"outcome": self.result, "valid": self.valid, **why}


class ItemGroups(NamedTuple):
    """How the groups of the electorate voted on one item: it tells single votes (`ledger.domain.groups`)."""

    item: str
    groups: list[GroupTotal]
    """Empty where no seat has a group."""


@dataclass(frozen=True, eq=False)
class Tallied:
    """A procedure and its tally, both as of the same entry. Shared: nobody changes what is in it.

    The same object as long as the rows are the same, and so the key to whatever was made from it.
    """

    procedure: ProcedureView
    items: list[ItemTally]

    def as_of(self, at: str) -> Tallied:
        """The same at an instant, as `ProcedureView.as_of`."""
        view = self.procedure.as_of(at)
        return self if view is self.procedure else Tallied(view, self.items)


class Wanted(NamedTuple):
    """Which procedures a list shall have; times are UTC as entries write them."""

    state: str | None = None
    body: str | None = None
    public: bool | None = None
    member: str | None = None
    """Who has a seat in the electorate, or stands in for somebody."""
    opened_from: str | None = None
    opened_before: str | None = None
    closes_from: str | None = None
    """Of the last deadline; a procedure without one is in no such list."""
    closes_before: str | None = None
