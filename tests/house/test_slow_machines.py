"""Does nothing fail only because a machine, or its network, is slow?"""

from __future__ import annotations

import ast
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
VARIABLE = "PIP_DEFAULT_TIMEOUT"


def suppressed() -> Iterator[tuple[str, str]]:
    """Every list of health checks that a test or a profile of Hypothesis leaves out, with its place."""
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.keyword) and node.arg == "suppress_health_check":
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", ast.unparse(node.value)


def test_no_example_fails_because_it_was_drawn_slowly() -> None:
    """A test's own list replaces that of the profile: half a minute of drawing would fail it again."""
    found = dict(suppressed())
    assert found
    patient = ("HealthCheck.too_slow", "list(HealthCheck)")
    assert [place for place, checks in found.items() if not any(one in checks for one in patient)] == []


@pytest.mark.parametrize(("given", "told"), [({}, "120"), ({VARIABLE: "300"}, "300")], ids=["ours", "theirs"])
def test_a_slow_index_is_waited_for(given: dict[str, str], told: str) -> None:
    """Or a setup ends in the middle of a file; who says how long to wait is heard."""
    environ = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKEOVERRIDES", VARIABLE}}
    command = ["make", "--no-print-directory", "--eval", f"told: ; @echo $${VARIABLE}", "told"]
    done = subprocess.run(command, cwd=ROOT, env=environ | given, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [told]
