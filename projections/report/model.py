"""What a report says: plain frozen values, made once (`build`), and read by every rendering.

Nothing is localised here: where a sentence follows from the rules it stands in each language. Times are UTC
as entries write them, digests as in the entries. `None` says that something is not told, and why stands
beside it: erased, never disclosed, or withheld while voting is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.domain.groups import GroupTotal
from projections.report.model_proofs import Anchor, Check, Evidence, Fault, Key, SeatsChanged, WholeLog
from projections.report.model_results import Count, Item, Option, Result, Step, Variant
from projections.report.model_taking_part import Cast, Document, Event, Participant
from projections.report.model_texts import Cited, Erasure, Head, Named, Position, Sentence, Text

__all__ = [
    "FORMAT",
    "KINDS",
    "Anchor",
    "Cast",
    "Check",
    "Cited",
    "Count",
    "Document",
    "Erasure",
    "Event",
    "Evidence",
    "Fault",
    "GroupTotal",
    "Head",
    "Item",
    "Key",
    "Named",
    "Option",
    "Participant",
    "Position",
    "Report",
    "Result",
    "SeatsChanged",
    "Sentence",
    "Step",
    "Text",
    "Variant",
    "WholeLog",
]

FORMAT = "stimmbuch-report/1"
KINDS = ("extract", "audit", "resolution")


class Report(NamedTuple):
    """An extract for the minutes, with `evidence` an audit report; a resolution names nobody."""

    format: str
    kind: str
    origin: str
    position: Position
    head: Head | None
    """None while the position is not published."""
    faults: int
    """Checks that do not hold, of all that were made; 0 is what it should be."""
    withheld: bool
    """Whether counts, outcome and single votes are withheld until the closing."""
    procedure: str
    title: Text | None
    source: Text | None
    """Where a replayed vote was published."""
    body: Named
    chair: Named | None
    state: str
    time_zone: str
    opened_at: str
    opens_at: str
    closes_at: str | None
    closed_at: str | None
    closing_entry: int | None
    closing_reason: str | None
    determined_entry: int | None
    replayed: bool
    ballot: str
    """Digest of the ballot paper, base64."""
    profile: str | None
    legal_basis: str
    basis: Sentence
    """The legal basis in words: practice is told in the language, a paragraph is the same in both."""
    occasion: tuple[Cited, ...]
    """What allows to decide by circulation at all, and of what kind the matter is."""
    evidence_of_occasion: Text | None
    opened_by: Named | None
    """None in a resolution; so is `closed_by`."""
    closed_by: Named | None
    closed_under: str | None
    """The paragraph under which it was closed, where the profile names one for this."""
    rules: tuple[Sentence, ...]
    """The rule profile in words."""
    members: int
    voted: int
    """Members whose vote counts."""
    items: tuple[Item, ...]
    participants: tuple[Participant, ...]
    attempts: Mapping[str, int]
    """Code → refused attempts on record."""
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    """Of an extract those that conduct the procedure; of an audit report all; of a resolution none."""
    evidence: Evidence | None
