"""What an auditor looks at first: entries by kind, and the published head of the log with its signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.context import Context
from api.schemas.requests import TOPICS
from api.shown import present
from api.shown.checkpoints import newest
from api.shown.looking import cut
from api.shown.tallies import require_reached
from ledger.proof.statement import KINDS

Shown = dict[str, Any]


def audit(context: Context, at: int) -> Shown:
    """How many entries of each kind there are up to entry `at`, and the newest checkpoint."""
    found = context.service.views.kinds(at)
    return {"at": at, "entries": [one._asdict() for one in found], "checkpoint": newest(context)}


def entries(context: Context, kinds: Sequence[str], at: int, *, after: int, limit: int) -> Shown:
    """Entries of these kinds up to entry `at`, in the order of the log. Raises `NotYet`."""
    require_reached(context, after)
    found = context.service.views.of_kinds(kinds, after=after, limit=limit + 1, until=at)
    page, onward = cut(found, limit, "seq")
    return {"data": present.history(context, page), **onward}


def kinds_asked(query: Mapping[str, Any]) -> list[str]:
    """The kinds that `topic` and `kind` name; both together mean what is in both, neither means all."""
    wanted = set(TOPICS[query["topic"]]) if "topic" in query else set(KINDS)
    return sorted(wanted & {query["kind"]} if "kind" in query else wanted)
