"""What must not be seen, yet or by this caller: the one place that decides.

A member sees the procedures in which it has a seat, the public those whose result is published, and of them
the public items; everybody else who may ask at all sees all of them (`api.access.table`).

While a procedure is open and its profile says `result_visibility: after_closing`, nobody learns counts,
outcome or single choices. Participation (how many and who) stays visible. The answer depends on how
the procedure stands *now*: looking at the past of an open procedure must not be a way around.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from api import sentences
from api.access.roles import Grant
from api.context import Context
from api.shown.public_part import part_of, steps_of
from ledger.errors import NotAllowed, NotClosed, NotDue, NotFound
from ledger.proof.statement import topic
from projections.views import HistoryRow, ItemTally, ProcedureView

CHOOSING = ("vote-cast", "casting-vote-given")
"""Kinds of statements that hold a choice."""


class Stands(Protocol):
    """How a procedure stands now: a view's row, or the procedure itself."""

    @property
    def state(self) -> str:
        """As `ledger.domain.procedure` names it."""

    @property
    def opening(self) -> Mapping[str, Any]:
        """The payload of the opening statement."""


def may_see(context: Context, view: ProcedureView, grant: Grant) -> bool:
    """Whether this caller sees the procedure at all. To the others it is as if it did not exist."""
    if grant.narrow:
        return grant.subject is not None and context.audience.concerns(view, grant.subject)
    return not grant.public or context.oparl.get(view.id) is not None


def part_for(view: ProcedureView, grant: Grant) -> ProcedureView:
    """What this caller sees of a procedure that it may see; the same view where that is all of it."""
    return part_of(view) if grant.public else view


def steps_for(
    context: Context, procedure: str, rows: Sequence[HistoryRow], grant: Grant
) -> Sequence[HistoryRow]:
    """What this caller sees of the entries that say what became of a result."""
    if not grant.public:
        return rows
    whole = context.service.views.procedure(procedure)
    return [] if whole is None else steps_of(whole, rows)


def require_may_see(context: Context, procedure: str, grant: Grant) -> None:
    """The same, for those who do not read the view itself. Raises `NotFound`."""
    if not grant.narrow and not grant.public:
        return
    view = _known(context, procedure, context.service.ledger.head())
    if view is None or not may_see(context, view, grant):
        raise NotFound(sentences.NO_PROCEDURE, procedure=procedure)


def require_may_fetch(context: Context, sha256: str, grant: Grant) -> None:
    """Returns if this caller may have the document. Raises `NotFound`, as where there is none."""
    if not grant.narrow:
        return
    for procedure in context.papers.procedures(sha256):
        view = _known(context, procedure, context.service.ledger.head())
        if view is not None and may_see(context, view, grant):
            return
    raise NotFound(sentences.NO_DOCUMENT, sha256=sha256)


def require_may_look_back(context: Context, procedure: str, entry: int | None, grant: Grant) -> None:
    """Returns if this caller may see the procedure as of `entry`. Raises `NotFound`.

    The public sees nothing from before the publication: from vote to vote, the counts would tell each one.
    """
    if entry is None or not grant.public:
        return
    published = context.oparl.get(procedure)
    if published is None or entry < published.seq:
        raise NotFound(sentences.NOT_PUBLIC_YET, procedure=procedure, entry=entry)


def withheld(procedure: Stands) -> bool:
    """Whether counts, outcome and single choices of the procedure are withheld."""
    return (
        procedure.state == "opened" and procedure.opening["profile"]["result_visibility"] == "after_closing"
    )


def require_entries_told(context: Context, first: int, count: int) -> None:
    """Returns if none of `count` entries from `first` on holds a vote that is withheld.

    Raises `NotClosed`, or `ViewBehind` while the views do not know the procedure yet.
    """
    last = first + count - 1
    read, topics = context.service.store.recorder.read, [topic(kind) for kind in CHOOSING]
    for stream in dict.fromkeys(row.stream for row in read(first - 1, count, until=last, topics=topics)):
        view = _known(context, str(stream), last)
        if view is None or withheld(view):
            raise NotClosed(sentences.ENTRIES_WITHHELD, procedure=stream)


def _known(context: Context, procedure: str, seq: int) -> ProcedureView | None:
    """What the views know; if nothing, once they contain entry `seq`: nobody waits who need not."""
    if (view := context.service.views.procedure(procedure)) is None:
        context.wait_for(seq)
        view = context.service.views.procedure(procedure)
    return view


def counts_for(items: list[ItemTally] | None, grant: Grant) -> list[ItemTally] | None:
    """What this caller sees of counts and outcomes that are told: the public nothing of single votes.

    Relevance asks what would be without one vote of some weight and group, and one of them is somebody's.
    """
    if items is None or not grant.public:
        return items
    return [one._replace(relevance=[]) for one in items]


def in_roll_call(procedure: ProcedureView, item: str) -> bool:
    """Whether a roll call tells single votes on this item; only then are totals by group told.

    A group may be one member, and of one mind: its totals are single votes.
    """
    return not withheld(procedure) and item not in procedure.referred


def choices_in_roll_call(procedure: ProcedureView, choices: Mapping[str, str]) -> dict[str, str] | None:
    """What of a vote a roll call tells: None while it is withheld.

    On an item that goes to a meeting, because a secret ballot was demanded, no single vote is told. It stands
    in the entries all the same, which are for those who audit.
    """
    if withheld(procedure):
        return None
    return {item: option for item, option in choices.items() if item not in procedure.referred}


def may_prepare_closing(procedure: ProcedureView, now: str, *, final: bool) -> None:
    """Returns if the tally, which a closing statement contains, may be told now.

    `final`: the procedure may be closed early for the reason that is named, and no vote can change any more,
    so that nobody can use what the tally tells. Raises `NotDue` before a deadline, or while it may still
    be extended afterwards, and `NotAllowed` where the chair ends the voting: such a closing is prepared with
    direct access to the store.
    """
    if final or not withheld(procedure):
        return
    closes_at = procedure.closes_at
    if closes_at is None:
        raise NotAllowed(sentences.WITHHELD_UNTIL_CLOSING)
    if now < closes_at:
        raise NotDue(sentences.WITHHELD_UNTIL_DEADLINE, deadline=closes_at)
    # To look, and then to extend, would be a way to have it otherwise.
    if procedure.due_at is not None and now < procedure.due_at:
        raise NotDue(sentences.WITHHELD_UNTIL_DUE, due=procedure.due_at)
