"""Can a clerk who is refused read in the sentence what is wrong, without knowing the statement's codes?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.errors import BadOpening, StimmbuchError
from tests.support.circular import DIGEST, council, say
from tests.support.memory_ledger import SERVICE, MemoryLedger, item, later


def german(ledger: MemoryLedger, kind: str, actor: str, **fields: Any) -> tuple[str, str]:
    """Code and German sentence of the refusal."""
    with pytest.raises(StimmbuchError) as caught:
        ledger.put(kind, actor, **fields)
    return caught.value.code, caught.value.said("de") or ""


def test_a_procedure_ended_by_objections_says_so_without_a_code() -> None:
    """The code "terminate" is no German, and one objection is enough."""
    ledger, procedure = council()
    say(ledger, procedure, "objection-raised", "anna", member="anna")
    vote: dict[str, Any] = {"procedure": procedure, "member": "bert", "choices": {"1": "yes"}}
    code, told = german(ledger, "vote-cast", "bert", **vote)
    assert (code, told) == ("stopped", "Widerspruch gegen das Umlaufverfahren hat es beendet")


def test_a_result_that_does_not_follow_is_told_as_it_would_be_signed() -> None:
    """Whoever prepares the statement again by hand needs the value as JSON."""
    ledger, procedure = closed()
    code, told = german(ledger, "result-determined", "clara", procedure=procedure, tally={"1": {"yes": 5}})
    assert code == "wrong-result"
    assert '"1": {"yes": 1, "no": 0, "abstain": 0}' in told


def test_a_correction_that_changes_nothing_says_the_result_in_words() -> None:
    """The clerk reads "angenommen" in the minutes, not "adopted"."""
    ledger, procedure = closed()
    say(ledger, procedure, "result-determined", "clara")
    same: dict[str, Any] = {"outcome": {"1": "adopted"}, "witness": "klaus", "ground": DIGEST}
    code, told = german(ledger, "result-corrected", "clara", procedure=procedure, **same)
    assert (code, told) == ("already-declared", "das Ergebnis von Punkt 1 ist bereits: angenommen")


def test_a_correction_to_somebody_who_was_no_candidate_is_no_matter_of_roles() -> None:
    """A clerk who is told so would look for a signature."""
    ledger, procedure = closed()
    say(ledger, procedure, "result-determined", "clara")
    other: dict[str, Any] = {"outcome": {"1": "elected:meier"}, "witness": "klaus", "ground": DIGEST}
    assert german(ledger, "result-corrected", "clara", procedure=procedure, **other)[0] == "unknown-option"


def test_a_full_proxy_is_told_with_the_limit() -> None:
    """It said "1 Mitglieder", and is read aloud in a meeting."""
    ledger, procedure = council(proxy={"max": 1})
    say(ledger, procedure, "proxy-given", "anna", member="anna", proxy="cem")
    again: dict[str, Any] = {"member": "bert", "proxy": "cem"}
    code, told = german(ledger, "proxy-given", "bert", procedure=procedure, **again)
    assert code == "proxy-not-allowed"
    assert told == "cem ist schon bevollmächtigt; eine Person darf höchstens so viele Mitglieder vertreten: 1"


@pytest.mark.parametrize(
    ("profile", "closes_at", "words"),
    [
        ("nkomvg-78", None, "nach diesem Regelprofil hat die Frist einen festen Zeitpunkt"),
        ("iteos-8", 3600, "nach diesem Regelprofil gibt es keinen festen Zeitpunkt"),
    ],
)
def test_a_deadline_too_few_and_one_too_many_are_told_apart(
    profile: str, closes_at: int | None, words: str
) -> None:
    """One sentence for both made the clerk guess which of them it was."""
    ledger, _ = council()
    ends = closes_at and later(ledger.now, closes_at)
    with pytest.raises(StimmbuchError) as caught:
        ledger.open("another", profile=complete(profile), chair="bert", closes_at=ends)
    assert caught.value.code == "bad-opening"
    assert (caught.value.said("de") or "").startswith(words)


def test_a_local_deadline_is_enough_where_the_instant_is_left_null() -> None:
    """A form that sends all of its members sends null for what was not filled in."""
    ledger, _ = council()
    times = {"closes_at": None, "closes_local": "2026-03-20T24:00"}
    procedure = ledger.open("another", profile=complete("nkomvg-78"), chair="bert", **times)
    assert ledger.procedure(procedure).closes_at == "2026-03-20T23:00:00.000Z"


@pytest.mark.parametrize(
    ("ended", "told"), [("referred", "an eine Sitzung verwiesen"), ("annulled", "aufgehoben")]
)
def test_a_further_ballot_on_what_was_not_decided_says_how_the_ballot_before_ended(
    ended: str, told: str
) -> None:
    """That the ballot before had decided about it was not true, and sent the clerk looking for a result."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert")
    profile = {**complete("plurality-for-person"), "secrecy": {"demand": 1, "items": "all"}}
    papers = [item("1", "o1", "o2")]
    first = ledger.open("first", profile=profile, items=papers)
    if ended == "referred":
        ledger.put("secret-ballot-demanded", "anna", procedure=first, member="anna", items=["1"])
    ledger.close(first)
    if ended == "annulled":
        ledger.put("result-annulled", procedure=first, repeated_as=None)
    with pytest.raises(BadOpening) as caught:
        ledger.open("further", profile=profile, items=papers, repeats=first)
    assert told in (caught.value.said("de") or "")


def test_a_further_ballot_on_an_item_that_was_not_there_names_the_ballot_before() -> None:
    """That there is no item 2 was wrong: the new ballot paper has one."""
    ledger, first = election("plurality-for-person", "1")
    with pytest.raises(StimmbuchError) as caught:
        election("plurality-for-person", "1", "2", ledger=ledger, repeats=first)
    assert caught.value.said("de") == "einen Punkt 2 hatte der Wahlgang davor nicht"


def test_where_the_lot_decides_nothing_is_determined_without_it() -> None:
    """Determined as "no decision" by oversight, it would be final: a result is determined once."""
    ledger, procedure = election({**complete("plurality-for-person"), "tie": "lot"}, "1")
    code, told = german(ledger, "result-determined", "registrar", procedure=procedure)
    assert code == "wrong-result"
    assert (
        told
        == "zu Punkt 1 sind gleich viele Stimmen abgegeben, und das Los entscheidet: es steht unter `lots`"
    )
    ledger.put("result-determined", procedure=procedure, lots={"1": "o2"})
    assert ledger.procedure(procedure).outcome("1").result == "elected:o2"


def test_a_lot_for_somebody_else_is_a_wrong_result() -> None:
    """It is not a matter of roles."""
    ledger, procedure = election({**complete("plurality-for-person"), "tie": "lot"}, "1")
    lots = {"lots": {"1": "nobody"}}
    assert german(ledger, "result-determined", "registrar", procedure=procedure, **lots)[0] == "wrong-result"


def test_a_late_vote_is_told_on_the_members_clock_to_the_millisecond() -> None:
    """In Berlin nobody reads that the deadline was at 23:00 Z; programs still find that in the details."""
    ledger, procedure = council()
    vote: dict[str, Any] = {"procedure": procedure, "member": "anna", "choices": {"1": "yes"}}
    end = ledger.procedure(procedure).closes_at or ""
    with pytest.raises(StimmbuchError) as caught:
        ledger.put("vote-cast", "anna", at=later(end, 0.001), **vote)
    assert caught.value.details["deadline"] == end
    assert caught.value.said("de") == (
        "die Frist endete 02.03.2026, 10:00:13 Uhr; der Eintrag trägt die Zeit 02.03.2026, 10:00:13,001 Uhr"
    )
    assert str(caught.value) == (
        "the deadline was 02 March 2026, 10:00:13; this entry's time is 02 March 2026, 10:00:13.001"
    )


def test_a_deadline_at_the_end_of_a_day_is_told_as_24_oclock() -> None:
    """0:00 of the next day is another day to most readers (BGB § 188 Abs. 1)."""
    ledger, _ = council()
    procedure = ledger.open(
        "another", profile=complete("nkomvg-78"), chair="bert", closes_local="2026-03-20T24:00"
    )
    told = german(ledger, "procedure-closed", SERVICE, procedure=procedure)[1]
    assert told == "die Frist endet 20.03.2026, 24:00 Uhr; so weit ist es noch nicht"


def test_the_two_readings_of_a_civil_time_stay_in_utc() -> None:
    """On the wall clock both would be the same."""
    ledger, _ = council()
    with pytest.raises(StimmbuchError) as caught:
        ledger.open("another", profile=complete("nkomvg-78"), chair="bert", closes_local="2026-10-25T02:30")
    told = caught.value.said("de") or ""
    assert "2026-10-25T00:30:00.000Z und 2026-10-25T01:30:00.000Z" in told


def test_a_receipt_without_a_deadline_of_its_own_is_told_without_none() -> None:
    """It said "die Frist None"."""
    ledger, procedure = council(reach="everyone")
    told = german(
        ledger,
        "delivery-recorded",
        "clara",
        procedure=procedure,
        members=["anna"],
        how="mail",
        closes_at=ledger.now,
    )[1]
    assert told == "nach diesem Regelprofil folgt aus einem Zugang keine Frist: `closes_at` weglassen"


def test_a_time_zone_that_does_not_exist_is_refused_at_the_opening() -> None:
    """Accepted, it made every text about the procedure fail: no deadline in it can be told."""
    ledger, _ = council()
    ends = {"closes_at": later(ledger.now, 3600), "time_zone": "Europe/Isernhagen"}
    with pytest.raises(StimmbuchError) as caught:
        ledger.open("another", profile=complete("nkomvg-78"), chair="bert", **ends)
    assert caught.value.code == "no-such-time"


@pytest.mark.parametrize(
    ("profile", "told"),
    [("gemo-bw-37", "Gegenstand einfacher Art"), ("stlsanrg-7", "dringliche Angelegenheit")],
)
def test_a_subject_that_is_not_declared_is_told_in_words(profile: str, told: str) -> None:
    """It said "als urgent erklärt"."""
    ledger, _ = council()
    ends = later(ledger.now, 3600) if complete(profile)["deadline"] == "fixed" else None
    with pytest.raises(StimmbuchError) as caught:
        ledger.open("another", profile=complete(profile), chair="bert", closes_at=ends)
    assert caught.value.said("de") == f"die Eröffnung muss erklären (`subject`): {told}"
    assert caught.value.details["only"] in {"simple", "urgent"}


def test_a_closing_for_another_reason_is_told_the_right_one_in_words() -> None:
    """It said "der Grund ist deadline"; programs still find that in the details."""
    ledger, procedure = council()
    end = ledger.procedure(procedure).closes_at
    with pytest.raises(StimmbuchError) as caught:
        ledger.put("procedure-closed", "clara", procedure=procedure, reason="chair", at=end)
    assert caught.value.said("de") == "geschlossen wird die Abstimmung hier nur mit Ablauf der Frist"
    assert caught.value.details["expected"] == "deadline"


def test_a_choice_that_is_not_offered_is_told_as_a_member_says_it() -> None:
    """A member abstains, and does not "abstain"."""
    ledger, procedure = council()
    code, told = german(
        ledger, "vote-cast", "anna", procedure=procedure, member="anna", choices={"1": "present"}
    )
    assert (code, told) == ("unknown-option", "anwesend steht bei Punkt 1 nicht zur Wahl")


def test_a_legal_basis_without_an_end_is_told_without_one() -> None:
    """It said "bis …"."""
    ledger, _ = council()
    profile = {**complete("nkomvg-78"), "validity": {"version": None, "from": "2027-01-01", "to": None}}
    with pytest.raises(StimmbuchError) as caught:
        ledger.open("another", profile=profile, chair="bert", closes_at=later(ledger.now, 3600))
    assert caught.value.said("de") == "NKomVG § 78 Abs. 3 gilt seit 01.01.2027"


def closed() -> tuple[MemoryLedger, str]:
    """Item 1 adopted with one vote; closed at the deadline."""
    ledger, procedure = council()
    ledger.vote(procedure, "anna", {"1": "yes", "2": "no"})
    end = ledger.procedure(procedure).closes_at
    say(ledger, procedure, "procedure-closed", SERVICE, at=end)
    return ledger, procedure


def election(
    profile: Any, *items: str, ledger: MemoryLedger | None = None, **fields: Any
) -> tuple[MemoryLedger, str]:
    """Two candidates with a vote each; closed."""
    if ledger is None:
        ledger = MemoryLedger(signed=False)
        ledger.council("anna", "bert")
    name = "further" if fields else "first"
    papers = [item(one, "o1", "o2") for one in items]
    procedure = ledger.open(name, profile=profile, items=papers, **fields)
    ledger.vote(procedure, "anna", dict.fromkeys(items, "o1"))
    ledger.vote(procedure, "bert", dict.fromkeys(items, "o2"))
    ledger.close(procedure)
    return ledger, procedure
