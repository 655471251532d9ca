"""What the page of one procedure shows."""

from __future__ import annotations

from typing import Any

from api import present
from api.context import Context
from api.pages.results import Result, published, results
from api.pages.words import happened, majority
from api.tallies import matching
from projections.views import ProcedureView

ENTRIES = 250
"""Entries of the timeline on one page."""

VOTES = 1000
"""Members in the list of those who voted."""


def whole_procedure(context: Context, view: ProcedureView, after: int, root: str) -> dict[str, Any]:
    """Everything about a procedure; `after` pages through its timeline."""
    view, counted = matching(context, view)
    shown = present.detail(context, view)
    items = results(shown, counted.items)
    rows = context.service.views.history(view.id, after=after, limit=ENTRIES + 1)
    labels = {item.item: item.labels for item in items}
    timeline = [
        {**entry, "happened": happened(entry, labels)} for entry in present.history(context, rows[:ENTRIES])
    ]
    return {
        "procedure": shown,
        "results": items,
        "published": published(shown["source"], items),
        "majority": majority(shown["profile"]),
        "timeline": timeline,
        "next": timeline[-1]["seq"] if len(rows) > ENTRIES else None,
        "votes": _votes(context, view, items),
        "now": context.service.ledger.clock(),
        "root": root,
    }


def _votes(context: Context, view: ProcedureView, items: list[Result]) -> list[dict[str, Any]]:
    votes = context.service.views.votes(view.id, limit=VOTES)
    names = context.directory.people(vote.member for vote in votes)
    shown = present.votes(view, votes)
    labels = {item.item: item.labels for item in items}
    return [{**vote, "name": names.get(vote["member"]), "choice": _choice(vote, labels)} for vote in shown]


def _choice(vote: dict[str, Any], labels: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """Item and option of a vote, in words; empty where they are withheld."""
    chosen = vote["choices"] or {}
    return [(item, labels.get(item, {}).get(option) or option) for item, option in chosen.items()]
