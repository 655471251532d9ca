"""Are the votes that ship with the project right, varied, small, and made from what they say?"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.rollcalls.recount import count, decide, differs, said
from tests.support.rollcalls.rollcall import RollCall
from tests.support.shared import CHECKOUT, VARIABLE

DEMO = CHECKOUT / "api" / "demo"


@pytest.fixture(scope="module")
def calls() -> list[RollCall]:
    """The roll calls of the demonstration."""
    with gzip.open(DEMO / "rollcalls.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_every_vote_of_the_demonstration_gives_its_published_result(calls: list[RollCall]) -> None:
    """The first run must not begin with a mismatch."""
    assert [call["id"] for call in calls if differs(call)] == []
    assert said(calls) == (29, 12, 27)


def test_the_demonstration_shows_what_is_hard_about_counting(calls: list[RollCall]) -> None:
    """A tie, a plain majority that is not enough, a person, a recommendation to reject, no decision."""
    votes = {call["id"]: count(call) for call in calls}
    missed = [call["id"] for call in calls if call["rule"] == "two-thirds" and decide(call) == "rejected"]
    assert votes["us-h291-113.2013"] == {"yes": 213, "no": 213}
    assert [votes[id_]["yes"] > votes[id_]["no"] for id_ in missed] == [True, True]
    assert sum(abs(v["yes"] - v["no"]) == 1 for v in votes.values()) == 8
    assert {decide(call) for call in calls} == {"adopted", "rejected", "no-decision", "elected:Pelosi"}
    assert [call["id"] for call in calls if "polarity" in call] == ["bt19-3957", "bt19-4093"]


def test_the_demonstrations_file_is_small_and_names_its_sources(calls: list[RollCall]) -> None:
    """Every roll call stands in SOURCES.md under its licence; the file's head holds no name and no time."""
    sources = (DEMO / "SOURCES.md").read_text("utf-8")
    packed = (DEMO / "rollcalls.jsonl.gz").read_bytes()
    assert len(packed) < 250_000
    assert packed[3:8] == bytes(5)
    assert [call["id"] for call in calls if f"| {call['id']} |" not in sources] == []
    assert sources.count("CC0 1.0") == 2


@pytest.mark.needs_shared
def test_the_demonstrations_files_are_made_again_from_the_sources(shared: Path, tmp_path: Path) -> None:
    """What ships is what the script picks, byte for byte; only compression may differ between libraries."""
    command = [sys.executable, "-m", "scripts.pick_demo_rollcalls", str(tmp_path)]
    environ = os.environ | {VARIABLE: str(shared)}
    subprocess.run(command, cwd=CHECKOUT, env=environ, check=True, stdout=subprocess.DEVNULL)
    made, ships = (folder / "rollcalls.jsonl.gz" for folder in (tmp_path, DEMO))
    assert made.read_bytes()[:10] == ships.read_bytes()[:10]
    assert gzip.decompress(made.read_bytes()) == gzip.decompress(ships.read_bytes())
    assert (tmp_path / "SOURCES.md").read_text("utf-8") == (DEMO / "SOURCES.md").read_text("utf-8")
