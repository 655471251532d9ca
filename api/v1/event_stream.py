"""Server-sent events (WHATWG HTML §9.2): the change feed for browsers and for whoever keeps a connection.

Each stream holds a thread of the server. So there is a place for a few of them only, which they share with
the long polls, and each ends after a while: the client connects again and says where it was.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from flask import Response

from api.context import Context
from api.errors import Busy
from api.shown import present
from api.shown.tallies import require_reached
from projections.views import HistoryRow

STREAM = "text/event-stream"
PAGE = 200
"""Entries that are read at once."""

SLICE = 0.25
"""Seconds between two looks at whether the server is about to stop."""

RETRY = 1000
"""Milliseconds after which a client connects again."""


def stream(context: Context, after: int) -> Response:
    """The entries after number `after`; ends after a while.

    Raises `Busy` when there is no place for one more, `NotYet` beyond the head.
    """
    require_reached(context, after)
    if not context.polls.acquire():
        raise Busy
    response = Response(_events(context, after), content_type=f"{STREAM}; charset=utf-8")
    response.call_on_close(context.polls.release)  # also where nothing is read, or the client went away
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep the events back
    return response


def _events(context: Context, after: int) -> Iterator[bytes]:
    yield f"retry: {RETRY}\n\n".encode()
    ends = time.monotonic() + context.settings.stream_seconds
    quiet = time.monotonic()
    while time.monotonic() < ends and not context.settings.stopping.is_set():
        rows = context.service.views.history(after=after, limit=PAGE)
        for row, shown in zip(rows, present.history(context, rows), strict=True):
            yield _event(row, shown)
        if rows:
            after, quiet = rows[-1].seq, time.monotonic()
        elif time.monotonic() - quiet >= context.settings.keep_alive:
            yield b": still here\n\n"  # a comment: finds out whether anybody listens
            quiet = time.monotonic()
        elif context.service.store.recorder.wait(after, SLICE):
            time.sleep(0.02)  # it is in the log: the views follow in a moment


def _event(row: HistoryRow, shown: dict[str, object]) -> bytes:
    data = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return f"id: {row.seq}\nevent: {row.kind}\ndata: {data}\n\n".encode()
