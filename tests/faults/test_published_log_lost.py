"""What remains when the published log is gone, and the database and the signer's memory are not?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder
from tests.support.audited import LAST, do, tell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger, published three times."""
    return tell(tmp_path / "town")


def stimmbuch(*arguments: object) -> tuple[int, Any]:
    """Exit code and JSON of a command."""
    done = CliRunner().invoke(main, [*map(str, arguments), "--json"])
    return done.exit_code, json.loads(done.stdout)


def failing(found: Any) -> list[str]:
    """The checks that fail."""
    return [one["check"] for one in found["failures"]]


def test_it_is_published_anew_as_it_was_signed(folder: Path) -> None:
    """The audit says what is missing and what to do; then it holds, under the signature of before."""
    note = (folder / FOLDER / CHECKPOINT).read_bytes()
    shutil.rmtree(folder / FOLDER)
    code, found = stimmbuch("verify", folder)
    assert (code, failing(found)) == (1, ["8.13"])
    assert f"a checkpoint of {LAST + 1} entries" in found["failures"][0]["message"]
    assert "stimmbuch recover" in found["failures"][0]["message"]
    code, done = stimmbuch("recover", "--store", folder)
    assert (code, done["first"], done["size"], done["published_anew"]) == (0, None, LAST + 1, True)
    assert (folder / FOLDER / CHECKPOINT).read_bytes() == note
    assert stimmbuch("verify", folder)[0] == 0


def test_what_the_database_lacks_as_well_needs_a_copy_of_the_published_log(folder: Path) -> None:
    """Nothing is published over the gap; from a copy everything comes back."""
    copy = shutil.copytree(folder / FOLDER, folder.parent / "copy")
    shutil.rmtree(folder / FOLDER)
    do(folder, "DELETE FROM ledger_events WHERE notification_id > ?", LAST - 3)
    code, found = stimmbuch("verify", folder)
    assert (code, failing(found)) == (1, ["8.12", "8.13"])
    assert stimmbuch("recover", "--store", folder)[0] != 0
    assert LogFolder(folder / FOLDER).newest().size == 0
    assert stimmbuch("recover", "--store", folder, "--from", copy)[1]["last"] == LAST
    assert stimmbuch("verify", folder)[0] == 0


def test_a_log_that_waits_for_its_first_quorum_is_not_accused(folder: Path) -> None:
    """Signed, its tiles on the disk, and no checkpoint yet: that could not be checked, and is not wrong."""
    log = folder / FOLDER
    (log / CHECKPOINT).unlink()
    shutil.rmtree(log / "checkpoints")
    code, found = stimmbuch("verify", folder)
    assert (code, failing(found), found["holds"]) == (3, ["8.14"], True)
