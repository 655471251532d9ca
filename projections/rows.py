"""The rows of the views' tables, as they are written and as they are read again.

One type for each table, its fields in the order of the columns; both databases store the same values.
What has no column of its own is JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from projections.views import HistoryRow, ItemTally, ProcedureView, VoteView


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


class Recorded(NamedTuple):
    """An entry, for people. `payload` is the text that was signed."""

    seq: int
    at: str
    kind: str
    actor: str
    stream: str
    pos: int
    leaf: str
    statement: str
    payload: str


# ── and back ───────────────────────────────────────────────────────────────────────────────────


def procedure_view(row: Sequence[Any]) -> ProcedureView:
    """A procedure from the columns of its table, in the order of `ProcedureView`."""
    return ProcedureView._make(row)._replace(opening=json.loads(row[11]), attached=json.loads(row[12]))


def item_tally(row: Sequence[Any]) -> ItemTally:
    """A tally from item, counts, result, derivation, valid and relevance."""
    item, counts, result, derivation, valid, relevance = row
    return ItemTally(
        item, json.loads(counts), result, json.loads(derivation), bool(valid), json.loads(relevance)
    )


def vote_view(row: Sequence[Any]) -> VoteView:
    """A vote from the columns after its procedure."""
    member, choices, weight, seq, at, leaf, counts = row
    return VoteView(member, json.loads(choices), weight, seq, at, leaf, bool(counts))


def history_row(row: Sequence[Any]) -> HistoryRow:
    """An entry from the columns of its table."""
    return HistoryRow._make(row)._replace(payload=json.loads(row[8]))
