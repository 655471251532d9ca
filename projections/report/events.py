"""Entries and documents of a procedure, for people; without what is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ledger.application import VotingLedger
from ledger.export.examined import Examined
from ledger.mapper import Reading
from projections import happened, model
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
    row = happened.told(happened.verified(reading), withheld=told.withheld, secret=told.secret)
    texts = () if row.kind == "procedure-opened" else tuple(names.texts_in(row.kind, row.payload))
    return Event(
        entry=row.seq,
        at=row.at,
        kind=row.kind,
        actor=names.person(row.actor),
        leaf=row.leaf,
        statement=row.statement,
        key_ids=tuple(one.key_id for one in reading.statement.envelope.signatures),
        payload=row.payload,
        texts=texts,
    )


def documents_of(
    ledger: VotingLedger, documents: Iterable[model.Document], names: Names
) -> Iterator[Document]:
    """The documents of the ballot paper, in the order in which they came."""
    for one in documents:
        erased = names.erasure(one.sha256)
        kept = erased is None and ledger.store.documents.exists(one.sha256)
        yield Document(**one._asdict(), kept=kept, erased=erased)


def handed_out(found: Examined, told: Told) -> Iterator[Row]:
    """The entries that may be handed out."""
    for row, reading in zip(found.rows, found.readings, strict=True):
        if without_choices(reading.payload, withheld=told.withheld, secret=told.secret) is None:
            yield row
