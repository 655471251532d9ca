"""How often the same is sent again, and when. Every call of the service may be repeated."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from api.client import sentences
from api.client.problems import error_of
from api.client.requests import Answer
from ledger.errors import OutcomeUnknown, StorageError, Unreachable

PASSING = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that another try may change, those of a proxy included."""


@dataclass(frozen=True)
class Patience:
    """Seconds. `clock`, `sleep` and `chance` (from 0 to 1) are arguments for tests."""

    total: float = 30.0
    """After this no further try begins."""
    first: float = 0.2
    """The pause after the first try; it doubles with each, unless the service names one."""
    longest: float = 10.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def ask(self, once: Callable[[], Answer]) -> Answer:
        """The first answer of `once` that another try would not change.

        Raises what the last try raised, or meant; `OutcomeUnknown` if one of them may have arrived.
        """
        until, pause, unknown = self.clock() + self.total, self.first, False
        while True:
            try:
                answer = once()
                if answer.status not in PASSING:
                    return answer
                error, wait = error_of(answer), _retry_after(answer)
            except (Unreachable, OutcomeUnknown) as lost:
                error, wait, unknown = lost, None, unknown or isinstance(lost, OutcomeUnknown)
            # Not all at the same moment: whoever was refused together would come again together.
            wait = pause * (0.5 + self.chance() / 2) if wait is None else wait
            if self.clock() + wait > until:
                if unknown and isinstance(error, StorageError) and not isinstance(error, OutcomeUnknown):
                    raise OutcomeUnknown(sentences.EARLIER_TRY, error=error) from error
                raise error
            self.sleep(wait)
            pause = min(pause * 2, self.longest)


def _retry_after(answer: Answer) -> float | None:
    """Seconds, as the service asks for; its other form, a date, is not used by ours."""
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
