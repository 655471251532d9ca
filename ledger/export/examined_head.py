"""The first published checkpoint that contains an entry, and that entries are in its tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ledger.errors import NotFound, ProofError
from ledger.export.verifier_needs import log_keys, signing_keys_at
from ledger.proof.checkpoint import OpenedCheckpoint, open_checkpoint
from ledger.proof.checks import Failure
from ledger.proof.merkle import hash_leaf, inclusion_proof, verify_inclusion
from ledger.proof.tiles import TileNodes
from ledger.proof.verification_key import parse_verification_key
from ledger.publish.folder import FOLDER, LogFolder, checkpoint_path
from ledger.publish.sizes import Sizes
from ledger.storage.recorder import LedgerRecorder, Row
from ledger.storage.store import Store


class Proven(NamedTuple):
    """The first published checkpoint that contains the position, verified."""

    opened: OpenedCheckpoint
    note: bytes


class Proof(NamedTuple):
    """What was found."""

    head: Proven | None
    """None while the entry is not published, or where its checkpoint does not verify."""
    made: Counter[str]
    failures: list[Failure]


def prove(store: Store, origin: str, position: int, rows: Iterable[Row]) -> Proof:
    """(8) The checkpoint of entry `position`, and that each of `rows` is in its tree."""
    folder, made, head, entry = LogFolder(store.home / FOLDER), Counter[str](), None, None
    failures: list[Failure] = []
    try:
        size = Sizes(folder.path).covering(position)
        head = _opened(folder, store.recorder, origin, size)
        made.update(("8.2", "8.3", "8.4"))
        nodes = TileNodes(size, folder.tile)
        for row in rows:
            entry = row.seq
            made["8.8"] += 1
            proof = inclusion_proof(entry, size, nodes)
            verify_inclusion(hash_leaf(row.state), entry, size, tuple(proof), head.opened.checkpoint.root)
    except NotFound:
        if entry is not None:
            failures.append(Failure("8.7", entry, "a tile of the published log is missing"))
    except ProofError as error:
        failures.append(Failure(error.check, entry, error.message))
    return Proof(head, made, failures)


def _opened(folder: LogFolder, recorder: LedgerRecorder, origin: str, size: int) -> Proven:
    """(8.2, 8.3, 8.4) Signed with every key that the entries name for a tree of this size."""
    try:
        note = folder.read(checkpoint_path(size))
    except NotFound as error:
        raise ProofError(error.message, check="8.11") from None
    keys = log_keys(recorder)
    opened = open_checkpoint(note, [parse_verification_key(key.vkey) for key in keys.all])
    if opened.checkpoint.origin != origin or opened.checkpoint.size != size:
        raise ProofError(f"the checkpoint of size {size} is another one", check="8.4")
    if missing := set(signing_keys_at(keys, size)).difference(opened.signed_by):
        raise ProofError(f"it is not signed with the log key {missing.pop().text[:80]}", check="8.3")
    return Proven(opened, note)
