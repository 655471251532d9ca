"""Does a report say what the log says, and no more? Every claim names its entry or its check."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import main
from api.report.compose import compose
from api.report.formats import FORMATS, written
from ledger.errors import NotFound
from ledger.mapper import read_entry
from ledger.proof.checks import CHECKS
from ledger.publish.folder import checkpoint_path
from projections.report.build import Source
from projections.report.model import Cited, Sentence
from tests.reports.conftest import Decided, new_place
from tests.support import pdf
from tests.support.builders import CHAIR, CLERK, LedgerBuilder
from tests.support.naive_recount import Recount
from tests.support.reporting import NAMES, PAPER, PROFILE, TITLE, WORDING, decided, opened, published, report

HIDDEN = {**PROFILE, "result_visibility": "after_closing"}


def entries(town: LedgerBuilder) -> list[bytes]:
    """The whole log."""
    return [row.state for row in town.ledger.entries(-1, 10_000)]


def texts_of(town: LedgerBuilder, motion: str, kind: str) -> dict[str, str]:
    """Form → everything that can be read in it."""
    source = report(town, motion, kind)
    found = {form: written(source, form, "de") for form in FORMATS}
    told = {form: data.decode("utf-8-sig") for form, data in found.items() if form != "pdf"}
    with pdf.opened(found["pdf"]) as opened_pdf:
        attached = b"".join(data for _, data in pdf.attachments(opened_pdf).values())
    payloads = [json.dumps(read_entry(line).payload) for line in attached.splitlines()]
    return told | {"pdf": " ".join([*pdf.pages_of(found["pdf"]), *payloads])}


def texts_in(source: Source, language: str) -> str:
    """Everything that page and PDF tell."""
    return json.dumps(compose(source.report, language).plain(), ensure_ascii=False)


def test_counts_are_those_of_a_naive_recount(told: Decided) -> None:
    """The report computes nothing; that the domain does is compared with a second, simple reading."""
    counted = Recount(entries(told.town), told.procedure).tally()
    for source in (told.extract, told.audit):
        [item] = source.report.items
        assert item.result is not None
        assert {one.option: one.votes for one in item.result.counts} == counted["1"]


def test_the_last_vote_of_each_member_is_told_with_its_entry(told: Decided) -> None:
    """Changed: the newer one. Withdrawn: none. Excluded: none, and why."""
    votes = {one.member.id: one.vote for one in told.extract.report.participants}
    cast = {one.place.seq: one.payload for one in map(read_entry, entries(told.town))}
    for member, choice in (("m1", "yes"), ("m2", "yes"), ("m5", "abstain")):
        vote = votes[member]
        assert vote is not None
        assert vote.choices == {"1": choice}
        assert cast[vote.entry]["member"] == member
        assert cast[vote.entry]["choices"] == vote.choices
    assert votes["m3"] is None
    assert [one.excluded for one in told.extract.report.participants if one.member.id == "m4"] == [("1",)]
    assert votes["m5"] is not None
    assert votes["m5"].late


def test_a_report_calls_an_outcome_what_page_and_interface_call_it(told: Decided) -> None:
    """Two yes and an abstention: nobody voted the other way, and minutes say so."""
    [item] = told.extract.report.items
    assert item.result is not None
    assert (item.result.words.de, item.result.words.en) == ("einstimmig angenommen", "adopted unanimously")


def test_an_audit_report_names_every_numbered_check(told: Decided) -> None:
    """Made or not made: a check that is silently left out would look like one that holds."""
    evidence = told.audit.report.evidence
    assert evidence is not None
    assert [one.number for one in evidence.checks] == list(CHECKS)
    assert {one.result for one in evidence.checks} == {"holds", "not-made"}
    page = written(told.audit, "html", "de").decode()
    for number in CHECKS:
        assert f"<bdi>{number}</bdi>" in page


def test_every_check_and_entry_that_a_sentence_cites_is_there(told: Decided) -> None:
    """`stimmbuch verify` must be able to confirm what is cited."""
    for language, cited in (("de", r"(?:Prüfungen?|und) (\d\.\d+)"), ("en", r"(?:checks?|and) (\d\.\d+)")):
        said = texts_in(told.audit, language)
        numbers = set(re.findall(cited, said))
        made = {one.number for one in told.audit.report.evidence.checks if one.made}  # type: ignore[union-attr]
        assert numbers
        assert numbers <= made
        last = told.audit.report.position.seq
        assert all(int(one) <= last for one in re.findall(r"(?:Eintrag|entry) (\d+)", said))


def test_what_is_still_to_come_is_not_said_to_have_been(tmp_path: Path) -> None:
    """Open, unpublished, a document lost: no seal, no tree and no file is claimed, no check cited in vain."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = opened(town)
        town.vote(motion, "m1", "yes")
        [document] = report(town, motion).report.documents
        town.ledger.store.documents.erase(document.sha256)
        source = report(town, motion, "audit")
    cited = {"de": r"(?:Prüfungen?|und) (\d\.\d+)", "en": r"(?:checks?|and) (\d\.\d+)"}
    said = {one: texts_in(source, one) for one in cited}
    made = {one.number for one in source.report.evidence.checks if one.made}  # type: ignore[union-attr]
    for language, pattern in cited.items():
        assert set(re.findall(pattern, said[language])) <= made, language
    assert "versiegelt sind sie noch nicht" in said["de"]
    assert "they are not sealed yet" in said["en"]


def test_verify_confirms_the_same_log(told: Decided) -> None:
    """The two programs look at the same bytes, and neither finds a fault."""
    done = CliRunner().invoke(main, ["verify", str(told.town.ledger.store.home), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["holds"]
    assert told.audit.report.faults == 0


def test_a_changed_entry_is_named_and_the_report_says_that_nothing_is_to_be_relied_on(tmp_path: Path) -> None:
    """Who prints an extract of a tampered ledger must not get a clean sheet, nor exit code 0."""
    place = new_place(tmp_path / "ledger")
    with published(place) as town:
        motion = decided(town)
        vote = next(p.vote.entry for p in report(town, motion).report.participants if p.vote)
    with closing(sqlite3.connect(tmp_path / "ledger" / "ledger.sqlite")) as database, database:
        where = "WHERE notification_id = ?"
        [(state,)] = database.execute(f"SELECT state FROM ledger_events {where}", [vote + 1])
        changed = bytes(state).replace(b"T08:00:17.000Z", b"T08:00:17.001Z")
        assert changed != state
        database.execute(f"UPDATE ledger_events SET state = ? {where}", [changed, vote + 1])
    for kind in ("extract", "audit"):
        command = ["report", motion, "--store", place.where, "--kind", kind, "--format", "html,pdf"]
        done = CliRunner().invoke(main, [*command, "--to", str(tmp_path / kind)])
        assert done.exit_code == 1
        [page] = (tmp_path / kind).glob("*.html")
        assert "DIESES VERFAHREN IST NICHT IN ORDNUNG" in page.read_text("utf-8")
    assert (
        f'<th scope="row"><bdi>8.8</bdi></th>\n<td class="number"><bdi>{vote}</bdi></td>' in page.read_text()
    )


@pytest.mark.parametrize("kind", ["extract", "audit"])
def test_nothing_tells_how_an_open_procedure_stands_where_the_profile_hides_it(
    tmp_path: Path, kind: str
) -> None:
    """In no form, not in the attached entries, and not as of an earlier entry."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = opened(town, profile=HIDDEN)
        town.vote(motion, "m1", "yes")
        town.vote(motion, "m2", "no")
        source = report(town, motion, kind)
        assert source.report.withheld
        assert [item.result for item in source.report.items] == [None]
        assert [one.vote.choices for one in source.report.participants if one.vote] == [None, None]
        assert source.report.voted == 2, "participation is no secret"
        for form, text in texts_of(town, motion, kind).items():
            assert '{"1": "yes"}' not in text, form
            assert '"choices": {' not in text, form
            assert "angenommen" not in text, form
        attached_in_part = "without those whose content is withheld" in texts_in(source, "en")
        assert attached_in_part == (kind == "audit")
        assert report(town, motion, kind, at=source.report.position.seq - 1).report.withheld
        town.clock.advance(3600)
        town.close(motion, "service")
        closed = report(town, motion, kind).report
        assert not closed.withheld
        assert [one.result is not None for one in closed.items] == [True]


def test_what_was_erased_says_so_and_is_in_no_form(tmp_path: Path) -> None:
    """Also in a report as of an entry before the erasure: erased is erased."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = decided(town)
        before = report(town, motion, "audit").report
        texts = [one.digest for one in (before.title, before.items[0].wording) if one is not None]
        named: dict[str, Any] = {"digests": texts, "documents": [one.sha256 for one in before.documents]}
        entry = town.put(
            "redacted", CLERK, stream=motion, legal_basis="gdpr-17-1-b", authority=CHAIR, **named
        ).seq
        for form, text in texts_of(town, motion, "audit").items():
            assert TITLE not in text, form
            assert WORDING[:30] not in text, form
        page = written(report(town, motion, "audit"), "html", "de").decode()
        assert page.count(f"[gelöscht, Eintrag {entry}: Art. 17 Abs. 1 Buchst. b DSGVO]") >= 3
        assert report(town, motion, "audit").report.faults == 0


def test_a_missing_document_and_a_changed_text_are_told(tmp_path: Path) -> None:
    """7.2 says that it could not be looked at; 7.3 that something is wrong."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = decided(town)
        [document] = report(town, motion).report.documents
        assert document.kept
        assert document.size == len(PAPER)
        town.ledger.store.documents.erase(document.sha256)
        found = report(town, motion, "audit").report
        assert found.evidence is not None
        results = {one.number: one.result for one in found.evidence.checks}
        assert (results["7.1"], results["7.2"], found.faults) == ("not-made", "fails", 0)
        assert "nicht vorhanden" in written(report(town, motion), "html", "de").decode()
        for language, begins, wrong in (
            ("de", "Was da ist, ist in Ordnung, aber es fehlt etwas: eine Prüfung", "Alle 4"),
            ("en", "What is there holds, but something is missing: one check", "All 4"),
        ):
            said = written(report(town, motion, "audit"), "html", language).decode().split("</style>")[1]
            assert begins in said
            assert wrong not in said


@pytest.mark.parametrize(
    ("language", "title", "extract", "signatures"),
    [
        ("de", "Zwischenstand", "Auszug", "Ort, Datum"),
        ("en", "Interim state", "Extract", "lace, date"),
    ],
)
def test_what_is_still_open_is_an_interim_state_that_nobody_signs(
    tmp_path: Path, language: str, title: str, extract: str, signatures: str
) -> None:
    """An extract from the minutes with lines to sign on looks like a result, whatever a note says."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = opened(town)
        town.vote(motion, "m1", "yes")
        for form in ("html", "pdf"):
            data = written(report(town, motion), form, language)
            text = " ".join(pdf.pages_of(data)) if form == "pdf" else data.decode().split("</style>")[1]
            assert title in text
            assert extract not in text
            assert signatures not in text


def test_a_missing_checkpoint_is_not_said_to_hold(tmp_path: Path) -> None:
    """Published and gone is something else than not published yet."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = decided(town)
        head = report(town, motion).report.head
        assert head is not None
        (tmp_path / "ledger" / "log" / checkpoint_path(head.size)).unlink()
        found = report(town, motion, "audit").report
    assert found.evidence is not None
    results = {one.number: one.result for one in found.evidence.checks}
    assert results["8.11"] == "fails"
    assert found.faults == 1


def test_an_extract_holds_what_minutes_must_hold(told: Decided) -> None:
    """Who, how, wording, numbers, times in both clocks, outcome, paragraph, lines to sign on."""
    text = " ".join(pdf.pages_of(written(told.extract, "pdf", "de")))
    for said in (
        *("Auszug aus der Niederschrift", TITLE, "Anke Ahlborn (m1)", "eigener Schlüssel", "angenommen"),
        *("NKomVG § 66", "2 Ja, 0 Nein, 1 Enthaltung", "3 von 5", "Vorsitz", "Protokollführung"),
        *("2. März 2026, 11:13:45 MEZ", "2026-03-02T10:13:45.000Z", "Ergebnis mitgeteilt"),
        *("ausgeschlossen: Punkt 1", "nach der ersten Frist", "Frist verlängert", "Sturm"),
    ):
        assert said in text, said
    assert all(name in text for name in NAMES.values())


def test_a_report_before_the_opening_or_beyond_the_end_is_refused(told: Decided) -> None:
    """A report of the future would be another one tomorrow."""
    for at in (0, 13, 27, 10**9, -1):
        with pytest.raises(NotFound):
            report(told.town, told.procedure, at=at)


def test_an_extract_says_on_what_occasion_it_was_decided_and_what_closed_it(told: Decided) -> None:
    """With the paragraph of each and who signed: where a law asks for an occasion, the minutes name it."""
    occasion = Cited(Sentence("Beschluss der Vertretung, seit heute", "a resolution"), "NKomVG § 182 Abs. 1")
    made, title = Source(told.extract.report, []), told.extract.report.title
    made.report = made.report._replace(
        occasion=(occasion,), evidence_of_occasion=title, closed_under="NKomVG § 78 Abs. 3"
    )
    found = written(made, "html", "de").decode()
    for said in (
        *("Anlass", "Beschluss der Vertretung, seit heute (NKomVG § 182 Abs. 1)", f"Nachweis: {TITLE}"),
        *("mit Ablauf der Frist (NKomVG § 78 Abs. 3)", "Dienst (service), Eintrag"),
    ):
        assert said in found, said


def test_who_only_confirms_has_not_changed_the_vote(tmp_path: Path) -> None:
    """After an added document the same choice is given again; and what is withheld is not told by a word."""
    with published(new_place(tmp_path / "ledger")) as town:
        texts = []
        for visibility in ("live", "after_closing"):
            profile = {**PROFILE, "documents": "reconfirm", "result_visibility": visibility}
            motion = town.open(visibility, closes_in=60, profile=profile)
            for choice in ("yes", "yes", "no"):
                town.vote(motion, "m1", choice)
            source = report(town, motion, "audit")
            texts += [texts_in(source, "de") + written(source, "csv", "de").decode("utf-8-sig")]
    live, hidden = texts
    assert live.count("Stimme bestätigt") == live.count("Stimme geändert") == 2
    assert hidden.count("Erneut abgestimmt") == 4
    assert "Stimme bestätigt" not in hidden
    assert "Stimme geändert" not in hidden


def test_the_foot_writes_numbers_as_the_body_does(told: Decided) -> None:
    """Who compares the two on a sheet of paper must not wonder whether 1.204 and 1204 are the same."""
    found = told.extract.report
    assert found.head is not None
    made = found._replace(head=found.head._replace(size=16_652), position=found.position._replace(seq=16_641))
    for language, size, entry in (("de", "16.652", "16.641"), ("en", "16,652", "16,641")):
        document = compose(made, language)
        assert (size in document.head, entry in document.head) == (True, True)
        assert document.ledger["size"] == 16_652
        assert size in json.dumps(document.plain()["blocks"])


def test_a_refused_attempt_is_told_in_words(told: Decided) -> None:
    """A council reads why; the code of an interface is for machines, which have it in the JSON."""
    for language, words in (("de", "nach dem Schluss"), ("en", "after the closing")):
        for form in ("html", "pdf"):
            data = written(told.audit, form, language)
            said = pdf.squeezed("".join(pdf.pages_of(data)) if form == "pdf" else data.decode())
            assert pdf.squeezed(words) in said, (form, language)
            assert pdf.squeezed("already-closed") not in said, (form, language)
    assert told.audit.report.attempts == {"already-closed": 1}
