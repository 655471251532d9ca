"""The system calls of processes on folders of ours, and the same processes with one of them refused (strace).

::

    calls = traced(command, trace, home, "log", "signer")
    said, refused = refusing(command, traces, {home: calls[7]}, "ENOSPC")
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.shared import CHECKOUT

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="NOT TESTED WITH FAILING SYSTEM CALLS: strace not installed"
)

_LOOKING = "access faccessat faccessat2 stat lstat fstat newfstatat statx statfs fstatfs readlink readlinkat"
_HOLDING = "close dup fcntl getdents64 ioctl lseek"
HARMLESS = frozenset(f"{_LOOKING} {_HOLDING}".split())
"""Calls after which a file is as before. Whatever else a process does to one may change it."""

_LINE = re.compile(r"(\d+) +(\w+)\((.*)")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"|<((?:[^<>\\]|\\.)*)>')


class Call(NamedTuple):
    """A call as strace can be told to refuse it: on a path, the one of this number in each thread."""

    name: str
    path: str
    number: int


def traced(command: Sequence[str], trace: Path, home: Path, *folders: str) -> list[Call]:
    """The calls of a command, which must succeed, on these folders of `home` and on all below them."""
    _strace(command, "-f", "-o", str(trace), "-e", "trace=%file,%desc")
    return list(dict.fromkeys(_calls(trace.read_text("utf-8", "replace"), home, folders)))


def refusing(
    command: Sequence[str], traces: Path, calls: Mapping[Path, Call], error: str
) -> tuple[str, set[Path]]:
    """What a command says that has a process for each home, whose call is refused; and where one was.

    The calls are of one name and number. Each thread has a file in the new folder `traces`.
    """
    [(name, number)] = {(call.name, call.number) for call in calls.values()}
    traces.mkdir()
    options = ["-ff", "-o", str(traces / "of"), "-e", f"trace={name}"]
    options += ["-e", f"inject={name}:error={error}:when={number}"]
    for home, call in calls.items():
        options += ["-P", str(home / call.path)]
    said = _strace(command, *options)
    texts = (file.read_text("utf-8", "replace") for file in traces.iterdir())
    hits = [line for text in texts for line in text.splitlines() if "(INJECTED)" in line]
    return said, {home for home in calls if any(f"{home}/" in line for line in hits)}


def _strace(command: Sequence[str], *options: str) -> str:
    # With the filter the kernel stops a process at these calls only: three times as fast.
    order = ["strace", "--seccomp-bpf", "-qq", "-y", *options, *command]
    done = subprocess.run(order, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def _calls(text: str, home: Path, folders: Sequence[str]) -> Iterator[Call]:
    """Numbered as strace counts: in each thread, and for a path all calls that it finds to name it."""
    counted = Counter[tuple[str, str, str]]()
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue  # the end of a call that another thread's call interrupted
        thread, name, arguments = match.groups()
        paths = list(dict.fromkeys(_paths(arguments, home, folders)))
        if not name.endswith(("at", "at2")):
            del paths[1:]  # strace does not look at the second path of rename and link
        for path in paths:
            counted[thread, name, path] += 1
        for path in paths[:1]:
            yield Call(name, path, counted[thread, name, path])


def _paths(arguments: str, home: Path, folders: Sequence[str]) -> Iterator[str]:
    """What the arguments name in these folders: as text, or by an open file."""
    for named in (Path(one) for pair in _PATH.findall(arguments) for one in pair):
        if any(named.is_relative_to(home / folder) for folder in folders):
            yield named.relative_to(home).as_posix()
