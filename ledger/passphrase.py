"""Where the passphrase of an encrypted key comes from: asked for only when a key is encrypted.

1. the file that was named (`--passphrase-file`)
2. a systemd credential, else the file that `STIMMBUCH_PASSPHRASE_FILE` names (`ledger.settings`)
3. somebody at a terminal

A file holds the passphrase and at most one newline behind it. The environment itself holds no secret: other
programs can read it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ledger import settings
from ledger.errors import PassphraseMissing
from ledger.log_key import sentences

Ask = Callable[[str], str | None]
"""Asks a person; None where nobody is there."""

Passphrase = Callable[[str], bytes]
"""Called with what it is for, a file or a token; raises `PassphraseMissing`."""

MAX_PASSPHRASE = 1024  # bytes


class Passphrases:
    """The sources, in their order. `ask` is called last, and may return None."""

    def __init__(self, file: Path | None = None, ask: Ask = lambda what: None) -> None:
        self.file = file
        self._ask = ask

    def __call__(self, what: str) -> bytes:
        """The passphrase for `what`. Raises `PassphraseMissing`."""
        if path := self.file or settings.passphrase_file():
            return read_passphrase(path)
        answer = self._ask(what)
        if not answer:
            raise PassphraseMissing(sentences.NO_PASSPHRASE, what=what)
        return answer.encode("utf-8")


ENVIRONMENT = Passphrases()
"""For those who were given no other: the service, started by systemd."""


def read_passphrase(path: Path) -> bytes:
    """The passphrase in a file. Raises `PassphraseMissing`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PASSPHRASE + 1)
    except OSError as error:
        raise PassphraseMissing(sentences.PASSPHRASE_NOT_READ, path=path, reason=error.strerror) from None
    if len(data) > MAX_PASSPHRASE:
        raise PassphraseMissing(sentences.PASSPHRASE_TOO_LONG, path=path, limit=MAX_PASSPHRASE)
    passphrase = data.removesuffix(b"\n").removesuffix(b"\r")
    if not passphrase:
        raise PassphraseMissing(sentences.PASSPHRASE_EMPTY, path=path)
    return passphrase
