"""From a procedure to plain values for people and programs: outcome, derivation in words, relevance.

What the views keep, what the service answers, and what `stimmbuch tally` prints is made here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.domain.counting import Step
from ledger.domain.procedure import Procedure
from ledger.domain.profile import Profile
from ledger.domain.profile_schema import read_profile
from ledger.domain.relevance import Variant
from ledger.domain.words import LANGUAGES, outcome, say
from ledger.domain.words.profiles import describe

Told = dict[str, Any]


def told_item(procedure: Procedure, item: str) -> Told:
    """Outcome, validity, derivation and relevance of one item."""
    found = procedure.outcome(item)
    return {
        "outcome": found.result,
        "valid": found.valid,
        "derivation": [told_step(procedure.profile, step) for step in found.steps],
        "relevance": [told_variant(one) for one in procedure.relevance(item)],
    }


def told_step(profile: Profile, step: Step) -> Told:
    """One step of a derivation, with the paragraph and the sentence in each language."""
    return {
        **step.plain(),
        "paragraph": profile.paragraph(step.setting) if step.setting else None,
        "text": {
            language: say(step.code, step.numbers, step.names, language, holds=step.holds)
            for language in LANGUAGES
        },
    }


def told_variant(variant: Variant, labels: Mapping[str, str] | None = None) -> Told:
    """What the result would be under another assumption."""
    return {
        "code": variant.code,
        "result": variant.result,
        "survives": variant.survives,
        "numbers": dict(variant.numbers),
        "names": dict(variant.names),
        "text": {language: _variant_text(variant, language, labels) for language in LANGUAGES},
    }


def _variant_text(variant: Variant, language: str, labels: Mapping[str, str] | None) -> str:
    what = say(variant.code, variant.numbers, variant.names, language, labels=labels)
    result = outcome(variant.result, language, labels)
    return str(LANGUAGES[language].SURVIVES[variant.survives].format(what=what, result=result))


def profile_in_words(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """A rule profile as sentences in each language."""
    profile = read_profile(data)
    return {language: describe(profile, language) for language in LANGUAGES}


def in_words(steps: Iterable[Told], language: str, basis: str) -> list[str]:
    """The sentences of told steps, each with the paragraph that asks for it, where that is not `basis`."""
    cited = ((step["text"][language], step["paragraph"]) for step in steps)
    return [text if paragraph in (None, basis) else f"{text} ({paragraph})" for text, paragraph in cited]
