"""The pages of a log, examined in this process or by several at once, always handed over in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import wait

from ledger.audit.source import PAGE, EntrySource
from ledger.audit.worker import Job, PageReader, Range, Result
from ledger.audit.worker_process import Worker

AHEAD = 3
"""Pages that a process has been given and has not answered."""

KEPT = 4
"""Pages (or parts of so many) that are kept at most because one before them was not answered: a process may
have to wait for its CPU, and what the others find meanwhile takes memory."""

PARTS = 4
"""Into which a page is divided near the end, so that all processes come to it at the same time."""


class Plan:
    """Which pages come next: all of a source, but not where it has nothing."""

    def __init__(self, source: EntrySource, start: int, end: int, ahead: int = 0) -> None:
        """The last `ahead` pages are divided."""
        self._source = source
        self._next = start
        self._end = end
        self._ahead = ahead

    def take(self) -> Range | None:
        """The next page: up to a multiple of `PAGE`, or of its part."""
        first = self._next
        if first >= self._end:
            return None
        size = PAGE if self._end - first > self._ahead * PAGE else max(1, PAGE // PARTS)
        self._next = min(first - first % size + size, self._end)
        return Range(first, self._next)

    def saw(self, page: Range, result: Result) -> None:
        """Goes on behind a hole."""
        if result.broken is not None or result.numbers == []:
            begin = page.end if result.broken is None else result.broken[0] + 1
            after = self._source.next(max(begin, self._next))
            self._next = max(self._next, self._end if after is None else after)


class Pages:
    """In this process, one after the other."""

    def __init__(self, source: EntrySource, job: Job) -> None:
        self._source = source
        self._reader = PageReader(source, job.origin, job.published)

    def read(self, start: int, end: int) -> Iterator[tuple[Range, Result]]:
        """The pages from entry `start` to `end`. Raises a `StorageError`."""
        plan = Plan(self._source, start, end)
        while page := plan.take():
            result = self._reader.read(*page)
            plan.saw(page, result)
            yield page, result

    def learn(self, keys: Sequence[bytes]) -> None:
        """Keys that are known from before."""
        self._reader.examiner.learn(keys)


class SharedPages:
    """By several processes, each with a connection of its own to the source, this one among them."""

    def __init__(self, source: EntrySource, job: Job, workers: Sequence[Worker]) -> None:
        self._source = source
        self._reader = PageReader(source, job.origin, job.published)
        self._workers = workers
        self._keys: list[bytes] = []
        self._answers: dict[Range, Result] = {}

    def learn(self, keys: Sequence[bytes]) -> None:
        """Keys that are known from before."""
        self._keys += keys
        self._reader.examiner.learn(keys)

    def read(self, start: int, end: int) -> Iterator[tuple[Range, Result]]:
        """The pages from entry `start` to `end`. Raises a `StorageError`."""
        plan = Plan(self._source, start, end, ahead=AHEAD * len(self._workers) + 1)
        order: deque[Range] = deque()
        while order or self._take_one(plan, order):
            while order[0] not in self._answers:
                if not self._collect(patience=0) and not self._take_one(plan, order):
                    self._collect(patience=None)
                self._give(plan, order)
            page = order.popleft()
            plan.saw(page, result := self._answers.pop(page))
            self._give(plan, order)
            yield page, result

    def _take_one(self, plan: Plan, order: deque[Range]) -> bool:
        """Examines the next page here, rather than wait; False if there is none, or too many are kept.

        The first page of all as well: it names keys that the others need, and they are still starting.
        """
        page = plan.take() if self._has_room() else None
        if page is None:
            return False
        order.append(page)
        self._answer(page, self._reader.read(*page))
        return True

    def _give(self, plan: Plan, order: deque[Range]) -> None:
        """Gives out pages to those who have too few."""
        for worker in self._workers:
            while worker.waiting < AHEAD and self._has_room() and (page := plan.take()):
                order.append(page)
                worker.give(page, self._keys)

    def _has_room(self) -> bool:
        return sum(page.end - page.first for page in self._answers) < KEPT * PAGE

    def _collect(self, patience: float | None) -> bool:
        """Takes the answers that are there; waits for one so many seconds, for ever if None."""
        busy: dict[object, Worker] = {one.connection: one for one in self._workers if one.waiting}
        ready = wait([one.connection for one in self._workers if one.waiting], patience)
        for connection in ready:
            self._answer(*busy[connection].answer())
        return bool(ready)

    def _answer(self, page: Range, result: Result) -> None:
        self._answers[page] = result
        self._keys += result.keys
        self._reader.examiner.learn(result.keys)


@contextmanager
def open_pages(source: EntrySource, job: Job, processes: int) -> Iterator[Pages | SharedPages]:
    """The pages of a source, examined by so many processes, this one among them."""
    if processes <= 1:
        yield Pages(source, job)
        return
    workers: list[Worker] = []
    try:
        workers += (Worker(job) for _ in range(processes - 1))
        yield SharedPages(source, job, workers)
    finally:
        for worker in workers:
            worker.end()
