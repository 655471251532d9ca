"""Which pages of other origins may call the service from a browser (CORS, the Fetch standard).

None, unless they are named: a council's portal is another origin, and what it may do is said by signatures
and tokens. Never with cookies, never `*`; but for OParl, which demands that everybody may read
(OParl 1.1, "Cross-Origin Resource Sharing").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ALLOWED = (
    ("Access-Control-Allow-Methods", "GET, POST, PUT"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-Request-ID"),
    ("Access-Control-Max-Age", "600"),
)
EXPOSED = "ETag, Idempotent-Replayed, Location, Retry-After, X-Request-ID"

_OPARL = re.compile(r"/v1/ledgers/[^/]+/oparl(/.*)?")


class CrossOrigin:
    """Around the application: answers the browser's question before a call, and marks the answers."""

    def __init__(self, inner: WSGIApplication, origins: Iterable[str]) -> None:
        """`origins` as browsers send them (`is_origin`)."""
        self._inner, self._origins = inner, frozenset(origins)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        path, origin = environ["PATH_INFO"], environ.get("HTTP_ORIGIN")
        if not path.startswith("/v1/"):
            return self._inner(environ, start_response)
        headers = [("Vary", "Origin")] if self._origins else []
        if origin in self._origins:
            headers += [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", EXPOSED)]
            if environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
                start_response("204 No Content", [*headers, *ALLOWED])
                return []
        if _OPARL.fullmatch(path):
            headers = [("Access-Control-Allow-Origin", "*")]
        return self._inner(environ, _adding(start_response, headers) if headers else start_response)


def is_origin(text: str) -> bool:
    """Whether this is an origin as browsers write it: scheme, host, and a port that is not the usual one."""
    try:
        found = urlsplit(text)
        plain = f"{found.scheme}://{found.netloc}" == text.lower() == text and " " not in text
        good = plain and bool(found.hostname) and found.scheme in {"http", "https"} and found.port != 0
    except ValueError:
        return False
    return good and found.username is None


def _adding(start_response: StartResponse, added: list[tuple[str, str]]) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
        return start_response(status, headers + added, *exc_info)

    return start
