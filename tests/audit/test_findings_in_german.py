"""Does an auditor who asks for German get all of it in German, whatever was done to the ledger?"""

from __future__ import annotations

import json
from contextlib import closing
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.wiring import open_publication
from ledger.audit.findings import of_log
from ledger.audit.receipt import verify_receipt
from ledger.audit.record import Circumstances, make_record
from ledger.audit.record_html import record_page
from ledger.audit.sentences import limits
from ledger.audit.sentences import record as words
from ledger.domain.words import LANGUAGES
from ledger.errors import ProofError
from ledger.proof.checks import CHECKS, Failure
from ledger.proof.statement import KINDS
from ledger.proof.tlog_proof import HEADER, parse_tlog_proof
from ledger.sentence import Sentence
from ledger.storage import open_store
from tests.support.attacks import CORPUS, links, registers, rules, signed
from tests.support.attacks.dossiers import DOSSIERS, full
from tests.support.attacks.receipts import RECEIPTS
from tests.support.attacks.stored import STORED
from tests.support.audited import VOTE, audit, get, log_signer, put
from tests.support.builders import ORIGIN
from tests.support.dossiers import LOG, judged, write
from tests.support.forged_log import verified

FILLED = (links, registers, rules, signed)
"""Importing these fills the corpus of broken logs."""

KEY = LOG.verification_key.text
ABOUT = Circumstances("stimmbuch verify rat", "1.2.3", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:09.000Z")


def untold(failures: list[Failure]) -> list[Failure]:
    """Those that are not said in German."""
    return [one for one in failures if not one.german or one.german == one.message]


def verify(*arguments: object, lang: str = "") -> Result:
    """The command, in the language of the environment."""
    done = CliRunner(env={"STIMMBUCH_LANG": lang or None}).invoke(main, ["verify", *map(str, arguments)])
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done


@pytest.mark.parametrize("name", CORPUS)
def test_what_is_wrong_with_an_entry_is_said_in_german(name: str) -> None:
    """For every way in which the corpus breaks a log, down to the rule that refuses."""
    forge, _ = CORPUS[name]
    failures = verified(forge())
    assert failures
    assert untold(failures) == []


@pytest.mark.parametrize("name", STORED)
def test_what_is_wrong_with_a_store_or_an_export_is_said_in_german(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Columns, documents, texts, tiles, checkpoints, keys and the signer's memory."""
    case = STORED[name]
    place: Path = request.getfixturevalue("export" if case.export else "folder")
    failures = audit(place, case.spoil(place)).failures
    assert failures
    assert untold(failures) == []


@pytest.mark.parametrize("name", DOSSIERS)
def test_what_is_wrong_with_a_dossier_is_said_in_german(name: str, tmp_path: Path) -> None:
    """Files, proofs, papers and texts."""
    forge, _ = DOSSIERS[name]
    failures = judged(write(forge(), tmp_path / "dossier")).failures
    assert failures
    assert untold(failures) == []


@pytest.fixture(scope="module")
def receipt(original: Path) -> bytes:
    """A good one."""
    with closing(open_store(str(original))) as store:
        return open_publication(store, ORIGIN).receipt(VOTE, get(original, "state", VOTE))


@pytest.mark.parametrize("name", RECEIPTS)
def test_what_is_wrong_with_a_receipt_is_said_in_german(
    name: str, original: Path, receipt: bytes, tmp_path: Path
) -> None:
    """By the command, as by every other error: no English sentence behind a German title."""
    forge, _ = RECEIPTS[name]
    forged = forge(parse_tlog_proof(receipt))
    data = forged if isinstance(forged, bytes) else forged.format()
    key = log_signer(original).verification_key
    with pytest.raises(ProofError) as refused:
        verify_receipt(data, [key])
    german = refused.value.said("de")
    assert german not in {None, refused.value.message}
    path = tmp_path / "receipt.tlog-proof"
    path.write_bytes(data)
    if data.startswith(HEADER.encode()):  # else it is taken for something else than a receipt
        done = verify(path, "--key", key.text, "--lang", "de")
        assert (done.exit_code, done.stderr.splitlines()[0]) == (1, f"stimmbuch: {german}")


@pytest.mark.parametrize("told", [("--lang", "de"), ()])
def test_the_command_tells_a_broken_store_in_german_to_the_last_word(
    folder: Path, tmp_path: Path, told: tuple[str, ...]
) -> None:
    """Verdict, failures, and what was found; as the option or the environment says. JSON stays as it is."""
    put(folder, "topic", 3, "odd")
    done = verify(folder, *told, "--record", tmp_path / "record.html", lang="" if told else "de")
    assert done.exit_code == 1
    first, *_ = lines = done.stdout.splitlines()
    assert first.startswith("FEHLER  Eintrag 3: Prüfung 6.1 („Die Datenbank wiederholt ")
    assert "die Art weicht ab (erwartet " in first
    assert next(line for line in lines if line.startswith("HÄLT NICHT STAND")).endswith(" geprüft, 1 Fehler")
    assert [line for line in lines if " failures" in line or "published" in line or "entry" in line] == []
    assert lines[-1].strip().startswith("Gremium eingetragen: 1, ")
    assert [kind for kind in KINDS if kind in lines[-1]] == []
    assert '<html lang="de">' in (tmp_path / "record.html").read_text("utf-8")
    as_json = [json.loads(verify(folder, "--json", lang=lang).stdout) for lang in ("de", "")]
    assert as_json[0] == as_json[1]
    assert (as_json[0]["failures"][0]["message"], as_json[0]["failures"][0]["german"]) == (
        "the type differs",
        "die Art weicht ab",
    )


@pytest.mark.parametrize("what", ["dossier", "receipt"])
def test_what_holds_is_told_in_german_as_well(
    what: str, original: Path, receipt: bytes, tmp_path: Path
) -> None:
    """With what it does not show."""
    path, key = tmp_path / what, KEY
    if what == "receipt":
        path.write_bytes(receipt)
        key = log_signer(original).verification_key.text
    else:
        write(full(), path)
    done = verify(path, "--key", key, "--lang", "de")
    assert (done.exit_code, done.stdout.split("  ")[0]) == (0, "IN ORDNUNG")
    assert any(line.startswith("Das ") for line in done.stdout.splitlines())
    assert [line for line in done.stdout.splitlines() if " the " in line or "That " in line] == []


def test_every_kind_of_statement_has_a_name_in_both_languages() -> None:
    """One without would be told as a code, or not at all."""
    for language in ("de", "en"):
        assert set(KINDS) - LANGUAGES[language].KINDS.keys() == set()


def test_a_german_page_has_no_english_word_of_the_english_one(folder: Path, original: Path) -> None:
    """Titles, heads of tables, checks, limits, steps: one that is left would be the first one to be seen."""
    put(folder, "topic", 3, "odd")
    english = [
        *(one.en for one in (*sentences(words), *sentences(limits)) if len(one.en) > 8 and "{" not in one.en),
        *CHECKS.values(),
    ]
    for place in (folder, original):
        record: dict[str, Any] = make_record(of_log(audit(place)), ABOUT)
        assert [text for text in english if escape(text) in record_page(record, "de")] == []
        assert sum(escape(text) in record_page(record) for text in english) > len(CHECKS) + 20


def sentences(module: ModuleType) -> list[Sentence]:
    """All of a module."""
    return [one for one in vars(module).values() if isinstance(one, Sentence)]
