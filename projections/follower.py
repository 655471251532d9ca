"""The follower keeps the views up to date: reads the log, applies it, writes what changed.

Among many processes one follows at a time; when it dies or stops, another goes on where the views
stand. What is lost if it dies in the middle of a batch: nothing, the batch is made again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from ledger.application import VotingLedger
from ledger.errors import StorageError, StoreLocked
from ledger.outage import Outage
from projections import sentences
from projections.comparison import Comparison
from projections.followed import FollowedViews
from projections.lag import Lag, lag_of
from projections.rebuild import Progress, Rebuild
from projections.replay import Replay, leaf_at

BATCH = 5000
"""Entries in one transaction: 5 MiB of log as a rule, 160 at most."""

REST = 0.08
"""Seconds from the beginning of a batch to the next one, while entries keep coming: one of one entry costs as
much as one of thirty, and would cost a busy ledger as much as its votes. After a silence there is no rest."""

IDLE = 0.25
"""Seconds between two looks at whether to stop, and whether the lead is free."""

AFTER_FAILURE, AFTER_DAMAGE = 1.0, 30.0
"""Seconds until the next attempt: when the database does not answer, and at an entry that makes no sense."""

PATIENCE = 30.0
"""Seconds without progress after which `catch_up` stops waiting for the process that has the lead."""

log = logging.getLogger(__name__)


class Follower:
    """One per process and ledger. May be used by several threads; they take turns."""

    def __init__(self, ledger: VotingLedger, views: FollowedViews, *, batch: int = BATCH) -> None:
        self._ledger, self._views, self._batch = ledger, views, batch
        self._turn = threading.Lock()
        self._running = False
        self._replay: Replay | None = None
        self._outage = Outage()

    def catch_up(self, until: int | None = None) -> int:
        """Returns the position once the views contain entry `until` (default: the log's last one of now).

        Does it itself, or waits while another process does. Raises a `StorageError`; `StoreLocked`
        if the other process has the lead and makes no progress; `ProofError` at a damaged entry.
        """
        head = self._ledger.head()
        target = head if until is None else min(until, head)
        seen, give_up = -1, time.monotonic() + PATIENCE
        try:
            while True:
                stepped, position = self._step() > 0, self._views.position()
                if position >= target:
                    return position
                if position > seen:
                    seen, give_up = position, time.monotonic() + PATIENCE
                if time.monotonic() > give_up:
                    raise StoreLocked(sentences.OTHER_LEADS, position=position)
                if not stepped:
                    time.sleep(IDLE / 25)
        finally:
            if not self._running:
                self._release()

    def run(self, stop: threading.Event) -> None:
        """Follows until `stop` is set. For a thread: a failure is logged, and tried again."""
        self._running = True
        try:
            while not stop.is_set():
                self._go_on(stop)
        finally:
            self._running = False
            self._release()

    def rebuild(
        self, progress: Progress | None = None, *, compared: Callable[[Comparison], None] | None = None
    ) -> None:
        """Makes the views anew from the first entry, and then takes them into use, at once.

        Until then the old ones are read and followed. `progress` is told the number of entries done,
        `compared` how the old views differ from the new ones, before they are gone. Raises `StoreLocked`
        while another rebuild runs, or another `StorageError`.
        """
        with self._views.fresh() as fresh:
            rebuild = Rebuild(self._ledger, self._views, fresh, self._batch, progress)
            if compared is not None:
                compared(rebuild.compare())
            rebuild.swap()

    def compare(self, progress: Progress | None = None) -> Comparison:
        """Makes the views a second time beside those in use, and says where they differ; changes nothing.

        Readers and the follower go on meanwhile. Raises what `rebuild` raises.
        """
        with self._views.fresh() as fresh:
            return Rebuild(self._ledger, self._views, fresh, self._batch, progress).compare()

    def lag(self) -> Lag:
        """How far the views are behind the log now. Raises a `StorageError`."""
        return lag_of(self._ledger, self._views)

    def _go_on(self, stop: threading.Event) -> None:
        """One batch, or a short wait for one."""
        begun = time.monotonic()
        try:
            done = self._step()
            if self._outage.ends():
                log.info("the views are followed again")
            if done:
                if done < self._batch:
                    stop.wait(begun + REST - time.monotonic())
                return
            replay = self._replay
            if replay is None:  # another process has the lead
                stop.wait(IDLE)
            else:
                self._ledger.store.recorder.wait(replay.position, IDLE)
        except StorageError as error:
            if self._outage.fails(error.code):
                log.warning("the views cannot be followed now: %s", error)
            stop.wait(AFTER_FAILURE)
        except Exception:  # whatever it is: the thread lives on, and the views are late for everybody to see
            log.exception("the views stand still: an entry cannot be applied")
            stop.wait(AFTER_DAMAGE)

    def _step(self) -> int:
        """Writes one batch; returns its entries: 0 if there are none, or another process has the lead."""
        with self._turn:
            # Taken away first: after a failure it may contain what was never written.
            replay, self._replay = self._replay, None
            if not self._views.lead():
                return 0
            replay = replay or self._begin()
            changes = replay.next(self._batch)
            if changes is None or self._views.write(changes):
                self._replay = replay
            # Not written: somebody else wrote, or swapped. The next step begins where the views stand then.
            return 0 if changes is None else len(changes.streamed)

    def _begin(self) -> Replay:
        """Begins where the views stand, after a look at whether they are of this log."""
        mark = self._views.mark()
        if mark.position >= 0 and leaf_at(self._ledger, mark.position) != mark.leaf:
            log.warning("the views go up to entry %d of another history: made anew", mark.position)
            self.rebuild()
            mark = self._views.mark()
        return Replay(self._ledger, mark.position)

    def _release(self) -> None:
        with self._turn:
            self._replay = None
            self._views.release()
