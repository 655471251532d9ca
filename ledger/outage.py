"""How often a loop that fails again and again says so: at once, then once a minute, and when it is over.

A database that is away for an hour would otherwise fill the log with thousands of equal lines of every loop
of every ledger and process, and nobody finds the first one, which says since when.
"""

from __future__ import annotations

import time
from collections.abc import Callable

AGAIN = 60.0
"""Seconds for which a failure of one kind is not said again."""


class Outage:
    """Of one loop: what keeps it. For one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said: dict[str, float] = {}

    def fails(self, code: str) -> bool:
        """Notes that an attempt failed in this way; says whether the log should tell it now."""
        now = self._clock()
        if code in self._said and now - self._said[code] < AGAIN:
            return False
        self._said[code] = now
        return True

    def ends(self) -> bool:
        """Notes that an attempt succeeded; says whether one had failed before."""
        failed = bool(self._said)
        self._said.clear()
        return failed
