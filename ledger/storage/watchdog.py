"""Ends a commit that waits for too long, for instance for a synchronous standby that is gone.

PostgreSQL has no timeout for that wait (`statement_timeout` does not count there). When it is
cancelled, the server answers with success and a warning, which the batch turns into `OutcomeUnknown`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

import psycopg

CANCEL_TIMEOUT = 5.0
"""Seconds for the connection that carries the request to cancel."""


class Watchdog:
    """One thread, started with the first commit; it only looks at a clock, so that a commit costs nothing."""

    def __init__(self, patience: float) -> None:
        self._patience = patience  # seconds
        self._watched: dict[psycopg.Connection[Any], float] = {}
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None

    @contextmanager
    def watch(self, connection: psycopg.Connection[Any]) -> Iterator[None]:
        """Cancels what the connection does if the block takes longer than the patience."""
        with self._lock:
            self._watched[connection] = monotonic() + self._patience
            if self._thread is None:
                self._thread = Thread(target=self._run, name="ledger-watchdog", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:  # a request that is under way is waited for: it must not hit what follows
                self._watched.pop(connection, None)

    def close(self) -> None:
        """Ends the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(min(1.0, self._patience / 4)):
            with self._lock:
                for connection, deadline in list(self._watched.items()):
                    if monotonic() > deadline:
                        del self._watched[connection]
                        with suppress(psycopg.Error):
                            connection.cancel_safe(timeout=CANCEL_TIMEOUT)
