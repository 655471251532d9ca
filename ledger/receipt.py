"""The receipt of a statement: where it stands in the log."""

from __future__ import annotations

from typing import NamedTuple

from ledger.proof.entry import leaf_hash, parse_entry
from ledger.storage.recorder import Row


class Receipt(NamedTuple):
    """Where a statement stands in the log. Built from the logged bytes only."""

    seq: int
    leaf: str
    prev: str
    at: str
    entry: bytes
    proof: bytes | None = None
    """That the entry is published (C2SP tlog-proof); None where nobody waited for that."""
    repeated: bool = False
    """Whether the statement had been recorded before; then this is its first and only place."""


def receipt_of(row: Row, *, repeated: bool = False) -> Receipt:
    """The receipt of a stored row."""
    entry = parse_entry(row.state)
    return Receipt(entry.seq, leaf_hash(row.state), entry.prev, entry.at, row.state, repeated=repeated)
