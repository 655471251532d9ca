"""The tables of the views in a PostgreSQL schema, and how a batch is written into them."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.sql import SQL, Identifier

from projections.changes import Changes
from projections.postgres_session import Connection
from projections.rows import OPENED, STANDING, Row
from projections.tables import FORMAT, FRESH, TABLES

_FOUND = "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename ~ '^view_'"
_MOVE = "UPDATE {view_position} SET position = %s, leaf = %s WHERE position = %s"
_TYPES = dict.fromkeys(("last_seq", "voted", "closed_seq", "determined_seq"), "bigint") | {
    "public": "boolean"
}
_STREAM = "COPY {view_streams} FROM STDIN"
_OPEN = f"COPY {{view_procedures}} ({', '.join(OPENED)}) FROM STDIN"
_STAND = (
    f"UPDATE {{view_procedures}} AS p SET {', '.join(f'{name} = n.{name}' for name in STANDING[:-1])}"
    " FROM unnest("
    + ", ".join(f"%b::{_TYPES.get(name, 'text')}[]" for name in STANDING)
    + f") AS n ({', '.join(STANDING)}) WHERE p.id = n.id"
)
_COUNT = (
    "INSERT INTO {view_tallies} SELECT * FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::text[],"
    " %b::text[], %b::text[], %b::boolean[], %b::text[], %b::text[]) ON CONFLICT (procedure, number)"
    " DO UPDATE SET"
    " counts = excluded.counts, result = excluded.result, derivation = excluded.derivation,"
    " valid = excluded.valid, relevance = excluded.relevance, by_group = excluded.by_group"
)
_SUPERSEDE = "UPDATE {view_votes} SET counts = false WHERE procedure = ANY(%b::text[]) AND counts"
_REMOVE = (
    "DELETE FROM {view_votes} AS v USING unnest(%b::text[], %b::text[]) AS o (procedure, member)"
    " WHERE v.procedure = o.procedure AND v.member = o.member"
)
_CHANGE = (
    "INSERT INTO {view_votes} SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::bigint[],"
    " %b::bigint[], %b::text[], %b::text[], %b::boolean[], %b::text[], %b::boolean[])"
    " ON CONFLICT (procedure, member) DO UPDATE SET"
    " choices = excluded.choices, weight = excluded.weight, seq = excluded.seq, at = excluded.at,"
    " leaf = excluded.leaf, counts = excluded.counts, provenance = excluded.provenance, late = excluded.late"
)
"""Each is found by its key, whatever the server believes of the table; with an UPDATE it had a choice."""
_VOTE = "COPY {view_votes} FROM STDIN"
_CONDUCT = (
    "INSERT INTO {view_conduct} SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[],"
    " %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[])"
    " ON CONFLICT (procedure, member) DO UPDATE SET"
    " stands_for = excluded.stands_for, replaced_by = excluded.replaced_by,"
    " received_at = excluded.received_at, deadline = excluded.deadline, excluded = excluded.excluded,"
    " consents = excluded.consents, objected_at = excluded.objected_at, demands = excluded.demands,"
    " proxy = excluded.proxy"
)
_ACT = "COPY {view_acts} FROM STDIN"
_BODY = "COPY {view_bodies} FROM STDIN"
_UNSEAT = (
    "UPDATE {view_seats} AS s SET ended = u.ended"
    " FROM unnest(%b::bigint[], %b::text[], %b::text[]) AS u (ended, body, member)"
    " WHERE s.body = u.body AND s.member = u.member AND s.ended IS NULL"
)
_SEAT = "COPY {view_seats} FROM STDIN"
_KEY = (
    "INSERT INTO {view_keys} SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::bigint[],"
    " %b::text[], %b::bigint[], %b::text[], %b::text[]) ON CONFLICT (key) DO UPDATE SET"
    " ended = excluded.ended, ended_by = excluded.ended_by, reason = excluded.reason"
)

_ORDERS = {
    "streamed": _STREAM,
    "opened": _OPEN,
    "standing": _STAND,
    "counted": _COUNT,
    "superseded": _SUPERSEDE,
    "outdated": _REMOVE,
    "changed": _CHANGE,
    "voted": _VOTE,
    "conducted": _CONDUCT,
    "acts": _ACT,
    "bodies": _BODY,
    "unseated": _UNSEAT,
    "seated": _SEAT,
    "keyed": _KEY,
}
"""Field of `Changes` → how its rows are written."""

_ROOM = {"view_votes": " WITH (fillfactor = 90)"}
"""A tenth of each page stays free: a changed vote is written beside the old one, its keys stay as they are,
and the next one who comes sweeps the page. So votes that change again and again need no vacuum."""


class TableSet:
    """One of the two sets of tables in a schema."""

    def __init__(self, schema: str, suffix: str = "") -> None:
        self._schema, self._suffix = schema, suffix
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
        """Makes the tables, empty, in place of those that may be there."""
        self.drop(connection)
        for name, columns in TABLES.items():
            laid_out = columns.format(bytewise='COLLATE "C"', packed=_ROOM.get(name, ""))
            connection.execute(self.sql(f"CREATE TABLE {{{name}}} {laid_out}"))
        connection.execute(self.sql(f"INSERT INTO {{view_position}} VALUES (1, {FORMAT}, -1, '')"))

    def drop(self, connection: Connection) -> None:
        """Removes the tables, if they are there, and whatever an older format had in the set."""
        for (name,) in connection.execute(_FOUND, (self._schema,)).fetchall():
            if name.endswith(FRESH) == (self._suffix == FRESH):
                connection.execute(SQL("DROP TABLE {}").format(Identifier(self._schema, name)))

    def rename(self, connection: Connection) -> None:
        """Gives fresh tables the names of those in use."""
        for name in TABLES:
            connection.execute(self.sql(f"ALTER TABLE {{{name}}} RENAME TO {name}"))

    def write(self, connection: Connection, changes: Changes) -> bool:
        """Writes a batch in the open transaction; False, and nothing written, if it does not come next."""
        moved = connection.execute(self.sql(_MOVE), (*changes.mark, changes.after))
        if moved.rowcount != 1:
            return False
        for name, rows in changes.rows():
            order = _ORDERS[name]
            many = self._copy if order.startswith("COPY") else self._bulk
            many(connection, order, rows)
        return True

    def _copy(self, connection: Connection, order: str, rows: Sequence[Row]) -> None:
        """New rows, in less than half of the time that an INSERT takes."""
        with connection.cursor() as cursor, cursor.copy(self.sql(order)) as copy:
            for row in rows:
                copy.write_row(row)

    def _bulk(self, connection: Connection, order: str, rows: Sequence[Row]) -> None:
        """One order for all rows: each column travels as one array."""
        connection.execute(self.sql(order), [list(column) for column in zip(*rows, strict=True)])
