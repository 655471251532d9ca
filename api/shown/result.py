"""The result of a procedure: what the tally says, and what became of it, from the closing on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.access.caller import caller
from api.context import Context
from api.shown import present
from api.shown.looking import Look
from api.shown.tallies import Tally, interim, matching
from api.shown.texts import texts
from api.shown.visibility import part_for, steps_for, withheld
from projections.views import HistoryRow, ProcedureView

Shown = dict[str, Any]

KINDS = (
    *("procedure-closed", "result-determined", "result-announced", "result-published", "result-ratified"),
    *("result-suspended", "result-objected", "result-expired", "condition-met", "result-corrected"),
    "result-annulled",
)
_TEXTS = ("ground", "where", "evidence")
"""Members of these statements that are digests of texts; each has one of them at most."""


def result(context: Context, seen: Look) -> Shown:
    """Of the look at a procedure; counts and outcomes are null while they are withheld."""
    view, counted = counted_in(context, seen)
    found = context.service.views.acts(view.id, KINDS, until=seen.at)
    rows = steps_for(context, view.id, found, caller())
    told = present.tally(view, counted)
    return {
        **told,
        "at": seen.at,
        "determined": view.determined_seq is not None,
        "legal_basis": view.opening["profile"]["legal_basis"],
        "items": _items(context, view, told["items"]),
        "steps": _steps(context, rows),
    }


def counted_in(context: Context, seen: Look) -> tuple[ProcedureView, Tally]:
    """The procedure, as far as this caller sees it, and its tally as of the look: both of the same entry."""
    if seen.past is None:
        view, counted = matching(context, seen.view)
        return part_for(view, caller()), counted
    items = None if withheld(seen.now) else interim(seen.past, seen.now, caller())
    return seen.view, Tally(seen.at, seen.view.state, seen.view.voted, items)


def _items(context: Context, view: ProcedureView, told: Sequence[Shown]) -> list[Shown]:
    found = present.wordings(context, view)
    return [
        {
            **one,
            "wording": found.get(item["wording"] or ""),
            "condition": found.get(item.get("condition", "")),
            "condition_met": item["id"] in view.conditions_met if "condition" in item else None,
            "expired": item["id"] in view.expired,
        }
        for one, item in zip(told, view.opening["items"], strict=True)
    ]


def _steps(context: Context, rows: Sequence[HistoryRow]) -> list[Shown]:
    digests = [next((row.payload[name] for name in _TEXTS if name in row.payload), None) for row in rows]
    erased = context.directory.erased(digests)
    found = texts(context.service.ledger, (one for one in digests if one not in erased))
    shown = present.history(context, rows)
    return [{**one, "text": found.get(digest or "")} for one, digest in zip(shown, digests, strict=True)]
