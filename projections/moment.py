"""A procedure as it stood after any entry: the same values, made from its entries up to there.

Nothing of it is stored. It costs as much as the procedure has entries; who serves it to others says how
many may ask at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.application import VotingLedger
from ledger.domain.procedure import Procedure
from ledger.domain.sentences import ledgers
from ledger.domain.values import Electorate
from ledger.errors import NotFound
from ledger.mapper import event_of, glance_entry, place_of
from ledger.telling import headings
from projections import stands
from projections.model import ItemGroups, ItemTally, ProcedureView
from projections.model_members import MemberView

PAGE = 2000
"""Entries that are read at once: a procedure may have a million of them."""


@dataclass(frozen=True)
class Moment:
    """Answers about the past what `Views` answers about the present."""

    view: ProcedureView
    _procedure: Procedure

    def tally(self) -> list[ItemTally]:
        """Counts and outcome of every item."""
        return list(stands.tally(self._procedure))

    def groups(self) -> list[ItemGroups]:
        """How the groups voted on every item."""
        return list(stands.groups(self._procedure))

    def provenances(self) -> dict[str, int]:
        """How the votes that counted came → how many."""
        cast = (stands.vote(self._procedure, member) for member in self._procedure.box.votes)
        return dict(sorted(Counter(one.provenance for one in cast if one and one.counts).items()))

    def members(self) -> Iterator[MemberView]:
        """Who could vote, and how far, by member id."""
        for member, seat in sorted(stands.seats(self._procedure).items()):
            yield stands.member(self._procedure, member, seat)

    def told(self, language: str) -> list[str]:
        """What surrounds the result, in words: body and chair, and from the occasion to what is still due."""
        return headings(self._procedure, language)[2:]


def moment(ledger: VotingLedger, view: ProcedureView, at: int) -> Moment:
    """The procedure of `view` after entry `at`. Raises `NotFound` before its opening, or a `StorageError`."""
    procedure = _replayed(ledger, UUID(view.id), at)
    if procedure is None:
        raise NotFound(ledgers.NO_PROCEDURE_THEN, stream=view.id)
    then = stands.procedure_view(procedure)
    if then.suspended_until is not None:
        [row] = ledger.store.recorder.read(at - 1, 1)
        then = then.as_of(place_of(row.state).at)
    return Moment(then, procedure)


def _replayed(ledger: VotingLedger, stream: UUID, at: int) -> Procedure | None:
    """The procedure after entry `at`; None before its opening."""
    found: Procedure | None = None
    after = 0
    while rows := ledger.store.recorder.stream(stream, after, limit=PAGE):
        for row in rows:
            if row.seq > at:
                return found
            event: Any = event_of(
                row.topic,
                stream,
                row.pos,
                glance_entry(row.state),
                lambda *which: _electorate(ledger, *which),
            )
            found = event.mutate(found)
        after = rows[-1].pos
    return found


def _electorate(ledger: VotingLedger, body: str, as_of: str) -> Electorate:
    with ledger.current() as state:
        return state.electorate(body, as_of)
