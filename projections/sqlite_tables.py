"""The tables of the views in an SQLite file, and how a batch is written into them.

There may be two sets: the one in use, and a fresh one whose names end in `_fresh`. Indexes come from
UNIQUE constraints, so that they need no names and move with their tables.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from projections.changes import Changes

FORMAT = 4
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
        deadline TEXT,
        referred TEXT NOT NULL DEFAULT '',
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
        provenance TEXT NOT NULL,
        PRIMARY KEY (procedure, member)
    ) WITHOUT ROWID""",
    "view_conduct": """(
        procedure TEXT,
        member TEXT,
        stands_for TEXT,
        replaced_by TEXT,
        received_at TEXT,
        deadline TEXT,
        excluded TEXT NOT NULL,
        consents TEXT,
        objected_at TEXT,
        demands TEXT NOT NULL,
        proxy TEXT,
        PRIMARY KEY (procedure, member)
    ) WITHOUT ROWID""",
    "view_bodies": """(
        body TEXT PRIMARY KEY,
        since INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "view_seats": """(
        body TEXT,
        member TEXT,
        since INTEGER,
        weight INTEGER NOT NULL,
        seat_group TEXT,
        substitutes TEXT NOT NULL,
        ended INTEGER,
        PRIMARY KEY (body, member, since)
    ) WITHOUT ROWID""",
    "view_keys": """(
        key TEXT PRIMARY KEY,
        subject TEXT,
        roles TEXT NOT NULL,
        since INTEGER NOT NULL,
        registered_by TEXT NOT NULL,
        ended INTEGER,
        ended_by TEXT,
        reason TEXT,
        UNIQUE (subject, since, key)
    )""",
    "view_acts": """(
        kind TEXT,
        seq INTEGER,
        stream TEXT NOT NULL,
        PRIMARY KEY (kind, seq),
        UNIQUE (stream, seq)
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
    " attached = ?, ballot = ?, replaced_by = ?, expires_at = ?, deadline = ?, referred = ? WHERE id = ?"
)
_COUNT = "INSERT OR REPLACE INTO view_tallies{set} VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SUPERSEDE = "UPDATE view_votes{set} SET counts = 0 WHERE procedure = ?"
_WITHDRAW = "DELETE FROM view_votes{set} WHERE procedure = ? AND member = ?"
_VOTE = "INSERT OR REPLACE INTO view_votes{set} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_CONDUCT = "INSERT OR REPLACE INTO view_conduct{set} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ACT = "INSERT INTO view_acts{set} VALUES (?, ?, ?)"
_BODY = "INSERT INTO view_bodies{set} VALUES (?, ?)"
_UNSEAT = "UPDATE view_seats{set} SET ended = ? WHERE body = ? AND member = ? AND ended IS NULL"
_SEAT = "INSERT INTO view_seats{set} VALUES (?, ?, ?, ?, ?, ?, ?)"
_KEY = "INSERT OR REPLACE INTO view_keys{set} VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@lru_cache(maxsize=256)
def sql(text: str, suffix: str = "") -> str:
    """The text for SQLite: in it `{view_…}` is a table of the set, `%s` a value."""
    return text.format(**{name: name + suffix for name in TABLES}).replace("%s", "?")


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
        (_CONDUCT, changes.conducted),
        (_ACT, changes.acts),
        (_BODY, changes.bodies),
        (_UNSEAT, changes.unseated),
        (_SEAT, changes.seated),
        (_KEY, changes.keyed),
    ):
        if rows:
            connection.executemany(order.format(set=suffix), rows)
    return True
