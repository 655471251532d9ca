"""Do the clocks agree by which a vote ends: that of this process, the database's, and the log's last entry?

None of them is trusted against another: while they differ nothing is recorded, and nobody signs that a vote
ended. They are compared every few seconds, and before the first statement after a start. In between, a
statement costs no query: this process's clock must have gone on since then as one does that nobody sets.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from ledger.domain.sentences import ledgers
from ledger.errors import ClockDrift, StimmbuchError
from ledger.mapper import read_entry
from ledger.storage.recorder import LedgerRecorder

log = logging.getLogger(__name__)

TOLERANCE = timedelta(seconds=2)
"""By how much two clocks may differ: more than a query takes, less than anybody argues about."""

TICK = 0.5
"""Seconds between two looks; while the clocks do not agree, each is a comparison."""

CLOCKS_EVERY = 20
"""Looks between two comparisons of the clocks while they agree: ten seconds."""


class Compared(NamedTuple):
    """What the last comparison said. A new object replaces it, so that no reader sees half of one."""

    drift: ClockDrift | None = None
    ahead: tuple[float, float] = (0.0, 0.0)
    """Seconds, at least and at most, by which this process's clock was ahead of the monotonic one then."""


NEVER = Compared(ClockDrift(ledgers.CLOCK_NOT_COMPARED))
"""Nothing was compared since the start, or since this process's clock was set."""


class Clocks:
    """Of one ledger in one process. Safe for many threads."""

    def __init__(self, recorder: LedgerRecorder, clock: Callable[[], str]) -> None:
        """`clock` gives this process's time as entries write it. Nothing is refused before `watch`."""
        self._recorder, self._clock = recorder, clock
        self._ticks: Callable[[], float] = time.monotonic
        self._watched = False
        self._compared = NEVER

    def watch(self, ticks: Callable[[], float] = time.monotonic) -> None:
        """From now on `now` refuses while the clocks differ, unless the database has none of its own.

        `ticks` gives seconds on a clock that nobody can set.
        """
        self._ticks, self._watched, self._compared = ticks, self._recorder.has_own_clock, NEVER

    @property
    def agree(self) -> bool:
        """Whether they did when they were compared last, and this process's was not set since."""
        compared = self._compared
        return compared.drift is None and not (self._watched and _was_set(compared.ahead, self._read()[1]))

    @property
    def drift(self) -> ClockDrift | None:
        """Why nothing is recorded now, if the last comparison is the reason."""
        return self._compared.drift if self._watched and self._compared is not NEVER else None

    def now(self) -> str:
        """The time to record by, without a query. Raises `ClockDrift` while nothing may be recorded."""
        if not self._watched:
            return self._clock()
        compared = self._compared
        if compared.drift is not None:
            raise ClockDrift(compared.drift)  # a new one: what is raised again and again grows
        now, ahead = self._read()
        if _was_set(compared.ahead, ahead):
            self._compared = NEVER
            raise ClockDrift(ledgers.CLOCK_NOT_COMPARED)
        return now

    def settle(self) -> None:
        """Compares where that was never done. Differing clocks raise nothing here: `now` does.

        Raises another `StorageError`.
        """
        if self._compared is NEVER and self._watched:
            with suppress(ClockDrift):
                self.compare()

    def compare(self) -> None:
        """Returns if the clocks agree.

        Raises `ClockDrift`, which counts until they do; another `StorageError` says nothing of clocks.
        """
        _, ahead = self._read()  # before: a clock that is set meanwhile must not count as compared
        try:
            require_agreeing_clocks(self._recorder, self._clock)
        except ClockDrift as drift:
            self._compared = Compared(ClockDrift(drift))
            raise
        self._compared = Compared(None, ahead)

    def run(self, stop: threading.Event) -> None:
        """Compares until `stop` is set, for a process without a scheduler. A failure is logged once."""
        looks, problem = 0, ""
        while not stop.wait(TICK):
            if problem or not self.agree or looks % CLOCKS_EVERY == 0:
                problem = self._compare_again(problem)
            looks += 1

    def _compare_again(self, before: str) -> str:
        try:
            self.compare()
        except StimmbuchError as error:
            if error.code != before:
                log.error("the clocks: %s: %s", error.code, error.message)  # noqa: TRY400 (expected)
            return error.code
        return ""

    def _read(self) -> tuple[str, tuple[float, float]]:
        """This process's time, and between which bounds it is ahead of the monotonic clock."""
        before, now, after = self._ticks(), self._clock(), self._ticks()
        at = _moment(now).timestamp()
        return now, (at - after, at - before)


def require_agreeing_clocks(recorder: LedgerRecorder, clock: Callable[[], str]) -> None:
    """Returns if the clocks agree. Raises `ClockDrift`, or another `StorageError`."""
    before = clock()
    theirs = recorder.now()
    if not _near(theirs, before, clock()):
        raise ClockDrift(ledgers.CLOCKS_DIFFER, before=before, theirs=theirs)
    for row in recorder.read(recorder.head() - 1, 1):
        last = read_entry(row.state).place.at
        if _moment(last) > _moment(clock()) + TOLERANCE:
            raise ClockDrift(ledgers.CLOCK_BEHIND_LOG, before=before, last=last)


def _was_set(then: tuple[float, float], now: tuple[float, float]) -> bool:
    """Whether a clock that was ahead by `then`, and is by `now`, went on otherwise than the monotonic one."""
    slack = TOLERANCE.total_seconds()
    return now[0] > then[1] + slack or now[1] < then[0] - slack


def _near(theirs: str, earliest: str, latest: str) -> bool:
    return _moment(earliest) - TOLERANCE <= _moment(theirs) <= _moment(latest) + TOLERANCE


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)
