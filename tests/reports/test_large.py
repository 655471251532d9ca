"""Does a procedure with a thousand members have its report, complete and to the last row?"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from scripts.bench_report import vote
from tests.support import pdf

MEMBERS = 1000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Form → file of the audit report, as the command writes it."""
    folder = tmp_path_factory.mktemp("large")
    procedure = vote(str(folder / "ledger"), MEMBERS)
    command = ["report", procedure, "--store", str(folder / "ledger"), "--kind", "audit", "--lang", "de"]
    done = CliRunner().invoke(main, [*command, "--format", "pdf,html,json,csv", "--to", str(folder)])
    assert done.exit_code == 0, done.output
    return {path.suffix[1:]: path for path in folder.iterdir() if path.is_file()}


def test_everybody_is_in_it_in_every_form(files: dict[str, Path]) -> None:
    """No page, no limit and no paging loses a member or a vote."""
    found = json.loads(files["json"].read_text("utf-8"))
    seats = {one["member"]["id"]: one["vote"] for one in found["participants"]}
    assert len(seats) == MEMBERS
    assert found["faults"] == 0
    chosen = Counter(vote["choices"]["1"] for vote in seats.values())
    assert chosen == {one["option"]: one["votes"] for one in found["items"][0]["result"]["counts"]}
    assert len(found["events"]) == MEMBERS + 1
    table = files["csv"].read_text("utf-8-sig").splitlines()
    assert sum(line.startswith("Stimme;") for line in table) == MEMBERS
    assert files["html"].read_text("utf-8").count('<th scope="row"><bdi>m') >= 2 * MEMBERS


def test_every_leaf_hash_is_in_the_pdf_in_one_piece(files: dict[str, Path]) -> None:
    """Whoever holds a receipt searches for its entry."""
    events = json.loads(files["json"].read_text("utf-8"))["events"]
    words = {word for page in pdf.pages_of(files["pdf"].read_bytes()) for word in page.split()}
    assert {one["leaf"] for one in events} <= words


def test_no_text_of_sixty_pages_lies_on_another(files: dict[str, Path]) -> None:
    """Five digits in a column for three would run into the next one."""
    assert pdf.collisions(files["pdf"].read_bytes()) == []
