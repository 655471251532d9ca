"""The tables of the views in an SQLite file, and how a batch is written into them.

There may be two sets: the one in use, and a fresh one whose names end in `_fresh`. Indexes come from
UNIQUE constraints, so that they need no names and move with their tables.
"""

from __future__ import annotations

import sqlite3

from projections.changes import Changes

FORMAT = 3
"""Of the tables. A file with another one is emptied and filled again."""

FRESH = "_fresh"

MANY_WRITES = (
    "PRAGMA cache_size = -65536",  # 64 MiB, so that indexes need not be read again and again
    "PRAGMA wal_autocheckpoint = 16384",  # pages: copied into the file every 64 MiB and not every 4
)
"""For a connection that rebuilds: a fifth less work where votes for many procedures come in turns."""

TABLES = {
    "view_position": """(
        one INTEGER PRIMARY KEY CHECK (one = 1),
        format INTEGER NOT NULL,
        position INTEGER NOT NULL,
        leaf TEXT NOT NULL
    )""",
    "view_procedures": """(
        id TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT '',
        opened_seq INTEGER NOT NULL UNIQUE,
        last_seq INTEGER NOT NULL DEFAULT 0,
        opened_at TEXT NOT NULL,
        opens_at TEXT NOT NULL,
        closes_at TEXT,
        closed_at TEXT,
        members INTEGER NOT NULL,
        voted INTEGER NOT NULL DEFAULT 0,
        opening TEXT NOT NULL,
        attached TEXT NOT NULL DEFAULT '',
        ballot TEXT NOT NULL DEFAULT '',
        replaced_by TEXT,
        expires_at TEXT,
        UNIQUE (body, opened_seq),
        UNIQUE (state, opened_seq)
    )""",
    "view_tallies": """(
        procedure TEXT,
        number INTEGER,
        item TEXT NOT NULL,
        counts TEXT NOT NULL,
        result TEXT NOT NULL,
        derivation TEXT NOT NULL,
        valid INTEGER NOT NULL,
        relevance TEXT NOT NULL,
        PRIMARY KEY (procedure, number)
    ) WITHOUT ROWID""",
    "view_votes": """(
        procedure TEXT,
        member TEXT,
        choices TEXT NOT NULL,
        weight INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        leaf TEXT NOT NULL,
        counts INTEGER NOT NULL,
        PRIMARY KEY (procedure, member)
    ) WITHOUT ROWID""",
    "view_history": """(
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        actor TEXT NOT NULL,
        stream TEXT NOT NULL,
        pos INTEGER NOT NULL,
        leaf TEXT NOT NULL,
        statement TEXT NOT NULL,
        payload TEXT NOT NULL,
        UNIQUE (stream, seq)
    )""",
}

_MOVE = "UPDATE view_position{set} SET position = ?, leaf = ? WHERE position = ?"
_RECORD = "INSERT INTO view_history{set} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_OPEN = (
    "INSERT INTO view_procedures{set}"
    " (id, body, opened_seq, opened_at, opens_at, closes_at, members, opening)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_STAND = (
    "UPDATE view_procedures{set} SET state = ?, last_seq = ?, closed_at = ?, voted = ?, closes_at = ?,"
    " attached = ?,"
    " ballot = ?, replaced_by = ?, expires_at = ? WHERE id = ?"
)
_COUNT = "INSERT OR REPLACE INTO view_tallies{set} VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SUPERSEDE = "UPDATE view_votes{set} SET counts = 0 WHERE procedure = ?"
_WITHDRAW = "DELETE FROM view_votes{set} WHERE procedure = ? AND member = ?"
_VOTE = "INSERT OR REPLACE INTO view_votes{set} VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def create(connection: sqlite3.Connection, suffix: str = "") -> None:
    """Makes a set of empty tables, in place of one that may be there."""
    drop(connection, suffix)
    for name, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {name}{suffix} {columns}")
    connection.execute(f"INSERT INTO view_position{suffix} VALUES (1, {FORMAT}, -1, '')")


def drop(connection: sqlite3.Connection, suffix: str) -> None:
    """Removes a set of tables, if it is there. The file keeps its size; the space is used again."""
    for name in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {name}{suffix}")


def replace(connection: sqlite3.Connection) -> None:
    """Puts the fresh set in the place of the one in use."""
    for name in TABLES:
        connection.execute(f"DROP TABLE {name}")
        connection.execute(f"ALTER TABLE {name}{FRESH} RENAME TO {name}")


def write(connection: sqlite3.Connection, changes: Changes, suffix: str = "") -> bool:
    """Writes a batch in the open transaction; False, and nothing written, if it does not come next."""
    position, leaf = changes.mark
    moved = connection.execute(_MOVE.format(set=suffix), (position, leaf, changes.after))
    if moved.rowcount != 1:
        return False
    for order, rows in (
        (_RECORD, changes.history),
        (_OPEN, changes.opened),
        (_STAND, changes.standing),
        (_COUNT, changes.counted),
        (_SUPERSEDE, [(procedure,) for procedure in changes.superseded]),
        (_WITHDRAW, changes.withdrawn),
        (_VOTE, changes.voted),
    ):
        connection.executemany(order.format(set=suffix), rows)
    return True
