"""The change feed: everything that happens, in the order of the log."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from api import present
from api.answers import FeedSchema
from api.context import Context, current
from api.routes import Noun
from api.schemas import EventsQuery
from projections.views import HistoryRow

calls = Noun("events", "The change feed.")

SLICE = 0.25
"""Seconds between two looks at whether the server is about to stop."""


@calls.get("/events", FeedSchema(), query=EventsQuery(), errors=(404, 422, 503))
def list_events(query: Mapping[str, Any]) -> Mapping[str, Any]:
    """Entries after a number; with `wait`, as soon as there is one.

    Go on with `pagination.next`: positions never change, so nothing is missed or seen twice. An empty
    answer may come early: only so many callers can wait at a time.
    """
    context = current()
    after = query.get("after", -1)
    rows = _rows(context, after, query["limit"], query["wait"])
    return {
        "data": present.history(context, rows),
        "pagination": {"next": rows[-1].seq if rows else after},
        "position": context.service.views.position(),
    }


def _rows(context: Context, after: int, limit: int, wait: int) -> list[HistoryRow]:
    rows = context.service.views.history(after=after, limit=limit)
    if rows or not wait or not context.polls.acquire(blocking=False):
        return rows
    try:
        give_up = time.monotonic() + wait
        while not rows and not context.settings.stopping.is_set():
            if (left := give_up - time.monotonic()) <= 0:
                break
            _pause(context, after, min(left, SLICE))
            rows = context.service.views.history(after=after, limit=limit)
        return rows
    finally:
        context.polls.release()


def _pause(context: Context, after: int, seconds: float) -> None:
    """Until there is something new, at most for so long."""
    if context.service.store.recorder.wait(after, seconds):
        time.sleep(0.02)  # it is in the log: the views follow in a moment
