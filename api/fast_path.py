"""Votes and tallies, without Flask around them: what a whole assembly sends and asks for in one minute.

What Flask and Werkzeug do for a request costs more than everything else of it together, and these calls need
nothing of that: no cookies, no query, no form. A request that looks as nearly all do is served here, by
the same functions as in `api.v1`. Every other one goes through Flask, and so does every error: there is one
place where the answer to it is made. A hook that all calls must pass belongs in a layer around
this one, as `api.access.layer` and `api.outer` are, and not into Flask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import ClientDisconnected

from api.access.layer import CALL, GRANT
from api.answered import LATER, Answered, Later
from api.context import Context
from api.shown.polled import tally_now
from api.turns import Turns
from api.v1.statements import REFUSED, record, record_then

Finish = Callable[[Answered | Exception | None], Iterable[bytes]]
"""Begins the answer, and returns its body."""

_turns = Turns()

PUT_OFF = Answered(0, [], b"")
"""In place of an answer that is given later."""

_STATUS = {200: "200 OK", 201: "201 CREATED", 304: "304 NOT MODIFIED"}


class FastPath:
    """In front of the application `inner`, and behind `api.access.layer`."""

    def __init__(self, inner: WSGIApplication, contexts: Mapping[str, Context]) -> None:
        """`contexts`: the open ledgers, by name."""
        self._inner, self._contexts = inner, contexts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        call = environ[CALL]
        serve = _SHORT.get(call.name)
        context = serve and self._contexts.get(call.address["ledger"])
        if serve is None or context is None:
            _turns.goes_away()
            return self._inner(environ, start_response)
        finish = partial(self._finish, environ, start_response)
        answered: Answered | Exception | None
        try:
            answered = serve(context, environ, finish)
        except Exception as error:  # noqa: BLE001 (whatever it is, Flask has the answer)
            answered = error
        if answered is PUT_OFF:
            return []
        if not isinstance(answered, Answered):
            _turns.goes_away()
        return finish(answered)

    def _finish(
        self, environ: WSGIEnvironment, start_response: StartResponse, answered: Answered | Exception | None
    ) -> Iterable[bytes]:
        if isinstance(answered, Answered):
            start_response(_STATUS[answered.status], answered.headers)
            return [answered.body]
        if answered is not None:
            environ[REFUSED] = answered
        return self._inner(environ, start_response)


def _record(context: Context, environ: WSGIEnvironment, finish: Finish) -> Answered | None:
    """For a statement whose length was announced, and is allowed.

    Where the server can answer later, no thread waits until it is recorded and published.
    """
    announced = environ.get("CONTENT_LENGTH") or ""
    if (
        environ.get("CONTENT_TYPE") != "application/json"
        or "HTTP_CONTENT_ENCODING" in environ
        or not (announced.isascii() and announced.isdigit())
        or (length := int(announced)) > context.settings.max_envelope
    ):
        return None
    body: bytes = environ["wsgi.input"].read(length)
    if len(body) != length:
        raise ClientDisconnected
    later: Later | None = environ.get(LATER)
    if later is None:
        return record(context, body, environ)
    later.put_off()  # before: the answer may be there sooner than we are back
    _turns.do(partial(_check, context, body, environ, finish, later))
    return PUT_OFF


def _check(context: Context, body: bytes, environ: WSGIEnvironment, finish: Finish, later: Later) -> None:
    """Checks a statement and passes it on; it is all computing, unless a key is not known yet."""
    try:
        record_then(context, body, environ, lambda answered: later.answer(finish(answered)))
    except Exception as error:  # noqa: BLE001 (whatever it is, Flask has the answer)
        later.answer(finish(error))


def _tally(context: Context, environ: WSGIEnvironment, _finish: Finish) -> Answered | None:
    """For the tally of now, of which nothing else is asked."""
    if environ.get("QUERY_STRING") or environ["REQUEST_METHOD"] != "GET":
        return None
    procedure = environ[CALL].address["procedure"]
    return tally_now(context, procedure, environ[GRANT], environ.get("HTTP_IF_NONE_MATCH"))


_SHORT: Mapping[str, Callable[[Context, WSGIEnvironment, Finish], Answered | None]] = {
    "submit_statement": _record,
    "get_tally": _tally,
}
"""Name of a call → how it is served here; None: not like nearly all of them."""
