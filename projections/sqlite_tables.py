"""The tables of the views in an SQLite file, and how a batch is written into them."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from projections.changes import Changes
from projections.rows import OPENED, STANDING
from projections.tables import FORMAT, FRESH, TABLES

MANY_WRITES = (
    "PRAGMA cache_size = -65536",  # 64 MiB, so that indexes need not be read again and again
    "PRAGMA wal_autocheckpoint = 16384",  # pages: copied into the file every 64 MiB and not every 4
)
"""For a connection that rebuilds: a fifth less work where votes for many procedures come in turns."""

_MOVE = "UPDATE {view_position} SET position = %s, leaf = %s WHERE position = %s"
_OPENED = f"{{view_procedures}} ({', '.join(OPENED)})"
_ORDERS = {
    "streamed": "INSERT INTO {view_streams} VALUES (%s, %s)",
    "opened": f"INSERT INTO {_OPENED} VALUES ({', '.join(['%s'] * len(OPENED))})",
    "standing": f"UPDATE {{view_procedures}} SET {', '.join(f'{name} = %s' for name in STANDING[:-1])}"
    " WHERE id = %s",
    "counted": "INSERT OR REPLACE INTO {view_tallies} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
    "superseded": "UPDATE {view_votes} SET counts = 0 WHERE procedure = %s",
    "outdated": "DELETE FROM {view_votes} WHERE procedure = %s AND member = %s",
    "changed": "INSERT OR REPLACE INTO {view_votes} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
    "voted": "INSERT INTO {view_votes} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
    "conducted": "INSERT OR REPLACE INTO {view_conduct} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
    "acts": "INSERT INTO {view_acts} VALUES (%s, %s, %s, %s)",
    "bodies": "INSERT INTO {view_bodies} VALUES (%s, %s)",
    "unseated": "UPDATE {view_seats} SET ended = %s WHERE body = %s AND member = %s AND ended IS NULL",
    "seated": "INSERT INTO {view_seats} VALUES (%s, %s, %s, %s, %s, %s, %s)",
    "keyed": "INSERT OR REPLACE INTO {view_keys} VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
}
"""Field of `Changes` → how its rows are written."""


@lru_cache(maxsize=256)
def sql(text: str, suffix: str = "") -> str:
    """The text for SQLite: in it `{view_…}` is a table of the set, `%s` a value."""
    return text.format(**{name: name + suffix for name in TABLES}).replace("%s", "?")


def create(connection: sqlite3.Connection, suffix: str = "") -> None:
    """Makes a set of empty tables, in place of one that may be there."""
    drop(connection, suffix)
    for name, columns in TABLES.items():
        connection.execute(
            f"CREATE TABLE {name}{suffix} {columns.format(bytewise='', packed=' WITHOUT ROWID')}"
        )
    connection.execute(f"INSERT INTO view_position{suffix} VALUES (1, {FORMAT}, -1, '')")


def drop(connection: sqlite3.Connection, suffix: str) -> None:
    """Removes a set of tables, if it is there, and whatever an older format had in it.

    The file keeps its size; the space is used again.
    """
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'view_*'")
    for (name,) in names.fetchall():
        if name.endswith(FRESH) == (suffix == FRESH):
            connection.execute(f"DROP TABLE {name}")


def replace(connection: sqlite3.Connection) -> None:
    """Puts the fresh set in the place of the one in use."""
    for name in TABLES:
        connection.execute(f"DROP TABLE {name}")
        connection.execute(f"ALTER TABLE {name}{FRESH} RENAME TO {name}")


def write(connection: sqlite3.Connection, changes: Changes, suffix: str = "") -> bool:
    """Writes a batch in the open transaction; False, and nothing written, if it does not come next."""
    moved = connection.execute(sql(_MOVE, suffix), (*changes.mark, changes.after))
    if moved.rowcount != 1:
        return False
    for name, rows in changes.rows():
        connection.executemany(sql(_ORDERS[name], suffix), rows)
    return True
