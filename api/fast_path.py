"""Votes, without Flask around them: the one call that a whole assembly makes in the same minute.

What Flask and Werkzeug do for a request costs more than everything else of it together, and a vote needs
nothing of that: no cookies, no query, no form. A request that looks as nearly all do is served here, by
the same function as in `api.v1.statements`. Every other one goes through Flask, and so does every error:
there is one place where the answer to it is made. A hook that all calls must pass belongs in a layer around
this one, as `api.access.layer` and `api.outer` are, and not into Flask.
"""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import ClientDisconnected

from api.access.layer import GRANT
from api.context import Context
from api.v1.statements import REFUSED, Recorded, record

_STATUS = {200: "200 OK", 201: "201 CREATED"}


class FastPath:
    """In front of the application `inner`."""

    def __init__(self, inner: WSGIApplication, context: Context) -> None:
        self._inner, self._context = inner, context
        self._path = f"/v1/ledgers/{context.service.name}/statements"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        if not self._is_usual(environ):
            return self._inner(environ, start_response)
        try:
            status, headers, body = self._record(environ)
        except Exception as error:  # noqa: BLE001 (whatever it is, Flask has the answer)
            environ[REFUSED] = error
            return self._inner(environ, start_response)
        start_response(_STATUS[status], headers)
        return [body]

    def _is_usual(self, environ: WSGIEnvironment) -> bool:
        """Whether this is a statement whose length was announced, and is allowed."""
        length = environ.get("CONTENT_LENGTH") or ""
        return (
            environ["PATH_INFO"] == self._path
            and environ["REQUEST_METHOD"] == "POST"
            and environ.get("CONTENT_TYPE") == "application/json"
            and "HTTP_CONTENT_ENCODING" not in environ
            and length.isascii()
            and length.isdigit()
            and int(length) <= self._context.settings.max_envelope
        )

    def _record(self, environ: WSGIEnvironment) -> Recorded:
        length = int(environ["CONTENT_LENGTH"])
        body: bytes = environ["wsgi.input"].read(length)
        if len(body) != length:
            raise ClientDisconnected
        return record(self._context, body, self._path, environ[GRANT])
