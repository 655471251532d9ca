"""From an entry of the log to the model: what happened, and what of it is not told."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ledger.errors import ProofError
from ledger.mapper import Reading, glance_entry
from ledger.proof.sentences import verification
from ledger.proof.statement import KIND_OF_TOPIC
from projections.hiding import without_choices
from projections.model_register import HistoryRow

if TYPE_CHECKING:
    from ledger.storage.recorder import Row


def history_row(reading: Reading, seq: int, kind: str, stream: str, pos: int, digest: bytes) -> HistoryRow:
    """An entry that was read; `digest` is that of the signed statement."""
    place, payload = reading.place, reading.payload
    return HistoryRow(seq, place.at, kind, payload["actor"], stream, pos, place.leaf, digest.hex(), payload)


def stored(row: Row) -> HistoryRow:
    """An entry of the log. Raises `ProofError` where that is damaged so that it cannot be read."""
    reading = glance_entry(row.state)
    try:
        kind = KIND_OF_TOPIC[row.topic]
        return history_row(reading, row.seq, kind, str(row.stream), row.pos, row.statement)
    except (LookupError, TypeError) as error:
        what = verification.MAKES_NO_SENSE
        raise ProofError(what, seq=row.seq, error=repr(error)) from error


def verified(reading: Reading) -> HistoryRow:
    """An entry by its own bytes, whatever columns stand beside them."""
    entry, statement = reading.entry, reading.statement
    return history_row(reading, entry.seq, statement.kind, entry.stream, entry.pos, entry.envelope.digest)


def told(row: HistoryRow, *, withheld: bool, secret: Collection[str] = ()) -> HistoryRow:
    """The entry without what must not be told, nor what leads to it; see `hiding.without_choices`."""
    payload = without_choices(row.payload, withheld=withheld, secret=secret)
    return row if payload is None else row._replace(payload=payload, statement="")
