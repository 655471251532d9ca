"""What stands in the tables of the views, byte for byte, and how to spoil it."""

from __future__ import annotations

from projections.followed import FollowedViews
from projections.postgres import PostgresViews
from projections.sqlite import SqliteViews
from projections.tables import TABLES

Dump = dict[str, list[tuple[object, ...]]]


def dump(views: FollowedViews) -> Dump:
    """Table → rows in one order; equal on both databases if the logs are equal."""
    return {table: sorted(map(_plain, views.ask(f"SELECT * FROM {{{table}}}")), key=repr) for table in TABLES}


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """SQLite has no truth values."""
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


def damage(views: FollowedViews, order: str) -> None:
    """What a fault of ours, or somebody with the database, would have done."""
    if isinstance(views, SqliteViews):
        views._writer.execute(order.format(**{name: name for name in TABLES}))
    elif isinstance(views, PostgresViews):
        with views._writing() as connection:
            connection.execute(views._tables.sql(order))
