"""Do the views in use say what the log says? Two sets of tables, side by side, row by row.

Both come in the order of their keys and are read once, so that a million rows take no more memory than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from ledger.sentence import Sentence, filled
from projections import sentences

KEYS = {
    "view_position": ("one",),
    "view_procedures": ("id",),
    "view_tallies": ("procedure", "number"),
    "view_votes": ("procedure", "member"),
    "view_conduct": ("procedure", "member"),
    "view_bodies": ("body",),
    "view_seats": ("body", "member", "since"),
    "view_keys": ("key",),
    "view_acts": ("seq",),
    "view_streams": ("stream", "seq"),
}
"""Table → the columns by which its rows are told apart."""

_KINDS = {
    "differs": sentences.ROW_DIFFERS,
    "missing": sentences.ROW_MISSING,
    "unexpected": sentences.ROW_UNEXPECTED,
}

SHOWN = 100
"""Differences that are kept; the others are counted."""


class Difference(NamedTuple):
    """One row that is not as the log says."""

    table: str
    key: dict[str, Any]
    columns: dict[str, tuple[Any, Any]]
    """Column → what stands there, and what follows from the log; empty where the whole row is meant."""
    what: str
    """differs, missing (the log has it, the views do not) or unexpected."""

    def sentence(self) -> Sentence:
        """The difference in words."""
        where = ", ".join(f"{name} {value}" for name, value in self.key.items())
        row = filled(_KINDS[self.what], table=self.table, where=where)
        told = [
            filled(sentences.COLUMN, name=name, ours=ours, logs=logs)
            for name, (ours, logs) in self.columns.items()
        ]
        return Sentence(
            ": ".join(part for part in (row.en, "; ".join(one.en for one in told)) if part),
            ": ".join(part for part in (row.de, "; ".join(one.de for one in told)) if part),
        )


class Comparison(NamedTuple):
    """What was found."""

    position: int
    """Both sets were compared as of this entry."""
    rows: int
    """Rows in the set in use."""
    wrong: int
    """Rows that are not as the log says."""
    differences: list[Difference]
    """The first of them."""


class Snapshot(Protocol):
    """Both sets of tables at one instant, whatever is written meanwhile."""

    def position(self, *, fresh: bool) -> int:
        """Number of the last entry in a set, -1 if none."""
        ...

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns."""
        ...

    def rows(self, table: str, keys: Sequence[str], *, fresh: bool) -> Iterator[Sequence[Any]]:
        """The rows of a table in the order of these columns, text by its bytes."""
        ...


Snapshots = AbstractContextManager[Snapshot]


def compare(snapshot: Snapshot) -> Comparison:
    """All tables of the set in use with those of the fresh one."""
    found: list[Difference] = []
    rows = wrong = 0
    for table, keys in KEYS.items():
        for difference in _in_table(snapshot, table, keys):
            rows += difference is None or difference.what != "missing"
            if difference is not None:
                wrong += 1
                found += [difference] if len(found) < SHOWN else []
    return Comparison(snapshot.position(fresh=True), rows, wrong, found)


def _in_table(snapshot: Snapshot, table: str, keys: Sequence[str]) -> Iterator[Difference | None]:
    """One for each row: what is wrong with it, or None."""
    columns = snapshot.columns(table)
    places = [columns.index(name) for name in keys]
    for ours, logs in _side_by_side(
        snapshot.rows(table, keys, fresh=False), snapshot.rows(table, keys, fresh=True), places
    ):
        if ours == logs:
            yield None
            continue
        key = {columns[place]: (ours or logs or ())[place] for place in places}
        if ours is None or logs is None:
            yield Difference(table, key, {}, "missing" if ours is None else "unexpected")
        else:
            pairs = {name: pair for name, *pair in zip(columns, ours, logs, strict=True)}
            wrong = {name: (a, b) for name, (a, b) in pairs.items() if a != b}
            yield Difference(table, key, wrong, "differs")


def _side_by_side(
    ours: Iterator[Sequence[Any]], logs: Iterator[Sequence[Any]], places: Sequence[int]
) -> Iterator[tuple[Sequence[Any] | None, Sequence[Any] | None]]:
    """Rows of the same key together; both sides come in the order of their keys."""
    one, other = next(ours, None), next(logs, None)
    while one is not None or other is not None:
        mine = None if one is None else [one[place] for place in places]
        theirs = None if other is None else [other[place] for place in places]
        if theirs is None or (mine is not None and mine < theirs):
            yield one, None
            one = next(ours, None)
        elif mine is None or theirs < mine:
            yield None, other
            other = next(logs, None)
        else:
            yield one, other
            one, other = next(ours, None), next(logs, None)
