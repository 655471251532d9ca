"""The answers of the views, one method for each question, for both databases."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from projections import questions
from projections.followed import FollowedViews
from projections.read_rows import (
    history_row,
    item_tally,
    key_view,
    member_view,
    procedure_view,
    seat_view,
    tallied,
    vote_view,
)
from projections.rows import Mark
from projections.shown import (
    BodyView,
    HistoryRow,
    ItemTally,
    KeyView,
    KindView,
    MemberView,
    ProcedureView,
    SeatView,
    Tallied,
    VoteView,
    Wanted,
)


class ReadableViews(FollowedViews):
    """The questions of `Views`; how a text of SQL is asked is the database's affair."""

    @abstractmethod
    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of one query, in a snapshot of its own. Raises a `StorageError`."""

    def mark(self) -> Mark:
        return Mark(*self.ask("SELECT position, leaf FROM {view_position}")[0])

    # ── procedures ─────────────────────────────────────────────────────────────────────────────

    def procedures(
        self,
        *,
        after: int = -1,
        limit: int = 100,
        wanted: Wanted = Wanted(),  # noqa: B008 it is immutable
    ) -> list[ProcedureView]:
        sql = "SELECT p.* FROM {view_procedures} p WHERE p.opened_seq > %s"
        values: list[Any] = [after]
        for name, condition in questions.CONDITIONS.items():
            value = getattr(wanted, name)
            if value is not None:
                sql += f" AND {condition}"
                values.append(value)
        if wanted.member is not None:
            sql += f" AND ({questions.SEATED} OR {questions.STANDS_IN})"
            values += [wanted.member, wanted.member]
        rows = self.ask(f"{sql} ORDER BY p.opened_seq LIMIT %s", [*values, limit])
        return [procedure_view(row) for row in rows]

    def procedure(self, procedure: str) -> ProcedureView | None:
        rows = self.ask("SELECT * FROM {view_procedures} WHERE id = %s", [procedure])
        return procedure_view(rows[0]) if rows else None

    def awaiting(self, member: str) -> list[ProcedureView]:
        concerned = f"({questions.SEATED} OR {questions.STANDS_IN} OR {questions.IS_PROXY})"
        sql = f"SELECT p.* FROM {{view_procedures}} p WHERE p.state = 'opened' AND {concerned}"
        return [procedure_view(row) for row in self.ask(f"{sql} ORDER BY p.opened_seq", [member] * 3)]

    def overdue(self, now: str) -> Sequence[str]:
        sql = (
            "SELECT id FROM {view_procedures} WHERE closed_at IS NULL AND (state = 'opened'"
            " AND closes_at <= %s OR state IN ('terminated', 'referred')) ORDER BY opened_seq"
        )
        return [row[0] for row in self.ask(sql, [now])]

    def expiring(self, now: str) -> Sequence[str]:
        sql = "SELECT id FROM {view_procedures} WHERE expires_at <= %s ORDER BY opened_seq"
        return [row[0] for row in self.ask(sql, [now])]

    def tally(self, procedure: str) -> list[ItemTally]:
        return [item_tally(row) for row in self.ask(questions.TALLY, [procedure])]

    def tallied(self, procedure: str) -> Tallied | None:
        rows = self.ask(questions.TALLIED, [procedure])
        return tallied(tuple(rows)) if rows else None

    def votes(self, procedure: str, *, after: str = "", limit: int = 1000) -> list[VoteView]:
        sql = (
            "SELECT member, choices, weight, seq, at, leaf, counts, provenance FROM {view_votes}"
            " WHERE procedure = %s AND member > %s ORDER BY member LIMIT %s"
        )
        return [vote_view(row) for row in self.ask(sql, [procedure, after, limit])]

    def members(
        self,
        view: ProcedureView,
        *,
        after: str = "",
        limit: int = 1000,
        only: Sequence[str] | None = None,
        voted: bool | None = None,
    ) -> list[MemberView]:
        if only is not None and not only:
            return []
        chosen, sql = list(only or ()), questions.MEMBERS
        for column in ("s.member", "c.member"):
            sql = sql.replace("%only%", _among(column, chosen) + questions.VOTED[voted], 1)
        seat = [view.body, view.opened_seq, view.opened_seq]
        values = [view.id, view.id, *seat, after, *chosen, *seat, view.id, after, *chosen, limit]
        return [member_view(row) for row in self.ask(sql, values)]

    def provenances(self, procedure: str) -> dict[str, int]:
        sql = "SELECT provenance, count(*) FROM {view_votes} WHERE procedure = %s AND counts IS TRUE"
        return dict(self.ask(f"{sql} GROUP BY provenance ORDER BY provenance", [procedure]))

    def principals(self, procedure: str, proxy: str) -> list[str]:
        sql = "SELECT member FROM {view_conduct} WHERE procedure = %s AND proxy = %s ORDER BY member"
        return [row[0] for row in self.ask(sql, [procedure, proxy])]

    # ── entries ────────────────────────────────────────────────────────────────────────────────

    def history(
        self, stream: str | None = None, *, after: int = -1, limit: int = 1000, until: int | None = None
    ) -> list[HistoryRow]:
        sql = "SELECT * FROM {view_history} WHERE seq > %s"
        given: list[Any] = [after]
        for condition, value in ((" AND stream = %s", stream), (" AND seq <= %s", until)):
            if value is not None:
                sql += condition
                given.append(value)
        return [history_row(row) for row in self.ask(f"{sql} ORDER BY seq LIMIT %s", [*given, limit])]

    def around(self, stream: str, at: int) -> tuple[int | None, int | None]:
        [found] = self.ask(questions.AROUND, [stream, stream, at, stream, at])
        return found[0], found[1]

    def acts(
        self,
        kinds: Sequence[str],
        *,
        stream: str | None = None,
        after: int = -1,
        limit: int = 1000,
        until: int | None = None,
    ) -> list[HistoryRow]:
        if not kinds:
            return []
        votes = "vote-cast" in kinds  # they are not among the acts
        source = "{view_history} h" if votes else "{view_acts} a JOIN {view_history} h ON h.seq = a.seq"
        name = "h" if votes else "a"
        sql = f"SELECT h.* FROM {source} WHERE {name}.seq > %s{_among(f'{name}.kind', kinds)}"
        given: list[Any] = [after, *kinds]
        for column, sign, value in (("stream", "=", stream), ("seq", "<=", until)):
            if value is not None:
                sql += f" AND {name}.{column} {sign} %s"
                given.append(value)
        rows = self.ask(f"{sql} ORDER BY {name}.seq LIMIT %s", [*given, limit])
        return [history_row(row) for row in rows]

    def kinds(self, until: int) -> list[KindView]:
        sql = "SELECT kind, count(*), max(seq) FROM {view_acts} WHERE seq <= %s GROUP BY kind ORDER BY kind"
        found = [KindView(*row) for row in self.ask(sql, [until])]
        votes = until + 1 - sum(one.entries for one in found)
        if votes > 0:
            sql = "SELECT seq FROM {view_history} WHERE kind = 'vote-cast' AND seq <= %s"
            [last] = self.ask(f"{sql} ORDER BY seq DESC LIMIT 1", [until])
            found.append(KindView("vote-cast", votes, last[0]))
        return sorted(found)

    # ── the register ───────────────────────────────────────────────────────────────────────────

    def bodies(self, until: int) -> list[BodyView]:
        return [BodyView(*row) for row in self.ask(questions.BODIES, [until] * 3)]

    def seats(self, body: str, until: int, *, after: str = "", limit: int = 1000) -> list[SeatView]:
        found = [seat_view(row) for row in self.ask(questions.SEATS, [body, until, until, after, limit])]
        return [one._replace(ended=None) for one in found]  # what comes later is not known then

    def people(self, until: int, *, after: str = "", limit: int = 1000) -> list[str]:
        sql = (
            "SELECT DISTINCT subject FROM {view_keys} WHERE since <= %s AND subject > %s"
            " ORDER BY subject LIMIT %s"
        )
        return [row[0] for row in self.ask(sql, [until, after, limit])]

    def keys(self, until: int, subjects: Sequence[str] | None) -> list[KeyView]:
        if subjects is not None and not subjects:
            return []
        which = "k.subject IS NULL" if subjects is None else f"TRUE{_among('k.subject', subjects)}"
        rows = self.ask(f"{questions.KEYS}{which} ORDER BY k.since, k.key", [until, *(subjects or ())])
        return [_as_of(key_view(row), until) for row in rows]


def _among(column: str, values: Sequence[str]) -> str:
    """A condition for so many values; none for no values."""
    return f" AND {column} IN ({', '.join(['%s'] * len(values))})" if values else ""


def _as_of(key: KeyView, until: int) -> KeyView:
    """The key as it was known: an end that came later is not."""
    if key.ended is None or key.ended <= until:
        return key
    return key._replace(ended=None, ended_at=None, ended_by=None, reason=None)
