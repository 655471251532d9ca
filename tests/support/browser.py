"""A real browser: Chromium of this machine, driven by playwright; axe looks for what shuts people out.

Where one of the three is missing, tests that take the fixture `browser` are skipped, and say so aloud.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
MISSING += [] if CHROMIUM else ["chromium"]

WIDE, NARROW = 1100, 320
"""Widths in pixels: of a desk, and the least at which WCAG 1.4.10 asks for no scrolling in two directions."""


PATIENCE = 120_000
"""Milliseconds until a page counts as stuck: machines under load are slow, and nothing depends on it."""


class Patient:
    """A browser whose pages are waited for."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def new_page(self, **options: Any) -> Any:
        """A page in a context of its own."""
        return _patient(self._browser.new_page(**options))

    def new_context(self, **options: Any) -> Any:
        """A context, for pages that share what they keep."""
        return _patient(self._browser.new_context(**options))


def _patient(opened: Any) -> Any:
    opened.set_default_timeout(PATIENCE)
    return opened


@contextmanager
def launched() -> Iterator[Patient]:
    """Chromium, without a window. Skips the test where there is none."""
    if MISSING:
        pytest.skip(f"NOT TESTED IN A BROWSER: {', '.join(MISSING)} not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE
        )
        try:
            yield Patient(browser)
        finally:
            browser.close()
