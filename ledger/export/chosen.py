"""What belongs into the dossier of a procedure, and whether it verifies.

* the procedure's entries, and those of procedures that it repeats: their rules depend on each other
* all entries of the register up to the checkpoint, not only up to the procedure's last one: a later one may
  say that a key was compromised, or that a text was erased. They hold no names
* the documents and texts that the procedure's entries name; the names of the people in it, and of its body
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from ledger.errors import NotFound, ProofError
from ledger.export import sentences
from ledger.export.beside import erased_in
from ledger.export.named import documents_named, texts_named
from ledger.export.streams import StreamsVerifier
from ledger.mapper import read_entry
from ledger.proof.statement import Statement, register_stream
from ledger.rules import ReplayedRules
from ledger.storage.recorder import LedgerRecorder, Row

Payload = dict[str, Any]


class Chosen(NamedTuple):
    """The content of a dossier."""

    rows: list[Row]
    """In the order of the log."""
    register_last: int
    """Number of the last entry of the register."""
    last: int
    """Number of the procedure's last entry."""
    state: str
    documents: dict[str, int]
    """SHA-256 (hexadecimal) → number of the entry that names it."""
    disclosures: dict[bytes, int]
    """SHA-256 (32 bytes) → the same."""
    erased: set[str]
    """SHA-256 (hexadecimal) of documents and disclosures that were erased, also after the checkpoint."""


def choose(
    recorder: LedgerRecorder, origin: str, procedure: UUID, size: int, progress: Callable[[int, int], None]
) -> Chosen:
    """What belongs into a procedure's dossier at the checkpoint of `size`.

    Raises `NotFound` if there is no such procedure then, `ProofError` if its entries do not verify: what
    does not verify is not handed out.
    """
    streams = _streams(recorder, procedure, size)
    register = _rows(recorder, register_stream(origin), size)
    rows = sorted(row for stream in (register, *streams.values()) for row in stream)
    rules = ReplayedRules(origin)
    statements = list(_verified(rows, StreamsVerifier(origin, rules), progress))
    found = rules.state.procedure(procedure)
    return Chosen(
        rows,
        register[-1].seq,
        streams[procedure][-1].seq,
        found.state,
        {sha256: row.seq for row, one in statements for sha256, _ in documents_named(one.payload)},
        _disclosures(statements, set(found.electorate.seats)),
        erased_in(recorder),
    )


def _streams(recorder: LedgerRecorder, procedure: UUID, size: int) -> dict[UUID, list[Row]]:
    """The entries of a procedure, and of those that it repeats."""
    streams: dict[UUID, list[Row]] = {}
    wanted: UUID | None = procedure
    while wanted is not None and wanted not in streams:
        rows = streams[wanted] = _rows(recorder, wanted, size)
        payload = read_entry(rows[0].state).payload if rows else {}
        if "procedure" not in payload:
            raise NotFound(sentences.NOT_AMONG, procedure=wanted, size=size)
        wanted = UUID(payload["repeats"]) if "repeats" in payload else None
    return streams


def _rows(recorder: LedgerRecorder, stream: UUID, size: int) -> list[Row]:
    return [row for row in recorder.stream(stream) if row.seq < size]


def _verified(
    rows: list[Row], verifier: StreamsVerifier, progress: Callable[[int, int], None]
) -> Iterator[tuple[Row, Statement]]:
    for done, row in enumerate(rows, 1):
        read = verifier.add_at(row.seq, row.state)
        if verifier.failures or read is None:
            failure = verifier.failures[0]
            what = failure.as_sentence()
            raise ProofError(sentences.DOES_NOT_VERIFY, what=what, check=failure.check)
        progress(done, len(rows))
        yield row, read[1]


def _disclosures(statements: list[tuple[Row, Statement]], people: set[str]) -> dict[bytes, int]:
    """The texts of the procedure; of the register those about its people and its body only."""
    inside = [one.payload for _, one in statements if "procedure" in one.payload]
    about = people.union(*(_texts(payload) for payload in inside))
    return {
        digest: row.seq
        for row, one in statements
        if "procedure" in one.payload or not about.isdisjoint(_subjects(one.payload))
        for digest in texts_named(one)
    }


def _subjects(payload: Payload) -> set[str]:
    """Whom or what an entry of the register is about."""
    return {payload[name] for name in ("subject", "body") if name in payload}


def _texts(value: Any) -> Iterator[str]:
    """All texts in a payload: whoever is mentioned is among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
