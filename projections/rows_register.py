"""Between the model and the tables: entries, bodies, seats and keys. See `rows.py`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from projections.model_register import Key, KeyView, SeatView
from projections.rows import Row, text


class Act(NamedTuple):
    """An entry that is no vote."""

    seq: int
    kind: str
    stream: str
    at: str


class Streamed(NamedTuple):
    """An entry, by its stream. What it says stands in the log, and is read there."""

    stream: str
    seq: int


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


def keyed(key: Key) -> Row:
    """A key."""
    name, subject, roles, *life = key
    return (name, subject, text(roles), *life)


def key_view(row: Sequence[Any]) -> KeyView:
    """A key from the columns of its table, with the times of its entries."""
    return KeyView._make(row)._replace(roles=json.loads(row[2]))


def seat_view(row: Sequence[Any]) -> SeatView:
    """A seat, with the time of its entry."""
    return SeatView._make(row)._replace(substitutes=json.loads(row[3]))
