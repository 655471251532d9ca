"""Tessera's `fsck`, a verifier of static logs by others, built once by the Go toolchain of this machine.

It is kept in the user's cache, so that only the first run waits for it. Where it cannot be built, tests that
need it are skipped, and say aloud what was not checked.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.kept import go_program

MODULE = "github.com/transparency-dev/tessera/cmd/fsck"
VERSION = "v1.0.4"
PATIENCE = 480
"""Seconds for fetching and compiling it."""

ALOUD = "NOT CHECKED BY TESSERA'S FSCK: "


def fsck() -> Path:
    """The program. Skips the test if it cannot be had."""
    found = go_program(MODULE, VERSION, PATIENCE)
    if isinstance(found, str):
        pytest.skip(ALOUD + found)
    return found


def complaints(folder: Path, public_key: Path) -> str:
    """What it says of the log in a folder if it does not hold; "" if it holds. It always ends with code 0."""
    done = subprocess.run(
        [fsck(), "-storage_url", folder.as_uri(), "-public_key", public_key, "-ui=false", "-v=1", "-N=2"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return "" if "Successfully fsck'd log" in done.stderr else done.stderr
