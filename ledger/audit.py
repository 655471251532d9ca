"""The audit of a store: its log in numbered checks, and what lies beside the log.

Reads everything from the bytes, trusts no column: those are compared with the entries (6.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ledger.audit_anchors import Anchors, anchored_sizes, trusted_at
from ledger.audit_beside import Beside, Counts
from ledger.errors import ProofError, StimmbuchError
from ledger.mapper import read_entry
from ledger.proof.checks import CHECKS, INCOMPLETE, Failure
from ledger.proof.entry import Entry
from ledger.proof.statement import Statement, topic
from ledger.proof.verify import LogVerifier
from ledger.publish.folder import FOLDER, LogFolder
from ledger.rules import ReplayedRules
from ledger.storage.recorder import Row
from ledger.storage.store import Store

PAGE = 2000  # entries read at once


@dataclass
class Audit:
    """What an audit found."""

    origin: str
    entries: int = 0
    head: str = ""
    failures: list[Failure] = field(default_factory=list)
    by_kind: dict[str, int] = field(default_factory=dict)
    beside: Counts = field(default_factory=Counts)
    """What lies beside the log."""

    @property
    def wrong(self) -> list[Failure]:
        """Failures that mean that something is not as it should be."""
        return [failure for failure in self.failures if failure.check not in INCOMPLETE]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong

    @property
    def complete(self) -> bool:
        """Whether everything could be looked at."""
        return len(self.wrong) == len(self.failures)

    def to_dict(self) -> dict[str, Any]:
        """The audit as plain values, for `--json`."""
        return {
            "origin": self.origin,
            "holds": self.holds,
            "complete": self.complete,
            "entries": self.entries,
            "head": self.head,
            "by_kind": dict(sorted(self.by_kind.items())),
            "documents": self.beside.documents,
            "disclosures": self.beside.disclosures,
            "texts": {
                "disclosed": self.beside.disclosed,
                "undisclosed": self.beside.undisclosed,
                "redacted": self.beside.redacted,
            },
            "failures": [failure._asdict() | {"sentence": failure.sentence} for failure in self.failures],
            "checks": CHECKS,
        }


def result_path(store: Store) -> Path:
    """Where the result of the last audit is kept: beside the ledger, not in it."""
    return store.home / "verification.json"


def audit_store(store: Store, progress: Callable[[int, int], None] | None = None) -> Audit:
    """Verifies a whole store. `progress` is told entries done and in all. Raises a `StorageError`."""
    origin = _origin(store)
    audit, verifier = Audit(origin), LogVerifier(origin, ReplayedRules(origin))
    beside, total = Beside(), store.recorder.head() + 1
    anchors = Anchors(anchored_sizes(store.recorder, origin))
    for number, row in enumerate(_rows(store)):
        read = verifier.add(row.state)
        audit.failures += _compare_columns(row, number, read)
        anchors.note(row.state, read)
        if read is not None:
            audit.by_kind[read[1].kind] = audit.by_kind.get(read[1].kind, 0) + 1
            beside.note(read[1], number)
        if progress is not None and number % 1000 == 0:
            progress(number, total)
    audit.beside = beside.check(store)
    audit.failures += verifier.failures + beside.failures
    audit.failures += anchors.check(origin, LogFolder(store.home / FOLDER), trusted_at(store.home))
    audit.entries, audit.head = verifier.seq, verifier.prev
    audit.failures.sort(key=lambda failure: (failure.seq is None, failure.seq or 0, failure.check))
    return audit


def _origin(store: Store) -> str:
    """The ledger's name, from its first entry that can be read at all."""
    for row in _rows(store):
        try:
            return read_entry(row.state).entry.log
        except StimmbuchError:
            continue
    raise ProofError("no entry of this store can be read", check="1.1")


def _rows(store: Store) -> Iterator[Row]:
    after = -1
    while rows := store.recorder.read(after, PAGE):
        yield from rows
        after = rows[-1].seq


def _compare_columns(row: Row, number: int, read: tuple[Entry, Statement] | None) -> list[Failure]:
    """(6.1) The columns repeat what the entry's bytes say; `number` counts the rows from 0."""
    if read is None:
        pairs = [("number", str(number), str(row.seq))]
    else:
        entry, statement = read
        pairs = [
            ("number", str(entry.seq), str(row.seq)),
            ("stream", entry.stream, str(row.stream)),
            ("position", str(entry.pos), str(row.pos)),
            ("type", topic(statement.kind), row.topic),
            ("digest", entry.envelope.digest.hex(), row.statement.hex()),
        ]
    return [
        Failure("6.1", number, f"the {what} differs", expected, found)
        for what, expected, found in pairs
        if expected != found
    ]
