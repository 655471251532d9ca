"""The first published checkpoint that contains an entry, and that entries are in its tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ledger.errors import NotFound, ProofError
from ledger.export import sentences
from ledger.export.head import Head, read_head
from ledger.export.verifier_needs import log_keys
from ledger.proof.checks import Failure
from ledger.proof.merkle import hash_leaf, inclusion_proof, verify_inclusion
from ledger.proof.tiles import TileNodes
from ledger.publish.folder import FOLDER, LogFolder
from ledger.publish.sizes import Sizes
from ledger.storage.recorder import Row
from ledger.storage.store import Store


class Proof(NamedTuple):
    """What was found."""

    head: Head | None
    """None while the entry is not published, or where its checkpoint does not verify."""
    made: Counter[str]
    failures: list[Failure]


def prove(store: Store, position: int, rows: Iterable[Row]) -> Proof:
    """(8) The checkpoint of entry `position`, and that each of `rows` is in its tree."""
    folder, made, head, entry = LogFolder(store.home / FOLDER), Counter[str](), None, None
    failures: list[Failure] = []
    try:
        size = Sizes(folder.path).covering(position)
        head = read_head(folder, size, log_keys(store.recorder))
        made.update(("8.2", "8.3", "8.4"))
        nodes = TileNodes(size, folder.tile)
        for row in rows:
            entry = row.seq
            made["8.8"] += 1
            proof = inclusion_proof(entry, size, nodes)
            verify_inclusion(hash_leaf(row.state), entry, size, tuple(proof), head.checkpoint.root)
    except NotFound:
        if entry is not None:
            failures.append(Failure.of("8.7", entry, sentences.TILE_MISSING))
    except ProofError as error:
        failures.append(Failure.of(error.check, entry, error))
    return Proof(head, made, failures)
