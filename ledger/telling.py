"""From a procedure to plain values for people and programs: outcome, derivation in words, relevance.

What the views keep (without words), what the service answers and what `stimmbuch tally` prints is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.domain.civil_time import instant
from ledger.domain.expiry import took_effect
from ledger.domain.procedure import Procedure
from ledger.domain.profile_schema import read_profile
from ledger.domain.publicity import makes_public, public_opening, tells_everybody
from ledger.domain.unanimity import unanimous
from ledger.domain.words import LANGUAGES, basis, option, outcome, say
from ledger.domain.words.afterwards import afterwards
from ledger.domain.words.circumstances import circumstances
from ledger.domain.words.profiles import describe, majority
from ledger.domain.words.times import civil
from ledger.domain.words.voting_again import Cast, kind_of_vote
from ledger.sentence import counted

__all__ = [
    "Cast",
    "basis",
    "civil_instant",
    "headings",
    "headline",
    "in_words",
    "kind_of_vote",
    "latest_time",
    "majority_in_words",
    "makes_public",
    "option",
    "outcome",
    "plain_item",
    "profile_in_words",
    "public_opening",
    "state_in_words",
    "tells_everybody",
    "told_item",
    "told_outcome",
    "told_steps",
    "told_variants",
    "took_effect",
    "votes_cast",
    "with_words",
]

Told = dict[str, Any]
Labels = Mapping[str, str] | None
"""The disclosed names of options."""


def plain_item(procedure: Procedure, item: str) -> Told:
    """Outcome, validity, derivation and relevance of one item, without words: what the views keep."""
    found = procedure.outcome(item)
    return {
        "outcome": found.result,
        "valid": found.valid,
        "derivation": [step.plain() for step in found.steps],
        "relevance": [variant.plain() for variant in procedure.relevance(item)],
    }


def told_item(procedure: Procedure, item: str, labels: Labels = None) -> Told:
    """The same with words."""
    return with_words(procedure.opening["profile"], plain_item(procedure, item), labels)


def with_words(profile: Mapping[str, Any], plain: Told, labels: Labels = None) -> Told:
    """Plain outcome, validity, derivation and relevance with words, and with paragraphs of this profile."""
    return {
        **plain,
        **told_outcome(plain["outcome"], plain["derivation"], labels),
        "derivation": told_steps(profile, plain["derivation"], labels),
        "relevance": told_variants(plain["relevance"], labels),
    }


def headings(procedure: Procedure, language: str, now: str | None = None) -> list[str]:
    """How far a procedure is, how many voted, by which rule, in which body, its course, what came after.

    As of the instant `now`, or of the latest entry. The first lines of what is told about it; the first
    three are always there.
    """
    words, profile = LANGUAGES[language], procedure.profile
    members, voted = len(procedure.electorate.seats), procedure.box.voters
    return [
        words.HEADING.format(
            state=words.STATES[procedure.state_at(now or procedure.latest.at)],
            voted=counted(voted, language),
            members=counted(members, language),
        ),
        words.RULE.format(name=profile.name, basis=basis(profile.legal_basis, language)),
        _body(procedure, language),
        *(_cited(text, paragraph) for text, paragraph in circumstances(procedure, language)),
        *afterwards(procedure, language),
    ]


def _body(procedure: Procedure, language: str) -> str:
    words, body, chair = LANGUAGES[language], procedure.opening["body"], procedure.opening["chair"]
    return str(words.BODY[chair is not None].format(body=body, chair=chair))


def latest_time(procedure: Procedure, language: str) -> str:
    """When the last entry was made that it knows of: it stands as it stood then."""
    return civil(procedure, procedure.latest.at, language)


def headline(procedure: Procedure, item: str, outcome_text: Mapping[str, str], language: str) -> str:
    """The result of an item in one line; before the closing it says that it is none yet."""
    words = LANGUAGES[language]
    line = words.INTERIM if procedure.state == "opened" else words.ITEM
    return str(line.format(item=item, outcome=outcome_text[language]))


def votes_cast(procedure: Procedure, item: str, language: str, labels: Labels = None) -> str:
    """The votes on an item in one line, for results in whose derivation they do not stand."""
    return say("counts", procedure.tally()[item], {}, language, labels=labels)


def told_outcome(result: str, derivation: Iterable[Told], labels: Labels = None) -> Told:
    """Whether a result with this plain derivation was unanimous, and the result in words."""
    one_mind = unanimous(result, derivation)
    text = {one: outcome(result, one, labels, unanimous=one_mind) for one in LANGUAGES}
    return {"unanimous": one_mind, "outcome_text": text}


def told_steps(profile: Mapping[str, Any], steps: Iterable[Told], labels: Labels = None) -> list[Told]:
    """Plain steps with the paragraph (of the signed profile) and the sentence in each language."""
    cited, whole = profile.get("paragraphs", {}), profile["legal_basis"]
    return [
        {
            **step,
            "paragraph": cited.get(step["setting"], whole) if step["setting"] else None,
            "text": {language: _sentence(step, language, labels) for language in LANGUAGES},
        }
        for step in steps
    ]


def _sentence(step: Told, language: str, labels: Labels) -> str:
    return say(step["code"], step["numbers"], step["names"], language, holds=step["holds"], labels=labels)


def told_variants(variants: Iterable[Told], labels: Labels = None) -> list[Told]:
    """Plain variants with the sentence in each language."""
    return [
        {**one, "text": {language: _variant_text(one, language, labels) for language in LANGUAGES}}
        for one in variants
    ]


def _variant_text(variant: Told, language: str, labels: Labels) -> str:
    what = say(variant["code"], variant["numbers"], variant["names"], language, labels=labels)
    result = outcome(variant["result"], language, labels)
    return str(LANGUAGES[language].SURVIVES[variant["survives"]].format(what=what, result=result))


def profile_in_words(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """A rule profile as sentences in each language."""
    profile = read_profile(data)
    return {language: describe(profile, language) for language in LANGUAGES}


def majority_in_words(data: Mapping[str, Any], language: str) -> str:
    """What a rule profile requires, as one sentence."""
    return majority(read_profile(data), language)


def civil_instant(civil: str, zone: str) -> str:
    """The instant of a time on the wall clock. Raises `NoSuchTime` where there is none, or there are two."""
    return instant(civil, zone)


def in_words(steps: Iterable[Told], language: str, legal_basis: str) -> list[str]:
    """The sentences of told steps, each with the paragraph that asks for it, if not the `legal_basis`."""
    cited = ((step["text"][language], step["paragraph"]) for step in steps)
    return [_cited(text, None if paragraph == legal_basis else paragraph) for text, paragraph in cited]


def _cited(text: str, paragraph: str | None) -> str:
    return text if paragraph is None else f"{text} ({paragraph})"


def state_in_words(state: str, language: str) -> str:
    """A state of a procedure in words; one that is not known as it is."""
    return str(LANGUAGES[language].STATES.get(state, state))
