"""From the rows of a table, as a query gives them, to what is asked for (`projections.views`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ledger.errors import ProofError
from ledger.mapper import glance_entry
from ledger.proof.sentences import verification
from ledger.proof.statement import KIND_OF_TOPIC
from projections.shown import ItemTally, MemberView, ProcedureView, Tallied, VoteView
from projections.shown_register import HistoryRow, KeyView, SeatView

if TYPE_CHECKING:
    from ledger.storage.recorder import Row


def procedure_view(row: Sequence[Any]) -> ProcedureView:
    """A procedure from the columns of its table, in the order of `ProcedureView`."""
    found = ProcedureView._make(row)
    return found._replace(
        opening=json.loads(row[11]), attached=json.loads(row[12]), referred=json.loads(row[17])
    )


def item_tally(row: Sequence[Any]) -> ItemTally:
    """A tally from item, counts, result, derivation, valid and relevance."""
    item, counts, result, derivation, valid, relevance = row
    return ItemTally(
        item, json.loads(counts), result, json.loads(derivation), bool(valid), json.loads(relevance)
    )


@lru_cache(maxsize=128)
def tallied(rows: tuple[tuple[Any, ...], ...]) -> Tallied:
    """A tally and its procedure from such rows, of which the first one has the procedure's columns behind.

    Remembered by the rows themselves: whatever else may be the same, other rows are another answer.
    """
    return Tallied(procedure_view(rows[0][6:]), [item_tally(row[:6]) for row in rows])


def vote_view(row: Sequence[Any]) -> VoteView:
    """A vote from the columns after its procedure."""
    member, choices, weight, seq, at, leaf, counts, provenance = row
    return VoteView(member, json.loads(choices), weight, seq, at, leaf, bool(counts), provenance)


def member_view(row: Sequence[Any]) -> MemberView:
    """A member from seat, conduct and vote; of the latter two everything may be missing."""
    member, weight, group = row[:3]
    stands_for, replaced_by, received_at, deadline, excluded, consents, objected_at, demands, proxy = row[
        3:12
    ]
    vote = row[12:]
    return MemberView(
        member,
        weight,
        group,
        stands_for,
        replaced_by,
        received_at,
        deadline,
        json.loads(excluded or "[]"),
        json.loads(consents or "null"),
        objected_at,
        json.loads(demands or "[]"),
        proxy,
        None if vote[0] is None else vote_view((member, *vote)),
    )


def history_row(row: Row) -> HistoryRow:
    """An entry from the log. Raises `ProofError` where that is damaged so that it cannot be read."""
    reading = glance_entry(row.state)
    try:
        kind, actor = KIND_OF_TOPIC[row.topic], reading.payload["actor"]
    except (LookupError, TypeError) as error:
        what = verification.MAKES_NO_SENSE
        raise ProofError(what, seq=row.seq, error=repr(error)) from error
    place, stream, statement = reading.place, str(row.stream), row.statement.hex()
    return HistoryRow(row.seq, place.at, kind, actor, stream, row.pos, place.leaf, statement, reading.payload)


def key_view(row: Sequence[Any]) -> KeyView:
    """A key from the columns of its table, with the times of its entries."""
    return KeyView._make(row)._replace(roles=json.loads(row[2]))


def seat_view(row: Sequence[Any]) -> SeatView:
    """A seat, with the time of its entry."""
    return SeatView._make(row)._replace(substitutes=json.loads(row[3]))
