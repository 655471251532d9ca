"""The research folder: real votes with published results, and the conformance vectors of others.

It is too large to ship. It is looked for beside the checkout, or where `STIMMBUCH_SHARED` says. Tests
that need it carry `@pytest.mark.needs_shared` and take the fixture `shared`; without the folder they
are skipped, and the run ends with one line that says how many. Loaded as a plugin (setup.cfg).
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
VARIABLE = "STIMMBUCH_SHARED"
WHY = "the research folder is not here"


def find_shared(checkout: Path, environ: Mapping[str, str]) -> Path | None:
    """The research folder, or None where there is none.

    Raises `pytest.UsageError` where the variable names something else than a folder: a slip of the
    pen must not skip tests.
    """
    named = environ.get(VARIABLE)
    if named is None:
        beside = checkout.parent / "shared"
        return beside if (beside / "votes").is_dir() and (beside / "vectors").is_dir() else None
    if not Path(named).is_dir():
        raise pytest.UsageError(f"{VARIABLE} names {named!r}, which is not a folder")
    return Path(named).resolve()


SHARED = find_shared(CHECKOUT, os.environ)
"""For parametrising while tests are collected; inside a test take the fixture."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what needs the folder where there is none."""
    if SHARED is None and item.get_closest_marker("needs_shared"):
        pytest.skip(WHY)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The research folder; the test must carry the marker `needs_shared`."""
    if SHARED is None:
        pytest.fail("a test that takes `shared` must be marked with `needs_shared`")
    return SHARED


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """One loud line where something was left out, after everything else so that it is not scrolled away.

    Counted by the reports: these arrive here from every worker process.
    """
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    if count := sum(report.longrepr[2] == f"Skipped: {WHY}" for report in skipped):
        text = f"SKIPPED for want of the research folder: {count} (set {VARIABLE} to run them)"
        terminalreporter.write_sep("!", text, red=True, bold=True)
