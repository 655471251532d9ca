"""What has been published, as every process sees it: who waits for an entry's checkpoint waits here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from ledger.errors import NotPublished, StimmbuchError, StorageError
from ledger.publish import sentences
from ledger.publish.folder import LogFolder
from ledger.publish.sizes import Sizes
from ledger.sentence import Sentence

LOOK = 0.002
"""Seconds between two looks at the published sizes, while somebody waits."""

REST = 0.004
"""Seconds without a look after something was published: two passes are hardly closer (`loop.Rhythm`)."""

Done = Callable[[StimmbuchError | None], None]


class Waiting(NamedTuple):
    """Somebody who waits for an entry to be published."""

    seq: int
    until: float
    done: Done


class Published:
    """One per ledger and process. Safe for many threads; one thread of its own looks, while it is needed."""

    def __init__(
        self, folder: LogFolder, why: Callable[[], Sentence | None], *, patience: float = 10.0
    ) -> None:
        """`why` says what keeps the publisher; `patience` is the longest wait in seconds."""
        self.folder = folder
        self._sizes = Sizes(folder.path)
        self._why = why
        self._patience = patience
        self._turn = threading.Condition()
        self._waiting: list[Waiting] = []
        self._next = 0.0  # when the waiting ones have to be looked at, if nothing is published before
        self._answered = -1  # the size for which that was done last
        self._thread: threading.Thread | None = None
        self._closed = False

    def size(self) -> int:
        """The newest published size, -1 if nothing was published. Raises `StoreUnavailable`."""
        with self._turn:
            return self._sizes.latest()

    def sizes_below(self, bound: int, limit: int) -> list[int]:
        """At most `limit` published sizes below `bound`, the largest first. Raises `StoreUnavailable`."""
        with self._turn:
            return self._sizes.below(bound, limit)

    def covering(self, seq: int) -> int:
        """The first published size that contains the entry. Raises `NotFound`."""
        with self._turn:
            return self._sizes.covering(seq)

    def waiting(self) -> int:
        """How many wait for a checkpoint now: batches, not statements."""
        return len(self._waiting)

    def when(self, seq: int, done: Done) -> None:
        """Calls `done` in another thread once the entry is published, or with what is in the way.

        That is `NotPublished` when it takes too long, or what keeps us from looking.
        """
        with self._turn:
            self._waiting.append(Waiting(seq, time.monotonic() + self._patience, done))
            self._next = 0.0
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="published", daemon=True)
                self._thread.start()
            self._turn.notify()

    def close(self) -> None:
        """Answers everybody who still waits, then stops."""
        with self._turn:
            self._closed = True
            self._turn.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._take_part():
            try:
                size, error = self.size(), None
            except (StorageError, StimmbuchError) as failure:
                size, error = -1, failure
            time.sleep(REST if self._answer(size, error) else LOOK)

    def _take_part(self) -> bool:
        """Waits until somebody waits; False when it is time to stop and nobody waits any more."""
        with self._turn:
            while not self._waiting and not self._closed:
                self._turn.wait()
            return bool(self._waiting)

    def _answer(self, size: int, error: StimmbuchError | None) -> bool:
        """Answers whom there is something to say to; whether something was published since the last look."""
        now = time.monotonic()
        with self._turn:
            news = size != self._answered
            if error is None and not news and now < self._next:
                return False  # one look of many: nothing has happened
            waiting, self._waiting = self._waiting, []
            for one in waiting:
                if one.seq >= size and one.until > now and error is None:
                    self._waiting.append(one)
            self._answered, self._next = size, min((one.until for one in self._waiting), default=0.0)
        for one in waiting:
            if one.seq < size:
                one.done(None)
            elif error is not None:
                one.done(error)
            elif one.until <= now:
                one.done(not_published(one.seq, self._why()))
        return news


def not_published(seq: int, why: Sentence | None) -> NotPublished:
    """What is said of an entry that is recorded only; `why` is what keeps the publisher."""
    if why is None:
        return NotPublished(sentences.STORED_NOT_PUBLISHED, seq=seq)
    return NotPublished(sentences.STORED_NOT_PUBLISHED_BECAUSE, seq=seq, reason=why)
