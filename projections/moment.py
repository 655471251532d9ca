"""A procedure as it stood after any entry: the same rows, made from its entries up to there.

Nothing of it is stored. It costs as much as the procedure has entries; who serves it to others says how
many may ask at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.application import VotingLedger
from ledger.domain.procedure import Procedure
from ledger.domain.sentences import ledgers
from ledger.domain.values import Electorate, Seat
from ledger.errors import NotFound
from ledger.mapper import event_of, glance_entry
from projections import stands
from projections.read_rows import item_tally, vote_view
from projections.rows import Standing
from projections.shown import ItemGroups, ItemTally, MemberView, ProcedureView, VoteView

PAGE = 2000
"""Entries that are read at once: a procedure may have a million of them."""


@dataclass(frozen=True)
class Moment:
    """Answers about the past what `Views` answers about the present."""

    view: ProcedureView
    _procedure: Procedure

    def tally(self) -> list[ItemTally]:
        """Counts and outcome of every item."""
        return [item_tally(row[2:8]) for row in stands.counted(self.view.id, self._procedure)]

    def groups(self) -> list[ItemGroups]:
        """How the groups voted on every item."""
        return list(stands.groups(self._procedure))

    def provenances(self) -> dict[str, int]:
        """How the votes that counted came → how many."""
        box = self._procedure.box
        return dict(
            sorted(Counter(vote.provenance for who, vote in box.votes.items() if box.counts_for(who)).items())
        )

    def members(self) -> Iterator[MemberView]:
        """Who could vote, and how far, by member id."""
        seats = dict(self._procedure.electorate.seats)
        standing_in = self._procedure.conduct.standing_in
        seats |= {substitute: seats[member] for substitute, member in standing_in.items()}
        for member in sorted(seats):
            yield self._member(member, seats[member])

    def _member(self, member: str, seat: Seat) -> MemberView:
        conducted = stands.conducted(self.view.id, self._procedure, member)
        return MemberView(
            member,
            seat.weight,
            seat.group,
            conducted.stands_for,
            conducted.replaced_by,
            conducted.received_at,
            conducted.deadline,
            stands.excluded(self._procedure, member),
            stands.consents(self._procedure, member),
            conducted.objected_at,
            stands.demands(self._procedure, member),
            conducted.proxy,
            self._vote(member),
        )

    def _vote(self, member: str) -> VoteView | None:
        row = stands.voted(self.view.id, self._procedure, member)
        return None if row is None else vote_view(row[1:])


def moment(ledger: VotingLedger, view: ProcedureView, at: int) -> Moment:
    """The procedure of `view` after entry `at`. Raises `NotFound` before its opening, or a `StorageError`."""
    procedure, last_seq = _replayed(ledger, UUID(view.id), at)
    if procedure is None:
        raise NotFound(ledgers.NO_PROCEDURE_THEN, stream=view.id)
    found = stands.standing(view.id, procedure, last_seq)
    return Moment(_as_it_stood(view, found, procedure), procedure)


def _as_it_stood(view: ProcedureView, found: Standing, procedure: Procedure) -> ProcedureView:
    same = {name: getattr(found, name) for name in Standing._fields if name in ProcedureView._fields}
    lists = {"attached": list(procedure.attached), "referred": sorted(procedure.referred)}
    return view._replace(**same | lists | {"made_public": json.loads(found.made_public)})


def _replayed(ledger: VotingLedger, stream: UUID, at: int) -> tuple[Procedure | None, int]:
    """The procedure after entry `at`, and the number of its last entry up to there."""
    procedure: Any = None
    last_seq, after = -1, 0
    while rows := ledger.store.recorder.stream(stream, after, limit=PAGE):
        for row in rows:
            if row.seq > at:
                return procedure, last_seq
            event: Any = event_of(
                row.topic,
                stream,
                row.pos,
                glance_entry(row.state),
                lambda *which: _electorate(ledger, *which),
            )
            procedure, last_seq = event.mutate(procedure), row.seq
        after = rows[-1].pos
    return procedure, last_seq


def _electorate(ledger: VotingLedger, body: str, as_of: str) -> Electorate:
    with ledger.current() as state:
        return state.electorate(body, as_of)
