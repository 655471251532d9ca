"""Do the commands in `README.txt` work as a stranger types them?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ledger.export.dossier import export_dossier
from ledger.export.letters import dossier_letter
from ledger.sentence import Sentence, filled
from ledger.storage import open_store
from tests.support.dossiers import stored
from tests.support.exports import export, source_of
from tests.support.fsck import complaints
from tests.support.named_ledger import PAPER, with_names

OURS = ("stimmbuch ", "fsck ")
"""Commands that other tests run."""


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """An exported log and a dossier, with a document."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        (tmp_path / "paper").write_bytes(b"paper")
        with (tmp_path / "paper").open("rb") as stream:
            store.documents.put(PAPER, stream, 100)
        log = stored(store, with_names()[0])
        export(log, tmp_path / "export")
        export_dossier(store, source_of(log), UUID(with_names()[1]), tmp_path / "dossier")
        yield tmp_path / "export", tmp_path / "dossier"


def commands(folder: Path) -> list[str]:
    """The commands of the letter, which stand eight spaces in."""
    return re.findall(r"^ {8}(\S.*)$", (folder / "README.txt").read_text("utf-8"), re.MULTILINE)


def typed(command: str, folder: Path) -> str:
    """What a command prints in that folder."""
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("openssl") is None, reason="NOT CHECKED BY OPENSSL: it is not installed")
def test_what_the_letters_tell_to_type_works(letters: tuple[Path, Path]) -> None:
    """For a stranger it is the first thing, and perhaps the only one."""
    exported, dossier = letters
    said = {
        command: typed(command, exported) for command in commands(exported) if not command.startswith(OURS)
    }
    assert said['tlog-tiles get-leaf --check "$PWD" 0'].encode() == with_names()[0][0]
    assert PAPER in said["openssl dgst -sha256 documents/*/*"].split("= ")[1]
    said = {command: typed(command, dossier) for command in commands(dossier) if not command.startswith(OURS)}
    assert PAPER in said["openssl dgst -sha256 documents/*/*"].split("= ")[1]
    assert (
        next(text for command, text in said.items() if "base64 -d" in command).encode() == with_names()[0][0]
    )


def test_the_key_that_the_letter_takes_is_good_for_fsck(letters: tuple[Path, Path], tmp_path: Path) -> None:
    """It takes one key, the file may hold several."""
    exported, _ = letters
    typed("head -n 1 log.vkey > ../ed25519.vkey", exported)
    assert "head -n 1 log.vkey > ed25519.vkey" in commands(exported)
    assert complaints(exported, tmp_path / "ed25519.vkey") == ""


def test_limits_stand_in_a_letter_whatever_characters_they_hold() -> None:
    """Braces are no placeholders in what is filled in."""
    letter = dossier_letter(
        "ledger.example/{x}",
        "{procedure}",
        [filled(Sentence("That {what} hold", "Dass {what} halten"), what="{limits}")],
    ).decode("utf-8")
    assert "of the voting ledger ledger.example/{x}." in letter
    assert "  - That {limits} hold." in letter
