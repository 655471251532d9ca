"""Is a dossier's or a receipt's record as good as a log's, and does it say what was not looked at?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from api.cli import main
from api.wiring import open_publication
from ledger.audit.findings_alone import of_dossier, of_receipt
from ledger.audit.receipt import verify_receipt
from ledger.audit.record import Circumstances, make_record
from ledger.audit.record_html import record_page
from ledger.audit.trust import Basis
from ledger.errors import ProofError
from ledger.export.looked import Looked
from ledger.proof.checks import CHECKS, INCOMPLETE
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.storage import open_store
from tests.support.attacks.dossiers import DOSSIERS, full
from tests.support.attacks.receipts import RECEIPTS
from tests.support.audited import VOTE, get, log_signer
from tests.support.builders import ORIGIN
from tests.support.dossiers import LOG, Files, judged, write, zipped
from tests.support.named_ledger import with_names

ABOUT = Circumstances("stimmbuch verify it", "1.2.3", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:09.000Z")
SCHEMA = Draft202012Validator(json.loads((files("ledger.audit") / "record.schema.json").read_text("utf-8")))
KEY = LOG.verification_key.text
NAMED = Basis("auditor", (KEY,))

OF_THE_WHOLE_LOG = {"2.1", "8.1", "8.7", "8.11", "8.12", "8.13", "8.14"}
IN_A_DATABASE = {"6.1"}
NOT_IN_THIS_ONE = {"7.4", "8.5", "8.9"}
"""Nothing was erased, there are no witnesses."""


def record_of(dossier: Files, folder: Path) -> dict[str, Any]:
    """The record of a dossier, in the form in which it is read."""
    record: dict[str, Any] = json.loads(
        json.dumps(make_record(of_dossier(judged(write(dossier, folder)), NAMED), ABOUT))
    )
    SCHEMA.validate(record)
    return record


def receipt_record(data: bytes, key: Any) -> dict[str, Any]:
    """The record of a receipt, good or bad."""
    looked = Looked()
    try:
        found: Any = verify_receipt(data, [key], looked=looked)
    except ProofError as error:
        found = error
    record: dict[str, Any] = json.loads(
        json.dumps(make_record(of_receipt(data, found, looked, NAMED), ABOUT))
    )
    SCHEMA.validate(record)
    return record


def results(record: Mapping[str, Any], result: str) -> set[str]:
    """The checks with this result."""
    return {one["number"] for one in record["checks"] if one["result"] == result}


def made(record: Mapping[str, Any], number: str) -> int:
    """How often a check was made."""
    [count] = [one["made"] for one in record["checks"] if one["number"] == number]
    return int(count)


@pytest.fixture(scope="module")
def receipt(original: Path) -> bytes:
    """The receipt of the first vote."""
    with closing(open_store(str(original))) as store:
        return open_publication(store, ORIGIN).receipt(VOTE, get(original, "state", VOTE))


# ── a dossier ──────────────────────────────────────────────────────────────────────────────────


def test_what_a_dossier_cannot_show_is_told_as_not_made(tmp_path: Path) -> None:
    """Every check of the catalogue is in the record, and none is told as good that nobody made."""
    record = record_of(full(), tmp_path)
    anchors = {number for number in CHECKS if number.startswith("9.")}
    assert (record["verdict"], results(record, "fails")) == ("holds", set())
    assert results(record, "not made") == OF_THE_WHOLE_LOG | IN_A_DATABASE | NOT_IN_THIS_ONE | anchors
    assert any("Entries of other procedures are not in it" in limit for limit in record["not_shown"])


def test_a_dossiers_checks_are_counted_as_often_as_they_were_made(tmp_path: Path) -> None:
    """Each entry once; links to the entry before only where that is there."""
    record = record_of(full(), tmp_path)
    entries, procedure = with_names()
    held = record["entries"]["looked_at"]
    assert record["entries"] == {"in_all": len(entries), "looked_at": held, "first": 0, "unpublished": 0}
    assert {
        number: made(record, number) for number in ("1.1", "2.5", "3.3", "4.2", "5.1", "8.8", "10.2")
    } == (dict.fromkeys(("1.1", "2.5", "3.3", "4.2", "5.1", "8.8", "10.2"), held))
    assert made(record, "10.1") == len(full())
    assert [made(record, number) for number in ("7.1", "7.2", "7.3", "10.4", "10.5")] == [1, 1, 1, 2, 1]
    assert [made(record, number) for number in ("3.4", "8.6", "8.15")] == [1, 1, 1]
    assert sum(record["by_kind"].values()) == held
    assert record["shown"]["procedure"] == procedure
    assert record["keys"][0]["key"] == KEY


@pytest.mark.parametrize("name", DOSSIERS)
def test_the_record_of_a_forged_dossier_names_the_check_that_fails(name: str, tmp_path: Path) -> None:
    """The one that the forgery breaks, counted as made."""
    forge, check = DOSSIERS[name]
    record = record_of(forge(), tmp_path)
    assert results(record, "fails") == {check}
    assert made(record, check) >= 1
    assert record["verdict"] == ("incomplete" if check in INCOMPLETE else "does not hold")
    assert check in record_page(record)


def test_a_dossier_makes_one_record_as_a_folder_and_as_a_file_in_any_order(tmp_path: Path) -> None:
    """Two auditors who were handed the same must be able to compare what they wrote down."""
    bad = {**full(), "b.txt": b"b", "a.txt": b"a"}
    one = of_dossier(judged(write(bad, tmp_path / "one")), NAMED)
    two = of_dossier(judged(write(dict(reversed(bad.items())), tmp_path / "two")), NAMED)
    three = of_dossier(judged(zipped(reversed(bad.items()), tmp_path / "three.zip")), NAMED)
    texts = {json.dumps(make_record(found, ABOUT)) for found in (one, two, three)}
    assert len(texts) == len({record_page(json.loads(text)) for text in texts}) == 1


# ── a receipt ──────────────────────────────────────────────────────────────────────────────────


def test_a_receipts_record_says_what_was_checked_and_that_the_signature_of_the_member_was_not(
    original: Path, receipt: bytes
) -> None:
    """It proves that the entry is in the log, and nothing about keys and rules."""
    record = receipt_record(receipt, log_signer(original).verification_key)
    assert results(record, "holds") == {"1.1", "1.2", "2.1", "3.1", "8.2", "8.3", "8.4", "8.8"}
    assert {"4.1", "4.2", "5.1", "8.5", "8.6"} <= results(record, "not made")
    assert (record["verdict"], record["shown"]["seq"], record["by_kind"]) == ("holds", VOTE, {"vote-cast": 1})
    assert any("signed by the key that is registered" in limit for limit in record["not_shown"])


@pytest.mark.parametrize("name", RECEIPTS)
def test_the_record_of_a_false_receipt_names_the_check_that_fails(
    name: str, original: Path, receipt: bytes
) -> None:
    """And what comes after it was not made."""
    forge, check = RECEIPTS[name]
    forged = forge(parse_tlog_proof(receipt))
    data = forged if isinstance(forged, bytes) else forged.format()
    record = receipt_record(data, log_signer(original).verification_key)
    assert (results(record, "fails"), record["verdict"], record["shown"]) == ({check}, "does not hold", None)
    assert "1.1" in results(record, "not made")


# ── the command ────────────────────────────────────────────────────────────────────────────────


def command(*arguments: object) -> int:
    """Its exit code; any exception but an exit would be a traceback."""
    done = CliRunner().invoke(main, ["verify", *map(str, arguments)])
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done.exit_code


@pytest.mark.parametrize("form", ["html", "json"])
@pytest.mark.parametrize("what", ["a dossier", "a ZIP file", "a receipt"])
def test_a_record_is_written_whether_it_holds_or_not(tmp_path: Path, what: str, form: str) -> None:
    """Above all when it does not: that is what is filed."""
    path = write(full(), tmp_path / "dossier")
    good, bad, files = path, path, full()
    if what == "a receipt":
        good = min(path.glob("entries/*.tlog-proof"))
        bad = tmp_path / "bad.tlog-proof"
        bad.write_bytes(good.read_bytes().replace(b"index 0", b"index 1"))
    elif what == "a ZIP file":
        good = zipped(sorted(files.items()), tmp_path / "good.zip")
        bad = zipped(sorted({**files, "odd": b""}.items()), tmp_path / "bad.zip")
    assert command(good, "--key", KEY, "--record", tmp_path / f"good.{form}") == 0
    if what == "a dossier":
        (path / "odd").write_bytes(b"")
    assert command(bad, "--key", KEY, "--record", tmp_path / f"bad.{form}") == 1
    words = [(tmp_path / f"{name}.{form}").read_text("utf-8") for name in ("good", "bad")]
    told = ("✓ It holds", "✗ It does not hold") if form == "html" else ('"holds"', '"does not hold"')
    assert all(word in text for word, text in zip(told, words, strict=True))


def test_the_record_says_whose_key_it_was(tmp_path: Path) -> None:
    """A key that came along shows damage, and no forgery."""
    path = write(full(), tmp_path / "dossier")
    for options, whose in ((("--key", KEY), "auditor"), ((), "target")):
        command(path, *options, "--record", tmp_path / "record.json")
        record = json.loads((tmp_path / "record.json").read_text("utf-8"))
        SCHEMA.validate(record)
        assert record["basis"] == {"whose": whose, "keys": [KEY], "witnesses": []}
