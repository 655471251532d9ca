"""Can a clerk look at the rules, check rules of one's own, and open a procedure under them?"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.domain.profiles import NAMES, complete

STIMMBUCH = str(Path(sys.executable).with_name("stimmbuch"))
OWN = {
    "name": "rodenberg",
    "legal_basis": "Geschäftsordnung § 12",
    "majority": {"n": 1, "d": 2, "strict": True, "base": "members"},
}


def run(*arguments: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """The command, in a folder, with this on standard input."""
    return subprocess.run(
        [STIMMBUCH, *arguments], cwd=folder, input=given, capture_output=True, text=True, check=False
    )


NOWHERE = {"unit": "weeks", "count": 2, "working_day_rule": False, "region": "DE-XX"}


def test_every_built_in_profile_is_listed_with_its_basis(tmp_path: Path) -> None:
    """By name, as an opening and a roll-call file take it."""
    done = run("profiles", folder=tmp_path)
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(NAMES)
    assert "NKomVG § 182 Abs. 2 Satz 1 Nr. 1" in done.stdout


def test_a_profile_of_ones_own_is_checked_and_said_in_words(tmp_path: Path) -> None:
    """From a file; what is signed is printed in full."""
    (tmp_path / "own.json").write_text(json.dumps(OWN))
    said = run("profiles", "own.json", "--lang", "de", folder=tmp_path)
    assert said.stdout.startswith("Geschäftsordnung § 12\n")
    assert "Erforderlich sind mehr als 1/2 aller Mitglieder." in said.stdout
    full = json.loads(run("profiles", "own.json", "--json", folder=tmp_path).stdout)
    assert full == complete(OWN)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            json.dumps({**OWN, "majority": {"n": 3, "d": 2, "strict": False, "base": "cast"}}),
            "never be reached",
        ),
        (json.dumps({**OWN, "quorums": 3}), "not known: quorums"),
        ("[]", "no JSON object"),
        ("{", "is no JSON"),
    ],
)
def test_a_profile_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, content: str, reason: str
) -> None:
    """Before anybody opens a procedure with it."""
    (tmp_path / "own.json").write_text(content)
    done = run("profiles", "own.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr


def test_a_procedure_is_prepared_with_a_profile_from_a_file(tmp_path: Path) -> None:
    """`profile=@own.json`: the payload to sign has it in full."""
    (tmp_path / "own.json").write_text(json.dumps(OWN))
    run("init", "--store", "rat", "--origin", "ledger.example.org/rat", folder=tmp_path)
    body = run("prepare", "body-registered", "--store", "rat", "actor=registrar", "body=rat", folder=tmp_path)
    signed = run("sign", "--key", "rat/keys/registrar.key", folder=tmp_path, given=body.stdout)
    assert run("submit", "--store", "rat", folder=tmp_path, given=signed.stdout).returncode == 0
    items = json.dumps([{"id": "1", "wording": None, "options": ["yes", "no"], "polarity": "for"}])
    identity = "procedure=11111111-1111-4111-8111-111111111111"
    fields = ["actor=registrar", identity, "body=rat", f"items={items}", "profile=@own.json"]
    prepared = run("prepare", "procedure-opened", "--store", "rat", *fields, folder=tmp_path)
    payload = json.loads(base64.b64decode(json.loads(prepared.stdout)["payload"]))
    assert payload["profile"] == complete(OWN)
    wrong = run("prepare", "procedure-opened", "--store", "rat", "profile=@nothing.json", folder=tmp_path)
    assert "nothing.json cannot be read" in wrong.stderr


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            "ist kein mitgeliefertes Profil, und eine solche Datei gibt es nicht; `stimm",
        ),
        ("en", "is no built-in profile, and there is no such file; `stimmbuch profiles` lists the "),
    ],
)
def test_a_file_that_is_not_there_is_told_in_the_language_that_was_asked_for(
    tmp_path: Path, language: str, said: str
) -> None:
    """It came with thirty-one names and the operating system's words."""
    done = CliRunner().invoke(main, ["profiles", str(tmp_path / "own.json"), "--lang", language])
    assert done.exit_code == 2
    assert said in done.stderr
    assert "nkomvg-78" not in done.stderr
    assert "No such file" not in done.stderr


def test_a_region_without_known_holidays_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    """A slip of the pen would be signed, and no holiday would ever move a deadline."""
    (tmp_path / "own.json").write_text(json.dumps({**OWN, "deadline": "personal", "period": NOWHERE}))
    done = CliRunner().invoke(main, ["profiles", str(tmp_path / "own.json"), "--lang", "de"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "für DE-XX sind keine Feiertage bekannt; bekannt sind sie für DE, DE-BB" in done.stderr


def test_a_folder_in_place_of_a_file_is_told_as_not_readable(tmp_path: Path) -> None:
    """It is there, and that it is not would send the clerk looking."""
    done = CliRunner().invoke(main, ["profiles", str(tmp_path), "--lang", "de"])
    assert done.exit_code == 2
    assert f"die Datei {tmp_path} ist nicht lesbar; " in done.stderr
