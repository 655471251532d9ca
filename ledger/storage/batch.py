"""What the batches of both backends share: order is checked, a failure sticks, the end is the end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ledger.errors import StorageError
from ledger.storage import sentences
from ledger.storage.recorder import Conflict, Row


class LockedBatch(ABC):
    """A `Batch`; a backend adds how rows are loaded and inserted in its open transaction."""

    def __init__(self, head: int) -> None:
        self.head = head
        self._committed = head
        self._failure: StorageError | None = None
        self._open = True

    def since(self, seq: int) -> list[Row]:
        """See `Batch`. Costs nothing when there is nothing new."""
        self._usable()
        return [] if seq >= self._committed else self._load(seq, self._committed)

    def append(self, rows: Sequence[Row]) -> None:
        """See `Batch`."""
        self._usable()
        try:
            self._continues(rows)
            if rows:
                self._insert(rows)
        except StorageError as error:
            self._failure = error
            raise
        self.head += len(rows)

    @contextmanager
    def use(self) -> Iterator[None]:
        """The time in which the batch is valid. Raises its failure again if the caller swallowed it."""
        try:
            yield
        finally:
            self._open = False
        if self._failure is not None:
            raise self._failure

    @abstractmethod
    def _load(self, after: int, until: int) -> list[Row]: ...

    @abstractmethod
    def _insert(self, rows: Sequence[Row]) -> None: ...

    def _usable(self) -> None:
        if self._failure is not None:
            raise self._failure
        if not self._open:
            raise StorageError(sentences.BATCH_ENDED)

    def _continues(self, rows: Sequence[Row]) -> None:
        for expected, row in enumerate(rows, self.head + 1):
            if row.seq != expected:
                raise Conflict(f"the next entry has seq {expected}, not {row.seq}", head=self.head)
