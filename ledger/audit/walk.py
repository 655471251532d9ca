"""The way through the entries of an audit, page by page: followed at their place, and added to the tree."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.audit.anchors import Anchors
from ledger.audit.beside import Beside
from ledger.audit.bundles import Published
from ledger.audit.failures import Failures
from ledger.audit.follow import Follower
from ledger.audit.published import TreeCheck
from ledger.audit.resume import Beginning
from ledger.audit.seen import SeenCheck
from ledger.audit.target import Target
from ledger.audit.worker import Job
from ledger.audit.workers import Pages, SharedPages, open_pages
from ledger.proof.entry import Entry
from ledger.proof.statement import Statement

MANY = 20_000
"""Entries from which on several processes are worth their start."""

Progress = Callable[[int, int], None]
"""Is told how many entries are done, and of how many."""


class Walk:
    """Goes from where an audit begins to the end of the log, in one piece or in several."""

    def __init__(
        self,
        target: Target,
        begun: Beginning,
        tree: TreeCheck,
        seen: SeenCheck,
        failures: Failures,
        progress: Progress | None = None,
    ) -> None:
        self.beside = Beside()
        self.anchors = Anchors()
        self.follower = Follower(target.source, begun.verifier, self)
        self._source = target.source
        self._verifier = begun.verifier
        self._tree = tree
        self._seen = seen
        self._failures = failures
        self._progress = progress

    def note(self, entry: Entry, statement: Statement, seq: int) -> None:
        """Takes in what an entry says."""
        self.beside.note(statement, seq)
        self.anchors.note(entry, statement)

    def go(self, pages: Pages | SharedPages, start: int, end: int) -> None:
        """Takes the entries from `start` to `end`. Raises a `StorageError`."""
        for page, result in pages.read(start, end):
            self.follower.follow(page, result)
            numbers = range(*page) if result.numbers is None else result.numbers
            self._tree.take(numbers, result.leaves, result.bundles)
            self._failures.extend(self._seen.look(self._verifier.seen))
            self._failures.drain(self._verifier.failures)
            self._failures.drain(self.follower.failures)
            if self._progress is not None:
                self._progress(self._verifier.seq, self._source.size)


@contextmanager
def pages_of(
    target: Target, origin: str, compared: Published | None, start: int, processes: int | None
) -> Iterator[Pages | SharedPages]:
    """The pages of a target, examined by so many processes (default: one for each CPU, if it is worth it)."""
    if processes is None:
        processes = (os.cpu_count() or 1) if target.source.size - start >= MANY else 1
    job = Job(target.source.reopen, origin, compared)
    with _without_collecting(), open_pages(target.source, job, processes) as pages:
        yield pages


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Searching for cycles takes a tenth of the time, and there are next to none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
