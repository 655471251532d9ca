"""The rows of the views' tables, as they are written: one type for each table, its fields in its order.

Both databases store the same values. What has no column of its own is JSON text.
"""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """How far views go. The leaf hash tells this history from another one of the same length."""

    position: int = -1
    leaf: str = ""


class Opened(NamedTuple):
    """A new procedure: what never changes about it. `opening` is the signed payload, as it was signed."""

    id: str
    body: str
    opened_seq: int
    opened_at: str
    opens_at: str
    closes_at: str | None
    members: int
    opening: str


class Standing(NamedTuple):
    """How a procedure stands now."""

    state: str
    last_seq: int
    closed_at: str | None
    voted: int
    closes_at: str | None
    attached: str
    ballot: str
    replaced_by: str | None
    expires_at: str | None
    deadline: str | None
    referred: str
    made_public: str
    id: str


class Counted(NamedTuple):
    """Counts and outcome of an item; `number` is its place on the ballot paper."""

    procedure: str
    number: int
    item: str
    counts: str
    result: str
    derivation: str
    valid: bool
    relevance: str
    by_group: str


class Voted(NamedTuple):
    """A vote as it stands, where there was none or another one before."""

    procedure: str
    member: str
    choices: str
    weight: int
    seq: int
    at: str
    leaf: str
    counts: bool
    provenance: str


class Conducted(NamedTuple):
    """What is known of one member in one procedure beside the vote; only for those of whom something is."""

    procedure: str
    member: str
    stands_for: str | None
    replaced_by: str | None
    received_at: str | None
    deadline: str | None
    excluded: str
    consents: str | None
    objected_at: str | None
    demands: str
    proxy: str | None


class Act(NamedTuple):
    """An entry that is no vote."""

    seq: int
    kind: str
    stream: str
    at: str


class Body(NamedTuple):
    """A new body."""

    body: str
    since: int


class Unseated(NamedTuple):
    """The end of a seat as it was, by the entry `ended`."""

    ended: int
    body: str
    member: str


class Seated(NamedTuple):
    """A seat from entry `since` on; `ended` is known already where that came in the same batch."""

    body: str
    member: str
    since: int
    weight: int
    seat_group: str | None
    substitutes: str
    ended: int | None


class Keyed(NamedTuple):
    """A key and its life. `subject` is None for the log's own keys."""

    key: str
    subject: str | None
    roles: str
    since: int
    by: str
    ended: int | None
    ended_by: str | None
    reason: str | None


class Streamed(NamedTuple):
    """An entry, by its stream. What it says stands in the log, and is read there."""

    stream: str
    seq: int
