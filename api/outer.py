"""The layer around the application: what every answer carries.

Not done by Flask's hooks, because plain tuples cost a fraction of what Werkzeug's headers cost, and
these are added to the answer of every vote.
"""

from __future__ import annotations

import itertools
import os
import re
import secrets
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import request

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""Unless the view says otherwise. `no-cache`: may be kept, but is asked for again before it is used."""

_DEFAULTS = [(name.lower(), (name, value)) for name, value in HEADERS.items()]
REQUEST_ID = "stimmbuch.request_id"
"""Under this name the id stands in the WSGI environment."""

_ACCEPTED = re.compile(r"[!-~]{1,64}")

# A number behind a random name of the process: to ask for randomness in every request would mean to hand
# the interpreter over to another thread each time.
_numbers: dict[int, tuple[str, itertools.count[int]]] = {}


class Outer:
    """Gives each request its id: the caller's `X-Request-ID` if it is short and printable, or one of ours."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        given = environ.get("HTTP_X_REQUEST_ID", "")
        identity = environ[REQUEST_ID] = given if given and _ACCEPTED.fullmatch(given) else _own_id()

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            there = {name.lower() for name, _ in headers}
            headers += [header for name, header in _DEFAULTS if name not in there]
            headers.append(("X-Request-ID", identity))
            return start_response(status, headers, *exc_info)

        return self._inner(environ, start)


def request_id() -> str:
    """The id of the request that is being served: for its answer and for the log."""
    identity: str = request.environ[REQUEST_ID]
    return identity


def _own_id() -> str:
    process = os.getpid()
    if process not in _numbers:  # also after a fork
        _numbers[process] = (secrets.token_hex(6), itertools.count(1))
    name, numbers = _numbers[process]
    return f"{name}-{next(numbers)}"
