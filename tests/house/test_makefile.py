"""Does the one door open what is promised?"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = dict(re.findall(r"^([a-z]+):.*?## (.+)$", MAKEFILE, re.MULTILINE))
PROMISED = {"run", "demo", "test", "check", "bench", "wheel"}
MENTION = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
TOPS = ("ledger", "projections", "api", "scripts", "tests")
PAGES = sorted([*ROOT.glob("*.md"), *(page for top in TOPS for page in (ROOT / top).rglob("*.md"))])


@pytest.mark.parametrize("target", sorted(PROMISED))
def test_every_promised_target_is_there_and_says_what_it_does(target: str) -> None:
    """Scripts and pages outside the project rely on these names."""
    assert TARGETS.get(target)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_only_targets_that_exist(page: Path) -> None:
    """What a page tells to type can be typed."""
    assert set(MENTION.findall(page.read_text())) <= set(TARGETS)


def test_make_alone_lists_all_targets_and_needs_nothing() -> None:
    """The list appears before anything is installed, and stays short enough to read."""
    quiet = ["make", "--no-print-directory"]  # this test may itself run below a make
    shown = subprocess.run(quiet, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in shown.splitlines()] == list(TARGETS)
    assert len(TARGETS) <= 12


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "-n auto"),
        (["T=tests/rules"], "-n 0 tests/rules"),
        (["K=late or deadline"], "-n 0 -k 'late or deadline'"),
        (["T=tests/web", "K=vote", "N=2"], "-n 2 tests/web -k 'vote'"),
        (["N=0"], "-n 0"),
    ],
)
def test_all_tests_run_on_all_cores_and_a_part_of_them_in_one_process(given: list[str], told: str) -> None:
    """Starting workers takes longer than a few tests, and all tests on one core longer than anybody waits."""
    environ = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKEOVERRIDES", "T", "K", "N"}}
    command = ["make", "--no-print-directory", "--dry-run", "test", *given]
    shown = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1].split() == f".venv/bin/python -m pytest {told}".split()


def test_every_target_has_its_text_and_is_no_file() -> None:
    """A target without a text is invisible; one that is not phony does nothing beside a file of its name."""
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert phony[1].split() == list(TARGETS)
    assert re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE) == list(TARGETS)


def test_ci_goes_through_the_same_door() -> None:
    """What a person runs and what accepts a change are the same."""
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert "set -euo pipefail" in lines
    assert [line for line in lines if line.startswith("make ") and "--version" not in line] == [
        "make check",
        "make test",
    ]
