"""Is the research folder found where it may be, and is its absence said?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.shared import CHECKOUT, VARIABLE, find_shared

PROBE = '''
"""Two tests that need the folder, one that does not."""
import pytest

@pytest.mark.needs_shared
def test_needs_it(shared): assert (shared / "votes").is_dir()

@pytest.mark.needs_shared
def test_needs_it_too(shared): assert (shared / "vectors").is_dir()

def test_does_not(): pass
'''


def research(folder: Path) -> Path:
    """An empty folder of the expected form."""
    (folder / "votes").mkdir(parents=True)
    (folder / "vectors").mkdir()
    return folder


def test_it_is_found_beside_the_checkout_or_where_the_variable_says(tmp_path: Path) -> None:
    """The variable wins; without both there is none."""
    checkout = tmp_path / "checkout"
    assert find_shared(checkout, {}) is None
    beside, named = research(tmp_path / "shared"), research(tmp_path / "elsewhere")
    assert find_shared(checkout, {}) == beside
    assert find_shared(checkout, {VARIABLE: str(named)}) == named


def test_a_variable_that_names_nothing_is_an_error(tmp_path: Path) -> None:
    """A slip of the pen must not skip tests."""
    with pytest.raises(pytest.UsageError, match="not a folder"):
        find_shared(tmp_path, {VARIABLE: str(tmp_path / "missing")})


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "two workers"])
@pytest.mark.parametrize(
    ("there", "said"), [(True, "3 passed"), (False, "SKIPPED for want of the research folder: 2 (")]
)
def test_what_is_left_out_is_counted_aloud(
    tmp_path: Path, there: bool, said: str, workers: list[str]
) -> None:
    """A run without the folder does not look like a full run, on however many cores it ran."""
    checkout = tmp_path / "checkout"
    support = checkout / "tests" / "support"
    support.mkdir(parents=True)
    (checkout / "tests" / "__init__.py").touch()
    (support / "__init__.py").touch()
    (support / "shared.py").write_text((CHECKOUT / "tests" / "support" / "shared.py").read_text())
    (checkout / "test_probe.py").write_text(PROBE)
    (checkout / "setup.cfg").write_text((CHECKOUT / "setup.cfg").read_text())
    if there:
        research(tmp_path / "shared")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "xdist",
        "-p",
        "no:cacheprovider",
        *workers,
        "test_probe.py",
    ]
    environ = {k: v for k, v in os.environ.items() if k != VARIABLE} | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=checkout, env=environ, capture_output=True, text=True, check=False)
    assert (done.stdout.count(said), done.stderr) == (1, "")
    assert done.returncode == 0
