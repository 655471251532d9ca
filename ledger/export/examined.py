"""One procedure as it stood after an entry, and what of it was checked: what a report is made from.

Its entries, those of procedures that it repeats, and those of the register are replayed under the rules, with
every signature; each is proven to be in the first published checkpoint that contains the position. That
checkpoint is the same for ever, so whoever examines the same position again finds the same. What only the
whole log shows (2.1, 8.1, 8.6, anchors) is not looked at, and counted as not made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from ledger.domain.procedure import Procedure
from ledger.domain.values import Place
from ledger.errors import NotFound
from ledger.export import sentences
from ledger.export.examined_head import prove
from ledger.export.head import Head
from ledger.export.looked import Looked
from ledger.export.streams import StreamsVerifier
from ledger.mapper import Reading, read_entry
from ledger.proof.checks import Failure
from ledger.proof.statement import Statement, register_stream, topic
from ledger.rules import ReplayedRules
from ledger.state import State
from ledger.storage.recorder import LedgerRecorder, Row
from ledger.storage.store import Store


@dataclass
class Examined:
    """What was found."""

    position: Reading
    """The entry after which everything is told."""
    rows: list[Row] = field(default_factory=list)
    """The entries of the procedure, as they are stored."""
    readings: list[Reading] = field(default_factory=list)
    """The same, read."""
    register: list[Reading] = field(default_factory=list)
    state: State | None = None
    procedure: Procedure | None = None
    """As it stood; None only where its opening cannot be read."""
    head: Head | None = None
    """None while the position is not published, or where its checkpoint does not verify."""
    made: Counter[str] = field(default_factory=Counter)
    """Check → how many times it was made."""
    failures: list[Failure] = field(default_factory=list)


class _KeepingRules(ReplayedRules):
    """The rules, without forgetting the single votes of what is closed: a report names them."""

    def decide(self, statement: Statement, seq: int, at: str, leaf: str) -> None:
        self.state.decide(statement, Place(seq, at, leaf))


def examine(store: Store, origin: str, procedure: UUID, at: int | None = None) -> Examined:
    """The procedure after entry `at` (default: its latest one).

    Raises `NotFound` if there is no such entry, or no such procedure then, or a `StorageError`.
    """
    recorder = store.recorder
    position = _position(recorder, procedure, at)
    found = Examined(read_entry(position.state))
    streams = list(_streams(recorder, procedure, position.seq))
    register = _rows(recorder, register_stream(origin), position.seq)
    rows = sorted(row for stream in (register, *streams) for row in stream)
    rules = _KeepingRules(origin)
    _follow(found, rows, StreamsVerifier(origin, rules), procedure)
    found.state, found.procedure = rules.state, rules.state.known(procedure)
    head, made, failures = prove(store, position.seq, rows)
    found.head = head
    found.made.update(made)
    found.failures += failures
    return found


def _position(recorder: LedgerRecorder, procedure: UUID, at: int | None) -> Row:
    if at is None:
        for row in recorder.stream(procedure, newest_first=True, limit=1):
            return row
        raise NotFound(sentences.NO_PROCEDURE, procedure=procedure)
    if at < 0:
        raise NotFound(sentences.SO_EARLY)
    for row in recorder.read(at - 1, 1):
        return row
    raise NotFound(sentences.NO_ENTRY_YET, at=at, head=recorder.head())


def _streams(recorder: LedgerRecorder, procedure: UUID, last: int) -> Iterator[list[Row]]:
    """The entries of a procedure, then of those that it repeats: their rules depend on each other."""
    seen: set[UUID] = set()
    wanted: UUID | None = procedure
    while wanted is not None and wanted not in seen:
        seen.add(wanted)
        rows = _rows(recorder, wanted, last)
        payload = read_entry(rows[0].state).payload if rows else {}
        if "procedure" not in payload and wanted == procedure:
            raise NotFound(sentences.NOT_YET, procedure=wanted, last=last)
        yield rows
        wanted = UUID(payload["repeats"]) if "repeats" in payload else None


def _rows(recorder: LedgerRecorder, stream: UUID, last: int) -> list[Row]:
    return [row for row in recorder.stream(stream) if row.seq <= last]


def _follow(found: Examined, rows: list[Row], verifier: StreamsVerifier, procedure: UUID) -> None:
    """(1) to (5), and (6.1): the columns repeat what the entry says."""
    looked = Looked(found.made)
    for row in rows:
        read = looked.add(verifier, row.seq, row.state)
        if read is None:
            continue
        entry, statement = read
        found.made["6.1"] += 1
        stored = (row.seq, str(row.stream), row.pos, row.topic, row.statement)
        said = (entry.seq, entry.stream, entry.pos, topic(statement.kind), entry.envelope.digest)
        if stored != said:
            found.failures.append(
                Failure.of("6.1", row.seq, sentences.COLUMNS_DIFFER, str(said), str(stored))
            )
        reading = Reading(entry, statement, Place(entry.seq, entry.at, verifier.prev))
        if row.stream == procedure:
            found.rows.append(row)
            found.readings.append(reading)
        elif "procedure" not in statement.payload:
            found.register.append(reading)
    found.failures += verifier.failures
