"""How the scheduler of this process does: what readiness shows to the operator."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ledger.errors import StimmbuchError

STALLED_AFTER = 30.0
"""Seconds without a finished look after which something holds it up: many times what a look takes."""


@dataclass(frozen=True)
class Standing:
    """The last finished look. A new object replaces it, so that no reader sees half of one."""

    looked: float | None = None
    """When it ended, on the monotonic clock; None before the first."""
    problem: StimmbuchError | None = None
    since: str | None = None
    """Since when the looks fail with this problem, as entries write times."""

    def failed(self, problem: StimmbuchError, at: str, looked: float) -> Standing:
        """The standing after a look that failed at `at`; the same problem again keeps its beginning."""
        same = self.problem is not None and self.problem.code == problem.code
        return Standing(looked, problem, self.since if same else at)

    def state(self, now: float | None = None) -> str:
        """`starting`, `running`, `failing` (nothing is closed) or `stalled` (a look does not end)."""
        if self.looked is None:
            return "starting"
        if (time.monotonic() if now is None else now) - self.looked > STALLED_AFTER:
            return "stalled"
        return "running" if self.problem is None else "failing"
