"""One procedure as it stood after an entry, and what of it was checked: what a report is made from.

Its entries, those of procedures that it repeats, and those of the register are replayed under the rules, with
every signature; each is proven to be in the first published checkpoint that contains the position. That
checkpoint is the same for ever, so whoever examines the same position again finds the same. What only the
whole log shows (2.1, 8.1, 8.6, anchors) is not looked at, and counted as not made.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from ledger.domain.procedure import Procedure
from ledger.domain.values import Place
from ledger.errors import NotFound, ProofError, StimmbuchError
from ledger.export.streams import StreamsVerifier
from ledger.export.verifier_needs import log_keys, signing_keys_at
from ledger.mapper import Reading, read_entry
from ledger.proof.checkpoint import OpenedCheckpoint, open_checkpoint
from ledger.proof.checks import Failure
from ledger.proof.merkle import hash_leaf, inclusion_proof, verify_inclusion
from ledger.proof.statement import Statement, register_stream, topic
from ledger.proof.tiles import TileNodes
from ledger.proof.verification_key import parse_verification_key
from ledger.publish.folder import FOLDER, LogFolder, checkpoint_path
from ledger.publish.sizes import Sizes
from ledger.rules import ReplayedRules
from ledger.state import State
from ledger.storage.recorder import LedgerRecorder, Row
from ledger.storage.store import Store

CHUNK = 2**20
"""Bytes of a document that are read at once."""

EACH = ("1.1", "1.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "4.1", "4.2", "5.1", "6.1")
"""Checks that are made of every entry."""
_SOME = {"procedure-opened": "5.2", "document-attached": "5.2", "procedure-closed": "5.3"}


class Proven(NamedTuple):
    """The first published checkpoint that contains the position, verified."""

    opened: OpenedCheckpoint
    note: bytes


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
    head: Proven | None = None
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
    _prove(found, store, origin, rows)
    return found


def _position(recorder: LedgerRecorder, procedure: UUID, at: int | None) -> Row:
    if at is None:
        for row in recorder.stream(procedure, newest_first=True, limit=1):
            return row
        raise NotFound(f"there is no procedure {procedure}")
    for row in recorder.read(at - 1, 1) if at >= 0 else ():
        return row
    raise NotFound(f"the log has no entry {at}: it goes from 0 to {recorder.head()}")


def _streams(recorder: LedgerRecorder, procedure: UUID, last: int) -> Iterator[list[Row]]:
    """The entries of a procedure, then of those that it repeats: their rules depend on each other."""
    seen: set[UUID] = set()
    wanted: UUID | None = procedure
    while wanted is not None and wanted not in seen:
        seen.add(wanted)
        rows = _rows(recorder, wanted, last)
        payload = read_entry(rows[0].state).payload if rows else {}
        if "procedure" not in payload and wanted == procedure:
            raise NotFound(f"there is no procedure {wanted} after entry {last}")
        yield rows
        wanted = UUID(payload["repeats"]) if "repeats" in payload else None


def _rows(recorder: LedgerRecorder, stream: UUID, last: int) -> list[Row]:
    return [row for row in recorder.stream(stream) if row.seq <= last]


def _follow(found: Examined, rows: list[Row], verifier: StreamsVerifier, procedure: UUID) -> None:
    """(1) to (5), and (6.1): the columns repeat what the entry says."""
    before = -1
    for row in rows:
        found.made.update(EACH)
        found.made["2.2"] += row.seq == before + 1
        before = row.seq
        read = verifier.add_at(row.seq, row.state)
        if read is None:
            continue
        entry, statement = read
        if statement.kind in _SOME:
            found.made[_SOME[statement.kind]] += 1
        stored = (row.seq, str(row.stream), row.pos, row.topic, row.statement)
        said = (entry.seq, entry.stream, entry.pos, topic(statement.kind), entry.envelope.digest)
        if stored != said:
            found.failures.append(Failure("6.1", row.seq, "the columns differ", str(said), str(stored)))
        reading = Reading(entry, statement, Place(entry.seq, entry.at, verifier.prev))
        if row.stream == procedure:
            found.rows.append(row)
            found.readings.append(reading)
        elif "procedure" not in statement.payload:
            found.register.append(reading)
    found.failures += verifier.failures


def _prove(found: Examined, store: Store, origin: str, rows: list[Row]) -> None:
    """(8) The checkpoint, and that every entry is in its tree."""
    folder = LogFolder(store.home / FOLDER)
    try:
        size = Sizes(folder.path).covering(found.position.place.seq)
        found.made.update(("8.2", "8.3", "8.4"))
        found.head = _opened(folder, store.recorder, origin, size)
        nodes, root = TileNodes(size, folder.tile), found.head.opened.checkpoint.root
        for row in rows:
            found.made["8.8"] += 1
            proof = inclusion_proof(row.seq, size, nodes)
            verify_inclusion(hash_leaf(row.state), row.seq, size, tuple(proof), root)
    except NotFound:
        if found.made["8.8"]:
            found.failures.append(Failure("8.7", None, "a tile of the published log is missing"))
    except ProofError as error:
        entry = rows[found.made["8.8"] - 1].seq if found.made["8.8"] else None
        found.failures.append(Failure(error.check, entry, error.message))


def _opened(folder: LogFolder, recorder: LedgerRecorder, origin: str, size: int) -> Proven:
    """(8.2, 8.3, 8.4) Signed with every key that the entries name for a tree of this size."""
    note = folder.read(checkpoint_path(size))
    keys = log_keys(recorder)
    opened = open_checkpoint(note, [parse_verification_key(key.vkey) for key in keys.all])
    if opened.checkpoint.origin != origin or opened.checkpoint.size != size:
        raise ProofError(f"the checkpoint of size {size} is another one", check="8.4")
    if missing := set(signing_keys_at(keys, size)).difference(opened.signed_by):
        raise ProofError(f"it is not signed with the log key {missing.pop().text[:80]}", check="8.3")
    return Proven(opened, note)


def look_beside(found: Examined, store: Store, documents: list[str], erased: frozenset[str]) -> None:
    """(7.1, 7.2, 7.4) Documents by SHA-256: there, with their digest, unless they were erased."""
    for sha256 in documents:
        kept = store.documents.exists(sha256)
        if sha256 in erased:
            found.made["7.4"] += 1
            if kept:
                found.failures.append(Failure("7.4", None, f"the document {sha256} is still there"))
            continue
        found.made["7.2"] += 1
        if not kept:
            found.failures.append(Failure("7.2", None, f"the document {sha256} is not there"))
            continue
        found.made["7.1"] += 1
        if (digest := _digest_of(store, sha256)) != sha256:
            found.failures.append(Failure("7.1", None, "another document is kept there", sha256, digest))


def _digest_of(store: Store, sha256: str) -> str:
    try:
        with store.documents.open(sha256) as stream:
            digest = hashlib.sha256()
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
            return digest.hexdigest()
    except StimmbuchError as error:
        return error.code
