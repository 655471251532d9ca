"""Do the votes of House and Senate give the published results? A sample of 300, or all 6,348.

All of them take ten times as long and show nothing new from day to day: the benchmark sets
`STIMMBUCH_ALL_ROLL_CALLS`. Either way the archive is read as a stream, and only numbers are kept.
"""

from __future__ import annotations

import json
import os
import tarfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.rollcalls import SOURCES, congress
from tests.support.rollcalls.recount import count, decide, differs

SAMPLE = None if os.environ.get("STIMMBUCH_ALL_ROLL_CALLS") else 300

pytestmark = pytest.mark.needs_shared


class Counted(NamedTuple):
    """What is kept of a roll call: numbers, not names."""

    body: str
    rule: str
    members: int
    votes: Counter[str]
    outcome: str
    published: dict[str, Any]
    differs: bool


@pytest.fixture(scope="module")
def archive(shared: Path) -> Path:
    """The compressed archive."""
    return shared / "votes" / SOURCES["congress"].folder / congress.ARCHIVE


@pytest.fixture(scope="module")
def counted(archive: Path) -> dict[str, Counted]:
    """The roll calls by id, as the converter gives them."""
    return {
        call["id"]: Counted(
            call["body"],
            call["rule"],
            len(call["members"]),
            count(call),
            decide(call),
            call["published"],
            differs(call),
        )
        for call in congress.convert(archive.parent, sample=SAMPLE)
    }


def records(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Id and bytes of each original record, read without the converter."""
    with tarfile.open(archive, "r|xz") as tar:
        for entry in tar:
            number, _, year, vote, _ = entry.name.split("/")
            content = tar.extractfile(entry)
            assert content is not None
            yield f"us-{vote}-{number}.{year}", content.read()


def test_every_vote_of_congress_gives_its_published_result(counted: dict[str, Counted]) -> None:
    """Outcomes of House and Senate, elections of the Speaker, and the numbers that the Senate prints."""
    assert [id_ for id_, call in counted.items() if call.differs] == []


def test_congress_votes_are_neither_lost_nor_moved(archive: Path, counted: dict[str, Counted]) -> None:
    """Each list of names in the original record becomes as many members and votes."""
    seen = 0
    for id_, data in records(archive):
        if id_ not in counted:
            continue
        names = {word: len(people) for word, people in json.loads(data)["votes"].items()}
        call = counted[id_]
        assert call.members == sum(names.values())
        assert call.votes["yes"] == names.get("Aye", 0) + names.get("Yea", 0)
        assert call.votes["no"] == names.get("No", 0) + names.get("Nay", 0)
        assert call.votes.total() == sum(names.values()) - names["Not Voting"]
        seen += 1
    assert seen == len(counted)


def test_congress_yields_as_many_results_as_are_published(counted: dict[str, Counted]) -> None:
    """Every Senate vote has numbers, every vote but a call of the House an outcome."""
    calls = list(counted.values())
    rules = Counter(call.rule for call in calls)
    senate = sum(call.body == "US Senate" for call in calls)
    assert sum("counts" in call.published for call in calls) == senate
    assert sum("outcome" in call.published for call in calls) == len(calls) - rules["quorum-call"]
    missed = [
        call
        for call in calls
        if call.rule == "two-thirds" and call.outcome == "rejected" and call.votes["yes"] > call.votes["no"]
    ]
    found = (len(calls), senate, rules["majority-for-person"], rules["quorum-call"], len(missed))
    assert found == (6348, 657, 6, 12, 41) if SAMPLE is None else len(calls) == SAMPLE and senate > 0


def test_a_sample_of_congress_is_the_same_for_the_same_seed(archive: Path, tmp_path: Path) -> None:
    """A failure in a sample can be repeated; another seed draws others; filters keep what they name."""
    with tarfile.open(tmp_path / congress.ARCHIVE, "w:xz") as small:
        for (id_, data), _ in zip(records(archive), range(20), strict=False):
            _, vote, term = id_.split("-")
            entry = tarfile.TarInfo("/".join((*term.split(".")[:1], "votes", term[4:], vote, "data.json")))
            entry.size = len(data)
            small.addfile(entry, BytesIO(data))
    first, again, other = (
        [call["id"] for call in congress.convert(tmp_path, sample=5, seed=seed)] for seed in (1, 1, 2)
    )
    assert first == again != other
    assert len(set(first)) == 5
    assert [call["id"] for call in congress.convert(tmp_path, only=first, limit=2)] == first[:2]
    assert list(congress.convert(tmp_path, chamber="s")) == []
