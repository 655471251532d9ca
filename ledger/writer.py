"""The writer: decides statements under the ledger's lock and appends their entries, in one transaction.

It keeps the ledger's state as of the last entry that this process has seen, and applies what other
processes appended before it decides anything. After a failure it reads the state afresh.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import EventSourcingError

from ledger.domain.sentences import ledgers
from ledger.domain.values import Place
from ledger.errors import ClockDrift, OutcomeUnknown, ProofError, RolledBack, StimmbuchError, StorageError
from ledger.mapper import Reading, glance_entry, place_of, read_entry
from ledger.proof.entry import NO_LINK, build_entry, leaf_hash
from ledger.proof.sentences import verification
from ledger.proof.statement import Statement, topic
from ledger.receipt import Receipt, receipt_of
from ledger.state import State
from ledger.storage.recorder import Batch, Conflict, LedgerRecorder, Row

CATCH_UP = 1000
"""Entries read at once when following what others appended."""

Answer = Receipt | StimmbuchError


class Verified(NamedTuple):
    """A statement whose signatures were verified under the keys of the register of that version."""

    statement: Statement
    register_version: int


class Head(NamedTuple):
    """The last entry that the cached state contains."""

    seq: int = -1
    leaf: str = NO_LINK
    at: str = ""


class Writer:
    """One per ledger and process. Safe for many threads; they take turns."""

    def __init__(
        self,
        recorder: LedgerRecorder,
        origin: str,
        clock: Callable[[], str],
        published: Callable[[], int] = lambda: 0,
    ) -> None:
        """`clock` gives the time as entries write it; `published` how many entries were published.

        Where `clock` raises `ClockDrift`, nothing is recorded: it is asked for every batch, and asks nobody.
        """
        self._recorder = recorder
        self._published = published
        self._origin = origin
        self._clock = clock
        self._writing = threading.Lock()
        self._touched = False
        self._head = Head()
        self._state = State(origin, self._load)

    @property
    def state(self) -> State:
        """The state as of the last entry this process has seen. For reading keys."""
        return self._state

    @contextmanager
    def current(self) -> Iterator[State]:
        """The state with everything stored so far, held still while it is read. Raises a `StorageError`."""
        with self._writing:
            self._follow()
            yield self._state

    def commit(self, take: Callable[[], Sequence[Verified]]) -> list[Answer]:
        """Decides statements in order, in one transaction; each gets its answer.

        `take` is called once, when the lock is held or cannot be had: what comes while it is waited for
        still gets into the batch. After a conflict there is a second transaction, on a state read afresh.
        """
        taken = cache(take)
        with self._writing:
            try:
                answers = self._write(taken)
                return self._recognise(taken(), answers)
            except Conflict:
                # A digest was there already, or the cached state was wrong: read back, then decide
                # again. A statement that is stored is answered with its receipt.
                self._forget()
            except Exception as error:  # noqa: BLE001 every waiting caller must get an answer
                return [self._failed(error)] * len(taken())
            try:
                return self._write_unknown(taken())
            except Exception as error:  # noqa: BLE001 the same
                return [self._failed(error)] * len(taken())

    def _failed(self, error: Exception) -> StimmbuchError:
        """The answer to all statements of a batch that failed; the state is read afresh if it was touched."""
        if self._touched:
            self._forget()
        if isinstance(error, StimmbuchError) and not isinstance(error, Conflict):
            return error
        unknown = OutcomeUnknown(ledgers.NOT_FOR_CERTAIN, error=repr(error))
        unknown.__cause__ = error
        return unknown

    def _write(self, take: Callable[[], Sequence[Verified]]) -> list[Answer]:
        if self._state.register is None:
            self._follow()
        while True:
            with self._recorder.batch(self._head.seq) as batch:
                near = batch.head - self._head.seq <= CATCH_UP
                answers = self._decide_all(batch, take) if near else []
            if near:
                break
            self._follow()  # others appended much: read it without holding the lock, then try again
        self._touched = False
        self._state.shrink()
        return answers

    def _decide_all(self, batch: Batch, take: Callable[[], Sequence[Verified]]) -> list[Answer]:
        if batch.head + 1 < (published := self._published()):
            # A restored backup: what is written now would be a second history.
            raise RolledBack(ledgers.FEWER_THAN_PUBLISHED, head=batch.head, published=published)
        self._apply(batch.since(self._head.seq))
        statements, rows = take(), list[Row]()
        try:
            now = self._clock()  # one time for a batch: it is decided at once
        except ClockDrift as drift:
            return [drift] * len(statements)  # what is recorded already still gets its receipt
        answers = [self._decide(*verified, now, rows) for verified in statements]
        if rows:
            batch.append(rows)
        return answers

    def _write_unknown(self, statements: Sequence[Verified]) -> list[Answer]:
        """Like `_write`, for a batch in which some statements, or the same one twice, may be stored."""
        digests = [verified.statement.envelope.digest for verified in statements]
        found = self._recorder.find(digests)
        answers: dict[bytes, Answer] = {
            digest: receipt_of(row, repeated=True) for digest, row in found.items()
        }
        fresh = {
            digest: one for digest, one in zip(digests, statements, strict=True) if digest not in answers
        }
        answers.update(zip(fresh, self._write(lambda: list(fresh.values())), strict=True))
        return [answers[digest] for digest in digests]

    def _recognise(self, statements: Sequence[Verified], answers: list[Answer]) -> list[Answer]:
        """A repeated statement is refused by the rules as well (it replaces itself): look first."""
        refused = [i for i, answer in enumerate(answers) if isinstance(answer, StimmbuchError)]
        if refused:
            digests = [statements[i].statement.envelope.digest for i in refused]
            found = self._recorder.find(digests)
            for i, digest in zip(refused, digests, strict=True):
                if digest in found:
                    answers[i] = receipt_of(found[digest], repeated=True)
        return answers

    def _decide(self, statement: Statement, version: int, now: str, rows: list[Row]) -> Answer:
        head, state = self._head, self._state
        try:
            if version != state.register_version:
                state.signing_keys(statement)  # must still be the live ones
            stream, pos, sprev = state.next_in_stream(statement)
            seq, at = head.seq + 1, max(now, head.at)
            entry = build_entry(
                statement.envelope,
                log=self._origin,
                seq=seq,
                prev=head.leaf,
                stream=stream,
                pos=pos,
                sprev=sprev,
                at=at,
            )
            leaf = leaf_hash(entry)
            self._touched = True
            state.decide(statement, Place(seq, at, leaf))
        except StorageError:
            raise
        except StimmbuchError as error:
            return error
        rows.append(Row(seq, stream, pos, topic(statement.kind), entry, statement.envelope.digest))
        self._head = Head(seq, leaf, at)
        return Receipt(seq, leaf, head.leaf, at, entry)

    # ── following ──────────────────────────────────────────────────────────────────────────────

    def _follow(self) -> None:
        """Catches up without the lock, so that under it there is hardly anything left to do."""
        if self._state.register is None:
            self._begin()
        while rows := self._recorder.read(self._head.seq, CATCH_UP):
            self._apply(rows)
            if len(rows) < CATCH_UP:
                return

    def _begin(self) -> None:
        """Loads the register; procedures are loaded when they are needed."""
        seq = self._recorder.head()
        for row in self._recorder.stream(self._state.register_id):
            if row.seq <= seq:
                self._state.apply(row.topic, row.stream, row.pos, read_entry(row.state))
        if last := self._recorder.read(seq - 1, 1):
            self._set_head(last[0])

    def _apply(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if self._state.follows(row.stream):
                try:
                    self._state.apply(row.topic, row.stream, row.pos, self._read(row))
                except (EventSourcingError, LookupError, TypeError, AttributeError) as error:
                    what = verification.CANNOT_BE_APPLIED
                    raise ProofError(what, seq=row.seq, error=repr(error)) from error
        if rows:
            self._set_head(rows[-1])

    def _read(self, row: Row) -> Reading:
        """Keys are read strictly. For votes a glance is enough: a vote gives nobody a right."""
        return (read_entry if row.stream == self._state.register_id else glance_entry)(row.state)

    def _set_head(self, row: Row) -> None:
        place = place_of(row.state)
        self._head = Head(row.seq, place.leaf, place.at)

    def _load(self, stream: UUID) -> Iterable[tuple[str, int, Reading]]:
        """A stream's entries, as far as the cached state goes."""
        for row in self._recorder.stream(stream):
            if row.seq <= self._head.seq:
                yield row.topic, row.pos, self._read(row)

    def _forget(self) -> None:
        """Drops the cached state: after a failure it may contain what was never stored."""
        self._touched = False
        self._head = Head()
        self._state = State(self._origin, self._load)
