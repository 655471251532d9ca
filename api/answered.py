"""An answer that is ready, and one that is not: what waits for a checkpoint should not hold a thread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

LATER = "stimmbuch.later"
"""Under this name stands in the WSGI environment how to answer later, where the server can (`Later`)."""


class Answered(NamedTuple):
    """Status, headers, and the bytes of the body: the same for the fast path and for a call through Flask."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Later(Protocol):
    """The answer to one request that the application may give when it has returned already.

    PEP 3333 knows nothing of that: the server waits for the end of the application, in a thread.
    """

    def put_off(self) -> None:
        """What the application returns is no answer."""

    def answer(self, body: Iterable[bytes]) -> None:
        """Answers, with what `start_response` was called with. May be called by any thread, once."""
