"""Does every sentence agree with its numbers: one member, two members?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete
from ledger.domain.sentences import contradictions, opening
from ledger.domain.words.profiles import describe
from ledger.errors import BadProfile, NotInForce, StaleElectorate, StimmbuchError
from ledger.plural import Number
from ledger.telling import headings, in_words, told_item, told_variants
from tests.support.circular import DIGEST
from tests.support.memory_ledger import SERVICE, MemoryLedger, item, later

NOUNS = {
    "en": {
        **{one: f"{one}s" for one in ("member", "vote", "objection", "abstention", "time", "item", "seat")},
        **{one: f"{one}s" for one in ("day", "week", "month")},
        "entry": "entries",
    },
    "de": {
        "Mitglied": "Mitglieder|Mitgliedern",
        "Stimme": "Stimmen",
        "Ja- und Nein-Stimme": "Ja- und Nein-Stimmen",
        "Widerspruch": "Widersprüche|Widersprüchen",
        "Enthaltung": "Enthaltungen",
        "Monat": "Monate|Monaten",
        "Woche": "Wochen",
        "Tag": "Tage|Tagen",
        "Eintrag": "Einträge|Einträgen",
        "Sitz": "Sitze|Sitzen",
    },
}
"""One → several."""

ONE = r"(?<![\d/.:,-])1(?![\d/.:,])"
SEVERAL = r"(?<![\d/.:,-])(?:0|[2-9]|[1-9]\d+)(?![\d/.:,])"
BETWEEN = r" (?:(?!of\b|von\b)[^\W\d]+ )?"
"""At most one adjective."""
ODD = {
    "en": rf"\b(?:all|the|most of the) {ONE}|{ONE} of \d+ \w+ (?:were|are|have)\b|{ONE} (?:are|were|have)\b",
    "de": rf"\b(?:sämtliche|alle|der|die|des|das|den|haben|sind|waren) {ONE}|{ONE} (?:sind|haben)\b",
}
"""What no sentence says of one."""


def wrong(sentence: str, language: str) -> list[str]:
    """The pairs of a number and a noun, article or verb that do not fit."""
    one, several = "|".join(NOUNS[language]), "|".join(NOUNS[language].values())
    wrongs = (
        rf"{ONE}{BETWEEN}(?:{several})\b",
        rf"{SEVERAL}{BETWEEN}(?:{one})(?![\w-])",
        ODD[language],
    )
    return [found[0] for pattern in wrongs for found in re.finditer(pattern, sentence)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "sämtliche 1 Mitglieder"),
        ("de", "mehr als die Hälfte der 1 abgegebenen Stimmen"),
        ("de", "von 2 Mitglied hat 1 nicht abgestimmt"),
        ("de", "von 2 Mitgliedern haben 1 nicht abgestimmt"),
        ("en", "all 1 members were reached"),
        ("en", "deadline extended (1 times)"),
        ("en", "2 member"),
    ],
)
def test_the_table_of_nouns_finds_a_wrong_pair(language: str, sentence: str) -> None:
    """A search that finds nothing proves nothing unless it can find something."""
    assert wrong(sentence, language)


def opened(name: str, size: int) -> tuple[MemoryLedger, str]:
    """A procedure of a council of one or two under a built-in profile, with all that it asks for."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS[:size])
    profile, ends = complete(name), later(ledger.now, 3600)
    wanted: dict[str, Any] = {"profile": profile, "chair": "anna", "actor": "anna"}
    ledger.put("key-registered", subject="clerk", roles=["clerk"], key=ledger.public("clerk"))
    wanted["actor"] = "clerk"
    persons = (profile["majority"] or {}).get("base") == "persons"
    options = (
        ("o1", "o2")
        if persons
        else ("yes", "no", "abstain", "present")[: 2 + (profile["abstention"] != "forbidden")]
    )
    wanted["items"] = [{**item("1", *options), "valid_months": 1}]
    wanted["closes_at"] = ends if profile["deadline"] == "fixed" else None
    if profile["trigger"]:
        wanted["trigger"] = {
            "kind": "declared_emergency",
            "evidence": DIGEST,
            "from": ledger.now,
            "until": None,
        }
    wanted["subject"] = {"simple": True, "urgent": True, "topics": []}
    if profile["objection"] and profile["objection"]["until"] == "named":
        wanted["objections_until"] = ends
    if profile["proposer"] == "chair":
        ledger.person("chair", "chair")
        wanted |= {"actor": "chair", "chair": "chair"}
    procedure = ledger.open(**wanted)
    with suppress(StimmbuchError):
        ledger.put(
            "delivery-recorded", "clerk", procedure=procedure, members=list(MEMBERS[:size]), how="mail"
        )
    return ledger, procedure


MEMBERS = ("anna", "bert", "cem")
SIZES = {"vwvfg-90": (3,), "aktg-108": (3,), "stlsanrg-7": (3,)}
"""Of those profiles under which one or two members could decide nothing, or demand no secret ballot."""
OF_A_MEMBER: dict[str, dict[str, Any]] = {
    "consent-declared": {},
    "objection-raised": {},
    "secret-ballot-demanded": {"items": ["1"]},
    "member-excluded": {"items": ["1"], "reason": "own-interest"},
}


def declared(ledger: MemoryLedger, procedure: str, kind: str, *members: str) -> None:
    """So many declarations of a kind, as far as the profile knows it."""
    for member in members:
        with suppress(StimmbuchError):
            ledger.put(kind, member, procedure=procedure, member=member, **OF_A_MEMBER[kind])


def voted(ledger: MemoryLedger, procedure: str, *choices: int) -> None:
    """Who votes for which option, by its place; a member without one is absent."""
    options = ledger.procedure(procedure).items["1"]["options"]
    for member, choice in zip(MEMBERS, choices, strict=False):
        with suppress(StimmbuchError):
            ledger.vote(procedure, member, options[min(choice, len(options) - 1)])


Play = Callable[[MemoryLedger, str], None]
PLAYS: dict[str, Play] = {
    "nobody": lambda ledger, procedure: None,
    "first yes": lambda ledger, procedure: voted(ledger, procedure, 0),
    "first abstains": lambda ledger, procedure: voted(ledger, procedure, 2),
    "all yes": lambda ledger, procedure: voted(ledger, procedure, 0, 0),
    "no and yes": lambda ledger, procedure: voted(ledger, procedure, 1, 0),
    "both abstain": lambda ledger, procedure: voted(ledger, procedure, 2, 2),
}
DECLARED = [*((kind, *MEMBERS[:number]) for kind in OF_A_MEMBER for number in (1, 2))]


def told(ledger: MemoryLedger, procedure: str, language: str) -> Iterator[str]:
    """All that `tally` says."""
    stands = ledger.procedure(procedure)
    found = told_item(stands, "1")
    yield from headings(stands, language)
    yield from in_words(found["derivation"], language, "")
    variants = [*found["relevance"], *told_variants([stands.without("1", ["anna"]).plain()])]
    yield from (one["text"][language] for one in variants)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "sixty-in-support"])
def test_every_sentence_about_a_tiny_council_agrees_with_its_numbers(name: str) -> None:
    """One member, two members; no vote, one, two; excluded, objecting, absent: minutes are read by people."""
    found = []
    for size in SIZES.get(name, (1, 2)):
        for play, kind in [*((play, ()) for play in PLAYS), *(("first yes", kind) for kind in DECLARED)]:
            if size >= len(kind) - 1:
                found += [(size, play, kind, one) for one in played(name, size, play, kind)]
    assert found == []


def played(name: str, size: int, play: str, kind: tuple[str, ...]) -> list[str]:
    """The sentences that do not agree, while it is open and at its end."""
    ledger, procedure = opened(name, size)
    if kind:
        declared(ledger, procedure, *kind)
    PLAYS[play](ledger, procedure)
    sentences = [(language, one) for language in NOUNS for one in told(ledger, procedure, language)]
    ends = ledger.procedure(procedure).due_at
    by = "clerk" if ledger.procedure(procedure).profile.deadline == "chair" else SERVICE
    ledger.put("procedure-closed", by, procedure=procedure, at=ends)
    ledger.put("result-determined", "clerk", procedure=procedure)
    sentences += [(language, one) for language in NOUNS for one in told(ledger, procedure, language)]
    return [one for language, one in sentences if wrong(one, language)]


COUNTED: dict[str, Callable[[int], dict[str, Any]]] = {
    "proxy": lambda number: {"proxy": {"max": number}},
    "secrecy": lambda number: {"secrecy": {"demand": number, "items": "all"}},
    **{
        unit: lambda number, unit=unit: {  # type: ignore[misc]
            "deadline": "personal",
            "extension": "never",
            "period": {"count": number, "unit": unit, "working_day_rule": False, "region": None},
        }
        for unit in ("days", "weeks", "months")
    },
    "trigger": lambda number: {"trigger": {"kind": "either", "max_months": number}},
    "majority": lambda number: {"majority": {"count": number}},
}
"""Settings with a number."""


@pytest.mark.parametrize("setting", COUNTED)
@pytest.mark.parametrize("number", [1, 2, 12])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_sentence_about_a_profile_agrees_with_its_numbers(
    setting: str, number: int, language: str
) -> None:
    """It is read before anybody votes."""
    profile = parse_profile({**complete("nkomvg-78"), **COUNTED[setting](number)})
    sentences = describe(profile, language)
    assert [one for one in sentences if wrong(one, language)] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_refusal_agrees_with_its_numbers(language: str) -> None:
    """It is passed on to the chair."""
    errors: list[StimmbuchError] = [NotInForce(opening.TRIGGER_LASTS, months=number) for number in (1, 3)]
    errors += [StaleElectorate(opening.SEATS_CHANGED, body="rat", seats=seats, as_of="…") for seats in (1, 2)]
    errors += [
        BadProfile(sentence, required=required, votes=there, members=there)
        for sentence in (
            contradictions.TOO_FEW_VOTES,
            contradictions.TOO_FEW_TO_OBJECT,
            contradictions.TOO_FEW_TO_TAKE_PART,
        )
        for required, there in ((1, 0), (2, 1), (3, 2))
    ]
    assert [one for error in errors if wrong(one := error.said(language) or "", language)] == []


def test_a_number_is_told_alone_or_in_the_form_that_fits() -> None:
    """None counts as several, as in both languages."""
    forms = [f"{Number(number):# vote|# votes}" for number in (0, 1, 2)]
    assert forms == ["0 votes", "1 vote", "2 votes"]
    assert f"{Number(1)} {Number(7):03}" == "1 007"
