"""Answers that a worker of granian gives when the application has returned: who waits holds no thread.

A vote waits for its transaction and its checkpoint, and with witnesses for strangers. With a thread for
each, a worker could do nothing else as soon as so many wait as it has threads; and threads that wake up
together cost more than what they have to say.

PEP 3333 has no word for it. granian calls its WSGI runner with an object for each request that takes the
answer, from any thread and at any time; as long as it is owed the connection stays open, also when the
server is told to stop. Neither that object nor the runner is of granian's public interface: nothing but this
file knows them. granian throws away what was not read of a request's body when its runner has returned.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from wsgiref.types import WSGIApplication

from granian.server import mp

from api.answered import LATER

_WRAP = "_wsgi_call_wrap"
"""How granian makes its runner of an application: a function of `mp`."""

# granian's own adds the environment of the process, in which secrets may stand, to that of each request.
_BASE: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Granian",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,  # Werkzeug's: a body without a length has an end
}
"""What PEP 3333 wants beside what granian tells of a request."""

Headers = list[tuple[str, str]]


class Answering:
    """The answer to one request: a `StartResponse` and an `api.answered.Later` for the application."""

    __slots__ = ("_headers", "_protocol", "_put_off", "_status")

    def __init__(self, protocol: Any) -> None:
        """`protocol` is what granian calls its object that takes the answer."""
        self._protocol, self._put_off = protocol, False
        self._status, self._headers = 500, list[tuple[str, str]]()

    def __call__(self, status: str, headers: Headers, _exc_info: object = None) -> Callable[[bytes], object]:
        """Begins the answer, or begins another one instead."""
        self._status, self._headers = int(status[:3]), headers
        return self._write

    def put_off(self) -> None:
        """See `Later`."""
        self._put_off = True

    def answer(self, body: Iterable[bytes]) -> None:
        """See `Later`. All at once: whose thread this is must not wait for a slow reader."""
        try:
            self._protocol.response_bytes(self._status, self._headers, b"".join(body))
        finally:
            _close(body)

    def returned(self, body: Iterable[bytes]) -> None:
        """What the application has returned: the answer, unless that was put off."""
        if self._put_off:
            return
        if isinstance(body, list):
            self.answer(body)
        else:
            self._protocol.response_iter(self._status, self._headers, _Parts(body))

    def _write(self, _data: bytes) -> object:
        raise NotImplementedError("nothing here writes in the way of before PEP 333")


class _Parts:
    """A body that comes in parts, with what granian calls: the next part, and the end."""

    def __init__(self, body: Iterable[bytes]) -> None:
        self._body, self._parts = body, iter(body)

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        """To be called once, also after a failure."""
        _close(self._body)


def _close(body: Iterable[bytes]) -> None:
    if close := getattr(body, "close", None):  # Werkzeug's have one
        close()


def let_answer_later(application: WSGIApplication) -> WSGIApplication:
    """To be called once in a worker, before granian makes its runner of the application."""
    setattr(mp, _WRAP, lambda *_arguments: partial(_run, application))
    return application


def _run(application: WSGIApplication, protocol: Any, scope: dict[str, Any]) -> None:
    answering = Answering(protocol)
    environ = _BASE | scope
    environ["wsgi.errors"], environ[LATER] = sys.stderr, answering
    answering.returned(application(environ, answering))
