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

from api.cli.output import command, home_option
from api.cli.target import ledger_at, patience_option, service, url_option, where_option
from api.cli.tokens import token_option
from ledger.errors import BadShape
from ledger.proof.disclosure import SALT_BYTES
from ledger.proof.disclosure import disclose as new_disclosure


@click.command()
@click.argument("name")
@click.argument("text")
@where_option
@url_option
@token_option
@home_option
@patience_option
@command
def disclose(
    name: str,
    text: str,
    *,
    store: str | None,
    url: str | None,
    token_file: str | None,
    home: str | None,
    patience: float,
) -> None:
    """Store TEXT (or that of @FILE) with a fresh salt, and print the digest that a statement holds.

    NAME says what it is: person, body, title, wording, option, condition, reason, ground. The log has the
    digest only, so that the text can be erased.
    """
    value = _text_of(Path(text[1:])) if text.startswith("@") else text
    found = new_disclosure(name, value, secrets.token_bytes(SALT_BYTES))
    if url is not None:
        service(url, token_file, patience).disclose(found)
    else:
        with closing(ledger_at(store, home)) as ledger:
            ledger.disclose([found.encoded])
    click.echo(found.digest)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--media-type", help="Default: from the file's name.")
@click.option("--item", metavar="ID", help="The item to which it belongs; default: to all.")
@where_option
@url_option
@token_option
@home_option
@patience_option
@command
def document(
    file: Path,
    *,
    media_type: str | None,
    item: str | None,
    store: str | None,
    url: str | None,
    token_file: str | None,
    home: str | None,
    patience: float,
) -> None:
    """Store FILE under its SHA-256, and print what a statement says of it: digest, size, type and item."""
    data = file.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if url is not None:
        service(url, token_file, patience).put_document(data)
    else:
        with closing(ledger_at(store, home)) as ledger:
            ledger.put_document(sha256, BytesIO(data), limit=len(data))
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    said = {"sha256": sha256, "size": len(data), "media_type": media_type or guessed, "item": item}
    click.echo(json.dumps(said))


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8").rstrip("\n")
    except (OSError, ValueError) as error:
        raise BadShape(f"{path} cannot be read as text: {error}") from None
