"""The publishers as a process of their own: they must not wait for the interpreters that serve requests.

Each ledger has one, in a thread: one that cannot publish keeps no other. If the process dies, one of the
workers takes over; if the service dies, it ends by itself and gives up the lead, so that another service
of the same ledgers goes on.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from api.observation.about import LEDGER
from api.observation.logs import configure_logs
from api.service.garbage import keep_what_is_loaded
from api.service.ledgers import side_by_side
from api.service.place import Place
from api.service.stop import Stop
from api.wiring import open_publication
from ledger.application import origin_of
from ledger.errors import StimmbuchError
from ledger.outage import Outage
from ledger.publish.loop import Rhythm
from ledger.storage.store import label_of, open_store

log = logging.getLogger(__name__)

FINISH = 20.0
"""Seconds for the publishers to finish when the service stops: a database or a witness may hang."""

AGAIN = 10.0
"""Seconds until it is tried again to open a store that could not be opened."""


@contextmanager
def publishing(places: Sequence[Place], rhythm: Rhythm, logs: tuple[str, str]) -> Iterator[None]:
    """Publishers beside the block, in another process. They finish their passes when the block is left."""
    # Not forked: what it inherited from this process, a lock for instance, would outlive us.
    context = multiprocessing.get_context("spawn")
    stop = Stop()
    process = context.Process(
        target=publish, args=(places, rhythm, logs, stop, os.getpid()), name="publisher", daemon=True
    )
    process.start()
    try:
        yield
    finally:
        stop.set()
        process.join(FINISH)
        if process.is_alive():
            process.kill()  # what it leaves is what a crash leaves: the next publisher goes on there
            process.join()


class _Orphaned:
    """Raised when we are told to stop, or when the parent is gone."""

    def __init__(self, stop: Stop, parent: int) -> None:
        self._stop, self._parent = stop, parent

    def is_set(self) -> bool:
        """See `Flag`."""
        return self._stop.is_set() or os.getppid() != self._parent

    def wait(self, timeout: float | None = None) -> bool:
        """See `Flag`."""
        self._stop.wait(timeout)
        return self.is_set()


def publish(places: Sequence[Place], rhythm: Rhythm, logs: tuple[str, str], stop: Stop, parent: int) -> None:
    """The process: publishes until it is told to stop. `logs`: see `configure_logs`."""
    configure_logs(*logs)
    # Ctrl-C reaches the whole group; the parent says when it is time, after the last request.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    keep_what_is_loaded()
    end = _Orphaned(stop, parent)
    side_by_side([partial(_publish, place, rhythm, end) for place in places])


def _publish(place: Place, rhythm: Rhythm, end: _Orphaned) -> None:
    outage = Outage()
    while not end.is_set():
        try:
            with open_store(place.store, home=place.home) as store:
                origin = origin_of(store.recorder)
                LEDGER.set(origin.rsplit("/", 1)[-1])
                open_publication(store, origin).loop(rhythm).run(end)
        except StimmbuchError as error:
            if outage.fails(error.code):
                log.warning(
                    "nothing of %s is published: %s: %s", label_of(place.store), error.code, error.message
                )
            end.wait(AGAIN)
