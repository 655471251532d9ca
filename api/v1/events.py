"""The change feed: everything that happens, in the order of the log."""

from __future__ import annotations

import time
from typing import Any

from flask import Response, request

from api.context import Context, current
from api.digests import require_number
from api.routes import Noun
from api.schemas.answers import FeedSchema
from api.schemas.requests import EventsQuery
from api.shown import present
from api.shown.looking import Query, going_on
from api.shown.tallies import require_reached
from api.v1.event_stream import STREAM, stream
from projections.views import HistoryRow

calls = Noun("events", "The change feed.")

SLICE = 0.25
"""Seconds between two looks at whether the server is about to stop."""

LAST_EVENT = {
    "name": "Last-Event-ID",
    "in": "header",
    "schema": {"type": "string", "pattern": "^(0|[1-9][0-9]{0,14})$"},
    "description": "The last event that a stream delivered: it goes on after it, whatever `after` says.",
}
STREAMED = {STREAM: {"schema": {"type": "string"}}}


@calls.get(
    "/events",
    FeedSchema(),
    query=EventsQuery(),
    errors=(400, 404, 422, 503),
    parameters=[LAST_EVENT],
    responses={200: {"content": STREAMED}},
)
def list_events(query: Query) -> Response | dict[str, Any]:
    """Entries after a number; with `wait`, as soon as there is one; as a stream of events where accepted.

    Go on with `pagination.next`: positions never change, so nothing is missed or seen twice. An empty
    answer may come early: only so many callers can wait at a time. With `Accept: text/event-stream` the
    entries come as server-sent events; a stream ends after a minute, and browsers go on by themselves.
    """
    context = current()
    context.wait_for(query.get("wait_for"))
    last = require_number(request.headers["Last-Event-ID"]) if "Last-Event-ID" in request.headers else None
    after = query.get("after", -1)
    if request.accept_mimetypes.best_match(["application/json", STREAM]) == STREAM:
        return stream(context, after if last is None else last)
    require_reached(context, after)
    rows = _rows(context, after, query["limit"], query["wait"])
    following = rows[-1].seq if rows else after
    return {
        "data": present.history(context, rows),
        **going_on(following),
        "position": context.service.views.position(),
    }


def _rows(context: Context, after: int, limit: int, wait: int) -> list[HistoryRow]:
    rows = context.service.views.history(after=after, limit=limit)
    if rows or not wait or not context.polls.acquire():
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
