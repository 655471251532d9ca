"""Refused attempts as evidence: the service records that something was tried, and nothing of what.

A late or doubled vote, or one without a seat, was signed with a key of the register: it is refused, and an
entry says with which code, and the digest of the statement. It can never enter a tally. So that evidence does
not become a way to fill the log, each signer has a small allowance, and a procedure a limit (in the rules).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from ledger.domain.guards_conduct import EVIDENCE
from ledger.errors import Refused, StimmbuchError
from ledger.proof.statement import Statement

log = logging.getLogger(__name__)

TRIED = frozenset(
    {
        "vote-cast",
        "vote-withdrawn",
        "casting-vote-given",
        "consent-declared",
        "objection-raised",
        "proxy-given",
    }
)
"""Kinds of which a refusal is evidence: what members do, and not what services and clerks repeat."""

PER_SIGNER = 5
"""Attempts of one signer in one procedure that one process records …"""

WINDOW = 3600.0
"""… within so many seconds."""

REMEMBERED = 10_000
"""Signers and procedures of which is known when they tried."""


class Attempts:
    """Decides which refusals are worth an entry, and has them recorded. Safe for many threads."""

    def __init__(
        self, record: Callable[[dict[str, str]], object], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`record` submits an `attempt-refused` with these members as the service."""
        self._record, self._clock = record, clock
        self._tried: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, statement: Statement, refusal: Refused) -> bool:
        """Records the attempt if it is evidence and within the allowance. Never raises."""
        if statement.kind not in TRIED or refusal.code not in EVIDENCE:
            return False
        procedure: str = statement.payload["procedure"]
        if not self._allowed(statement.actor, procedure):
            return False
        digest = statement.envelope.digest.hex()
        try:
            self._record({"procedure": procedure, "code": refusal.code, "statement": digest})
        except StimmbuchError as error:
            log.info("a refused attempt is not on record: %s: %s", error.code, error.message)
            return False
        return True

    def _allowed(self, signer: str, procedure: str) -> bool:
        now, key = self._clock(), (signer, procedure)
        with self._lock:
            recent = [at for at in self._tried.pop(key, []) if now - at < WINDOW]
            allowed = len(recent) < PER_SIGNER
            self._tried[key] = [*recent, now] if allowed else recent
            while len(self._tried) > REMEMBERED:
                self._tried.popitem(last=False)
        return allowed
