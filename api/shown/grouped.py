"""Totals by group of a procedure, as far as they may be seen: where a roll call tells single votes."""

from __future__ import annotations

from typing import Any

from api.context import Context
from api.shown.looking import Look
from api.shown.taking_part import head
from api.shown.visibility import in_roll_call, withheld
from projections.views import ItemGroups

Shown = dict[str, Any]


def groups_seen(context: Context, seen: Look) -> list[ItemGroups]:
    """How the groups voted on the items on which that may be told, as of the look."""
    found = seen.past.groups() if seen.past else context.service.views.groups(seen.view.id)
    return [one for one in found if in_roll_call(seen.now, one.item)]


def groups(context: Context, seen: Look) -> Shown:
    """Every item with its groups; null where they are not told."""
    told = {one.item: [total._asdict() for total in one.groups] for one in groups_seen(context, seen)}
    items = [{"item": one["id"], "groups": told.get(one["id"])} for one in seen.view.opening["items"]]
    return {**head(seen), "withheld": withheld(seen.now), "items": items}
