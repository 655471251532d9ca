"""The ledgers of one service: each with a store and a context of its own, found by its name alone.

Nothing of one ledger is reachable under the name of another: a request is given the context of the ledger
that its address names, and everything it reads or writes hangs on that context.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from api.access.gate import Gate
from api.context import Context, Room, Settings
from api.service import sentences
from api.service.place import Place
from api.wiring import Service
from ledger.errors import LedgersCollide, StimmbuchError, StoreUnavailable, UnknownLedger


class Missing(NamedTuple):
    """A ledger that is not open."""

    place: Place
    why: StimmbuchError


class Ledgers:
    """What a process has opened, and what it could not open. Safe for many threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.room = Room(settings)
        self._change = threading.Lock()
        self.contexts: dict[str, Context] = {}
        """The open ones, by name."""
        self.gates: dict[str, Gate] = {}
        """Name of an open ledger → who may do what in it."""
        self.missing: dict[int, Missing] = {}
        """Number of the place → what could not be opened there."""

    def add(self, service: Service, expected: str = "") -> Context:
        """Takes an opened ledger in. Raises `LedgersCollide`; closing the service is left to the caller."""
        with self._change:
            if expected and expected != service.name:
                raise LedgersCollide(sentences.OTHER_LEDGER, expected=expected, found=service.ledger.origin)
            for other in self.contexts.values():
                _require_apart(service, other.service)
            context = Context(service, self.settings, self.room)
            self.gates[service.name] = service.gate
            self.contexts[service.name] = context
            return context

    def find(self, name: str) -> Context:
        """The context of a ledger. Raises `UnknownLedger`, `StoreUnavailable` where one may be missing."""
        if (context := self.contexts.get(name)) is not None:
            return context
        names = [missing.place.name for missing in self.missing.values()]
        if name in names or "" in names:
            raise StoreUnavailable(sentences.NOT_OPEN, name=name)
        raise UnknownLedger(sentences.NO_LEDGER, name=name)

    def only(self) -> Context | None:
        """The context of the one ledger of the service, None if it has several."""
        contexts = self.all()
        return contexts[0] if len(contexts) == 1 and not self.missing else None

    def all(self) -> list[Context]:
        """All open ledgers, by name."""
        return [context for _, context in sorted(self.contexts.items())]

    def close(self) -> None:
        """Closes all of them, side by side: each answers first what it has accepted."""
        side_by_side([context.service.close for context in self.all()])


def side_by_side(actions: Sequence[Callable[[], object]]) -> None:
    """Does all of it, each in a thread of its own, and waits."""
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _require_apart(one: Service, other: Service) -> None:
    if one.name == other.name:
        raise LedgersCollide(
            sentences.SAME_NAME, name=one.name, one=one.ledger.origin, other=other.ledger.origin
        )
    if one.store.home.resolve() == other.store.home.resolve():
        raise LedgersCollide(sentences.SAME_HOME, one=one.name, other=other.name, home=one.store.home)
