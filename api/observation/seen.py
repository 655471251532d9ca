"""The outermost layer: notes what was asked and answered, and lets somebody else make sense of it.

All that a request pays for here is two looks at the clock and one tuple: counting and writing is done in
another thread, for many requests at once (`api.observation.observer`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from api.outer import REQUEST_ID

CODE = "stimmbuch.code"
"""Under this name the code of a problem stands in the WSGI environment."""

MOST = 100_000
"""Requests that are remembered until they are counted: beyond that the oldest are forgotten."""


class Seen(NamedTuple):
    """A request and its answer. `path` may hold ids, and is for finding route and ledger only."""

    method: str
    path: str
    status: int
    seconds: float
    """Until the answer began."""
    request_id: str
    code: str | None


class Watcher:
    """In front of the application `inner`."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner
        self.seen: deque[Seen] = deque(maxlen=MOST)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        begun = time.perf_counter()

        def note(status: str) -> None:
            self.seen.append(
                Seen(
                    environ["REQUEST_METHOD"],
                    environ["PATH_INFO"],
                    int(status[:3]),
                    time.perf_counter() - begun,
                    environ.get(REQUEST_ID, ""),
                    environ.get(CODE),
                )
            )

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            note(status)  # now, and not at the end: an answer may begin when this call is over
            return start_response(status, headers, *exc_info)

        try:
            return self._inner(environ, start)
        except BaseException:
            note("500")
            raise
