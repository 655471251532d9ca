"""Opening the ledgers of a process: one that cannot be opened does not keep the others from being served."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from typing import NamedTuple

from api.context import Settings
from api.service.ledgers import Ledgers, Missing, side_by_side
from api.service.place import Place
from api.wiring import Service, open_service
from ledger.errors import StimmbuchError
from ledger.storage.store import label_of

log = logging.getLogger(__name__)

AGAIN = 10.0
"""Seconds until it is tried again to open what could not be opened."""


class Opener:
    """Opens what lies at `places`, and hands each ledger to `start` when it can be reached by its name."""

    def __init__(self, ledgers: Ledgers, places: Sequence[Place], start: Callable[[Service], None]) -> None:
        self._ledgers = ledgers
        self._places = places
        self._start = start
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Opens what can be opened, and goes on trying the rest. Raises what is wrong if that is all."""
        numbers = range(len(self._places))
        side_by_side([partial(self._try, number) for number in numbers])
        missing = self._ledgers.missing
        if len(missing) == len(self._places):
            raise missing[0].why
        if missing:
            self._thread = threading.Thread(target=self._run, name="opener", daemon=True)
            self._thread.start()

    def try_again(self) -> None:
        """Opens what is missing, if it is there now."""
        for number in list(self._ledgers.missing):
            self._try(number)

    def close(self) -> None:
        """Stops trying."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._ledgers.missing and not self._stop.wait(AGAIN):
            self.try_again()

    def _try(self, number: int) -> None:
        place = self._places[number]
        try:
            service = _opened(self._ledgers, place)
        except StimmbuchError as error:
            before = self._ledgers.missing.get(number)
            if before is None or before.why.code != error.code:
                log.error("%s is not open: %s: %s", label_of(place.store), error.code, error.message)  # noqa: TRY400
            self._ledgers.missing[number] = Missing(place, error)
            return
        self._start(service)
        self._ledgers.missing.pop(number, None)


def _opened(ledgers: Ledgers, place: Place) -> Service:
    service = open_service(place.store, home=place.home)
    try:
        service.ledger.clocks.watch()
        # The register is read before the first request, not during it.
        with service.ledger.current():
            ledgers.add(service, place.name)
    except BaseException:
        service.close()
        raise
    return service


class Looked(NamedTuple):
    """What a first look at a place said."""

    label: str
    why: StimmbuchError | None
    """Why it cannot be opened."""


def look_at(places: Sequence[Place], look: Callable[[Service], None]) -> list[Looked]:
    """Opens everything once before it is served, and closes it again: what is wrong is said in time.

    Raises `LedgersCollide`, what `look` raises, and what is wrong with the first place if it is with all.
    """
    together, found = Ledgers(Settings()), []
    with ExitStack() as stack:
        for place in places:
            why = None
            try:
                service = stack.enter_context(closing(open_service(place.store, home=place.home)))
            except StimmbuchError as error:
                why = error
            else:
                together.add(service, place.name)
                look(service)
            found.append(Looked(label_of(place.store), why))
    if (first := found[0].why) is not None and all(one.why for one in found):
        raise first
    return found
