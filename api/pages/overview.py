"""What the first page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.access.caller import caller
from api.context import Context
from api.errors import Unprocessable
from api.pages.moments import time_zone
from api.pages.page import may
from api.pages.results import published, results
from api.pages.speech import Speech
from api.schemas.values import STATES
from api.shown import present
from api.shown.looking import procedures_seen
from api.shown.tallies import matching
from api.shown.visibility import part_for
from ledger.proof.shapes import ID
from projections.views import ProcedureView, Wanted

PAGE = 60
"""Procedures on one page: each of them costs a query for its tally."""

MOST_OPEN = 200
"""Open procedures at the top of the first page."""


def first_page(context: Context, after: int, root: str, wanted: Wanted) -> dict[str, Any]:
    """Open procedures first, then the others in the order of opening, a page at a time."""
    views = context.service.views
    found = procedures_seen(context, wanted, after=after, limit=PAGE + 1)
    page, more = found[:PAGE], len(found) > PAGE
    last = page[-1].opened_seq if page else None
    live = [view for view in page if "replay" not in view.opening]
    if after < 0 and wanted.state in {None, "opened"}:
        known = {view.id for view in live}
        opened = wanted._replace(state="opened")
        still_open = procedures_seen(context, opened, after=-1, limit=MOST_OPEN)
        live += [view for view in still_open if "replay" not in view.opening and view.id not in known]
    live.sort(key=lambda view: (view.state != "opened", view.opened_seq))
    return {
        "say": Speech(time_zone(context)),
        "live": _cards(context, live),
        "replayed": _cards(context, [view for view in page if "replay" in view.opening]),
        "next": last if more else None,
        "first": after < 0,
        "entries": context.service.ledger.head() + 1,
        "position": views.position(),
        "verification": context.service.last_verification(),
        "root": root,
        "wanted": wanted,
        "states": STATES,
        "bodies": _bodies(context),
    }


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """The state and the body that an address names. Raises `Unprocessable` for what can be neither.

    Left empty, as a form sends it, each means all of them.
    """
    state, body = asked.get("state") or None, asked.get("body") or None
    if state not in {None, *STATES}:
        raise Unprocessable({"state": [f"Must be one of: {', '.join(STATES)}."]}, "query")
    if body and not ID.fullmatch(body):
        raise Unprocessable({"body": ["String does not match expected pattern."]}, "query")
    return Wanted(state=state, body=body)


def _bodies(context: Context) -> dict[str, str]:
    """Id → name of the bodies to choose from; none for those who may not read the register."""
    if not may("show_register"):
        return {}
    ids = [one.body for one in context.service.views.bodies(context.service.views.position())]
    names = context.directory.bodies(ids)
    return dict(sorted(((one, names.get(one, one)) for one in ids), key=lambda pair: pair[1]))


def _cards(context: Context, views: Sequence[ProcedureView]) -> list[dict[str, Any]]:
    return [_card(context, view) for view in views]


def _card(context: Context, view: ProcedureView) -> dict[str, Any]:
    view, counted = matching(context, view)
    view = part_for(view, caller())
    shown = present.detail(context, view)
    items = results(shown, counted.items)
    return {
        "say": Speech(shown["time_zone"]),
        "procedure": shown,
        "results": items,
        "published": published(shown["source"], items),
    }
