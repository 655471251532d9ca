"""The scheduler: closes procedures when their time has come, as the service, with the service's key.

It looks twice a second for procedures that are past their deadline, or ended by objections, and signs their
closing. What matters is decided elsewhere: at the deadline votes are refused whether or not the closing entry
stands, so a late closing (after a restart, say) counts no late vote; and the rules accept one closing, so
several processes may run a scheduler each. Whoever is second is refused, and goes on.

A clock that is wrong would end a vote too early. Before it closes anything, the scheduler holds its own clock
against the database's and against the log's last entry, and closes nothing while they differ.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ledger.application import VotingLedger
from ledger.errors import AlreadyClosed, ClockDrift, StaleSeal, StimmbuchError
from ledger.mapper import read_entry
from ledger.proof.keys import SigningKey

log = logging.getLogger(__name__)

TICK = 0.5
"""Seconds between two looks."""

TOLERANCE = timedelta(seconds=2)
"""By how much two clocks may differ: more than a query takes, less than anybody argues about."""

ATTEMPTS = 5
"""How often a closing is prepared again because something was recorded in between."""


class Scheduler:
    """Closes what is due. `due` names procedures that may have to be closed at a time; it may be behind."""

    def __init__(
        self, ledger: VotingLedger, service: str, key: SigningKey, due: Callable[[str], Sequence[str]]
    ) -> None:
        self._ledger, self._service, self._key, self._due = ledger, service, key, due
        self.problem: StimmbuchError | None = None
        """Why nothing could be closed at the last look, if so."""

    def run(self, stop: threading.Event) -> None:
        """Looks again and again until `stop` is set. A failure is logged once and tried again."""
        while not stop.wait(TICK):
            try:
                self.look()
            except StimmbuchError as error:
                if self.problem is None or self.problem.code != error.code:
                    log.error("nothing is closed: %s: %s", error.code, error.message)  # noqa: TRY400 (expected)
                self.problem = error
            else:
                self.problem = None

    def look(self) -> int:
        """Closes what is due now; returns how many. Raises `ClockDrift` or a `StorageError`."""
        due = self._due(self._ledger.clock())
        if not due:
            return 0
        self.check_clocks()
        return sum(self._close(UUID(procedure)) for procedure in due)

    def check_clocks(self) -> None:
        """Returns if the clocks agree. Raises `ClockDrift`."""
        before = self._ledger.clock()
        theirs = self._ledger.store.recorder.now()
        if not _near(theirs, before, self._ledger.clock()):
            raise ClockDrift(f"this process's clock says {before}, the database's {theirs}")
        head = self._ledger.head()
        for row in self._ledger.entries(head - 1, 1):
            last = read_entry(row.state).place.at
            if _moment(last) > _moment(self._ledger.clock()) + TOLERANCE:
                raise ClockDrift(f"this process's clock says {before}, the log's last entry {last}")

    def _close(self, procedure: UUID) -> bool:
        for _ in range(ATTEMPTS):
            try:
                receipt = self._ledger.close_procedure(procedure, self._service, self._key)
            except StaleSeal:
                continue  # something was recorded between preparing and deciding
            except AlreadyClosed:
                return False  # another process was faster, or the views are behind
            except StimmbuchError as error:
                log.warning("procedure %s is not closed: %s: %s", procedure, error.code, error.message)
                return False
            log.info("closed procedure %s: entry %s", procedure, receipt.seq)
            return True
        return False


def _near(theirs: str, earliest: str, latest: str) -> bool:
    return _moment(earliest) - TOLERANCE <= _moment(theirs) <= _moment(latest) + TOLERANCE


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)
