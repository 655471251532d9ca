"""Token buckets: how often a caller may ask, without a store and in constant memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

MOST = 10_000
"""Callers that are remembered: beyond that the one that was silent for longest is forgotten."""


class Buckets:
    """One bucket for each caller: `burst` tokens, refilled with `rate` a second. Safe for many threads."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> float:
        """Takes a token: 0, or the seconds until there is one."""
        now = self._clock()
        with self._lock:
            level, at = self._levels.pop(caller, (float(self._burst), now))
            level = min(float(self._burst), level + (now - at) * self._rate)
            allowed = level >= 1.0
            self._levels[caller] = (level - allowed, now)
            if len(self._levels) > MOST:
                self._levels.popitem(last=False)
        return 0.0 if allowed else (1.0 - level) / self._rate
