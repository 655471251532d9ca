"""What can be asked about procedures: where they stand, who votes in them, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from projections import questions
from projections.asking import Asking, among
from projections.model import ItemGroups, ItemTally, ProcedureView, Tallied, Wanted
from projections.model_members import MemberView, VoteView
from projections.rows import item_groups, item_tally, procedure_view, seated_view, tallied, vote_view


class ProcedureReads(Asking):
    """Everything is as of the views' position."""

    def procedures(
        self,
        *,
        after: int = -1,
        limit: int = 100,
        wanted: Wanted = Wanted(),  # noqa: B008 it is immutable
        now: str | None = None,
    ) -> list[ProcedureView]:
        """Procedures opened after entry `after`, in the order of opening; states as of `now`, if given."""
        sql = "SELECT p.* FROM {view_procedures} p WHERE p.opened_seq > %s"
        values: list[Any] = [after]
        for name, condition in questions.CONDITIONS.items():
            value = getattr(wanted, name)
            if value is None:
                continue
            if name == "state" and now is not None and value in questions.AFTER_A_SUSPENSION:
                sql += f" AND {questions.STATE_NOW}"
                values += [value, now, value, now]
            else:
                sql += f" AND {condition}"
                values.append(value)
        if wanted.member is not None:
            sql += f" AND ({questions.SEATED} OR {questions.STANDS_IN})"
            values += [wanted.member, wanted.member]
        rows = self.ask(f"{sql} ORDER BY p.opened_seq LIMIT %s", [*values, limit])
        views = (procedure_view(row) for row in rows)
        return [view if now is None else view.as_of(now) for view in views]

    def procedure(self, procedure: str) -> ProcedureView | None:
        """One procedure by its id."""
        rows = self.ask("SELECT * FROM {view_procedures} WHERE id = %s", [procedure])
        return procedure_view(rows[0]) if rows else None

    def awaiting(self, member: str) -> list[ProcedureView]:
        """Open procedures in which this person has a seat, stands in for somebody, or is a proxy."""
        concerned = f"({questions.SEATED} OR {questions.STANDS_IN} OR {questions.IS_PROXY})"
        sql = f"SELECT p.* FROM {{view_procedures}} p WHERE p.state = 'opened' AND {concerned}"
        return [procedure_view(row) for row in self.ask(f"{sql} ORDER BY p.opened_seq", [member] * 3)]

    def overdue(self, now: str) -> Sequence[str]:
        """Ids of procedures for the service to close: past deadline and grace, or ended by objections."""
        sql = (
            "SELECT id FROM {view_procedures} WHERE closed_at IS NULL AND (state = 'opened'"
            " AND due_at <= %s OR state IN ('terminated', 'referred')) ORDER BY opened_seq"
        )
        return [row[0] for row in self.ask(sql, [now])]

    def expiring(self, now: str) -> Sequence[str]:
        """Ids of procedures with a resolution that has ended, and no entry that says so."""
        sql = "SELECT id FROM {view_procedures} WHERE expires_at <= %s ORDER BY opened_seq"
        return [row[0] for row in self.ask(sql, [now])]

    def tally(self, procedure: str) -> list[ItemTally]:
        """Counts and outcome of every item, in the order of the ballot paper; empty if unknown."""
        return [item_tally(row) for row in self.ask(questions.TALLY, [procedure])]

    def groups(self, procedure: str) -> list[ItemGroups]:
        """How the groups voted on every item, in the order of the ballot paper; empty if unknown."""
        sql = "SELECT item, by_group FROM {view_tallies} WHERE procedure = %s ORDER BY number"
        return [item_groups(row) for row in self.ask(sql, [procedure])]

    def tallied(self, procedure: str) -> Tallied | None:
        """The procedure and its tally as of the same entry, in one query; None if unknown."""
        rows = self.ask(questions.TALLIED, [procedure])
        return tallied(tuple(rows)) if rows else None

    def votes(
        self, procedure: str, *, after: str = "", limit: int = 1000, provenance: str | None = None
    ) -> list[VoteView]:
        """The votes as they stand, by member id, after member `after`; with `provenance` only some."""
        sql = (
            "SELECT member, choices, weight, seq, at, leaf, counts, provenance, late FROM {view_votes}"
            f" WHERE procedure = %s AND member > %s{questions.CAME[provenance is not None]}"
            " ORDER BY member LIMIT %s"
        )
        came = [] if provenance is None else [provenance]
        return [vote_view(row) for row in self.ask(sql, [procedure, after, *came, limit])]

    def members(
        self,
        view: ProcedureView,
        *,
        after: str = "",
        limit: int = 1000,
        only: Sequence[str] | None = None,
        voted: bool | None = None,
    ) -> list[MemberView]:
        """Who votes in a procedure, and how far: by member id, after member `after`.

        `only` these, or only those whose vote counts (`voted`), or who still may give one (not `voted`).
        """
        if only is not None and not only:
            return []
        chosen, sql = list(only or ()), questions.MEMBERS
        for column in ("s.member", "c.member"):
            sql = sql.replace("%only%", among(column, chosen) + questions.VOTED[voted], 1)
        seat = [view.body, view.opened_seq, view.opened_seq]
        values = [view.id, view.id, *seat, after, *chosen, *seat, view.id, after, *chosen, limit]
        return [seated_view(row, view.deadline) for row in self.ask(sql, values)]

    def provenances(self, procedure: str) -> dict[str, int]:
        """How the votes that count came → how many."""
        sql = "SELECT provenance, count(*) FROM {view_votes} WHERE procedure = %s AND counts IS TRUE"
        return dict(self.ask(f"{sql} GROUP BY provenance ORDER BY provenance", [procedure]))

    def principals(self, procedure: str, proxy: str) -> list[str]:
        """For which members this person votes as proxy."""
        sql = "SELECT member FROM {view_conduct} WHERE procedure = %s AND proxy = %s ORDER BY member"
        return [row[0] for row in self.ask(sql, [procedure, proxy])]
