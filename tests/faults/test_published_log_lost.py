"""What remains when the published log is gone, and the database and the signer's memory are not?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder, checkpoint_path
from ledger.publish.policy_file import keep_policy
from tests.support.audited import (
    FIRST_ENTRY,
    LAST,
    SIZES,
    VOTE,
    do,
    going_on,
    log_signer,
    publish,
    tell,
)
from tests.support.builders import ORIGIN
from tests.support.exports import files_in
from tests.support.witnessing import Staff


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger, published three times."""
    return tell(tmp_path / "town")


def stimmbuch(*arguments: object) -> tuple[int, Any]:
    """Exit code and JSON of a command."""
    done = CliRunner().invoke(main, [*map(str, arguments), "--json"])
    return done.exit_code, json.loads(done.stdout)


def receipt(folder: Path, seq: int) -> bytes:
    """The receipt of an entry, made again."""
    code, made = stimmbuch("receipt", seq, "--store", folder)
    assert code == 0
    return str(made["proof"]).encode()


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


def test_a_receipt_of_before_still_verifies_offline(folder: Path, tmp_path: Path) -> None:
    """Whoever kept it needs nothing of ours, although the checkpoint in it is nowhere published any more."""
    old, key = receipt(folder, VOTE), log_signer(folder).verification_key.text
    shutil.rmtree(folder / FOLDER)
    assert stimmbuch("recover", "--store", folder)[0] == 0
    assert receipt(folder, VOTE) != old, "the newest checkpoint is the only one: this test shows nothing"
    (tmp_path / "kept.tlog-proof").write_bytes(old)
    code, found = stimmbuch("verify", tmp_path / "kept.tlog-proof", "--key", key)
    assert (code, found["seq"]) == (0, VOTE)


@pytest.mark.parametrize("meanwhile", [False, True])
def test_with_a_copy_every_receipt_is_the_same_again(folder: Path, meanwhile: bool) -> None:
    """At once, or when the log was published anew before the copy was found."""
    seqs = (FIRST_ENTRY, VOTE, LAST)
    old = [receipt(folder, seq) for seq in seqs]
    copy = shutil.copytree(folder / FOLDER, folder.parent / "copy")
    shutil.rmtree(folder / FOLDER)
    if meanwhile:
        assert stimmbuch("recover", "--store", folder)[0] == 0
        assert [receipt(folder, seq) == was for seq, was in zip(seqs, old, strict=True)] == [
            False,
            False,
            True,
        ]
    for checkpoints in (len(SIZES) - 1, 0):  # once more is harmless
        code, done = stimmbuch("recover", "--store", folder, "--from", copy)
        assert (code, done["checkpoints"]) == (0, checkpoints)
        assert [receipt(folder, seq) for seq in seqs] == old
    assert files_in(copy) == files_in(folder / FOLDER)
    assert stimmbuch("verify", folder)[0] == 0


def test_with_a_copy_the_newest_checkpoint_has_the_cosignatures_that_it_had(
    folder: Path, tmp_path: Path
) -> None:
    """Asked again, a witness would cosign with another time: another receipt. So nobody is asked."""
    with Staff(log_signer(folder).verification_key, tmp_path, names=("w1",)) as staff:
        keep_policy(folder, staff.text("quorum w1").encode())
        with going_on(folder) as town:
            town.person("m4")
            publish(town.ledger.store)
        old, asked = receipt(folder, LAST + 1), staff.witnesses["w1"].requests
        copy = shutil.copytree(folder / FOLDER, folder.parent / "copy")
        shutil.rmtree(folder / FOLDER)
        assert stimmbuch("recover", "--store", folder, "--from", copy)[0] == 0
        assert receipt(folder, LAST + 1) == old
        assert staff.witnesses["w1"].requests == asked
        assert b"witness.example/w1" in old


def test_a_forged_checkpoint_in_the_copy_does_not_come_back(folder: Path) -> None:
    """The operator's disk is lost, and somebody offers a copy: with a signature of the log's key, even."""
    copy = LogFolder(shutil.copytree(folder / FOLDER, folder.parent / "copy"))
    shutil.rmtree(folder / FOLDER)
    forged = Checkpoint(ORIGIN, SIZES[0], bytes(32))
    for note in (
        sign_checkpoint(forged, log_signer(folder)),
        b"no note",
        copy.read(checkpoint_path(SIZES[1])),
    ):
        copy.put({checkpoint_path(SIZES[0]): note})
        code, refused = stimmbuch("recover", "--store", folder, "--from", copy.path)
        assert (code, refused["error"]) == (1, "proof")
        assert not LogFolder(folder / FOLDER).exists(checkpoint_path(SIZES[0]))
    assert LogFolder(folder / FOLDER).newest().size == LAST + 1
    assert stimmbuch("verify", folder)[0] == 0
