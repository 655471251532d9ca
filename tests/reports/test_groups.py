"""Do extract and audit report say how the groups voted, and the resolution never?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.report.formats import written
from ledger.domain.profiles import complete
from tests.reports.conftest import new_place
from tests.support.builders import LedgerBuilder, item
from tests.support.reporting import decided, published, report


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LedgerBuilder]:
    """m1 and m2 of the left, m3 of the right, m4 and m5 of no group."""
    with published(new_place(tmp_path / "ledger")) as town:
        town.seat(["m1", "m2"], group="left")
        town.seat(["m3"], group="right")
        yield town


def groups(town: LedgerBuilder, motion: str, kind: str) -> dict[str, list[dict[str, Any]]]:
    """Item → its groups in the JSON of a report."""
    told = json.loads(written(report(town, motion, kind), "json", "de"))
    return {one["id"]: one["result"]["groups"] for one in told["items"]}


def test_extract_and_audit_report_tell_the_groups_in_every_form(town: LedgerBuilder) -> None:
    """The same numbers for people, for a spreadsheet and for programs."""
    motion = decided(town)
    left = {"group": "left", "members": 2, "voted": 2, "counts": {"yes": 2, "no": 0, "abstain": 0}}
    for kind in ("extract", "audit"):
        assert groups(town, motion, kind)["1"][0] == left
    source = report(town, motion)
    page = written(source, "html", "de").decode()
    assert "Stimmen zu Punkt 1 nach Gruppen" in page
    assert b"by group" in written(source, "html", "en")
    table = csv.DictReader(io.StringIO(written(source, "csv", "en").decode("utf-8-sig")))
    rows = [row for row in table if row["Record"] == "group"]
    assert [(row["Group"], row["Option"], row["Votes"]) for row in rows][:2] == [
        ("left", "yes", "2"),
        ("left", "no", "0"),
    ]


def test_the_resolution_tells_no_group(town: LedgerBuilder) -> None:
    """Everybody reads it, and a group may be one member."""
    motion = decided(town)
    assert groups(town, motion, "resolution") == {"1": []}
    assert b"right" not in written(report(town, motion, "resolution"), "csv", "en")


def test_no_report_tells_the_groups_of_a_secret_ballot(town: LedgerBuilder) -> None:
    """An audit report, for those who have the entries anyway, tells them."""
    profile = {**complete("plurality-for-person"), "secrecy": {"demand": 1, "items": "elections"}}
    motion = town.open(profile=profile, items=[item("1", "o1", "o2"), item("2", "o1", "o2")])
    town.vote(motion, "m3", {"1": "o1", "2": "o2"})
    town.put("secret-ballot-demanded", "m2", procedure=motion, member="m2", items=["2"])
    told = groups(town, motion, "extract")
    assert (told["1"][1]["counts"], told["2"]) == ({"o1": 1, "o2": 0}, [])
    assert groups(town, motion, "audit")["2"][1]["counts"] == {"o1": 0, "o2": 1}
