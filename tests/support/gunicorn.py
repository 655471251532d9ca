"""The fallback server, gunicorn: no lock file has it, so it is installed once, into the user's cache.

Without its C parser, which comes as source. Where it cannot be had, the tests that need it are skipped, and
say aloud what was not checked.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.support.places import Place
from tests.support.running import RunningService, _free_port
from tests.support.shared import CHECKOUT

WANTED = "gunicorn==27.0.1 --hash=sha256:378b26b9a38adcf4592f28828233c1716acc55e833ea06bf48719782efaa0d10\n"
ALOUD = "NOT CHECKED UNDER GUNICORN: "


class RunningUnderGunicorn(RunningService):
    """The service as `api/README.md` starts it there, with a file of settings; two workers."""

    def __init__(self, place: Place, log: Path, settings: str = "") -> None:
        """`settings`: further ones, as TOML."""
        folder = installed()
        self._ready_at, self.port = "/readyz", _free_port()
        file = log.with_suffix(".toml")
        file.write_text(
            f"[server]\nport = {self.port}\nworkers = 2\nthreads = 8\n{settings}\n"
            f'[[ledger]]\nstore = "{place.where}"\nhome = "{place.home}"\n'
        )
        command = [sys.executable, "-P", "-m", "gunicorn", "--no-control-socket"]
        command += ["-c", "python:api.service.gunicorn_settings", "api.service.server:configured()"]
        path = f"{CHECKOUT}{os.pathsep}{folder}"
        self._begin(
            command, log, {"PYTHONPATH": path, "STIMMBUCH_CONFIG": str(file), "TMPDIR": str(log.parent)}
        )


def installed() -> Path:
    """The folder in which it is. Skips the test if it cannot be had."""
    found = _installed()
    if isinstance(found, str):
        pytest.skip(ALOUD + found)
    return found


@cache
def _installed() -> Path | str:
    """The folder, or why there is none."""
    cache_home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    kept = Path(cache_home) / "stimmbuch-tests" / WANTED.split(maxsplit=1)[0].replace("==", "-")
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as draft:
        wanted, target = Path(draft) / "wanted.txt", Path(draft) / "there"
        wanted.write_text(WANTED)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        done = subprocess.run(
            [*command, "--only-binary", ":all:", "--target", str(target), "-r", str(wanted)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return f"pip failed: {done.stderr.strip().splitlines()[-1:]}"
        os.replace(target, kept)
    return kept
