"""Can the minutes tell from the words alone what happened during the vote, and to the result afterwards?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.guards_conduct import EVIDENCE
from ledger.domain.profiles import complete
from ledger.domain.words import LANGUAGES
from ledger.telling import headings, told_item
from tests.support.circular import CONSENT, DIGEST, council, say
from tests.support.every_statement import every_statement
from tests.support.memory_ledger import SERVICE, MemoryLedger, item, later


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """Name of a procedure in which much happened → what German minutes say about it first."""
    ledger = MemoryLedger(signed=False)
    procedures = every_statement(ledger)
    return {name: headings(ledger.procedure(found), "de") for name, found in procedures.items()}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("circular", "Frist verlängert (1-mal); zuerst bis "),
        ("circular", "Vollmacht: anna für emil"),
        ("circular", "zurückgewiesen und nicht gezählt: 1 bei Mitwirkungsverbot"),
        ("circular", "Punkt 2: unter einer Bedingung beschlossen; sie ist eingetreten"),
        ("circular", "Punkt 2: auf 3 Monate befristet, bis 02.06.2026, 24:00 Uhr"),
        ("circular", "Ergebnis festgestellt am 02.03.2026, "),
        ("circular", "Ergebnis mitgeteilt am "),
        ("circular", "Bedingung eingetreten am "),
        ("circular", "Vollzug ausgesetzt am "),
        ("circular", "Beschluss beanstandet am "),
        ("circular", "von einer Sitzung bestätigt am "),
        ("circular", "Ergebnis berichtigt am "),
        ("circular", "Beschluss außer Kraft getreten am "),
        ("personal", "Vertretung: sub für anna"),
        ("sitting", "Ergebnis aufgehoben am "),
    ],
)
def test_every_step_has_its_line(said: dict[str, list[str]], name: str, line: str) -> None:
    """A result that was objected to and then announced is not only "announced"."""
    assert [one for one in said[name] if one.startswith(line)], said[name]


def test_a_step_names_its_entry_its_signer_and_what_it_is_about(said: dict[str, list[str]]) -> None:
    """So that whoever reads the minutes finds the entry."""
    [made_public] = [one for one in said["circular"] if "nun öffentlich" in one]
    assert made_public.endswith("(Eintrag 55, unterschrieben: clara); nun öffentlich: Punkt 2")
    [suspended] = [one for one in said["circular"] if one.startswith("Vollzug ausgesetzt")]
    assert ", bis 03.03.2026, " in suspended


def test_every_refusal_that_is_evidence_has_words() -> None:
    """A code in German minutes would be read by nobody."""
    for language, words in LANGUAGES.items():
        assert words.REFUSALS.keys() == set(EVIDENCE), language


def decided(result: str, **settings: Any) -> tuple[MemoryLedger, str]:
    """A procedure that was closed and determined; nobody voted unless the settings let it fail otherwise."""
    ledger, procedure = council(objection=None, **settings)
    ledger.vote(procedure, "anna", {"1": "yes", "2": "yes"})
    say(ledger, procedure, "procedure-closed", SERVICE, at=ledger.procedure(procedure).closes_at)
    say(ledger, procedure, "result-determined", "clara")
    assert ledger.procedure(procedure).outcome("1").result == result
    return ledger, procedure


def test_a_missed_consent_is_not_told_as_an_objection() -> None:
    """NKomVG § 182: 26 of 33 consented and nobody objected; the minutes must not say that somebody did."""
    ledger, procedure = decided("no-decision", procedure_consent=CONSENT)
    found = ledger.procedure(procedure)
    assert found.state == "terminated"
    assert headings(found, "de")[0].startswith(
        "beendet: im Umlaufverfahren unzulässig; 1 von 5 Mitgliedern hat"
    )
    assert "iderspruch" not in " ".join(headings(found, "de"))


def test_what_goes_to_a_meeting_as_a_whole_is_referred() -> None:
    """Secret ballots were demanded on all items: the determination says so, and not that it failed."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert")
    profile = {**complete("plurality-for-person"), "secrecy": {"demand": 1, "items": "elections"}}
    procedure = ledger.open(profile=profile, items=[item("1", "o1", "o2")])
    say(ledger, procedure, "secret-ballot-demanded", "anna", member="anna", items=["1"])
    ledger.close(procedure)
    say(ledger, procedure, "result-determined", "registrar")
    found = ledger.procedure(procedure)
    assert (found.state, found.outcome("1").result) == ("referred", "referred")


def test_the_most_votes_are_not_told_as_a_fraction() -> None:
    """It is no sentence to ask for more than 0/1 of the votes."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert")
    procedure = ledger.open(profile="plurality-for-person", items=[item("1", "o1", "o2")])
    for member in ("anna", "bert"):
        ledger.vote(procedure, member, "o1")
    sentence = told_item(ledger.procedure(procedure), "1")["derivation"][1]["text"]["de"]
    assert sentence == "erforderlich: die meisten der 2 Stimmen für Personen; o1: 2 – erreicht"


def test_a_corrected_result_is_not_compared_with_what_the_votes_give() -> None:
    """To say "still adopted" beside a result that was corrected would be wrong both ways."""
    ledger, procedure = decided("adopted")
    assert ledger.procedure(procedure).relevance("1")
    outcome: dict[str, Any] = {"outcome": {"1": "rejected"}, "witness": "klaus", "ground": DIGEST}
    say(ledger, procedure, "result-corrected", "clara", **outcome)
    found = ledger.procedure(procedure)
    assert (found.relevance("1"), found.relevance("2") != []) == ([], True)


def test_an_extension_for_some_is_not_told_as_one_for_all() -> None:
    """The common deadline stands."""
    ledger, procedure = council()
    longer = later(str(ledger.procedure(procedure).closes_at), 60)
    say(ledger, procedure, "deadline-extended", "clara", closes_at=longer, members=["anna"], reason=DIGEST)
    told = headings(ledger.procedure(procedure), "de")
    assert "Frist für einzelne Mitglieder verlängert (1-mal)" in told
