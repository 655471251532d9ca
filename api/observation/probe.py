"""Looking at a ledger for those who ask often: never twice a second, and never longer than they can wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from api.observation import sentences
from api.observation.standing import Reason, Standing
from ledger.sentence import filled

FRESH = 1.0
"""Seconds for which a look counts that found nothing wrong. What is wrong is looked at again."""

PATIENCE = 2.0
"""Seconds for which a look may take. One that takes longer goes on, and nobody starts another meanwhile."""


class Probe:
    """Of one ledger. Safe for many threads."""

    def __init__(self, look: Callable[[], Standing]) -> None:
        self._look = look
        self._turn = threading.Condition()
        self._running = False
        self._found = Standing([Reason("internal", sentences.NOT_LOOKED_YET)])
        self._at = float("-inf")

    def begin(self) -> None:
        """Starts a look in a thread, unless there is a fresh one, or one is running."""
        with self._turn:
            if self._running or (self._found.ready and time.monotonic() - self._at < FRESH):
                return
            self._running = True
        threading.Thread(target=self._run, name="probe", daemon=True).start()

    def result(self, deadline: float) -> Standing:
        """What the look found; until `deadline` (monotonic) it may take."""
        with self._turn:
            if not self._turn.wait_for(lambda: not self._running, max(0.0, deadline - time.monotonic())):
                silent = filled(sentences.NO_ANSWER_WITHIN, seconds=PATIENCE)
                return Standing([Reason("store-unavailable", silent)])
            return self._found

    def _run(self) -> None:
        found = self._look()
        with self._turn:
            self._found, self._at, self._running = found, time.monotonic(), False
            self._turn.notify_all()


def all_results(probes: Sequence[Probe]) -> list[Standing]:
    """What each of them finds, all looking at the same time."""
    deadline = time.monotonic() + PATIENCE
    for probe in probes:
        probe.begin()
    return [probe.result(deadline) for probe in probes]
