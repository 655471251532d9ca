"""Can the minutes say on what occasion it was decided by circulation, who opened it, and what closed it?"""

from __future__ import annotations

import pytest

from ledger.domain.words import LANGUAGES, course_english, course_german
from ledger.domain.words.circumstances import circumstances, closed_under, subject, trigger
from ledger.telling import headings
from tests.support.circular import council, say
from tests.support.memory_ledger import SERVICE, MemoryLedger, document, later

EVIDENCE = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
START = "2021-11-24T17:00:00.000Z"


def under_182(until: str | None) -> tuple[MemoryLedger, str]:
    """A procedure under NKomVG § 182 after a resolution of the council."""
    ledger = MemoryLedger(signed=False, start=START)
    ledger.council("anna", "bert", "cem")
    occasion = {
        "kind": "council_resolution",
        "evidence": EVIDENCE,
        "from": "2021-11-01T23:00:00.000Z",
        "until": until,
    }
    procedure = ledger.open(profile="nkomvg-182", trigger=occasion, closes_at=later(ledger.now, 3600))
    return ledger, procedure


def test_what_triggered_it_is_told_with_the_paragraph() -> None:
    """Without it nobody may decide by circulation under this paragraph, so the minutes must name it."""
    ledger, procedure = under_182("2022-01-31T23:00:00.000Z")
    said = headings(ledger.procedure(procedure), "de")
    assert said[3] == (
        "Anlass: Beschluss der Vertretung, 02.11.2021, 00:00:00 Uhr bis 31.01.2022, 24:00 Uhr"
        " (NKomVG § 182 Abs. 1)"
    )
    assert said[4].startswith("eröffnet am 24.11.2021, 18:")
    assert ", Frist bis 24.11.2021, 19:" in said[4]


def test_a_trigger_without_an_end_is_told_from_its_beginning() -> None:
    """An emergency is declared before anybody knows how long it lasts."""
    ledger = MemoryLedger(signed=False, start=START)
    ledger.council("anna", "bert", "cem")
    occasion = {
        "kind": "declared_emergency",
        "evidence": EVIDENCE,
        "from": "2021-11-01T23:00:00.000Z",
        "until": None,
    }
    procedure = ledger.open(profile="kvg-lsa-56a", trigger=occasion, closes_at=later(ledger.now, 3600))
    told = trigger(ledger.procedure(procedure), "de")
    assert told is not None
    assert told == (
        "festgestellte außergewöhnliche Notlage, seit 02.11.2021, 00:00:00 Uhr",
        "KVG LSA § 56a Abs. 1",
    )


def test_a_matter_of_a_simple_kind_is_told_where_the_paragraph_asks_for_it() -> None:
    """GemO BW § 37: only such matters may be decided by circulation."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert")
    told = {"simple": True, "urgent": False, "topics": []}
    procedure = ledger.procedure(
        ledger.open(profile="gemo-bw-37", subject=told, closes_at=later(ledger.now, 60))
    )
    assert subject(procedure, "de") == ("Gegenstand einfacher Art", "GemO BW § 37 Abs. 1 Satz 2")
    assert trigger(procedure, "de") is None


def test_what_closed_it_is_told_with_its_paragraph_and_who_signed() -> None:
    """An objection ended it, and the chair closed it: both stand in the minutes."""
    ledger, procedure = council()
    say(ledger, procedure, "objection-raised", "anna", member="anna")
    assert closed_under(ledger.procedure(procedure)) is None
    ledger.close(procedure)
    closed = ledger.procedure(procedure)
    last = headings(closed, "de")[-1]
    assert last.startswith("geschlossen am ")
    assert "wegen Widerspruchs gegen das Umlaufverfahren" in last
    assert last.endswith("(NKomVG § 78 Abs. 3)")
    assert closed_under(closed) == "NKomVG § 78 Abs. 3"


def test_the_service_has_a_german_name_in_german_words() -> None:
    """Its id is given at the founding, and is an English word."""
    ledger, procedure = council()
    ledger.vote(procedure, "anna", "yes")
    ledger.put("procedure-closed", SERVICE, procedure=procedure, at=later(ledger.now, 3600))
    german, english = (headings(ledger.procedure(procedure), language)[-1] for language in ("de", "en"))
    assert "unterschrieben: Dienst" in german
    assert "signed: service" in english
    assert "mit Ablauf der Frist" in german


def told_of(ledger: MemoryLedger, procedure: str, language: str = "de") -> list[str]:
    """What happened between the opening and the closing."""
    return headings(ledger.procedure(procedure), language)[4:]


def test_who_objected_demanded_or_may_not_take_part_is_told_by_name() -> None:
    """The derivation has their number; the minutes need to say who it was."""
    half = {"n": 1, "d": 2, "who": "member", "until": "deadline", "effect": "terminate"}
    ledger, procedure = council(secrecy={"demand": 3, "items": "all"}, objection=half)
    for member in ("cem", "dora"):
        say(ledger, procedure, "objection-raised", member, member=member)
    say(ledger, procedure, "secret-ballot-demanded", "emil", member="emil", items=["2"])
    say(ledger, procedure, "member-excluded", "clara", member="anna", items=["1", "2"], reason="employer")
    objections, demand, *excluded = told_of(ledger, procedure)
    assert objections.startswith("Widerspruch gegen das Umlaufverfahren: cem am 02.03.2026, 09:")
    assert ", dora am 02.03.2026, 09:" in objections
    assert objections.endswith("(NKomVG § 78 Abs. 3)")
    assert demand == "geheime Abstimmung zu Punkt 2 verlangt: emil (NKomVG § 67)"
    assert excluded == [f"Mitwirkungsverbot zu Punkt {item}: anna (NKomVG § 41)" for item in "12"]


def test_a_document_that_came_later_is_told_and_which_votes_it_left_without_effect() -> None:
    """Two had voted, one of them again: "1 of 5 voted" alone would leave the other one without a reason."""
    ledger, procedure = council(documents="reconfirm")
    for member in ("anna", "bert"):
        ledger.vote(procedure, member, "yes")
    say(ledger, procedure, "document-attached", "clara", document=document("late"))
    assert told_of(ledger, procedure)[-1].endswith("(nicht gezählt): 2")
    ledger.vote(procedure, "anna", "yes")
    attached, earlier = told_of(ledger, procedure)
    entry = ledger.procedure(procedure).attached_by[0]
    assert attached == f"Unterlage nach der Eröffnung beigefügt: Eintrag {entry}"
    assert earlier == "Stimmen auf einem früheren Stimmzettel, nicht bestätigt (nicht gezählt): 1"
    ledger.vote(procedure, "bert", "no")
    assert told_of(ledger, procedure) == [attached]


def test_votes_that_stand_although_a_document_came_later_are_told() -> None:
    """They count, and were given without knowing it: the profile wants them marked."""
    ledger, procedure = council(documents="keep")
    ledger.vote(procedure, "anna", "yes")
    say(ledger, procedure, "document-attached", "clara", document=document("late"))
    assert told_of(ledger, procedure, "en")[-1] == "votes on an earlier ballot paper (they count): 1"


def test_votes_that_the_member_did_not_sign_are_told_apart() -> None:
    """A portal's or two clerks' word stands for them, also where a vote of the member's own stood before."""
    ledger, procedure = council(documents="reconfirm")
    portal = {"kind": "portal-attested", "assurance": "high"}
    paper = {"kind": "clerk-recorded", "source": "paper", "witness": "klaus"}
    ledger.vote(procedure, "anna", "yes")
    assert told_of(ledger, procedure) == []
    ledger.vote(procedure, "anna", "no", actor="clara", provenance=paper)
    ledger.vote(procedure, "bert", "yes", actor="portal", provenance=portal)
    ledger.vote(procedure, "cem", "yes", actor="portal", provenance=portal)
    entry = ledger.procedure(procedure).box.votes["anna"].seq
    assert told_of(ledger, procedure) == [
        f"Stimmen, die Sitzungsdienst und eine zweite Person vermerkt haben: 1 (Eintrag {entry})",
        "Stimmen, für die ein Portal einsteht: 2",
    ]
    say(ledger, procedure, "document-attached", "clara", document=document("late"))
    assert len(told_of(ledger, procedure)) == len(("the document", "votes that do not count"))


@pytest.mark.parametrize(
    ("language", "said"), [("de", "beigefügt: Einträge 999, 1.234.567"), ("en", "entries 999, 1,234,567")]
)
def test_numbers_of_entries_are_written_as_in_reports(language: str, said: str) -> None:
    """Who lays text and extract side by side looks for the same number; a large ledger has millions."""
    ledger, procedure = council(documents="keep")
    for name in ("late", "later"):
        say(ledger, procedure, "document-attached", "clara", document=document(name))
    found = ledger.procedure(procedure)
    found.attached_by[:] = [999, 1_234_567]
    found.conduct.attempts["too-late"] = 1000
    attached, refused = headings(found, language)[4:]
    assert said in attached
    assert ("1.000 zu spät" if language == "de" else "1,000 too late") in refused


def test_nothing_is_told_that_did_not_happen() -> None:
    """An open procedure without an occasion has an opening, and no more."""
    ledger, procedure = council()
    assert len(list(circumstances(ledger.procedure(procedure), "de"))) == 1


ALIKE = [
    "STATES",
    "CLOSED",
    "KINDS",
    "ROLES",
    "TRIGGERS",
    "SUBJECTS",
    "TRIGGER",
    "EXTENDED",
    "ATTACHED",
    "EARLIER",
    "REFUSALS",
    "UNTIL",
    "ON_ITEMS",
    "NOW_PUBLIC",
    "CONDITION",
]


@pytest.mark.parametrize("name", ALIKE)
def test_both_languages_know_the_same_words_of_the_course(name: str) -> None:
    """A reason, state or kind that only one language knows would be told by its code in the other."""
    assert getattr(course_german, name).keys() == getattr(course_english, name).keys()
    assert LANGUAGES["de"].STATES is course_german.STATES
