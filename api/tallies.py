"""The tally of a procedure, as it is now (from the views) or as it was (replayed from the log)."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from api import sentences
from api.context import Context
from api.visibility import withheld
from ledger.application import VotingLedger
from ledger.errors import NotFound
from ledger.telling import plain_item
from projections.views import ItemTally, ProcedureView

ATTEMPTS = 3


class Tally(NamedTuple):
    """Counts and outcomes after some entry."""

    at: int
    """Number of the entry."""
    state: str
    voted: int
    """Members whose vote counted."""
    items: list[ItemTally] | None
    """None while they are withheld."""


def entry_at(ledger: VotingLedger, at: int | str) -> int:
    """The entry that a point in the log means: its number, or the last one not after a time."""
    return at if isinstance(at, int) else ledger.seq_at(at)


def tally(context: Context, view: ProcedureView, at: int | None = None) -> Tally:
    """The tally after entry `at` (default: now).

    Raises `NotFound` before the opening, and `Busy` when too many look into the past.
    """
    if at is not None and at < view.opened_seq:
        raise NotFound(sentences.OPENED_LATER, entry=view.opened_seq)
    if at is None or at >= view.last_seq:
        items = None if withheld(view) else context.service.views.tally(view.id)
        return Tally(view.last_seq if at is None else at, view.state, view.voted, items)
    with context.replay():
        return _replayed(context.service.ledger, view, at)


def matching(context: Context, view: ProcedureView) -> tuple[ProcedureView, Tally]:
    """The procedure and its tally as of the same entry, though votes arrive between the two reads.

    Where they arrive faster than we read, the tally is newer than the procedure, never older: who
    keeps it under the procedure's version asks again and gets the newer one.
    """
    for _ in range(ATTEMPTS):
        found = tally(context, view)
        again = context.service.views.procedure(view.id)
        if again is None or again.last_seq == view.last_seq:
            break
        view = again
    return view, found


def _replayed(ledger: VotingLedger, view: ProcedureView, at: int) -> Tally:
    procedure = ledger.procedure(UUID(view.id), at)
    voted = procedure.box.voters
    if withheld(view):
        return Tally(at, procedure.state, voted, None)
    counts = procedure.tally()
    return Tally(
        at, procedure.state, voted, [_item(procedure, item, counts[item]) for item in procedure.items]
    )


def _item(procedure: Any, item: str, counts: dict[str, int]) -> ItemTally:
    plain = plain_item(procedure, item)
    return ItemTally(item, counts, plain["outcome"], plain["derivation"], plain["valid"], plain["relevance"])
