"""The use cases of a ledger, one method each: plain values in, receipts and views of the rules out."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from io import BufferedReader
from typing import Any, BinaryIO, NoReturn
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import Mapper
from eventsourcing.utils import Environment

from ledger.attempts import Attempts
from ledger.clocks import Clocks
from ledger.committer import Committer
from ledger.domain.guards_closing import require_early_end
from ledger.domain.procedure import Procedure
from ledger.domain.sentences import ledgers
from ledger.errors import (
    KeyNotLive,
    NotFound,
    NotYet,
    Refused,
    StimmbuchError,
    ToldInZone,
    UnknownKey,
    WrongLog,
)
from ledger.mapper import EntryMapper, Reading, read_entry
from ledger.prepare import prepare
from ledger.proof.disclosure import Disclosure, read_disclosure
from ledger.proof.dsse import Envelope, Signing, sign
from ledger.proof.statement import Composed, Statement, parse_statement, payload_type, verify_signatures
from ledger.publish.folder import FOLDER, LogFolder
from ledger.publish.publication import Publication
from ledger.publish.sizes import Sizes
from ledger.receipt import Receipt, receipt_of
from ledger.redaction import Erasures, digest_bytes
from ledger.seen import PublishedHeads
from ledger.state import State
from ledger.storage.recorder import LedgerRecorder, Row
from ledger.storage.store import Store
from ledger.writer import Answer, Verified, Writer

ASIDE = 2
"""Threads for answers that are no receipts: what keeps them must not keep the receipts of others."""


class VotingLedger(Application[UUID]):
    """One ledger. Safe for many threads; several processes may use the same store."""

    # Part of stored names (tables, tracking): never changed, also when the class is renamed.
    name = "ledger"

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], str],
        origin: str | None = None,
        publication: Publication | None = None,
    ) -> None:
        """`clock` gives UTC as entries write it; `origin` names a ledger that has no entry yet.

        With `publication`, who submits a statement is answered when it is published. Raises a `StorageError`.
        """
        self.store = store
        self.clock = clock
        self.origin = origin or origin_of(store.recorder)
        folder = LogFolder(store.home / FOLDER) if publication is None else publication.folder
        self.heads = PublishedHeads(folder, self.origin)
        # Also where nobody publishes: a second history is no better for being written by a command.
        size = Sizes(folder.path).latest if publication is None else publication.published.size
        self.clocks = Clocks(store.recorder, clock)
        """Whether they agree; while it is known that they do not, nothing is recorded (`Clocks.watch`)."""
        self.writer = Writer(store.recorder, self.origin, self.clocks.now, size)
        self.committer = Committer(self.writer, publication)
        self.attempts: Attempts | None = None
        """Records refused attempts, where the service's key is at hand (`note_attempts`)."""
        self.erasures = Erasures(store, self.current)
        self._aside = ThreadPoolExecutor(ASIDE, thread_name_prefix="answers")
        super().__init__()

    # ── writing ────────────────────────────────────────────────────────────────────────────────

    def submit(
        self, envelope: Envelope, may: Callable[[Statement], None] = lambda statement: None
    ) -> Receipt:
        """Records a signed statement, or returns the receipt of its first recording.

        `may` is asked first, with the parsed statement: what it raises is raised, and nothing was looked at.

        Raises `Invalid`, `Refused`, `NotFound` or `StorageError`; nothing is stored then, except
        that `OutcomeUnknown` says that nobody knows. What a `redacted` statement names is erased when
        this returns; a `StorageError` after it was recorded means: send the same envelope again.
        """
        verified = self._permitted(envelope, may)
        try:
            receipt = self.committer.submit(verified)
        except Refused as refusal:
            self._conclude(verified.statement, refusal)
            raise
        self._conclude(verified.statement, receipt)
        return receipt

    def submit_then(
        self, envelope: Envelope, may: Callable[[Statement], None], answer: Callable[[Answer], None]
    ) -> None:
        """Like `submit`, but no thread waits: `answer` is called once, in another thread.

        Raises what is known at once. `answer` has to be brief with a receipt: everybody else's comes from
        the same thread. Anything else it is told in one that may take its time.
        """
        statement = (verified := self._permitted(envelope, may)).statement

        def told(answered: Answer) -> None:
            if isinstance(answered, Receipt) and statement.kind != "redacted":
                answer(answered)
            else:
                self._aside.submit(concluded, answered)

        def concluded(answered: Answer) -> None:
            try:
                self._conclude(statement, answered)
            except StimmbuchError as error:
                answered = error
            answer(answered)

        self.committer.submit_then(verified, told)

    def submit_many(self, statements: Iterable[Statement]) -> list[Receipt | StimmbuchError]:
        """Records statements in order, in few transactions; each is answered for itself.

        The signatures are verified under the register as it stands before the first of them; those that
        this process made itself (`Composed`) are only compared with the keys that it has.
        """
        verified = [self._verified(statement) for statement in statements]
        answers = self.committer.submit_many(verified)
        if any(one.statement.kind == "redacted" for one in verified):
            self.erasures.finish()
        return answers

    def speak(self, kind: str, wanted: Mapping[str, Any], *keys: Signing) -> Receipt:
        """Prepares, signs with `keys` and submits a statement: for those who have a key at hand."""
        return self.submit(sign(payload_type(kind), self.prepare(kind, wanted), *keys))

    def close_procedure(self, procedure: UUID, service: str, key: Signing) -> Receipt:
        """Closes, as the service, a procedure whose deadline has passed. Raises `NotDue` before it."""
        return self.speak("procedure-closed", {"actor": service, "procedure": str(procedure)}, key)

    def expire_resolutions(self, procedure: UUID, service: str, key: Signing) -> Receipt:
        """Records, as the service, which resolutions have ended. Raises `NotExpired` before that."""
        return self.speak("result-expired", {"actor": service, "procedure": str(procedure)}, key)

    def note_attempts(self, service: str, key: Signing) -> None:
        """From now on refused attempts go on record, signed by the service."""

        def record(members: dict[str, str]) -> Receipt:
            envelope = sign(
                payload_type("attempt-refused"),
                self.prepare("attempt-refused", {"actor": service, **members}),
                key,
            )
            return self.committer.submit(self._verified(parse_statement(envelope)))

        self.attempts = Attempts(record)

    def disclose(self, encoded: Sequence[str]) -> None:
        """Stores disclosures beside the log, under the digests that entries hold.

        Raises `BadShape`, or `Erased` for what was redacted.
        """
        found = [read_disclosure(one) for one in encoded]
        with self.erasures.storing([one.digest for one in found]):
            self.store.disclosures.put_all({digest_bytes(one.digest): one.encoded.encode() for one in found})

    def put_document(self, sha256: str, stream: BinaryIO, *, limit: int) -> None:
        """Stores a document under its SHA-256. Raises `DocumentMismatch`, `TooLarge` or `Erased`."""
        with self.erasures.storing([sha256]):
            self.store.documents.put(sha256, stream, limit)

    # ── reading ────────────────────────────────────────────────────────────────────────────────

    def current(self) -> AbstractContextManager[State]:
        """The ledger as it stands, held still while it is read. Raises a `StorageError`."""
        return self.writer.current()

    def prepare(self, kind: str, wanted: Mapping[str, Any]) -> bytes:
        """The canonical payload to sign for an intended action (`ledger.prepare`)."""
        seen = None if "seen" in wanted else self.heads.newest()
        with self.current() as state:
            return prepare(kind, wanted, state, now=self.clock(), nonce=secrets.token_bytes(16), seen=seen)

    def ends_early(self, procedure: UUID, reason: str) -> bool:
        """Whether every vote is final, where a procedure may end early for this reason.

        Raises `NotDue` where it may not end yet, `NotProvided` where it never ends early.
        """
        with self.current() as state:
            return require_early_end(state.procedure(procedure), reason)

    def receipt(self, digest: bytes) -> Receipt:
        """The receipt of a statement by the digest of its PAE (32 bytes). Raises `NotFound`."""
        row = self.store.recorder.find([digest]).get(digest)
        if row is None:
            raise NotFound(ledgers.NO_STATEMENT)
        return receipt_of(row)

    def head(self) -> int:
        """Number of the last entry, -1 if there is none."""
        return self.store.recorder.head()

    def time_of(self, seq: int) -> str | None:
        """The time of an entry, None if there is none of this number."""
        for row in self.store.recorder.read(seq - 1, 1):
            return read_entry(row.state).place.at
        return None

    def entries(self, after: int, limit: int) -> list[Row]:
        """Entries after number `after`, in order."""
        return self.store.recorder.read(after, limit)

    def procedure(self, stream: UUID, at: int | None = None) -> Procedure:
        """The procedure as it stood after entry `at` (default: now), replayed. Raises `NotFound`."""
        version = None
        if at is not None:
            version = sum(1 for row in self.store.recorder.stream(stream) if row.seq <= at)
        found: Any = None
        with contextlib.suppress(AggregateNotFoundError):
            found = self.repository.get(stream, version=version)
        if not isinstance(found, Procedure) or version == 0:
            raise NotFound(ledgers.NO_PROCEDURE_THEN, stream=stream)
        return found

    def history(self, stream: UUID, at: int | None = None) -> Iterator[Reading]:
        """The entries of a procedure or of the register, in order, up to entry `at`."""
        for row in self.store.recorder.stream(stream):
            if at is None or row.seq <= at:
                yield read_entry(row.state)

    def seq_at(self, time: str) -> int:
        """Number of the last entry with a time not after `time` (UTC as entries write it), -1 if none.

        Raises `NotYet` for a time to come.
        """
        if time > (now := self.clock()):
            self._refuse_future(time, now)
        low, high = -1, self.head()
        while low < high:  # entries' times do not run backwards
            middle = (low + high + 1) // 2
            [row] = self.store.recorder.read(middle - 1, 1)
            low, high = (middle, high) if read_entry(row.state).place.at <= time else (low, middle - 1)
        return low

    def _refuse_future(self, time: str, now: str) -> NoReturn:
        with self.current() as state:
            zone = "UTC" if state.register is None else state.register.time_zone
        with ToldInZone(zone):
            raise NotYet(ledgers.IN_THE_FUTURE, at=time, now=now, zone=zone)

    def disclosures(self, digests: Iterable[str]) -> dict[str, Disclosure]:
        """The disclosures that are there, by digest. An erased one is missing; that is no error."""
        wanted = {digest_bytes(digest): digest for digest in digests}
        found = self.store.disclosures.get(list(wanted))
        return {
            wanted[key]: read_disclosure(body.decode("ascii"), wanted[key]) for key, body in found.items()
        }

    def open_document(self, sha256: str) -> BufferedReader:
        """A document, for reading; the caller closes it. Raises `NotFound`, or `Erased` if redacted."""
        try:
            return self.store.documents.open(sha256)
        except NotFound:
            self.erasures.refuse([sha256])
            raise

    def close(self) -> None:
        """Finishes what was submitted, then closes the store."""
        self.committer.close()
        self._aside.shutdown()
        super().close()
        self.store.close()

    # ── construction ───────────────────────────────────────────────────────────────────────────

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """The store's own settings: the process environment has no say in where a ledger lies."""
        return Environment(name, dict(self.store.env))

    def construct_mapper(self) -> Mapper[UUID]:
        """Entries to events."""
        return EntryMapper(self._electorate)

    def construct_recorder(self) -> LedgerRecorder:
        """The store's recorder."""
        return self.store.recorder

    # ── inside ─────────────────────────────────────────────────────────────────────────────────

    def _electorate(self, body: str, as_of: str) -> Any:
        with self.current() as state:
            return state.electorate(body, as_of)

    def _permitted(self, envelope: Envelope, may: Callable[[Statement], None]) -> Verified:
        statement = parse_statement(envelope)
        may(statement)
        return self._verified(statement)

    def _conclude(self, statement: Statement, answer: Answer) -> None:
        """What is left to do with an answer: a refused attempt is evidence, a redacted text is erased."""
        if isinstance(answer, Receipt):
            if statement.kind == "redacted":
                self.erasures.finish()
        elif isinstance(answer, Refused) and self.attempts is not None:
            self.attempts.note(statement, answer)

    def _verified(self, statement: Statement) -> Verified:
        """Verifies in the caller's thread; what its signer had seen must be a head of this log."""
        self.clocks.settle()
        verified = self._verified_signatures(statement)
        if statement.payload["seen"] is not None:
            self.heads.require(statement.payload["seen"])
        return verified

    def _verified_signatures(self, statement: Statement) -> Verified:
        """Under the cached register; if need be under the newest."""
        if statement.payload["log"] != self.origin:
            raise WrongLog(ledgers.ANOTHER_LOG, named=statement.payload["log"], own=self.origin)
        try:
            return _verify(statement, self.writer.state)
        except (UnknownKey, KeyNotLive, Refused):
            with self.current() as state:
                return _verify(statement, state)


def _verify(statement: Statement, state: State) -> Verified:
    version = state.register_version
    keys = state.signing_keys(statement)
    # What was signed here a moment ago, with the very keys that are registered and live, is not verified
    # again (decision 0010). `submit` and all that arrives from outside never come here as `Composed`.
    if not (isinstance(statement, Composed) and list(statement.keys) == keys):
        verify_signatures(statement, keys)
    return Verified(statement, version)


def origin_of(recorder: LedgerRecorder) -> str:
    """The name of a ledger, from its first entry. Raises `NotFound`."""
    first = recorder.read(-1, 1)
    if not first:
        raise NotFound(ledgers.NO_ENTRY)
    return read_entry(first[0].state).entry.log
