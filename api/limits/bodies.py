"""How many threads may wait for bodies that are on their way, and how many of them for one caller.

A thread that reads a body waits for as long as its sender likes: the server has a time limit for heads only.
Without bounds one caller who announces bodies and does not send them would hold every thread, and nobody
would even be told that the service is busy. A body that is there already takes its place for a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Protocol
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from api.access.layer import GRANT
from api.errors import Receiving

GRACE = 0.25
"""Seconds for which a read waits for a place before it is refused: others need theirs for a moment only."""

SENDING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Reader(Protocol):
    """A request's body as it comes in."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; all of it without."""


class Bodies:
    """In front of the application `inner`, and behind whatever asks who calls. Safe for many threads."""

    def __init__(self, inner: WSGIApplication, places: int) -> None:
        """`places`: threads that may wait at a time; two thirds of them for one caller."""
        self._inner, self._places, self._most = inner, places, max(1, places * 2 // 3)
        self._lock = threading.Lock()
        self._left = threading.Condition(self._lock)
        self._waiting = 0  # for a place: nearly always nobody
        self._held: dict[str, int] = {}
        self._total = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        if environ["REQUEST_METHOD"] in SENDING:
            environ["wsgi.input"] = _Body(self, environ[GRANT].name, environ["wsgi.input"])
        return self._inner(environ, start_response)

    def enter(self, caller: str) -> None:
        """Takes a place. Raises `Receiving` if there is none for this caller."""
        with self._lock:
            if not self._may_enter(caller):
                self._wait(caller)
            self._held[caller] = self._held.get(caller, 0) + 1
            self._total += 1

    def leave(self, caller: str) -> None:
        """Gives it back."""
        with self._lock:
            self._total -= 1
            if left := self._held.pop(caller) - 1:
                self._held[caller] = left
            if self._waiting:
                self._left.notify_all()

    def _wait(self, caller: str) -> None:
        self._waiting += 1
        try:
            if not self._left.wait_for(lambda: self._may_enter(caller), GRACE):
                raise Receiving
        finally:
            self._waiting -= 1

    def _may_enter(self, caller: str) -> bool:
        return self._total < self._places and self._held.get(caller, 0) < self._most


class _Body:
    """The body of one request. It has what is used of a file, by us and by Werkzeug."""

    __slots__ = ("_bodies", "_caller", "_inner")

    def __init__(self, bodies: Bodies, caller: str, inner: Reader) -> None:
        self._bodies, self._caller, self._inner = bodies, caller, inner

    def read(self, size: int = -1) -> bytes:
        """See `Reader`. Raises `Receiving`."""
        self._bodies.enter(self._caller)
        try:
            return self._inner.read(size)
        finally:
            self._bodies.leave(self._caller)
