"""Is somebody at a terminal asked for a passphrase, without seeing it, and nobody else?"""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.keyfile import write_key
from tests.support.followers import PATIENCE
from tests.support.processes import ending
from tests.support.shared import CHECKOUT

PASSPHRASE = "three long and random words"
PAYLOAD = b'{"payload":"e30=","payloadType":"application/vnd.stimmbuch.vote-cast.v1+json"}'


class Ended(NamedTuple):
    """What a command printed for programs and for people, and its exit code."""

    stdout: bytes
    seen: str
    code: int


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """An encrypted key."""
    path = tmp_path / "anna.key"
    write_key(path, bytes(range(32)), PASSPHRASE.encode())
    return path


AT_A_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(2, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Makes standard error the terminal of the session that it begins, then becomes another program."""


def at_a_terminal(key: Path, answer: str) -> Ended:
    """Signs at a terminal of its own, with the payload coming from somewhere else."""
    person, terminal = pty.openpty()
    command = ["-P", "-m", "api", "sign", "--key", str(key)]
    signing = subprocess.Popen(
        [sys.executable, "-c", AT_A_TERMINAL, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=terminal,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    with ending(signing) as process:
        os.close(terminal)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(PAYLOAD)
        process.stdin.close()
        seen = _read(person, until="Passphrase of ")
        os.write(person, f"{answer}\n".encode())
        seen += _read(person)
        os.close(person)
        return Ended(process.stdout.read(), seen, process.wait(60))


def _read(person: int, until: str | None = None) -> str:
    seen = b""
    while until is None or until.encode() not in seen:
        assert select.select([person], [], [], PATIENCE)[0], f"nothing more is said: {seen!r}"
        try:
            piece = os.read(person, 1024)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    return seen.decode()


def test_a_person_is_asked_and_what_is_typed_is_not_shown(key: Path) -> None:
    """The question names the file; after the answer it is signed, and then the payload is looked at."""
    ended = at_a_terminal(key, PASSPHRASE)
    assert f"Passphrase of {key}: " in ended.seen
    assert PASSPHRASE not in ended.seen
    assert "vote-cast: missing" in ended.seen
    assert ended.code == 2


def test_a_person_who_mistypes_is_told(key: Path) -> None:
    """And not asked again and again by a program that others may start."""
    ended = at_a_terminal(key, "something else")
    assert "cannot be decrypted with this passphrase" in ended.seen
    assert (ended.stdout, ended.code) == (b"", 2)


def test_a_person_who_says_nothing_is_told(key: Path) -> None:
    """Return."""
    ended = at_a_terminal(key, "")
    assert "is encrypted, and no passphrase is at hand" in ended.seen
    assert ended.code == 2
