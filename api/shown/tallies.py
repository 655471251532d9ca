"""The tally of a procedure, as it is now (from the views) or as it was (replayed from the log)."""

from __future__ import annotations

from typing import NamedTuple

from api import sentences
from api.access.caller import caller
from api.access.roles import Grant
from api.context import Context
from api.shown.secret_ballots import secret_items
from api.shown.visibility import counts_for, withheld
from ledger.errors import NotFound, NotYet
from projections.moment import Moment, moment
from projections.views import ItemTally, ProcedureView, Tallied


class Tally(NamedTuple):
    """Counts and outcomes after some entry."""

    at: int
    """Number of the entry."""
    state: str
    voted: int
    """Members whose vote counted."""
    items: list[ItemTally] | None
    """None while they are withheld; items that are kept secret are missing."""


def entry_at(context: Context, at: int | str) -> int:
    """The entry that a point in the log means: its number, or the last one not after a time (or -1).

    The views contain it when this returns. Raises `NotYet` beyond the head and in the future, and
    `ViewBehind` when the views take too long.
    """
    ledger = context.service.ledger
    seq = ledger.seq_at(at) if isinstance(at, str) else at
    if seq > context.service.views.position():
        require_reached(context, seq)
        context.wait_for(seq)
    return seq


def require_reached(context: Context, seq: int) -> None:
    """Returns if there is an entry of this number, or -1. Raises `NotYet`."""
    if seq > context.service.views.position() and seq > (head := context.service.ledger.head()):
        raise NotYet(sentences.LOG_GOES_UP_TO, head=head, seq=seq)


def tally(context: Context, view: ProcedureView, at: int | None = None, time: str | None = None) -> Tally:
    """The tally after entry `at` (default: now), and at a `time` up to which that is the last one, if named.

    Raises `NotFound` before the opening, and `Busy` when too many look into the past.
    """
    if at is not None and at < view.opened_seq:
        raise NotFound(sentences.OPENED_LATER, entry=view.opened_seq)
    if at is None or (at >= view.last_seq and view.suspended_until is None):
        items = None if withheld(view) else counts_for(context.service.views.tally(view.id), caller())
        return Tally(view.last_seq if at is None else at, view.state, view.voted, items)
    stood = as_it_stood(context, view, at)
    items = None if withheld(view) else interim(stood, view, caller())
    then = stood.view if time is None else stood.view.as_of(time)
    return Tally(at, then.state, then.voted, items)


def interim(stood: Moment, view: ProcedureView, grant: Grant) -> list[ItemTally] | None:
    """How a procedure stood, for whom may see that; `view` is the same procedure now."""
    secret = secret_items(view, grant)
    return counts_for([one for one in stood.tally() if one.item not in secret], grant)


def as_it_stood(context: Context, view: ProcedureView, at: int) -> Moment:
    """The procedure after entry `at`. Raises `NotFound` before the opening, and `Busy`."""
    with context.replay():
        return moment(context.service.ledger, view, at)


def matching(context: Context, view: ProcedureView) -> tuple[ProcedureView, Tally]:
    """The procedure and its tally, both as of the same entry: that of `view`, or a later one."""
    found = context.service.views.tallied(view.id)
    if found is None:  # views that were deleted meanwhile, and begin anew
        return view, tally(context, view)
    found = found.as_of(context.service.ledger.clock())
    return found.procedure, counted(found, caller())


def counted(found: Tallied, grant: Grant) -> Tally:
    """The tally as it may be told now, to this caller."""
    view = found.procedure
    items = None if withheld(view) else counts_for(found.items, grant)
    return Tally(view.last_seq, view.state, view.voted, items)
