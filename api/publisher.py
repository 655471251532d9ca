"""The publisher as a process of its own: it must not wait for the interpreters that serve requests.

If it dies, one of the workers takes over; if the service dies, it ends by itself and gives up the lead, so
that another service of the same ledger goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

from api.wiring import open_publication
from ledger.application import origin_of
from ledger.publish.loop import Rhythm
from ledger.storage.store import open_store


@contextmanager
def publishing(where: str, home: Path | None, rhythm: Rhythm) -> Iterator[None]:
    """A publisher beside the block, in another process. It finishes its pass when the block is left."""
    # Not forked: what it inherited from this process, a lock for instance, would outlive us.
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    process = context.Process(
        target=publish, args=(where, home, rhythm, stop, os.getpid()), name="publisher", daemon=True
    )
    process.start()
    try:
        yield
    finally:
        stop.set()
        process.join()


class _Orphaned:
    """Raised when we are told to stop, or when the parent is gone."""

    def __init__(self, stop: Event, parent: int) -> None:
        self._stop, self._parent = stop, parent

    def is_set(self) -> bool:
        """See `Flag`."""
        return self._stop.is_set() or os.getppid() != self._parent

    def wait(self, timeout: float | None = None) -> bool:
        """See `Flag`."""
        self._stop.wait(timeout)
        return self.is_set()


def publish(where: str, home: Path | None, rhythm: Rhythm, stop: Event, parent: int) -> None:
    """The process: publishes until it is told to stop."""
    # Ctrl-C reaches the whole group; the parent says when it is time, after the last request.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with open_store(where, home=home) as store:
        open_publication(store, origin_of(store.recorder)).loop(rhythm).run(_Orphaned(stop, parent))
