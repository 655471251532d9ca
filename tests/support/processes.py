"""Processes that a test starts: whatever becomes of the test, none of them is left behind."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import AnyStr


@contextmanager
def ending(process: subprocess.Popen[AnyStr]) -> Iterator[subprocess.Popen[AnyStr]]:
    """The process, killed at the end if it still runs.

    `Popen` itself would wait for it: a test that fails before it lets the process end would never end.
    """
    with process:
        try:
            yield process
        finally:
            process.kill()
