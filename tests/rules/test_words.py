"""Is everything that a derivation or a profile can say said in German and in English, from the same data?"""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from api.schemas.values import STATES
from ledger.domain import words
from ledger.domain.profile import SETTINGS
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete
from ledger.domain.words import english, german, profiles_english, profiles_german, say
from ledger.domain.words.profiles import describe
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
    assert german.STATES.keys() == english.STATES.keys() == set(STATES)
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
    assert sentences[0].startswith(complete(name)["legal_basis"])
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
    unopposed = "kein Widerspruch gegen das Umlaufverfahren (ab 1: das Umlaufverfahren ist unzulässig)"
    consented = "Zustimmung zum Umlaufverfahren: erforderlich: mindestens 4/5 der 5 Mitglieder, also 4;"
    decided = "erforderlich: mehr als 1/2 der 4 Ja- und Nein-Stimmen, also 3;"
    assert in_words(told["derivation"], "de", "") == [
        f"{unopposed} (NKomVG § 78 Abs. 3)",
        f"{consented} zugestimmt haben 4: erreicht (NKomVG § 78 Abs. 3)",
        "abgegebene Stimmen: 3 Ja, 1 Nein, 0 Enthaltungen",
        f"{decided} Ja: 3: erreicht (NKomVG § 66 Abs. 1 Satz 1)",
    ]
