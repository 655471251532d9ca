"""The bearer token with which a command calls a running service: where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from api.cli import sentences
from ledger import settings
from ledger.errors import BadArgument

MAX_TOKEN = 8192

token_option = click.option(
    "--token-file",
    type=click.Path(dir_okay=False),
    help="With --url: the file with the bearer token (or STIMMBUCH_TOKEN_FILE, or `stimmbuch login`).",
)


def token_for(url: str, token_file: str | None) -> Callable[[], str] | None:
    """The token for a service: from a file, the environment, or the login there; None without one.

    Raises `BadArgument` for a file that holds none.
    """
    from api.access.login import kept_login

    path = Path(token_file) if token_file else settings.token_file()
    token = read_token(path) if path else kept_login(url)
    return None if token is None else lambda: token


def read_token(path: Path) -> str:
    """The token in a file. Raises `BadArgument`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TOKEN + 2)
    except OSError as error:
        raise BadArgument(sentences.TOKEN_NOT_READ, path=path, reason=error.strerror) from None
    text = data.removesuffix(b"\n").removesuffix(b"\r").decode("ascii", "replace")
    plain = text.isascii() and text.isprintable() and " " not in text
    if not plain or not 0 < len(text) <= MAX_TOKEN:
        raise BadArgument(sentences.NO_TOKEN_IN, path=path)
    return text
