"""What stands in the tables of the views, byte for byte."""

from __future__ import annotations

from projections.followed import FollowedViews
from projections.postgres import PostgresViews
from projections.sqlite import SqliteViews
from projections.sqlite_tables import TABLES

Dump = dict[str, list[tuple[object, ...]]]


def dump(views: FollowedViews) -> Dump:
    """Table → rows in the order of their keys; equal on both databases if the logs are equal."""
    assert isinstance(views, SqliteViews | PostgresViews)
    name = "{}" if isinstance(views, SqliteViews) else "{{{}}}"
    query = f"SELECT * FROM {name} ORDER BY 1, 2"
    return {table: [_plain(row) for row in views._read(query.format(table))] for table in TABLES}


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """SQLite has no truth values."""
    return tuple(int(value) if isinstance(value, bool) else value for value in row)
