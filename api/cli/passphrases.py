"""The passphrase of encrypted keys: a file, the environment, or somebody at the terminal."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from api.cli.sentences import people as words
from api.cli.usage import said, say
from ledger.passphrase import Passphrases, read_passphrase

passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(),
    metavar="FILE",
    help="Passphrase of encrypted keys. Else: systemd credential, STIMMBUCH_PASSPHRASE_FILE, prompt.",
)


def passphrases(file: str | None) -> Passphrases:
    """Where passphrases come from in a command."""
    return Passphrases(Path(file) if file else None, _ask)


def new_passphrase(file: str | None) -> bytes | None:
    """The passphrase with which new keys are encrypted, or None. Raises `PassphraseMissing`."""
    return read_passphrase(Path(file)) if file else None


def say_if_unencrypted(passphrase: bytes | None) -> None:
    """Says in one line that new keys lie there for everybody who can read the file."""
    if passphrase is None:
        say(words.NOT_ENCRYPTED)


def _ask(what: str) -> str | None:
    """Asks at the terminal, where there is one and somebody sees the question."""
    if not sys.stderr.isatty():
        return None
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
        return getpass.getpass(said(words.PASSPHRASE_OF, what=what))
    except (OSError, EOFError):
        return None
