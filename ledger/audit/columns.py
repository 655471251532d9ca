"""(6.1) What a database keeps beside an entry, against what the entry's bytes say."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from ledger.audit import sentences
from ledger.proof.checks import Failure
from ledger.proof.entry import Entry
from ledger.proof.statement import KINDS, Statement, topic
from ledger.storage.recorder import Row


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


def agrees(row: Row, seq: int, stream: str, pos: int, kind: str, digest: bytes) -> bool:
    """Whether a row repeats what its entry says."""
    row_seq, row_stream, row_pos, row_topic, _, row_digest = row
    return (
        row_digest == digest
        and row_seq == seq
        and row_pos == pos
        and row_stream.int == _number(stream)
        and row_topic == _TOPICS[kind]
    )


_TOPICS = {kind: topic(kind) for kind in KINDS}


@lru_cache(maxsize=4096)
def _number(stream: str) -> int:
    """A UUID as a number: compared in less time than as a UUID."""
    return UUID(stream).int
