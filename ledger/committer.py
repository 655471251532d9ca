"""The committer: statements become entries, in batches, decided under the ledger's lock.

One per ledger and process. A batch is whatever has gathered while the one before was written:
nobody waits for more to come. Several processes take turns at the lock instead of colliding, so a
decision is always made on the newest state. Nothing here costs more with more votes.

The life of a batch, and what is lost if the process dies:

1. statements gather in the queue (their signatures are verified already)      lost: not stored
2. the store's transaction takes the lock and tells the head                   lost: not stored
3. what other processes appended is applied (usually nothing)
4. each statement is decided, one after the other; a refused one fails alone
5. all entries go down in one insert, and the transaction commits              stored, or unknown
6. each waiting caller gets its receipt, when the entries are published        stored; ask again
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Protocol

from ledger.errors import StimmbuchError, StoreUnavailable
from ledger.receipt import Receipt
from ledger.writer import Answer, Verified, Writer

MAX_BATCH = 1000
"""Statements in one transaction: bounds the time for which other processes wait for the lock."""


Taken = list[tuple[Verified, Future[Receipt]]]


class Gate(Protocol):
    """What holds answers back until their entries are published."""

    def when(self, seq: int, done: Callable[[StimmbuchError | None], None]) -> None:
        """Calls `done` once, later: when the entry is published, or with what is in the way."""
        ...

    def receipt(self, seq: int, entry: bytes) -> bytes:
        """The proof that an entry is published."""
        ...


class Committer:
    """The queue in front of a writer. `submit` may be called by any thread; one thread of its own writes."""

    def __init__(self, writer: Writer, gate: Gate | None = None) -> None:
        """Starts its thread with the first submission. Without a gate, what is stored is answered at once."""
        self._writer = writer
        self._gate = gate
        self._queue: deque[tuple[Verified, Future[Receipt]]] = deque()
        self._arrived = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def submit(self, verified: Verified) -> Receipt:
        """Waits until the statement is stored, and published if there is a gate.

        Raises what the rules raise, or a `StorageError`.
        """
        future: Future[Receipt] = Future()
        with self._arrived:
            if self._closed:
                raise StoreUnavailable("the service is shutting down")
            self._queue.append((verified, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="committer", daemon=True)
                self._thread.start()
            self._arrived.notify()
        return future.result()

    def submit_many(self, statements: Sequence[Verified]) -> list[Answer]:
        """Decides the statements in order, in as few transactions as their number needs."""
        answers: list[Answer] = []
        for start in range(0, len(statements), MAX_BATCH):
            answers += self._writer.commit(statements[start : start + MAX_BATCH])
        return answers

    def close(self) -> None:
        """Finishes what has been submitted, then stops. Later submissions are refused."""
        with self._arrived:
            self._closed = True
            self._arrived.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while taken := self._take():
            answers = self._writer.commit([verified for verified, _ in taken])
            stored = [answer.seq for answer in answers if isinstance(answer, Receipt)]
            if self._gate is None or not stored:
                self._answer(taken, answers, None)
            else:
                self._gate.when(max(stored), partial(self._answer, taken, answers))

    def _take(self) -> Taken:
        with self._arrived:
            while not self._queue and not self._closed:
                self._arrived.wait()
            count = min(len(self._queue), MAX_BATCH)
            return [self._queue.popleft() for _ in range(count)]

    def _answer(self, taken: Taken, answers: Sequence[Answer], unpublished: StimmbuchError | None) -> None:
        """Answers a batch; `unpublished` is what to say instead of a receipt."""
        for (_, future), answer in zip(taken, answers, strict=True):
            if isinstance(answer, StimmbuchError) or unpublished is not None:
                future.set_exception(answer if isinstance(answer, StimmbuchError) else unpublished)
                continue
            try:
                future.set_result(self._prove(answer))
            except StimmbuchError as error:
                future.set_exception(error)

    def _prove(self, receipt: Receipt) -> Receipt:
        """The receipt with its proof. All of a batch are proven here, and not by the threads that wait."""
        if self._gate is None:
            return receipt
        return receipt._replace(proof=self._gate.receipt(receipt.seq, receipt.entry))
