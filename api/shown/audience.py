"""Whom a procedure concerns: frozen by its opening, and so kept between requests."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from api.wiring import Service
from projections.views import ProcedureView


class Audience:
    """May be used by many threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._people = lru_cache(maxsize=256)(self._read_people)

    def concerns(self, view: ProcedureView, person: str) -> bool:
        """Whether the person is a member, a substitute, the chair, or another one with a say."""
        opening = view.opening
        if person == opening["chair"] or person in opening.get("participants", ()):
            return True
        return person in self._people(view.body, opening["electorate"]["as_of"])

    def _read_people(self, body: str, as_of: str) -> frozenset[str]:
        with self._service.ledger.current() as state:
            seats: Any = state.electorate(body, as_of).seats
        return frozenset(seats).union(*(seat.substitutes for seat in seats.values()))
