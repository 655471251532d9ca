"""Is every failure named, however many there are?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli.verify import verify
from ledger.audit import failures
from tests.support.audited import LAST, audit, put


def run(*arguments: object) -> Result:
    """`stimmbuch verify` with these arguments."""
    return CliRunner().invoke(verify, [str(argument) for argument in arguments])


@pytest.fixture
def rewritten(folder: Path) -> Path:
    """A ledger in which the topic of every entry is another one."""
    for seq in range(LAST + 1):
        put(folder, "topic", seq, "stimmbuch.changed.v1")
    return folder


def test_each_failure_has_a_line_with_its_entry_and_both_values(
    rewritten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that are not kept: of a rewritten log these are the first thousand of each check."""
    monkeypatch.setattr(failures, "KEPT", 3)
    done = run(rewritten, "--failures", tmp_path / "all.jsonl")
    assert done.exit_code == 1
    told = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert [(one["check"], one["seq"]) for one in told] == [("6.1", seq) for seq in range(LAST + 1)]
    assert all(one["found"] == "stimmbuch.changed.v1" != one["expected"] for one in told)
    assert len(audit(rewritten).failures) == 3


def test_where_nothing_fails_the_list_is_empty(folder: Path, tmp_path: Path) -> None:
    """A list of an earlier audit must not stand there as if it were this one's."""
    (tmp_path / "all.jsonl").write_text("from before\n")
    assert run(folder, "--failures", tmp_path / "all.jsonl").exit_code == 0
    assert (tmp_path / "all.jsonl").read_text() == ""


def test_a_list_that_cannot_be_written_is_said_before_the_audit(folder: Path, tmp_path: Path) -> None:
    """It may take an hour."""
    done = run(folder, "--failures", tmp_path / "nowhere" / "all.jsonl")
    assert done.exit_code == 2
    assert "nowhere" in done.output
    assert "entries verified" not in done.output
