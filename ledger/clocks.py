"""Do the clocks agree by which a vote ends: that of this process, the database's, and the log's last entry?

None of them is trusted against another: where they differ, nobody signs that something ended.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.application import VotingLedger
from ledger.domain.sentences import ledgers
from ledger.errors import ClockDrift
from ledger.mapper import read_entry

TOLERANCE = timedelta(seconds=2)
"""By how much two clocks may differ: more than a query takes, less than anybody argues about."""


def require_agreeing_clocks(ledger: VotingLedger) -> None:
    """Returns if the clocks agree. Raises `ClockDrift`, or another `StorageError`."""
    before = ledger.clock()
    theirs = ledger.store.recorder.now()
    if not _near(theirs, before, ledger.clock()):
        raise ClockDrift(ledgers.CLOCKS_DIFFER, before=before, theirs=theirs)
    head = ledger.head()
    for row in ledger.entries(head - 1, 1):
        last = read_entry(row.state).place.at
        if _moment(last) > _moment(ledger.clock()) + TOLERANCE:
            raise ClockDrift(ledgers.CLOCK_BEHIND_LOG, before=before, last=last)


def _near(theirs: str, earliest: str, latest: str) -> bool:
    return _moment(earliest) - TOLERANCE <= _moment(theirs) <= _moment(latest) + TOLERANCE


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)
