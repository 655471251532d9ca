"""The system calls of a process on folders of ours, and the same process with one of them refused (strace).

::

    calls = traced(command, trace, home, "log", "signer")
    code, refused = refusing(command, trace, home, calls[7], "ENOSPC")
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
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
    done = _strace(command, trace, "-y", "-e", "trace=%file,%desc")
    assert done.returncode == 0, done.stderr
    return list(dict.fromkeys(_calls(trace.read_text("utf-8", "replace"), home, folders)))


def refusing(command: Sequence[str], trace: Path, home: Path, call: Call, error: str) -> tuple[int, bool]:
    """The exit code of the command with this call refused; and whether there was such a call."""
    inject = f"inject={call.name}:error={error}:when={call.number}"
    done = _strace(command, trace, "-e", f"trace={call.name}", "-e", inject, "-P", str(home / call.path))
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, "INJECTED" in trace.read_text("utf-8", "replace")


def _strace(command: Sequence[str], trace: Path, *options: str) -> subprocess.CompletedProcess[str]:
    # With the filter the kernel stops the process at these calls only: three times as fast.
    order = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(trace), *options, *command]
    return subprocess.run(order, cwd=CHECKOUT, capture_output=True, text=True, check=False)


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
