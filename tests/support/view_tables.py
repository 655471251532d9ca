"""What stands in the tables of the views, byte for byte."""

from __future__ import annotations

from projections.followed import FollowedViews
from projections.reads import ReadableViews
from projections.sqlite_tables import TABLES

Dump = dict[str, list[tuple[object, ...]]]


def dump(views: FollowedViews) -> Dump:
    """Table → rows in one order; equal on both databases if the logs are equal."""
    assert isinstance(views, ReadableViews)
    return {table: sorted(map(_plain, views.ask(f"SELECT * FROM {{{table}}}")), key=repr) for table in TABLES}


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """SQLite has no truth values."""
    return tuple(int(value) if isinstance(value, bool) else value for value in row)
