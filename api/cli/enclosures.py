"""`stimmbuch disclose` and `document`: what lies beside the log, and what a statement says about it."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import secrets
from contextlib import closing
from io import BytesIO
from pathlib import Path

import click

from api.cli import sentences
from api.cli.output import command
from api.cli.target import Target, target_options
from ledger.errors import BadArgument
from ledger.proof.disclosure import SALT_BYTES
from ledger.proof.disclosure import disclose as new_disclosure


@click.command()
@click.argument("name")
@click.argument("text")
@target_options
@command
def disclose(target: Target, name: str, text: str) -> None:
    """Store TEXT (or that of @FILE) with a fresh salt, and print the digest that a statement holds.

    NAME says what it is: person, body, title, wording, option, condition, reason, ground. The log has the
    digest only, so that the text can be erased.
    """
    value = _text_of(Path(text[1:])) if text.startswith("@") else text
    found = new_disclosure(name, value, secrets.token_bytes(SALT_BYTES))
    if (service := target.service()) is not None:
        service.disclose(found)
    else:
        with closing(target.ledger()) as ledger:
            ledger.disclose([found.encoded])
    click.echo(found.digest)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--media-type", help="Default: from the file's name.")
@click.option("--item", metavar="ID", help="The item to which it belongs; default: to all.")
@target_options
@command
def document(target: Target, file: Path, *, media_type: str | None, item: str | None) -> None:
    """Store FILE under its SHA-256, and print what a statement says of it: digest, size, type and item."""
    data = _bytes_of(file)
    sha256 = hashlib.sha256(data).hexdigest()
    if (service := target.service()) is not None:
        service.put_document(data)
    else:
        with closing(target.ledger()) as ledger:
            ledger.put_document(sha256, BytesIO(data), limit=len(data))
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    said = {"sha256": sha256, "size": len(data), "media_type": media_type or guessed, "item": item}
    click.echo(json.dumps(said))


def _bytes_of(path: Path) -> bytes:
    """Raises `BadArgument`: a file may be there and not be readable, or be gone meanwhile."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadArgument(sentences.CANNOT_BE_READ, path=path, reason=error.strerror) from None


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8").rstrip("\n")
    except (OSError, ValueError) as error:
        raise BadArgument(sentences.NO_TEXT_FILE, path=path, error=error) from None
