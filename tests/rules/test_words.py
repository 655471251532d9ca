"""Is everything that a derivation or a profile can say said in German and in English, from the same data?"""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from api.schemas.values import STATES
from ledger.domain import words
from ledger.domain.guard_parts import cite
from ledger.domain.profile import SETTINGS
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete
from ledger.domain.profiles_parliament import PRACTICE
from ledger.domain.sentences import declarations, voting
from ledger.domain.words import (
    course_english,
    course_german,
    english,
    german,
    profiles_english,
    profiles_german,
    say,
)
from ledger.domain.words.profiles import describe
from ledger.errors import NotProvided
from ledger.telling import in_words, profile_in_words, told_item
from tests.support.circular import council
from tests.support.circular import say as put

DOMAIN = Path(words.__file__).parents[1]


def places(template: str) -> set[str]:
    """The names in a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_languages_have_every_sentence_with_the_same_numbers() -> None:
    """A number that only one language tells would be a different derivation."""
    assert german.SENTENCES.keys() == english.SENTENCES.keys()
    differing = [
        code
        for code in german.SENTENCES
        if places(german.SENTENCES[code]) - {"verdict"} != places(english.SENTENCES[code]) - {"verdict"}
    ]
    assert differing == []
    assert german.OUTCOMES.keys() == english.OUTCOMES.keys()
    assert course_german.STATES.keys() == course_english.STATES.keys() == set(STATES)
    assert german.UNANIMOUSLY.keys() == english.UNANIMOUSLY.keys()
    for kind, wholes in german.WHOLES.items():
        assert wholes.keys() == english.WHOLES[kind].keys()
    for name in ("SHARE", "ALL", "HEADING", "RULE", "ITEM", "INTERIM"):
        assert places(getattr(german, name)) == places(getattr(english, name))
    assert {k: v.keys() for k, v in german.TERMS.items()} == {k: v.keys() for k, v in english.TERMS.items()}


def test_every_code_that_the_rules_use_has_its_sentence() -> None:
    """A new step needs its words before it can be shown."""
    source = "".join(path.read_text("utf-8") for path in DOMAIN.glob("*.py"))
    codes = set(re.findall(r'(?:Step|Variant|_variant)\(\s*"([a-z-]+)"', source))
    assert codes >= {"majority", "consent", "objections", "quorum", "without-vote", "lot"}
    assert codes <= english.SENTENCES.keys()


def test_both_languages_describe_the_same_settings() -> None:
    """Value by value: a setting that only one language mentions is a trap."""
    assert profiles_german.CHOICES.keys() == profiles_english.CHOICES.keys()
    for setting, values in profiles_german.CHOICES.items():
        assert values.keys() == profiles_english.CHOICES[setting].keys(), setting
    unsaid = set(SETTINGS) - profiles_german.CHOICES.keys()
    assert unsaid == {"name", "legal_basis", "validity", "paragraphs"}  # these are said first


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_built_in_profile_can_be_read_as_sentences(name: str, language: str) -> None:
    """Begins with what is cited; nothing is left to be filled in."""
    sentences = describe(parse_profile(complete(name)), language)
    assert sentences[0].startswith(words.basis(complete(name)["legal_basis"], language))
    assert len(sentences) > 8
    assert [one for one in sentences if "{" in one or "None" in one or not one.strip()] == []


def test_a_profile_in_words_says_what_matters() -> None:
    """The five differences between regimes, each with its paragraph."""
    said = " ".join(profile_in_words(complete("nkomvg-182"))["de"])
    for sentence in (
        "mindestens 4/5 aller Mitglieder zustimmen, auch nur zu einzelnen Punkten. (NKomVG § 182 Abs. 2",
        "Erforderlich sind mehr als 1/2 der Ja- und Nein-Stimmen. (NKomVG § 66 Abs. 1 Satz 1)",
        "Enthaltungen sind weder Ja noch Nein.",
        "Bei Stimmengleichheit ist abgelehnt. (NKomVG § 66 Abs. 1 Satz 2)",
        "für höchstens 3 Monate",
    ):
        assert sentence in said


def test_persons_stand_under_their_names_where_these_are_disclosed() -> None:
    """Options are pseudonyms in the log; a reader wants names."""
    said = say("persons", {"o1": 3, "o2": 1}, {}, "de", labels={"o1": "Anke Tiedemann"})
    assert said == "abgegebene Stimmen: 3 Anke Tiedemann, 1 o2"
    assert words.outcome("elected:o1", "de", {"o1": "Anke Tiedemann"}) == "gewählt: Anke Tiedemann"


def test_one_abstention_is_not_plural() -> None:
    """Minutes are read by people."""
    assert (
        say("counts", {"yes": 20, "no": 6, "abstain": 1}, {}, "de")
        == "abgegebene Stimmen: 20 Ja, 6 Nein, 1 Enthaltung"
    )


def test_minutes_could_be_written_from_the_words_alone() -> None:
    """Whether it was valid, what was decided, with which numbers, and by which paragraph."""
    consent = {"n": 4, "d": 5, "of": "members", "partial": True, "implied": "none"}
    ledger, procedure = council(procedure_consent=consent)
    for member in ("anna", "bert", "cem", "dora"):
        put(ledger, procedure, "consent-declared", member, member=member)
        ledger.vote(procedure, member, "no" if member == "dora" else "yes")
    told = told_item(ledger.procedure(procedure), "1")
    unopposed = "kein Widerspruch gegen das Umlaufverfahren; ab einem Widerspruch ist es unzulässig"
    consented = (
        "Zustimmung zum Umlaufverfahren: erforderlich mindestens vier Fünftel der 5 Mitglieder, also 4;"
    )
    decided = "erforderlich: mehr als die Hälfte der 4 Ja- und Nein-Stimmen, also 3;"
    assert in_words(told["derivation"], "de", "") == [
        f"{unopposed} (NKomVG § 78 Abs. 3)",
        f"{consented} zugestimmt haben 4 – erreicht (NKomVG § 78 Abs. 3)",
        "abgegebene Stimmen: 3 Ja, 1 Nein, 0 Enthaltungen",
        f"{decided} Ja: 3 – erreicht (NKomVG § 66 Abs. 1 Satz 1)",
    ]


@pytest.mark.parametrize(
    ("objections", "required", "effect", "said"),
    [
        (
            0,
            1,
            "terminate",
            "kein Widerspruch gegen das Umlaufverfahren; ab einem Widerspruch ist es unzulässig",
        ),
        (
            1,
            1,
            "terminate",
            "1 Widerspruch gegen das Umlaufverfahren; ab einem Widerspruch ist es unzulässig",
        ),
        (2, 5, "terminate", "2 Widersprüche gegen das Umlaufverfahren; ab 5 Widersprüchen ist es unzulässig"),
        (
            1,
            1,
            "reject",
            "1 Widerspruch gegen das Umlaufverfahren; ab einem Widerspruch ist der Antrag abgelehnt",
        ),
        (1, 1, "count", "1 Widerspruch gegen das Umlaufverfahren; nach dieser Regel ohne Wirkung"),
    ],
)
def test_objections_are_said_as_a_clerk_says_them(
    objections: int, required: int, effect: str, said: str
) -> None:
    """One is not several, and from how many on is no riddle."""
    numbers = {"objections": objections, "required": required}
    assert say("objections", numbers, {"effect": effect}, "de") == said


def test_a_majority_of_a_single_vote_is_no_plural() -> None:
    """One yes and no other vote: "der 1 Ja- und Nein-Stimmen" stands in no minutes."""
    numbers = {"n": 1, "d": 2, "base": 1, "required": 1, "votes": 1}
    said = say("majority", numbers, {"of": "yes_no", "sign": "more", "option": "yes"}, "de")
    assert (
        said == "erforderlich: mehr als die Hälfte der einen Ja- oder Nein-Stimme, also 1; Ja: 1 – erreicht"
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_built_in_profile_cites_its_legal_basis_in_english_in_german_words(name: str) -> None:
    """It stands at the head of the minutes; a paragraph has one name, practice has two."""
    signed = complete(name)["legal_basis"]
    assert words.basis(signed, "en") == signed
    assert words.basis(signed, "de") != signed or re.search(r"§|Art\.", signed)


def test_practice_is_translated_for_profiles_that_exist() -> None:
    """Nothing is left over."""
    used = {complete(name)["legal_basis"] for name in NAMES} | {complete({})["legal_basis"]}
    assert set(PRACTICE) <= used


def test_a_refusal_under_a_practice_cites_it_in_german() -> None:
    """The paragraph of a refusal is read by the same clerk as its sentence."""
    profile = parse_profile(complete("two-thirds"))
    error = NotProvided(voting.NOT_PROVIDED, what=declarations.PROXIES, **cite(profile, "proxy"))
    assert (
        error.details["paragraph"] == error.cited("en") == "parliamentary practice: two thirds of yes and no"
    )
    assert error.cited("de") == "parlamentarische Übung: zwei Drittel der Ja- und Nein-Stimmen"


def test_large_numbers_are_written_as_the_language_does() -> None:
    """Shares are counted in thousands, and the table above the derivation sets them apart."""
    numbers = {"n": 1, "d": 2, "base": 12_500, "required": 6_251, "votes": 12_000}
    names = {"of": "yes_no", "sign": "more", "option": "yes"}
    for language, figures in (("de", ("12.500", "6.251", "12.000")), ("en", ("12,500", "6,251", "12,000"))):
        told = say("majority", numbers, names, language)
        assert [one for one in figures if one not in told] == []
        assert figures[2] in say("counts", {"yes": 12_000, "no": 1}, {}, language)


@pytest.mark.parametrize(
    ("profile", "told"),
    [("bgb-32", True), ("weg-23", False), ("gemo-bw-37", False), ("nkomvg-78", False)],
)
def test_a_profile_says_where_one_conflict_of_interest_prevents_every_resolution(
    profile: str, told: bool
) -> None:
    """Whoever opens it should know before two weeks of voting."""
    for language, said in (("de", "kann hier nicht angenommen werden"), ("en", "cannot be adopted here")):
        assert any(said in one for one in profile_in_words(complete(profile))[language]) is told
