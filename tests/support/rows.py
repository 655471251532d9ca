"""Rows for storage tests: opaque bytes, nothing that a rule could read."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid5

from ledger.storage import Row

NAMESPACE = UUID(int=0)


def a_row(seq: int, *, stream: str = "a", pos: int | None = None, state: bytes | None = None) -> Row:
    """A row at `seq`, by default the next one of its stream in a log of one stream."""
    place = seq + 1 if pos is None else pos
    body = f"state {stream} {place} {seq}".encode() if state is None else state
    digest = hashlib.sha256(f"{stream} {place}".encode()).digest()
    return Row(seq, uuid5(NAMESPACE, stream), place, "test.written.v1", body, digest)


def rows(first: int, count: int, *, stream: str = "a") -> list[Row]:
    """`count` rows from `first` on."""
    return [a_row(first + k, stream=stream) for k in range(count)]
