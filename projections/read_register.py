"""What can be asked about the register, as of any entry: bodies, seats, people, keys."""

from __future__ import annotations

from collections.abc import Sequence

from projections import questions
from projections.asking import Asking, among
from projections.model_register import BodyView, KeyView, SeatView
from projections.rows_register import key_view, seat_view


class RegisterReads(Asking):
    """`until` is the number of an entry: what came later is not known then."""

    def bodies(self, until: int) -> list[BodyView]:
        """The bodies as of entry `until`, by id."""
        return [BodyView(*row) for row in self.ask(questions.BODIES, [until] * 3)]

    def seats(self, body: str, until: int, *, after: str = "", limit: int = 1000) -> list[SeatView]:
        """The seats of a body as of entry `until`, by member, after member `after`."""
        return [seat_view(row) for row in self.ask(questions.SEATS, [body, until, until, after, limit])]

    def people(self, until: int, *, after: str = "", limit: int = 1000) -> list[str]:
        """Ids of everybody and everything with a key in the register as of entry `until`, in order."""
        sql = (
            "SELECT DISTINCT subject FROM {view_keys} WHERE since <= %s AND subject > %s"
            " ORDER BY subject LIMIT %s"
        )
        return [row[0] for row in self.ask(sql, [until, after, limit])]

    def keys(self, until: int, subjects: Sequence[str] | None) -> list[KeyView]:
        """The keys of these people, or the log's own (None), with their lives as known at entry `until`."""
        if subjects is not None and not subjects:
            return []
        which = "k.subject IS NULL" if subjects is None else f"TRUE{among('k.subject', subjects)}"
        rows = self.ask(f"{questions.KEYS}{which} ORDER BY k.since, k.key", [until, *(subjects or ())])
        return [_as_of(key_view(row), until) for row in rows]


def _as_of(key: KeyView, until: int) -> KeyView:
    """The key as it was known: an end that came later is not."""
    if key.ended is None or key.ended <= until:
        return key
    return key._replace(ended=None, ended_at=None, ended_by=None, reason=None)
