"""Does the one door open what is promised?"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = dict(re.findall(r"^([a-z]+):.*?## (.+)$", MAKEFILE, re.MULTILINE))
PROMISED = {"run", "demo", "test", "check", "bench", "wheel"}
MENTION = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
PAGES = sorted(
    p
    for p in ROOT.rglob("*.md")
    if not any(part.startswith(".") for part in p.relative_to(ROOT).parts[:-1])
    and p.relative_to(ROOT).parts[0] not in {"build", "var"}
)


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
