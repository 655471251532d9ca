"""The views a second time, from the first entry on, beside those in use: to replace them, or to compare."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.application import VotingLedger
from ledger.errors import StoreLocked
from projections import sentences
from projections.comparison import Comparison, compare
from projections.followed import FreshViews
from projections.replay import Replay
from projections.views import Views

CHASES = 200
"""How often a comparison looks whether both sets of views stand at the same entry."""

_USUAL = gc.get_threshold()
COLLECT = 100_000
"""New objects after which the garbage collector looks for cycles while views are filled: about a batch."""

Progress = Callable[[int], None]
"""Is told how many entries are done."""


class Rebuild:
    """Fills fresh views. Everything raises a `StorageError`, or `ProofError` at a damaged entry."""

    def __init__(
        self,
        ledger: VotingLedger,
        used: Views,
        fresh: FreshViews,
        batch: int,
        progress: Progress | None = None,
    ) -> None:
        self._used, self._fresh, self._batch, self._progress = used, fresh, batch, progress
        self._replay = Replay(ledger, -1)

    def swap(self) -> None:
        """Fills them up to the log's end, and puts them in the place of those in use."""
        while True:
            before = self._replay.position
            self._fill()
            # Views that go further than the end of the log are not of this log: away with them.
            if self._fresh.swap(force=self._replay.position == before):
                return

    def compare(self) -> Comparison:
        """Fills them as far as those in use go, which may move on meanwhile, and compares.

        Raises `StoreLocked` if they move on faster than that.
        """
        for _ in range(CHASES):
            reached = self._fill(self._used.position())
            with self._fresh.snapshot() as snapshot:
                # Views that go further than the log are compared all the same: they differ.
                if not reached or snapshot.position(fresh=False) == self._replay.position:
                    return compare(snapshot)
        raise StoreLocked(sentences.TOO_FAST)

    def _fill(self, until: int | None = None) -> bool:
        """Adds entries up to `until`, or up to the log's end; False if the log ends before."""
        with _seldom_collected():
            while until is None or self._replay.position < until:
                left = self._batch if until is None else until - self._replay.position
                changes = self._replay.next(min(self._batch, left))
                if changes is None:
                    return until is None
                self._fresh.write(changes)
                if self._progress is not None:
                    self._progress(self._replay.position + 1)
            return True


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A batch is many thousand objects without a cycle: to look for one every 700 is a sixth of the work.

    Of two rebuilds at once, the one that ends first takes this from the other; nothing else happens.
    """
    gc.set_threshold(COLLECT, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
