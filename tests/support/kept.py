"""Programs by others: made once on this machine, and kept in the user's cache.

Of several workers, or several runs, that ask at the same time, one makes it and the others wait.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
"""The same in all workers of one run; empty where there is but one process."""


def kept(name: str, make: Callable[[Path], Path | str]) -> Path | str:
    """The file or folder of that name, or why there is none.

    `make` gets an empty folder and returns what in it is to be kept, or why there is nothing. A run whose
    one worker could not make it does not try again with the next.
    """
    cache_home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    place = Path(cache_home) / "stimmbuch-tests" / name
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_name(f"{name}.lock").open("a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.exists():
            return place
        lock.seek(0)
        run, _, reason = lock.read().partition("\n")
        if not (RUN and run == RUN):
            reason = _make(place, make)
            lock.truncate(0)
            lock.write(f"{RUN}\n{reason}" if reason else "")
        return reason or place


def _make(place: Path, make: Callable[[Path], Path | str]) -> str:
    """Puts it there in one step; returns what went wrong, or nothing."""
    with tempfile.TemporaryDirectory(dir=place.parent) as draft:
        made = make(Path(draft))
        if isinstance(made, str):
            return made
        os.replace(made, place)
        return ""


@cache
def go_program(module: str, version: str, patience: float) -> Path | str:
    """A program that the Go toolchain of this machine builds from its sources, or why there is none.

    `patience`: seconds for fetching and compiling.
    """
    program = module.rsplit("/", 1)[-1]

    def build(folder: Path) -> Path | str:
        go = shutil.which("go")
        if go is None:
            return "there is no Go toolchain"
        environ = {"GOBIN": str(folder), "GOFLAGS": "-mod=mod"}
        return done([go, "install", f"{module}@{version}"], folder, patience, environ) or folder / program

    return kept(f"{program}-{version}", build)


def done(command: Sequence[str], folder: Path, patience: float, environ: dict[str, str] | None = None) -> str:
    """Runs a command there; returns why it failed in a line, or nothing."""
    told = " ".join(Path(word).name for word in command[:2])
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **(environ or {})},
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{told} took more than {patience} s"
    if ended.returncode:
        return f"{told} failed: {(ended.stderr.strip() or 'no reason given').splitlines()[-1]}"
    return ""
