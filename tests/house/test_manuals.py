"""Do the manuals name what there is: calls, roles, tables of the views, what is measured?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from api.access.roles import ROLES
from api.observation.metrics import GAUGES
from projections.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
API = (ROOT / "api" / "README.md").read_text("utf-8")
OPERATIONS = (ROOT / "api" / "OPERATIONS.md").read_text("utf-8")
VIEWS = (ROOT / "projections" / "README.md").read_text("utf-8")
PATHS = sorted(json.loads((ROOT / "api" / "openapi.json").read_text("utf-8"))["paths"])
TABLE = re.compile(r"\bview_[a-z]+\b")


@pytest.mark.parametrize("path", PATHS)
def test_every_call_is_in_the_manual(path: str) -> None:
    """A call without an example is one that nobody makes, or that somebody guesses."""
    noun = [part for part in path.split("/") if part and not part.startswith("{")][-1]
    assert re.search(rf"/{re.escape(noun.split('{')[0])}\b", API)


def test_every_role_is_in_the_manual() -> None:
    """Who hands out a token looks there for what it may."""
    table = API[API.index("| role | may |") :].split("\n\n")[0]
    named = {role for row in table.splitlines() for role in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == ROLES | {"public"}


def test_the_views_are_those_of_the_table() -> None:
    """What is not there is a view that no question asks for, or a question that no view answers."""
    assert set(TABLES) == set(TABLE.findall(VIEWS))


@pytest.mark.parametrize("gauge", sorted(GAUGES))
def test_everything_measured_of_a_ledger_is_in_the_manual(gauge: str) -> None:
    """An operator sets alarms by what is written there."""
    assert f"_{gauge}`" in OPERATIONS
