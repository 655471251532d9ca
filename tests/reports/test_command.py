"""Does `stimmbuch report` do what is typed, and say what it did and what was wrong?"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.report.compose import compose
from api.report.document import Code
from api.report.formats import written
from tests.reports.conftest import Decided, new_place
from tests.support.reporting import decided, opened, published, settle


def run(*arguments: object) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def store_of(told: Decided) -> Path:
    """Where the ledger lies."""
    return told.town.ledger.store.home


def test_it_writes_what_is_asked_for_and_says_the_digest_of_each_file(told: Decided, tmp_path: Path) -> None:
    """What is filed away has a fingerprint that can be written beside it."""
    done = run(
        told.procedure, "--store", store_of(told), "--format", "html,pdf", "--lang", "en,de", "--to", tmp_path
    )
    assert done.exit_code == 0, done.output
    assert f"{told.procedure}: result announced after entry 26" in done.output
    files = sorted(tmp_path.iterdir())
    assert [one.name.removeprefix(told.procedure) for one in files] == [
        *("-extract-26.de.html", "-extract-26.de.pdf"),
        *("-extract-26.en.html", "-extract-26.en.pdf"),
    ]
    for file in files:
        assert f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" in done.output


def test_what_an_audit_report_says_to_type_works_and_gives_the_same_bytes(
    told: Decided, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, as an auditor copies it; the files are called alike and lie beside each other."""
    monkeypatch.chdir(tmp_path)
    document = compose(told.audit.report, "en")
    [typed] = [
        one.text for one in document.blocks if isinstance(one, Code) and "stimmbuch report" in one.text
    ]
    for line in typed.splitlines():
        command = line.replace("STORE", str(store_of(told))).split()[1:]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
    names = {one.name.removeprefix(told.procedure): one for one in tmp_path.iterdir()}
    assert names.keys() == {"-dossier-26.zip", "-audit-26.en.pdf"}
    assert names["-audit-26.en.pdf"].read_bytes() == written(told.audit, "pdf", "en")


def test_as_of_an_entry_or_a_time(told: Decided, tmp_path: Path) -> None:
    """How it stood on that day at that hour."""
    options = ("--store", store_of(told), "--format", "json", "--to", tmp_path, "--json")
    for at in ("18", "2026-03-02T09:00:19.500+01:00"):
        done = run(told.procedure, *options, "--at", at)
        [name] = json.loads(done.output)["files"]
        found = json.loads((tmp_path / name).read_text("utf-8"))
        assert (found["position"]["seq"], found["state"], found["voted"]) == (18, "opened", 3)


def test_the_whole_log_is_audited_on_request(told: Decided, tmp_path: Path) -> None:
    """What one procedure cannot show is looked at then, by the program that `stimmbuch verify` is."""
    options = ("--store", store_of(told), "--kind", "audit", "--format", "json", "--to", tmp_path)
    assert run(told.procedure, *options, "--whole").exit_code == 0
    [file] = tmp_path.iterdir()
    evidence = json.loads(file.read_text("utf-8"))["evidence"]
    results = {one["number"]: one["result"] for one in evidence["whole"]["checks"]}
    alone = {one["number"]: one["result"] for one in evidence["checks"]}
    for check in ("2.1", "8.1", "8.7"):
        assert (alone[check], results[check]) == ("not-made", "holds")
    assert evidence["whole"]["entries"] == 27


def test_a_fault_anywhere_in_the_log_is_told_with_the_whole_of_it(tmp_path: Path) -> None:
    """The procedure holds; the log that it stands in does not."""
    place = new_place(tmp_path / "ledger")
    with published(place) as town:
        motion = decided(town)
        other = town.open("other")
        entry = town.vote(other, "m1").seq
        settle(town)
    with closing(sqlite3.connect(tmp_path / "ledger" / "ledger.sqlite")) as database, database:
        text = 'replace(CAST(state AS TEXT), \'"at":"2026\', \'"at":"2027\')'
        change = f"UPDATE ledger_events SET state = CAST({text} AS BLOB)"
        database.execute(f"{change} WHERE notification_id = ?", [entry + 1])
    options = (
        motion,
        "--store",
        place.where,
        "--kind",
        "audit",
        "--format",
        "html",
        "--to",
        tmp_path / "out",
    )
    assert run(*options).exit_code == 0
    assert run(*options, "--whole").exit_code == 1
    [page] = (tmp_path / "out").iterdir()
    assert f"<bdi>{entry}</bdi>" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--format", "docx"), "pdf, html, json, csv"),
        (("--format", ""), "pdf, html, json, csv"),
        (("--lang", "fr"), "de, en"),
        (("--kind", "novel"), "'extract', 'audit'"),
        (("--at", "9999"), "the log goes up to entry 26"),
        (("--at", "yesterday"), "the number of an entry or a time"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    told: Decided, tmp_path: Path, wrong: tuple[str, str], said: str
) -> None:
    """Exit code 2, no traceback, nothing written."""
    done = run(told.procedure, "--store", store_of(told), *wrong, "--to", tmp_path / "out")
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


def test_an_unknown_procedure_is_refused(told: Decided, tmp_path: Path) -> None:
    """Not an empty report."""
    done = run("nowhere", "--store", store_of(told), "--to", tmp_path)
    assert done.exit_code == 2
    assert "there is no procedure" in done.output


def test_a_folder_that_cannot_be_written_is_named(told: Decided, tmp_path: Path) -> None:
    """Exit code 3: nothing is wrong with the ledger."""
    (tmp_path / "file").touch()
    done = run(
        told.procedure, "--store", store_of(told), "--format", "json", "--to", tmp_path / "file" / "in"
    )
    assert done.exit_code == 3
    assert str(tmp_path) in done.output


def test_what_is_recorded_is_published_first(tmp_path: Path) -> None:
    """A clerk who prints right after the closing gets a checkpoint, as long as the log's key is at hand."""
    place = new_place(tmp_path / "ledger")
    with published(place) as town:
        motion = opened(town)
        done = run(motion, "--store", place.where, "--format", "json", "--to", tmp_path, "--json")
        assert json.loads(done.output)["published"] is True
        town.vote(motion, "m1")
        (tmp_path / "ledger" / "keys" / "log.key").rename(tmp_path / "log.key")
        done = run(motion, "--store", place.where, "--format", "html", "--to", tmp_path)
    assert done.exit_code == 0
    assert "not in a published checkpoint yet" in done.output
