"""The audit of a store: its log in numbered checks, and what lies beside the log.

Reads everything from the bytes, trusts no column: those are compared with the entries (6.1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ledger.errors import Invalid, ProofError, StimmbuchError
from ledger.mapper import read_entry
from ledger.proof.checks import CHECKS, INCOMPLETE, Failure
from ledger.proof.disclosure import read_disclosure
from ledger.proof.entry import Entry
from ledger.proof.statement import Statement, topic
from ledger.proof.verify import LogVerifier
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
    documents: int = 0
    disclosures: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)

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
            "documents": self.documents,
            "disclosures": self.disclosures,
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
    total = store.recorder.head() + 1
    attached: dict[str, int] = {}
    for number, row in enumerate(_rows(store)):
        read = verifier.add(row.state)
        audit.failures += _compare_columns(row, number, read)
        if read is not None:
            _note(audit, attached, read[1], number)
        if progress is not None and number % 1000 == 0:
            progress(number, total)
    audit.failures += verifier.failures
    audit.entries, audit.head = verifier.seq, verifier.prev
    _check_documents(store, attached, audit)
    _check_disclosures(store, audit)
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


def _note(audit: Audit, attached: dict[str, int], statement: Statement, seq: int) -> None:
    audit.by_kind[statement.kind] = audit.by_kind.get(statement.kind, 0) + 1
    payload = statement.payload
    documents = payload.get("documents", [payload["document"]] if "document" in payload else [])
    for document in documents:
        attached.setdefault(document["sha256"], seq)


def _check_documents(store: Store, attached: dict[str, int], audit: Audit) -> None:
    """(7.1) and (7.2): documents against their digests, digests against documents."""
    kept = set(store.documents.digests())
    for sha256 in sorted(kept):
        found = _sha256(store, sha256)
        audit.documents += 1
        if found != sha256:
            failure = Failure("7.1", attached.get(sha256), "the document was changed", sha256, found)
            audit.failures.append(failure)
    for sha256, seq in attached.items():
        if sha256 not in kept:
            audit.failures.append(Failure("7.2", seq, f"the document {sha256} is not in this store"))


def _sha256(store: Store, name: str) -> str:
    digest = hashlib.sha256()
    with store.documents.open(name) as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _disclosures(store: Store) -> Iterator[tuple[bytes, bytes]]:
    after = b""
    while page := store.disclosures.page(after, PAGE):
        yield from page
        after = page[-1][0]


def _check_disclosures(store: Store, audit: Audit) -> None:
    """(7.3): disclosures against their digests."""
    for digest, body in _disclosures(store):
        audit.disclosures += 1
        expected, found = digest.hex(), hashlib.sha256(body).hexdigest()
        try:
            read_disclosure(body.decode("ascii"))
        except (Invalid, UnicodeDecodeError):  # malformed, or larger than any disclosure may be
            found = "something unreadable"
        if expected != found:
            audit.failures.append(Failure("7.3", None, "the disclosure was changed", expected, found))
