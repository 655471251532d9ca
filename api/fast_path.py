"""Votes, without Flask around them: the one call that a whole assembly makes in the same minute.

What Flask and Werkzeug do for a request costs more than everything else of it together, and a vote needs
nothing of that: no cookies, no query, no form. A request that looks as nearly all do is served here, by
the same function as in `api.v1.statements`. Every other one goes through Flask, and so does every error:
there is one place where the answer to it is made. A hook that all calls must pass belongs in a layer around
this one, as `api.access.layer` and `api.outer` are, and not into Flask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import ClientDisconnected

from api.access.layer import GRANT
from api.context import Context
from api.v1.statements import REFUSED, Recorded, record

_STATUS = {200: "200 OK", 201: "201 CREATED"}


class FastPath:
    """In front of the application `inner`."""

    def __init__(self, inner: WSGIApplication, contexts: Mapping[str, Context]) -> None:
        """`contexts`: of which ledger is what is posted to this address."""
        self._inner, self._contexts = inner, contexts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        context = self._contexts.get(environ["PATH_INFO"])
        if context is None or not _is_usual(environ, context.settings.max_envelope):
            return self._inner(environ, start_response)
        try:
            status, headers, body = _record(environ, context)
        except Exception as error:  # noqa: BLE001 (whatever it is, Flask has the answer)
            environ[REFUSED] = error
            return self._inner(environ, start_response)
        start_response(_STATUS[status], headers)
        return [body]


def _is_usual(environ: WSGIEnvironment, limit: int) -> bool:
    """Whether this is a statement whose length was announced, and is allowed."""
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE") == "application/json"
        and "HTTP_CONTENT_ENCODING" not in environ
        and length.isascii()
        and length.isdigit()
        and int(length) <= limit
    )


def _record(environ: WSGIEnvironment, context: Context) -> Recorded:
    length = int(environ["CONTENT_LENGTH"])
    body: bytes = environ["wsgi.input"].read(length)
    if len(body) != length:
        raise ClientDisconnected
    return record(context, body, environ["PATH_INFO"], environ[GRANT])
