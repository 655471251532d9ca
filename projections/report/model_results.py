"""What was decided: items, counts, outcome and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.domain.groups import GroupTotal
from projections.report.model_texts import Sentence, Text


class Step(NamedTuple):
    """A line of a derivation."""

    code: str
    numbers: Mapping[str, int]
    names: Mapping[str, str]
    holds: bool
    setting: str
    paragraph: str | None
    text: Sentence


class Variant(NamedTuple):
    """The result under another assumption."""

    code: str
    result: str
    survives: bool
    numbers: Mapping[str, int]
    names: Mapping[str, str]
    text: Sentence


class Count(NamedTuple):
    """The votes for an option: the sum of the weights of those that count."""

    option: str
    votes: int


class Result(NamedTuple):
    """What follows from the votes on an item, as the rules compute it."""

    counts: tuple[Count, ...]
    outcome: str
    """adopted, rejected, elected:<option>, no-decision, referred, void."""
    words: Sentence
    valid: bool
    """Whether deciding by circulation was valid."""
    derivation: tuple[Step, ...]
    relevance: tuple[Variant, ...]
    groups: tuple[GroupTotal, ...]
    """How each group voted; empty where no seat has one, or no single vote is told."""


class Option(NamedTuple):
    """An option of an item."""

    id: str
    label: Text | None
    words: Sentence


class Item(NamedTuple):
    """An item of the ballot paper."""

    id: str
    wording: Text | None
    polarity: str
    """for; against: a yes adopts a recommendation to reject."""
    options: tuple[Option, ...]
    condition: Text | None
    """On which the resolution takes effect."""
    valid_months: int | None
    public: bool
    """Whether anybody may know of it once the result is published."""
    public_since: int | None
    """Number of the entry that made it public; None where the opening says so, and where it is not."""
    secret: bool
    """Whether it goes to a meeting because a secret ballot was demanded: no single vote is told then."""
    result: Result | None
    """None while it is withheld."""
