"""Tessera's `fsck`, a verifier of static logs by others, built once by the Go toolchain of this machine.

It is kept in the user's cache, so that only the first run waits for it. Where it cannot be built, tests that
need it are skipped, and say aloud what was not checked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

MODULE = "github.com/transparency-dev/tessera/cmd/fsck"
VERSION = "v1.0.4"
PATIENCE = 480
"""Seconds for fetching and compiling it."""

ALOUD = "NOT CHECKED BY TESSERA'S FSCK: "


def fsck() -> Path:
    """The program. Skips the test if it cannot be had."""
    found = _found()
    if isinstance(found, str):
        pytest.skip(ALOUD + found)
    return found


@cache
def _found() -> Path | str:
    """The program, or why there is none."""
    program = _kept()
    if program.exists():
        return program
    go = shutil.which("go")
    if go is None:
        return "there is no Go toolchain"
    program.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        reason = _build(go, Path(folder))
        if reason is not None:
            return reason
        os.replace(Path(folder) / "fsck", program)
    return program


def _kept() -> Path:
    cache_home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache_home) / "stimmbuch-tests" / f"fsck-{VERSION}"


def _build(go: str, folder: Path) -> str | None:
    """Builds it into a folder; returns what went wrong."""
    environ = {**os.environ, "GOBIN": str(folder), "GOFLAGS": "-mod=mod"}
    command = [go, "install", f"{MODULE}@{VERSION}"]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environ, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return f"go install took more than {PATIENCE} s"
    if done.returncode:
        return f"go install failed: {done.stderr.strip().splitlines()[-1:]}"
    return None


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
