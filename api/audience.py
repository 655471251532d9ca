"""Whom a procedure concerns, and whether the public was told: neither changes back, so both are kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from api.wiring import Service
from projections.views import ProcedureView

NOT_PUBLISHED = frozenset({"opened", "closed", "determined", "announced", "terminated", "referred"})
"""States in which nothing was published yet."""


class Audience:
    """May be used by many threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._people = lru_cache(maxsize=256)(self._read_people)
        self._published = lru_cache(maxsize=1024)(self._read_published)

    def concerns(self, view: ProcedureView, person: str) -> bool:
        """Whether the person is a member, a substitute, the chair, or another one with a say."""
        opening = view.opening
        if person == opening["chair"] or person in opening.get("participants", ()):
            return True
        return person in self._people(view.body, opening["electorate"]["as_of"])

    def published(self, view: ProcedureView) -> bool:
        """Whether the result was published; what came after it (suspended, annulled, …) is public too."""
        if view.state in NOT_PUBLISHED:
            return False
        return view.state == "published" or self._published(view.id, view.last_seq)

    def _read_people(self, body: str, as_of: str) -> frozenset[str]:
        with self._service.ledger.current() as state:
            seats: Any = state.electorate(body, as_of).seats
        return frozenset(seats).union(*(seat.substitutes for seat in seats.values()))

    def _read_published(self, procedure: str, until: int) -> bool:
        after = -1
        while rows := self._service.views.history(procedure, after=after, until=until):
            if any(row.kind == "result-published" for row in rows):
                return True
            after = rows[-1].seq
        return False
