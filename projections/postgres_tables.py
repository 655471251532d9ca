"""The tables of the views in a PostgreSQL schema, and how a batch is written into them.

There may be two sets: the one in use, and a fresh one whose names end in `_fresh`. Text is ordered by
its bytes, as in SQLite, and JSON is kept as the text that it is: `jsonb` would reorder keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from projections.changes import Changes
from projections.rows import Recorded

FORMAT = 4
"""Of the tables. Tables of another one are dropped and filled again."""

FRESH = "_fresh"

TABLES = {
    "view_position": """(
        one integer PRIMARY KEY CHECK (one = 1),
        format integer NOT NULL,
        position bigint NOT NULL,
        leaf text NOT NULL
    )""",
    "view_procedures": """(
        id text COLLATE "C" PRIMARY KEY,
        body text COLLATE "C" NOT NULL,
        state text COLLATE "C" NOT NULL DEFAULT '',
        opened_seq bigint NOT NULL UNIQUE,
        last_seq bigint NOT NULL DEFAULT 0,
        opened_at text NOT NULL,
        opens_at text NOT NULL,
        closes_at text COLLATE "C",
        closed_at text,
        members bigint NOT NULL,
        voted bigint NOT NULL DEFAULT 0,
        opening text NOT NULL,
        attached text NOT NULL DEFAULT '',
        ballot text NOT NULL DEFAULT '',
        replaced_by text,
        expires_at text COLLATE "C",
        deadline text,
        referred text NOT NULL DEFAULT '',
        UNIQUE (body, opened_seq),
        UNIQUE (state, opened_seq)
    )""",
    "view_tallies": """(
        procedure text COLLATE "C",
        number bigint,
        item text NOT NULL,
        counts text NOT NULL,
        result text NOT NULL,
        derivation text NOT NULL,
        valid boolean NOT NULL,
        relevance text NOT NULL,
        PRIMARY KEY (procedure, number)
    )""",
    "view_votes": """(
        procedure text COLLATE "C",
        member text COLLATE "C",
        choices text NOT NULL,
        weight bigint NOT NULL,
        seq bigint NOT NULL,
        at text NOT NULL,
        leaf text NOT NULL,
        counts boolean NOT NULL,
        provenance text NOT NULL,
        PRIMARY KEY (procedure, member)
    )""",
    "view_conduct": """(
        procedure text COLLATE "C",
        member text COLLATE "C",
        stands_for text COLLATE "C",
        replaced_by text,
        received_at text,
        deadline text,
        excluded text NOT NULL,
        consents text,
        objected_at text,
        demands text NOT NULL,
        proxy text COLLATE "C",
        PRIMARY KEY (procedure, member)
    )""",
    "view_bodies": """(
        body text COLLATE "C" PRIMARY KEY,
        since bigint NOT NULL
    )""",
    "view_seats": """(
        body text COLLATE "C",
        member text COLLATE "C",
        since bigint,
        weight bigint NOT NULL,
        seat_group text,
        substitutes text NOT NULL,
        ended bigint,
        PRIMARY KEY (body, member, since)
    )""",
    "view_keys": """(
        key text COLLATE "C" PRIMARY KEY,
        subject text COLLATE "C",
        roles text NOT NULL,
        since bigint NOT NULL,
        registered_by text NOT NULL,
        ended bigint,
        ended_by text,
        reason text,
        UNIQUE (subject, since, key)
    )""",
    "view_acts": """(
        kind text COLLATE "C",
        seq bigint,
        stream text COLLATE "C" NOT NULL,
        PRIMARY KEY (kind, seq),
        UNIQUE (stream, seq)
    )""",
    "view_history": """(
        seq bigint NOT NULL,
        at text NOT NULL,
        kind text NOT NULL,
        actor text NOT NULL,
        stream text COLLATE "C" NOT NULL,
        pos bigint NOT NULL,
        leaf text NOT NULL,
        statement text NOT NULL,
        payload text NOT NULL
    )""",
}

HISTORY_KEYS = "ALTER TABLE {view_history} ADD PRIMARY KEY (seq), ADD UNIQUE (stream, seq)"
"""The history only grows, so a rebuild fills it first: to sort it once is less than to insert in order."""

_MOVE = "UPDATE {view_position} SET position = %s, leaf = %s WHERE position = %s"
_RECORD = "COPY {view_history} FROM STDIN"
_OPEN = (
    "INSERT INTO {view_procedures} (id, body, opened_seq, opened_at, opens_at, closes_at, members, opening)"
    " SELECT * FROM unnest(%b::text[], %b::text[], %b::bigint[], %b::text[], %b::text[], %b::text[],"
    " %b::bigint[], %b::text[])"
)
_STAND = (
    "UPDATE {view_procedures} AS p SET state = n.state, last_seq = n.last_seq, closed_at = n.closed_at,"
    " voted = n.voted, closes_at = n.closes_at, attached = n.attached, ballot = n.ballot,"
    " replaced_by = n.replaced_by, expires_at = n.expires_at, deadline = n.deadline, referred = n.referred"
    " FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::bigint[], %b::text[], %b::text[], %b::text[],"
    " %b::text[], %b::text[], %b::text[], %b::text[], %b::text[])"
    " AS n (state, last_seq, closed_at, voted, closes_at,"
    " attached, ballot, replaced_by, expires_at, deadline, referred, id)"
    " WHERE p.id = n.id"
)
_COUNT = (
    "INSERT INTO {view_tallies} SELECT * FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::text[],"
    " %b::text[], %b::text[], %b::boolean[], %b::text[]) ON CONFLICT (procedure, number) DO UPDATE SET"
    " counts = excluded.counts, result = excluded.result, derivation = excluded.derivation,"
    " valid = excluded.valid, relevance = excluded.relevance"
)
_SUPERSEDE = "UPDATE {view_votes} SET counts = false WHERE procedure = ANY(%b::text[]) AND counts"
_WITHDRAW = (
    "DELETE FROM {view_votes} AS v USING unnest(%b::text[], %b::text[]) AS w (procedure, member)"
    " WHERE v.procedure = w.procedure AND v.member = w.member"
)
_VOTE = (
    "INSERT INTO {view_votes} SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::bigint[],"
    " %b::bigint[], %b::text[], %b::text[], %b::boolean[], %b::text[])"
    " ON CONFLICT (procedure, member) DO UPDATE SET"
    " choices = excluded.choices, weight = excluded.weight, seq = excluded.seq, at = excluded.at,"
    " leaf = excluded.leaf, counts = excluded.counts, provenance = excluded.provenance"
)
_CONDUCT = (
    "INSERT INTO {view_conduct} SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[],"
    " %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[])"
    " ON CONFLICT (procedure, member) DO UPDATE SET"
    " stands_for = excluded.stands_for, replaced_by = excluded.replaced_by,"
    " received_at = excluded.received_at, deadline = excluded.deadline, excluded = excluded.excluded,"
    " consents = excluded.consents, objected_at = excluded.objected_at, demands = excluded.demands,"
    " proxy = excluded.proxy"
)
_ACT = "INSERT INTO {view_acts} SELECT * FROM unnest(%b::text[], %b::bigint[], %b::text[])"
_BODY = "INSERT INTO {view_bodies} SELECT * FROM unnest(%b::text[], %b::bigint[])"
_UNSEAT = (
    "UPDATE {view_seats} AS s SET ended = u.ended"
    " FROM unnest(%b::bigint[], %b::text[], %b::text[]) AS u (ended, body, member)"
    " WHERE s.body = u.body AND s.member = u.member AND s.ended IS NULL"
)
_SEAT = (
    "INSERT INTO {view_seats} SELECT * FROM unnest(%b::text[], %b::text[], %b::bigint[], %b::bigint[],"
    " %b::text[], %b::text[], %b::bigint[])"
)
_KEY = (
    "INSERT INTO {view_keys} SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::bigint[],"
    " %b::text[], %b::bigint[], %b::text[], %b::text[]) ON CONFLICT (key) DO UPDATE SET"
    " ended = excluded.ended, ended_by = excluded.ended_by, reason = excluded.reason"
)

Connection = psycopg.Connection[Any]


def _line(row: Recorded) -> str:
    """A row in COPY's text format.

    Only a payload can hold a backslash, and nothing a tab or a line end: canonical JSON escapes them.
    """
    seq, at, kind, actor, stream, pos, leaf, statement, payload = row
    payload = payload.replace("\\", "\\\\")
    return f"{seq}\t{at}\t{kind}\t{actor}\t{stream}\t{pos}\t{leaf}\t{statement}\t{payload}\n"


class TableSet:
    """One of the two sets of tables in a schema."""

    def __init__(self, schema: str, suffix: str = "") -> None:
        self._names = {name: Identifier(schema, name + suffix) for name in TABLES}
        self._orders: dict[str, bytes] = {}

    def sql(self, text: str) -> bytes:
        """The order for which `text` stands: in it `{view_…}` is a table of this set."""
        if text not in self._orders:
            # The texts are constants of this package; the names are quoted as identifiers.
            order = SQL(text).format(**self._names)
            self._orders[text] = order.as_bytes()
        return self._orders[text]

    def create(self, connection: Connection) -> None:
        """Makes the tables, empty, in place of those that may be there; the history still without keys."""
        self.drop(connection)
        for name, columns in TABLES.items():
            connection.execute(self.sql(f"CREATE TABLE {{{name}}} {columns}"))
        connection.execute(self.sql(f"INSERT INTO {{view_position}} VALUES (1, {FORMAT}, -1, '')"))

    def drop(self, connection: Connection) -> None:
        """Removes the tables, if they are there."""
        for name in TABLES:
            connection.execute(self.sql(f"DROP TABLE IF EXISTS {{{name}}}"))

    def rename(self, connection: Connection) -> None:
        """Gives fresh tables the names of those in use."""
        for name in TABLES:
            connection.execute(self.sql(f"ALTER TABLE {{{name}}} RENAME TO {name}"))

    def write(self, connection: Connection, changes: Changes) -> bool:
        """Writes a batch in the open transaction; False, and nothing written, if it does not come next."""
        position, leaf = changes.mark
        if connection.execute(self.sql(_MOVE), (position, leaf, changes.after)).rowcount != 1:
            return False
        with connection.cursor() as cursor, cursor.copy(self.sql(_RECORD)) as copy:
            copy.write("".join([_line(row) for row in changes.history]))
        self._bulk(connection, _OPEN, changes.opened)
        self._bulk(connection, _STAND, changes.standing)
        self._bulk(connection, _COUNT, changes.counted)
        self._bulk(connection, _SUPERSEDE, [(procedure,) for procedure in changes.superseded])
        self._bulk(connection, _WITHDRAW, changes.withdrawn)
        self._bulk(connection, _VOTE, changes.voted)
        self._bulk(connection, _CONDUCT, changes.conducted)
        self._bulk(connection, _ACT, changes.acts)
        self._bulk(connection, _BODY, changes.bodies)
        self._bulk(connection, _UNSEAT, changes.unseated)
        self._bulk(connection, _SEAT, changes.seated)
        self._bulk(connection, _KEY, changes.keyed)
        return True

    def _bulk(self, connection: Connection, order: str, rows: Sequence[Iterable[Any]]) -> None:
        """One order for all rows: each column travels as one array."""
        if rows:
            connection.execute(self.sql(order), [list(column) for column in zip(*rows, strict=True)])
