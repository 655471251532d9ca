"""Entries and documents of a procedure, for people; without what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.application import VotingLedger
from ledger.export.examined import Examined
from ledger.mapper import Reading
from projections.hiding import without_choices
from projections.report.model import Document, Event
from projections.report.names import Names

if TYPE_CHECKING:
    from ledger.storage.recorder import Row

CONDUCT = frozenset(
    {
        *("procedure-opened", "document-attached", "delivery-recorded", "substitute-named"),
        *("deadline-extended", "member-excluded", "exclusion-lifted", "objection-raised"),
        *("secret-ballot-demanded", "casting-vote-given", "procedure-closed", "result-determined"),
        *("result-announced", "result-published", "result-ratified", "result-suspended", "result-objected"),
        *("result-expired", "condition-met", "result-corrected", "result-annulled"),
    }
)
"""Kinds of entries that conduct a procedure: an extract names them, and no other."""


class Told(NamedTuple):
    """What of a procedure must not be told."""

    withheld: bool
    """Counts and choices, until the closing."""
    secret: frozenset[str]
    """Items on which no single vote is told: a secret ballot was demanded."""
    uncounted: frozenset[str]
    """Items of which no counts are told: from entry to entry they would tell single votes."""


def event(reading: Reading, names: Names, told: Told) -> Event:
    """One entry; what is withheld or secret in it is null or missing, and so is what leads to it."""
    statement, place = reading.statement, reading.place
    hidden = without_choices(reading.payload, withheld=told.withheld, secret=told.secret)
    payload: dict[str, Any] = dict(reading.payload) if hidden is None else hidden
    return Event(
        entry=place.seq,
        at=place.at,
        kind=statement.kind,
        actor=names.person(statement.actor),
        leaf=place.leaf,
        statement=statement.envelope.digest.hex() if hidden is None else "",
        key_ids=tuple(one.key_id for one in statement.envelope.signatures),
        payload=payload,
        texts=() if statement.kind == "procedure-opened" else tuple(names.texts_in(statement.kind, payload)),
    )


def documents_of(ledger: VotingLedger, found: Examined, names: Names) -> Iterator[Document]:
    """The documents of the ballot paper, in the order in which they came."""
    for reading in found.readings:
        payload = reading.payload
        named = payload.get("documents", []) if reading.statement.kind == "procedure-opened" else []
        for one in [payload["document"]] if "document" in payload else named:
            erased = names.erasure(one["sha256"])
            yield Document(
                sha256=one["sha256"],
                size=one["size"],
                media_type=one["media_type"],
                item=one["item"],
                entry=reading.place.seq,
                kept=erased is None and ledger.store.documents.exists(one["sha256"]),
                erased=erased,
            )


def handed_out(found: Examined, told: Told) -> Iterator[Row]:
    """The entries that may be handed out."""
    for row, reading in zip(found.rows, found.readings, strict=True):
        if without_choices(reading.payload, withheld=told.withheld, secret=told.secret) is None:
            yield row
