"""Answers that a worker of granian gives when the application has returned: who waits holds no thread.

A vote waits for its transaction and its checkpoint, and with witnesses for strangers. With a thread for
each, a worker could do nothing else as soon as so many wait as it has threads; and threads that wake up
together cost more than what they have to say.

PEP 3333 has no word for it. granian gives its WSGI runner an object with each request that takes the answer,
from any thread and at any time; as long as it is owed the connection stays open, also when the server is told
to stop. That object is not of granian's public interface: nothing but this file knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from granian.server import mp

from api.answered import LATER

_WRAP = "_wsgi_call_wrap"
"""How granian makes its runner of an application: a function of `mp`."""

Headers = list[tuple[str, str]]
Runner = Callable[[Any, dict[str, Any]], object]


class Answering:
    """Takes the answer to one request in granian's place, and passes it on unless it was put off.

    An `api.answered.Later` for the application, and what granian calls its protocol for its runner.
    """

    __slots__ = ("_begun", "_protocol", "_put_off")

    def __init__(self, protocol: Any) -> None:
        self._protocol, self._put_off = protocol, False
        self._begun: tuple[int, Headers] = 500, []

    def put_off(self) -> None:
        """See `Later`."""
        self._put_off = True

    def take_back(self) -> None:
        """See `Later`."""
        self._put_off = False

    def answer(self, body: Iterable[bytes]) -> None:
        """See `Later`."""
        try:
            self._protocol.response_bytes(*self._begun, b"".join(body))
        finally:
            if close := getattr(body, "close", None):  # Werkzeug's have one
                close()

    def begin(self, status: str, headers: Headers) -> None:
        """What `start_response` was called with."""
        self._begun = int(status[:3]), headers

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """For granian's runner: the application has returned a list."""
        if not self._put_off:
            self._protocol.response_bytes(status, headers, body)

    def response_iter(self, status: int, headers: Headers, body: object) -> None:
        """For granian's runner: the application has returned something else, which is no answer put off."""
        self._protocol.response_iter(status, headers, body)


def let_answer_later(application: WSGIApplication) -> WSGIApplication:
    """To be called once in a worker, before granian makes its runner of the application."""
    wrap: Callable[..., Runner] = getattr(mp, _WRAP)

    def wrap_answering(*arguments: Any) -> Runner:
        run = wrap(*arguments)

        def run_answering(protocol: Any, scope: dict[str, Any]) -> object:
            answering = scope[LATER] = Answering(protocol)  # the scope becomes the environment
            return run(answering, scope)

        return run_answering

    setattr(mp, _WRAP, wrap_answering)
    return _listening(application)


def _listening(application: WSGIApplication) -> WSGIApplication:
    """Tells who answers later what the answer began with."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begin = environ[LATER].begin

        def start(status: str, headers: Headers, *exc_info: Any) -> Any:
            begin(status, headers)
            return start_response(status, headers, *exc_info)

        return application(environ, start)

    return serve
