"""The scheduler: closes procedures when their time has come, as the service, with the service's key.

It looks twice a second for procedures that are past their deadline, or ended by objections, and signs their
closing; and for resolutions that were limited in time, and signs that they have ended. What matters is
decided elsewhere: at the deadline votes are refused whether or not the closing entry stands, so a late
closing (after a restart, say) counts no late vote; and the rules accept one closing and one end, so several
processes may run a scheduler each. Whoever is second is refused, and goes on.

A clock that is wrong would end a vote too early. Before it signs anything, the scheduler holds its own clock
against the database's and against the log's last entry, and signs nothing while they differ. It does so every
few seconds as well, whether or not anything is due: by a clock that is behind, nothing ever is. What it finds
also decides whether this process records anything (`clocks.py`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from uuid import UUID

from ledger.application import VotingLedger
from ledger.clocks import CLOCKS_EVERY, TICK
from ledger.errors import AlreadyClosed, AlreadyDeclared, NotExpired, StaleSeal, StimmbuchError
from ledger.outage import Outage
from ledger.proof.keys import SigningKey
from ledger.receipt import Receipt
from ledger.scheduler_standing import Standing

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""How often a closing is prepared again because something was recorded in between."""

Due = Callable[[str], Sequence[str]]
"""The procedures for which something is due at a time. It may be behind: the rules have the last word."""


class Scheduler:
    """Signs what is due: `due` names procedures to close, `expiring` those with resolutions that ended."""

    def __init__(
        self, ledger: VotingLedger, service: str, key: SigningKey, due: Due, expiring: Due = lambda now: ()
    ) -> None:
        self._ledger, self._service, self._key = ledger, service, key
        self._due, self._expiring = due, expiring
        self._standing = Standing()
        self._looks = 0

    @property
    def problem(self) -> StimmbuchError | None:
        """Why nothing could be signed at the last look, if so."""
        return self._standing.problem

    def standing(self) -> Standing:
        """How it goes, for those who ask. Safe from any thread."""
        return self._standing

    def run(self, stop: threading.Event) -> None:
        """Looks again and again until `stop` is set. A failure is logged (`Outage`) and tried again."""
        outage = Outage()
        while not stop.wait(TICK):
            try:
                self._tick()
            except StimmbuchError as error:
                if outage.fails(error.code):
                    log.error("nothing is closed: %s: %s", error.code, error.message)  # noqa: TRY400 (expected)
                self._standing = self._standing.failed(error, self._ledger.clock(), time.monotonic())
            else:
                self._standing = Standing(time.monotonic())
                if outage.ends():
                    log.info("closing goes on")

    def _tick(self) -> None:
        """A look; the clocks are compared again before it until they agree, and then every so often."""
        clocks = self._ledger.clocks
        if self.problem is not None or not clocks.agree or self._looks % CLOCKS_EVERY == 0:
            clocks.compare()
        self._looks += 1
        self.look()

    def look(self) -> int:
        """Signs what is due now; returns how much that was. Raises `ClockDrift` or a `StorageError`."""
        now = self._ledger.clock()
        due, expiring = self._due(now), self._expiring(now)
        if not due and not expiring:
            return 0
        self._ledger.clocks.compare()
        closed = sum(self._sign("closed", self._ledger.close_procedure, one) for one in due)
        return closed + sum(self._sign("expired", self._ledger.expire_resolutions, one) for one in expiring)

    def _sign(self, what: str, sign: Callable[[UUID, str, SigningKey], Receipt], procedure: str) -> bool:
        for _ in range(ATTEMPTS):
            try:
                receipt = sign(UUID(procedure), self._service, self._key)
            except StaleSeal:
                continue  # something was recorded between preparing and deciding
            except (AlreadyClosed, AlreadyDeclared, NotExpired):
                return False  # another process was faster, or the views are behind
            except StimmbuchError as error:
                log.warning("procedure %s is not %s: %s: %s", procedure, what, error.code, error.message)
                return False
            log.info("procedure %s: %s by entry %s", procedure, what, receipt.seq)
            return True
        return False
