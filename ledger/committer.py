"""The committer: statements become entries, in batches, decided under the ledger's lock.

One per ledger and process. A batch is whatever has gathered when the lock is held: while the batch
before was written, and while other processes had their turn. Where many come, it waits a moment for more.
Several processes take turns at the lock instead of colliding, so a decision is always made on the newest
state. Nothing here costs more with more votes.

The life of a batch, and what is lost if the process dies:

1. statements gather in the queue (their signatures are verified already)      lost: not stored
2. the store's transaction takes the lock and tells the head                   lost: not stored
3. what other processes appended is applied (usually nothing)
4. each statement is decided, one after the other; a refused one fails alone
5. all entries go down in one insert, and the transaction commits              stored, or unknown
6. each waiting caller gets its receipt, when the entries are published        stored; ask again
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from ledger.domain.sentences import ledgers
from ledger.errors import NotPublished, StimmbuchError, StoreUnavailable
from ledger.receipt import Receipt
from ledger.writer import Answer, Verified, Writer

MAX_BATCH = 1000
"""Statements in one transaction: bounds the time for which other processes wait for the lock."""

GATHERING = 0.0001
"""Seconds, for each statement of the last batch, for which the next one waits for more. A transaction of one
statement costs as much as ten more statements in it; who votes alone waits for nobody."""

LONGEST_GATHERING = 0.001
"""But no longer than this, in seconds."""

log = logging.getLogger(__name__)


class Gate(Protocol):
    """What holds answers back until their entries are published."""

    def when(self, seq: int, done: Callable[[StimmbuchError | None], None]) -> None:
        """Calls `done` once, later: when the entry is published, or with what is in the way."""
        ...

    def receipt(self, seq: int, entry: bytes) -> bytes:
        """The proof that an entry is published."""
        ...


class Queued(NamedTuple):
    """A statement in the queue, and what is called with its answer, once."""

    verified: Verified
    answer: Callable[[Answer], None]


class Waiting:
    """A thread that waits for its answer.

    A lock that is given back once costs a tenth of a `Future`, which is made for more than one waiter.
    """

    __slots__ = ("_answer", "_answered")

    def __init__(self) -> None:
        self._answer: Answer
        self._answered = threading.Lock()
        self._answered.acquire()

    def answer(self, answer: Answer) -> None:
        """Lets the waiting thread go on. To be called once."""
        self._answer = answer
        self._answered.release()

    def wait(self) -> Receipt:
        """The receipt, when it is there. Raises the refusal."""
        self._answered.acquire()
        if isinstance(self._answer, StimmbuchError):
            raise self._answer
        return self._answer


class Committer:
    """The queue in front of a writer. `submit` may be called by any thread; one thread of its own writes."""

    def __init__(self, writer: Writer, gate: Gate | None = None) -> None:
        """Starts its thread with the first submission. Without a gate, what is stored is answered at once."""
        self._writer = writer
        self._gate = gate
        self._queue: deque[Queued] = deque()
        self._arrived = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None
        self.watch: Callable[[int], None] | None = None
        """Is told the number of statements of each batch."""

    def submit(self, verified: Verified) -> Receipt:
        """Waits until the statement is stored, and published if there is a gate.

        Raises what the rules raise, or a `StorageError`.
        """
        waiting = Waiting()
        self.submit_then(verified, waiting.answer)
        return waiting.wait()

    def submit_then(self, verified: Verified, answer: Callable[[Answer], None]) -> None:
        """Returns at once; `answer` is called once, with the receipt or with what `submit` would raise.

        In a thread that everybody else's answer comes from as well, so it has to be brief.
        """
        with self._arrived:
            if self._closed:
                raise StoreUnavailable(ledgers.SHUTTING_DOWN)
            self._queue.append(Queued(verified, answer))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="committer", daemon=True)
                self._thread.start()
            self._arrived.notify()

    def submit_many(self, statements: Sequence[Verified]) -> list[Answer]:
        """Decides the statements in order, in as few transactions as their number needs."""
        answers: list[Answer] = []
        for start in range(0, len(statements), MAX_BATCH):
            part = statements[start : start + MAX_BATCH]
            answers += self._writer.commit(lambda: part)  # noqa: B023 (called before the next turn)
        return answers

    def close(self) -> None:
        """Finishes what has been submitted, then stops. Later submissions are refused."""
        with self._arrived:
            self._closed = True
            self._arrived.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        taken: list[Queued] = []
        while self._something_waits():
            if len(taken) > 1:
                time.sleep(min(LONGEST_GATHERING, len(taken) * GATHERING))
            taken = []
            answers = self._writer.commit(lambda: self._take(taken))  # noqa: B023 (the same)
            if self.watch is not None:
                self.watch(len(taken))
            stored = [answer.seq for answer in answers if isinstance(answer, Receipt)]
            if self._gate is None or not stored:
                self._answer(taken, answers, None)
            else:
                self._gate.when(max(stored), partial(self._answer, taken, answers))

    def _something_waits(self) -> bool:
        with self._arrived:
            while not self._queue and not self._closed:
                self._arrived.wait()
            return bool(self._queue)

    def _take(self, taken: list[Queued]) -> list[Verified]:
        with self._arrived:
            count = min(len(self._queue), MAX_BATCH)
            taken += (self._queue.popleft() for _ in range(count))
        return [queued.verified for queued in taken]

    def _answer(
        self, taken: Sequence[Queued], answers: Sequence[Answer], unpublished: StimmbuchError | None
    ) -> None:
        """Answers a batch; `unpublished` is what to say instead of a receipt."""
        for queued, answer in zip(taken, answers, strict=True):
            if isinstance(answer, Receipt):
                answer = unpublished or self._prove(answer)  # noqa: PLW2901
            try:
                queued.answer(answer)
            except Exception:  # the others must get theirs
                log.exception("an answer could not be given")

    def _prove(self, receipt: Receipt) -> Answer:
        """The receipt with its proof. All of a batch are proven here, and not by the threads that wait."""
        if self._gate is None:
            return receipt
        try:
            return receipt._replace(proof=self._gate.receipt(receipt.seq, receipt.entry))
        except StimmbuchError as error:
            return error
        except Exception as error:  # noqa: BLE001 every waiting caller must get an answer
            return NotPublished(ledgers.CANNOT_BE_PROVEN, seq=receipt.seq, error=repr(error))
