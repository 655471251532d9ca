"""What a ledger's storage promises: the sentences that every backend is measured against.

 1. One row per entry. `state` comes back byte for byte as it was given; nothing is re-serialised.
 2. `seq` counts from 0 without a gap, in the order of the commits: whoever has read up to n has seen
    every entry up to n, and nothing is ever added below it.
 3. A batch holds the ledger's lock from entering to leaving its block. There is one batch at a time,
    among all threads, processes and machines that use the ledger.
 4. In a batch, `head` and `since` show everything that was ever committed. Others go on reading.
 5. The rows of a batch become durable and visible together when the block is left, or not at all.
 6. Rows that do not continue the head, and rows whose statement or (stream, pos) is stored already,
    raise `Conflict`: from `append`, or when the block is left. A batch that has failed stays failed.
 7. An error says what is known. `Conflict`, `StoreLocked`, `StoreUnavailable`: nothing was stored.
    `OutcomeUnknown`: ask `find` for the statements.
 8. The storage never repeats a write by itself. A read on a broken connection is repeated once.
 9. There is no call that changes or removes a row.
10. A recorder may be used by many threads. It must be opened after a fork, not before.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, NamedTuple, Protocol
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    StoredEvent,
    Subscription,
)

from ledger.errors import StorageError
from ledger.storage.subscription import LedgerSubscription

LOCK_TIMEOUT = 5.0
"""Seconds to wait for the ledger's lock before `StoreLocked`; a batch normally holds it for milliseconds."""


class Conflict(StorageError, IntegrityError):
    """A unique key is violated, or rows do not continue the head. Nothing was stored.

    Internal: the caller reads back and compares, since the row may be its own, stored by an attempt
    whose acknowledgement was lost. It is an `IntegrityError` too, as eventsourcing expects one.
    """

    code = "conflict"
    hint = "Read back by statement digest and compare; never report a conflict blindly."


class Row(NamedTuple):
    """One entry as it is stored. `notification_id` of eventsourcing is `seq + 1`."""

    seq: int
    """Place in the log, from 0, gap-free."""
    stream: UUID
    """The aggregate's id."""
    pos: int
    """The aggregate's version, from 1."""
    topic: str
    """Event topic, for instance `stimmbuch.vote-cast.v1`."""
    state: bytes
    """The entry's bytes, exactly as hashed."""
    statement: bytes
    """32 bytes: digest of the signed statement, unique in the ledger."""


class Columns(NamedTuple):
    """Neighbouring entries as they are stored, by the columns of `Row`; streams as 16 bytes."""

    seq: Sequence[int] = ()
    stream: Sequence[bytes] = ()
    pos: Sequence[int] = ()
    topic: Sequence[str] = ()
    state: Sequence[bytes] = ()
    statement: Sequence[bytes] = ()

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Columns:
        """The columns of some rows."""
        columns: Any = zip(*((row.seq, row.stream.bytes, *row[2:]) for row in rows), strict=True)
        return cls(*columns)

    def row(self, at: int) -> Row:
        """One of the rows."""
        stream = UUID(bytes=self.stream[at])
        return Row(self.seq[at], stream, self.pos[at], self.topic[at], self.state[at], self.statement[at])


class Batch(Protocol):
    """An open write transaction that holds the ledger's lock. Valid inside its `with` block only."""

    head: int
    """`seq` of the last entry, those appended in this batch included; -1 when the ledger is empty."""

    def since(self, seq: int) -> list[Row]:
        """The committed entries after `seq`, in order, as seen under the lock."""
        ...

    def append(self, rows: Sequence[Row]) -> None:
        """Adds rows, all or none. They must continue `head` without a gap, else `Conflict`."""
        ...


class LedgerRecorder(ApplicationRecorder, ABC):
    """The storage of one ledger. The promises stand at the top of this module.

    Everything raises `StoreUnavailable` when the database does not answer.
    """

    has_own_clock: ClassVar[bool] = True
    """Whether the database may have another clock than the processes that use it."""

    @abstractmethod
    def batch(self, after: int | None = None) -> AbstractContextManager[Batch]:
        """Takes the lock (`StoreLocked` if that takes too long). Leaving commits; an exception rolls back.

        Who is going to ask `since(after)` says so here: the answer may come along with the lock.
        """

    @abstractmethod
    def read(
        self, after: int, limit: int, *, until: int | None = None, topics: Sequence[str] = ()
    ) -> list[Row]:
        """At most `limit` entries with `after` < seq <= `until`, in order; -1 reads from the start."""

    def columns(self, after: int, limit: int, *, until: int) -> Columns:
        """The same as `read`, in less time where nobody wants rows."""
        return Columns.of(self.read(after, limit, until=until))

    @abstractmethod
    def stream(
        self,
        stream: UUID,
        after: int = 0,
        *,
        until: int | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Row]:
        """One aggregate's entries with `after` < pos <= `until`, in order."""

    @abstractmethod
    def find(self, statements: Sequence[bytes]) -> dict[bytes, Row]:
        """Those of these statements (32-byte digests) that are stored."""

    @abstractmethod
    def at(self, seqs: Sequence[int]) -> list[Row]:
        """Those of the entries with these numbers that are stored, in the order of the log."""

    @abstractmethod
    def head(self) -> int:
        """`seq` of the last entry; -1 when the ledger is empty."""

    @abstractmethod
    def wait(self, after: int, timeout: float) -> bool:
        """True as soon as an entry with a `seq` above `after` exists; False after `timeout` seconds."""

    @abstractmethod
    def stop_waiting(self) -> None:
        """Ends every `wait`, also those to come, with what there is; everything else goes on."""

    @abstractmethod
    def now(self) -> str:
        """The time by the database's own clock, as entries write it."""

    @abstractmethod
    def check(self) -> None:
        """Raises a `StorageError` unless this store can be written to, and has what keeps its promises."""

    @abstractmethod
    def close(self) -> None:
        """Gives back connections and threads. Closing twice is harmless."""

    # ── The library's own interface, on top of the above ───────────────────────────────────────

    def statement_digest(self, event: StoredEvent) -> bytes:
        """The digest under which an event that came through `insert_events` is unique (32 bytes).

        A ledger is written to by `batch`, with the digests of signed statements. Events of other
        applications have no statement: theirs are told apart by their place in their stream.
        """
        place = f"{event.originator_id}:{event.originator_version}:".encode()
        return hashlib.sha256(place + event.state).digest()

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Appends events in one batch; returns their notification ids. Raises as `batch` does."""
        if not stored_events:
            return []
        with self.batch() as batch:
            first = batch.head + 1
            batch.append([self._row(first + i, event) for i, event in enumerate(stored_events)])
        return [first + 1 + i for i in range(len(stored_events))]

    def _row(self, seq: int, event: StoredEvent) -> Row:
        stream = _uuid(event.originator_id)
        digest = self.statement_digest(event)
        return Row(seq, stream, event.originator_version, event.topic, event.state, digest)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """One aggregate's events; `gt` and `lte` are versions."""
        after = -1 if gt is None else gt
        rows = self.stream(_uuid(originator_id), after, until=lte, newest_first=desc, limit=limit)
        return [StoredEvent(row.stream, row.pos, row.topic, row.state) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The log by notification id (`seq + 1`), from `start` to `stop`."""
        after = -1 if start is None else start - (2 if inclusive_of_start else 1)
        rows = self.read(after, limit, until=None if stop is None else stop - 1, topics=topics)
        return [Notification(row.stream, row.pos, row.topic, row.state, row.seq + 1) for row in rows]

    def max_notification_id(self) -> int | None:
        """The last notification id, or None when the ledger is empty."""
        head = self.head()
        return None if head < 0 else head + 1

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """An endless iterator over the notifications after `gt`; use it as a context manager."""
        return LedgerSubscription(recorder=self, gt=gt, topics=topics)


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
