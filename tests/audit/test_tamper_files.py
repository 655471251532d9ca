"""Do the files of the tamper corpus hold what they say: does each broken ledger fail its checks and no other?

Read from `tests/corpus` as a stranger's verifier would: nothing here knows how an attack is made.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from tests.support.corpus import GROUPS, Case, read
from tests.support.corpus.verified import placed, verified

CASES = {(group, case.name): case for group, path in GROUPS.items() for case in read(path)}


@pytest.mark.parametrize(("group", "name"), CASES, ids=lambda part: part)
def test_the_case_fails_what_its_line_says_and_nothing_else(group: str, name: str, tmp_path: Path) -> None:
    """Check, entry, both values and the sentence; where nothing was done, nothing is said."""
    case = CASES[group, name]
    assert verified(group, case, tmp_path / "case") == case.fails
    assert (name == "honest") == (not case.fails)


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("logs", "a_late_vote_backdated"),
        ("stores", "a_checkpoint_that_no_witness_has_seen"),
        ("stores", "another_history_before_an_old_checkpoint"),
        ("exports", "a_document_swapped_in_an_export"),
        ("anchors", "entries_backdated_behind_their_anchor"),
        ("receipts", "a_receipt_for_another_entry"),
        ("dossiers", "a_dossier_with_another_paper"),
    ],
    ids=lambda part: part,
)
def test_the_command_says_the_sentence_of_the_line(group: str, name: str, tmp_path: Path) -> None:
    """What `stimmbuch verify` prints is what a stranger compares with."""
    case = CASES[group, name]
    options = brought(case, tmp_path)
    done = CliRunner().invoke(main, ["verify", str(placed(group, case, tmp_path / "case")), *options])
    assert done.exit_code == 1
    said = " ".join(done.output.split()).replace(f"{tmp_path}/", "")
    assert all(one.says in said for one in case.fails), said


def brought(case: Case, folder: Path) -> list[str]:
    """What the case lets the verifier bring along, as options."""
    options = [part for key in case.brought.keys for part in ("--key", key)]
    for note in case.brought.since:
        (folder / "kept").write_text(note)
        options += ["--since", str(folder / "kept")]
    for tsa, pem in case.brought.authorities:
        (folder / f"{tsa}.pem").write_text(pem)
        options += ["--tsa-certificate", f"{tsa}={folder / tsa}.pem"]
    return options
