"""The service under the fallback server, gunicorn."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support.places import Place
from tests.support.ports import held_port
from tests.support.running import RunningService
from tests.support.shared import CHECKOUT


class RunningUnderGunicorn(RunningService):
    """The service as `api/README.md` starts it there, with a file of settings; two workers."""

    def __init__(self, place: Place, log: Path, settings: str = "") -> None:
        """`settings`: further ones, as TOML."""
        self._ready_at, self._held = "/readyz", held_port()
        self.port = self._held.getsockname()[1]
        file = log.with_suffix(".toml")
        file.write_text(
            f"[server]\nport = {self.port}\nworkers = 2\nthreads = 8\n{settings}\n"
            f'[[ledger]]\nstore = "{place.where}"\nhome = "{place.home}"\n'
        )
        command = [sys.executable, "-P", "-m", "gunicorn", "--no-control-socket"]
        command += ["-c", "python:api.service.gunicorn_settings", "api.service.server:configured()"]
        self._begin(
            command,
            log,
            {"PYTHONPATH": str(CHECKOUT), "STIMMBUCH_CONFIG": str(file), "TMPDIR": str(log.parent)},
        )
