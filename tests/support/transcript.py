"""Whole stories on the command line, written as a terminal shows them, and run as they are written.

::

    # Anything after a number sign at the beginning of a line is prose.
    $ stimmbuch tally motion --store rat        a command, for /bin/sh, in a folder of the story's own
    …  opened, 0 of 3 members voted             what it prints; … stands for anything in a line
    …                                           alone it stands for any number of lines
    stderr stimmbuch: there is no procedure …   what it says on standard error (none: it must be silent)
    ? 2                                         its exit code, if not 0

A command that ends in a backslash goes on in the next line. Empty lines separate, and are not compared
at the end of an output. Beside the system's own programs there are

======================  ==================================================================================
stimmbuch               the command itself, and `python`, which runs it
tomorrow                the same command on a machine whose clock is a day ahead
clock SECONDS           the time so many seconds from now, as statements write it
field FILE NAME         one member of a JSON file
sql FILE ORDER          SQLite
locked FILE COMMAND     runs a command while another program holds the lock of an SQLite file
======================  ==================================================================================
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.shared import CHECKOUT

ANYTHING = "…"

SQL = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for row in database.execute(sys.argv[2]):
    print(*row)
database.close()
"""

LOCKED = """
import sqlite3, subprocess, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
code = subprocess.call(sys.argv[2:])
database.close()
sys.exit(code)
"""

FIELD = """
import json, pathlib, sys
print(json.loads(pathlib.Path(sys.argv[1]).read_bytes())[sys.argv[2]])
"""

CLOCK = """
import sys
from datetime import UTC, datetime, timedelta
moment = datetime.now(UTC) + timedelta(seconds=float(sys.argv[1]))
print(moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
"""

TOMORROW = """
from datetime import datetime, timedelta
import api.clock
def tomorrow(now=api.clock.utc_now):
    moment = datetime.fromisoformat(now()) + timedelta(days=1)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
api.clock.utc_now = tomorrow
from ledger.storage.sqlite import SQLiteLedgerRecorder
SQLiteLedgerRecorder.now = lambda recorder: tomorrow()  # an embedded database has the machine's clock
from api.cli import main
main(prog_name="stimmbuch")
"""

PROGRAMS = {
    "python": (),
    "stimmbuch": ("-P", "-m", "api"),
    "tomorrow": ("-P", "-c", TOMORROW),
    "clock": ("-c", CLOCK),
    "sql": ("-c", SQL),
    "locked": ("-c", LOCKED),
    "field": ("-c", FIELD),
}
"""What a story may call beside the system's programs, as arguments of this Python."""


@dataclass
class Step:
    """One command, the line on which it stands, and what is expected of it."""

    line: int
    command: str
    stdout: list[str] = field(default_factory=list)
    stderr: list[str] = field(default_factory=list)
    code: int = 0


class Difference(AssertionError):
    """A command did something else than its story tells."""


def parse(text: str) -> list[Step]:
    """The steps of a story. Raises `ValueError` for a line that belongs to no command."""
    steps: list[Step] = []
    lines = enumerate(text.splitlines(), start=1)
    for number, line in lines:
        if line.startswith("#"):
            continue
        if line.startswith("$ "):
            while line.endswith("\\"):
                line = line[:-1] + next(lines)[1].strip()  # noqa: PLW2901  # one command in several lines
            steps.append(Step(number, line[2:]))
        elif steps:
            _expect(steps[-1], line)
        elif line.strip():
            raise ValueError(f"line {number} stands before the first command: {line}")
    return steps


def _expect(step: Step, line: str) -> None:
    if line.startswith("? "):
        step.code = int(line[2:])
    elif line == "stderr" or line.startswith("stderr "):
        step.stderr.append(line[len("stderr ") :])
    else:
        step.stdout.append(line)


def matches(expected: list[str], found: str) -> bool:
    """Whether the output is the expected one; empty lines at the end do not count."""
    pattern = "".join(
        "(?:.*\n)*" if line == ANYTHING else ".*".join(map(re.escape, line.split(ANYTHING))) + "\n"
        for line in _trimmed(expected)
    )
    text = "".join(f"{line}\n" for line in _trimmed(found.splitlines()))
    return re.fullmatch(pattern, text) is not None


def _trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).rstrip().splitlines()


class Terminal:
    """Runs commands in `folder`, with `programs` (a folder that is filled here) before all others."""

    def __init__(self, folder: Path, programs: Path, bytecode: Path) -> None:
        """`bytecode` keeps what Python compiles, so that it is not done again for every command."""
        for name, arguments in PROGRAMS.items():
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, *arguments])} "$@"\n')
            program.chmod(0o755)
        self._folder = folder
        self._environ = {
            "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONPYCACHEPREFIX": str(bytecode),
            "PYTHONWARNINGS": "error",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
        }

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """What a command prints, and its exit code."""
        return subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self._folder,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def play(self, story: Path) -> int:
        """Runs a story to its end; returns the number of commands. Raises `Difference` at the first one."""
        steps = parse(story.read_text("utf-8"))
        for step in steps:
            self._compare(step, f"{story.name}:{step.line}")
        return len(steps)

    def _compare(self, step: Step, place: str) -> None:
        done = self.run(step.command)
        if done.returncode != step.code or not (
            matches(step.stdout, done.stdout) and matches(step.stderr, done.stderr)
        ):
            raise Difference("\n".join(_report(step, done, place)))


def _report(step: Step, done: subprocess.CompletedProcess[str], place: str) -> Iterator[str]:
    yield f"{place}: $ {step.command}"
    for what, expected, found in (
        ("standard output", step.stdout, done.stdout),
        ("standard error", step.stderr, done.stderr),
    ):
        if not matches(expected, found):
            yield f"--- {what}, expected"
            yield from expected
            yield f"--- {what}, found"
            yield from found.splitlines()
    if done.returncode != step.code:
        yield f"--- exit code {done.returncode} instead of {step.code}"
