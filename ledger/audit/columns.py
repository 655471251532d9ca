"""(6.1) What a database keeps beside an entry, against what the entry's bytes say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from ledger.audit import sentences
from ledger.proof.checks import Failure
from ledger.proof.entry import Entry
from ledger.proof.statement import KINDS, Statement, topic
from ledger.storage.recorder import Columns, Row


def compare_columns(row: Row, number: int, read: tuple[Entry, Statement] | None) -> list[Failure]:
    """The failures of one row; `number` counts the rows from 0, `read` is what its entry says."""
    if read is None:
        pairs = [(sentences.NUMBER_DIFFERS, str(number), str(row.seq))]
    else:
        entry, statement = read
        pairs = [
            (sentences.NUMBER_DIFFERS, str(entry.seq), str(row.seq)),
            (sentences.STREAM_DIFFERS, entry.stream, str(row.stream)),
            (sentences.POSITION_DIFFERS, str(entry.pos), str(row.pos)),
            (sentences.TYPE_DIFFERS, topic(statement.kind), row.topic),
            (sentences.DIGEST_DIFFERS, entry.envelope.digest.hex(), row.statement.hex()),
        ]
    return [
        Failure.of("6.1", number, what, expected, found)
        for what, expected, found in pairs
        if expected != found
    ]


def agrees(rows: Columns, at: int, place: tuple[int, str, int], kind: str, digest: bytes) -> bool:
    """Whether one of the rows repeats what its entry says: seq, stream, pos; kind of statement, digest."""
    seq, stream, pos = place
    return (
        rows.statement[at] == digest
        and rows.seq[at] == seq
        and rows.pos[at] == pos
        and rows.stream[at] == _bytes(stream)
        and rows.topic[at] == _TOPICS[kind]
    )


def all_agree(
    rows: Columns, at: int, place: tuple[int, str, int], kind: str, digests: Sequence[bytes]
) -> bool:
    """The same of neighbours in one stream; `place` is that of the first."""
    (seq, stream, pos), end = place, at + len(digests)
    return (
        list(rows.statement[at:end]) == digests
        and list(rows.seq[at:end]) == list(range(seq, seq + len(digests)))
        and list(rows.pos[at:end]) == list(range(pos, pos + len(digests)))
        and set(rows.stream[at:end]) == {_bytes(stream)}
        and set(rows.topic[at:end]) == {_TOPICS[kind]}
    )


_TOPICS = {kind: topic(kind) for kind in KINDS}


@lru_cache(maxsize=4096)
def _bytes(stream: str) -> bytes:
    return UUID(stream).bytes
