"""The values with which the views answer: plain, typed, and the same for page, JSON and report.

Views are disposable: they are made from the log. Texts and names are not in them: rows hold digests of
disclosures, which lie beside the log. Times are RFC 3339, UTC; `seq` is the number of an entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from ledger.domain.groups import GroupTotal


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
    expires_at: str | None
    """When the next resolution ends that is limited in time, if one does."""
    deadline: str | None
    """The common deadline of now; None where each member has an own one, or the chair ends the voting."""
    referred: list[str]
    """Items that go to a meeting, because a secret ballot was demanded."""
    made_public: list[str]
    """Items that were not public by the opening, and are by now."""


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
    provenance: str
    """How it came: own-key, proxy, portal-attested or clerk-recorded."""


class MemberView(NamedTuple):
    """Somebody who votes in a procedure, or did before a substitute came, as things stand there."""

    member: str
    weight: int
    group: str | None
    stands_for: str | None
    """The member whose seat a substitute has taken."""
    replaced_by: str | None
    """The substitute who has taken this member's place."""
    received_at: str | None
    """When the documents were received, where that is on record."""
    deadline: str | None
    """The member's own deadline; None where the common one goes."""
    excluded: list[str]
    """Items from which the member is excluded (Mitwirkungsverbot)."""
    consents: list[str] | None
    """Items on which the member declared consent to deciding by circulation; None without a declaration."""
    objected_at: str | None
    demands: list[str]
    """Items on which the member demands a secret ballot."""
    proxy: str | None
    """Who votes for the member."""
    vote: VoteView | None
    """The vote as it stands."""


class Wanted(NamedTuple):
    """Which procedures a list shall have; times are UTC as entries write them."""

    state: str | None = None
    body: str | None = None
    member: str | None = None
    """Who has a seat in the electorate, or stands in for somebody."""
    opened_from: str | None = None
    opened_before: str | None = None
    closes_from: str | None = None
    """Of the last deadline; a procedure without one is in no such list."""
    closes_before: str | None = None
