"""Anchoring again and again: each authority is asked when its last anchor is old enough.

One process of a service does it at a time. Whether it is time is read from the log, so a restart neither
repeats nor delays an anchor.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from ledger.anchoring import Anchoring
from ledger.errors import StimmbuchError
from ledger.lock_file import LockFile
from ledger.publish.anchors import Authority

LEAD = "anchoring.lock"
"""The lock of the process that anchors, in a store's home directory."""

TICK = 1.0
"""Seconds between two looks."""

AFTER_FAILURE = timedelta(minutes=1)
"""Until an authority that failed is asked again."""

log = logging.getLogger(__name__)


class Plan(NamedTuple):
    """Every so many seconds an anchor by each of these authorities."""

    every: float
    authorities: tuple[Authority, ...]


class AnchorSchedule:
    """Anchors as planned."""

    def __init__(self, anchoring: Anchoring, plan: Plan, home: Path) -> None:
        """`home` is the store's, where the lock lies."""
        self._anchoring = anchoring
        self._authorities = plan.authorities
        self._every = timedelta(seconds=plan.every)
        self._lead = LockFile(home / LEAD)
        self._not_before: dict[str, datetime] = {}

    def run(self, stop: threading.Event) -> None:
        """Looks again and again until `stop` is set. A failure is logged, and tried again later."""
        try:
            while not stop.wait(TICK):
                if self._lead.take():
                    for tsa in self._authorities:
                        self._look(tsa)
        finally:
            self._lead.give()

    def _look(self, tsa: Authority) -> None:
        now = datetime.fromisoformat(self._anchoring.ledger.clock())
        if now < self._not_before.get(tsa.id, now):
            return
        try:
            last = self._anchoring.last(tsa)
            if last is not None and now < datetime.fromisoformat(last) + self._every:
                return
            found = self._anchoring.anchor(tsa)
        except (StimmbuchError, OSError) as error:
            self._not_before[tsa.id] = now + AFTER_FAILURE
            log.warning("not anchored by %s: %s", tsa.id, error)
        else:
            if found is not None:
                log.info("anchored %s entries by %s: entry %s", found.size, tsa.id, found.receipt.seq)
