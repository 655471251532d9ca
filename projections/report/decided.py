"""What was decided on each item: the domain's own answer, with its words. Nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.domain import words
from ledger.domain.groups import GroupTotal
from ledger.domain.procedure import Procedure
from ledger.domain.words.circumstances import subject, trigger
from ledger.telling import profile_in_words, with_words
from projections.model import ItemGroups, ItemTally, ProcedureView
from projections.report.events import Told
from projections.report.model import Cited, Count, Item, Option, Result, Sentence, Step, Variant
from projections.report.names import Names

Decided = tuple[ItemTally, ItemGroups]
"""What is known of one item."""


def items_of(view: ProcedureView, decided: Iterable[Decided], names: Names, told: Told) -> tuple[Item, ...]:
    """The items, in the order of the ballot paper; of those in `told.uncounted` no result is told.

    On those in `told.secret` no single vote is, and so no totals by group.
    """
    labels = labels_of(view, names)
    return tuple(
        Item(
            id=signed["id"],
            wording=names.text(signed["wording"]),
            polarity=signed["polarity"],
            options=tuple(_options(signed, names, labels)),
            condition=names.text(signed.get("condition")),
            valid_months=signed.get("valid_months"),
            public=view.is_public(signed),
            public_since=view.made_public.get(signed["id"]),
            secret=counted.item in view.referred,
            result=None
            if told.withheld or counted.item in told.uncounted
            else _result(view, counted, () if counted.item in told.secret else grouped.groups, labels),
        )
        for signed, (counted, grouped) in zip(view.opening["items"], decided, strict=True)
    )


def labels_of(view: ProcedureView, names: Names) -> dict[str, str]:
    """Option → its disclosed name, for options that are persons."""
    signed = {
        option: digest for item in view.opening["items"] for option, digest in item.get("labels", {}).items()
    }
    found = ((option, names.text(digest)) for option, digest in signed.items())
    return {option: text.value for option, text in found if text is not None and text.value is not None}


def rules_of(view: ProcedureView) -> tuple[Sentence, ...]:
    """The rule profile in words."""
    told = profile_in_words(view.opening["profile"])
    return tuple(map(Sentence, told["de"], told["en"]))


def occasion_of(procedure: Procedure) -> tuple[Cited, ...]:
    """What allows to decide by circulation at all, and of what kind the matter is."""
    found = []
    for say in (trigger, subject):
        german, english = say(procedure, "de"), say(procedure, "en")
        if german is not None and english is not None:
            found.append(Cited(Sentence(german.text, english.text), german.paragraph))
    return tuple(found)


def _options(signed: Mapping[str, Any], names: Names, labels: Mapping[str, str]) -> Iterator[Option]:
    digests = signed.get("labels", {})
    for option in signed["options"]:
        said = (labels.get(option) or words.option(option, one) for one in ("de", "en"))
        yield Option(option, names.text(digests.get(option)), Sentence(*said))


def _result(
    view: ProcedureView, counted: ItemTally, groups: Iterable[GroupTotal], labels: Mapping[str, str]
) -> Result:
    told = with_words(view.opening["profile"], counted.plain(), labels)
    return Result(
        counts=tuple(Count(option, votes) for option, votes in counted.counts.items()),
        outcome=told["outcome"],
        words=Sentence(**told["outcome_text"]),
        valid=told["valid"],
        derivation=tuple(_step(step) for step in told["derivation"]),
        relevance=tuple(_variant(variant) for variant in told["relevance"]),
        groups=tuple(groups),
    )


def _step(told: Mapping[str, Any]) -> Step:
    values = {name: told[name] for name in Step._fields if name != "text"}
    return Step(**values, text=Sentence(**told["text"]))


def _variant(told: Mapping[str, Any]) -> Variant:
    values = {name: told[name] for name in Variant._fields if name != "text"}
    return Variant(**values, text=Sentence(**told["text"]))
