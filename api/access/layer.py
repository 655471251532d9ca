"""The layer around the application that asks who calls, before anything else of a request is looked at.

It lies outside of the fast path (`api.fast_path`), which no hook of Flask sees, and inside of `api.outer`,
which gives its answers their id and headers. For a vote it costs a digest and a few look-ups, and a hundred
times a second a look at two inodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from api.access.calls import Call, Calls
from api.access.front import admit_to_front
from api.access.gate import Gate
from api.access.roles import Grant
from ledger.errors import StimmbuchError

GRANT = "stimmbuch.grant"
"""Under this name stands in the WSGI environment what the caller is granted."""

CALL = "stimmbuch.call"
"""Under this name, which call it is (`Call`)."""


class Doors(Protocol):
    """The ledgers of a service; they may be opened later."""

    gates: dict[str, Gate]
    """Name of an open ledger in addresses → its gate."""

    def find(self, name: str) -> object:
        """Returns if it is open. Raises what is told of one that is not."""


Answer = Callable[[WSGIEnvironment, StimmbuchError], WSGIApplication]


class Layer:
    """In front of the application `inner`."""

    def __init__(self, inner: WSGIApplication, calls: Calls, doors: Doors, answer: Answer) -> None:
        """`answer` makes the answer to an error, as for every other call."""
        self._inner, self._calls, self._doors, self._answer = inner, calls, doors, answer

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        try:
            call = environ[CALL] = self._calls.find(environ)
            environ[GRANT] = self._admit(environ, call)
        except StimmbuchError as error:
            return self._answer(environ, error)(environ, start_response)
        return self._inner(environ, start_response)

    def _admit(self, environ: WSGIEnvironment, call: Call) -> Grant:
        gates = self._doors.gates
        name = str(call.address.get("ledger", ""))
        if (gate := gates.get(name)) is not None:
            return gate.admit(environ, call.who, call.address)
        granted = admit_to_front(list(gates.values()), environ, call.who, call.address)
        if not name:
            return granted
        # What others grant says only who is told that it is not open; it may have been opened just now.
        self._doors.find(name)
        return gates[name].admit(environ, call.who, call.address)
