"""What was decided on each item: the domain's own answer, with its words. Nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.domain import words
from ledger.domain.procedure import Procedure
from ledger.domain.publicity import is_public
from ledger.domain.words.circumstances import subject, trigger
from ledger.telling import profile_in_words, told_item
from projections.report.model import Cited, Count, Item, Option, Result, Sentence, Step, Variant
from projections.report.names import Names


def items_of(
    procedure: Procedure, names: Names, *, withheld: bool, secret: frozenset[str]
) -> tuple[Item, ...]:
    """The items, in the order of the ballot paper. On items in `secret` no result is told."""
    labels = labels_of(procedure, names)
    counts = procedure.tally()
    return tuple(
        Item(
            id=item,
            wording=names.text(signed["wording"]),
            polarity=signed["polarity"],
            options=tuple(_options(signed, names, labels)),
            condition=names.text(signed.get("condition")),
            valid_months=signed.get("valid_months"),
            public=is_public(signed),
            secret=item in procedure.referred,
            result=None if withheld or item in secret else _result(procedure, item, counts[item], labels),
        )
        for item, signed in procedure.items.items()
    )


def labels_of(procedure: Procedure, names: Names) -> dict[str, str]:
    """Option → its disclosed name, for options that are persons."""
    signed = {
        option: digest
        for item in procedure.items.values()
        for option, digest in item.get("labels", {}).items()
    }
    found = ((option, names.text(digest)) for option, digest in signed.items())
    return {option: text.value for option, text in found if text is not None and text.value is not None}


def rules_of(procedure: Procedure) -> tuple[Sentence, ...]:
    """The rule profile in words."""
    told = profile_in_words(procedure.opening["profile"])
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


def _result(procedure: Procedure, item: str, counts: Mapping[str, int], labels: Mapping[str, str]) -> Result:
    told = told_item(procedure, item, labels)
    return Result(
        counts=tuple(Count(option, votes) for option, votes in counts.items()),
        outcome=told["outcome"],
        words=Sentence(**told["outcome_text"]),
        valid=told["valid"],
        derivation=tuple(_step(step) for step in told["derivation"]),
        relevance=tuple(_variant(variant) for variant in told["relevance"]),
    )


def _step(told: Mapping[str, Any]) -> Step:
    values = {name: told[name] for name in Step._fields if name != "text"}
    return Step(**values, text=Sentence(**told["text"]))


def _variant(told: Mapping[str, Any]) -> Variant:
    values = {name: told[name] for name in Variant._fields if name != "text"}
    return Variant(**values, text=Sentence(**told["text"]))
