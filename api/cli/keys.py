"""`stimmbuch keygen` and `sign`: keys and signatures, offline."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import BinaryIO

import click

from api.cli import sentences
from api.cli.output import command, json_option, show
from api.cli.passphrases import new_passphrase, passphrase_option, passphrases, say_if_unencrypted
from api.cli.sentences import people as words
from api.cli.usage import say
from ledger.errors import NotFound
from ledger.keyfile import read_key, write_key
from ledger.proof.dsse import Envelope, envelope_from
from ledger.proof.dsse import sign as sign_payload
from ledger.proof.encoding import b64, parse_canonical, parse_json, unb64
from ledger.proof.statement import MAX_PAYLOAD, parse_statement, payload_type


@click.command()
@click.argument("path", type=click.Path(dir_okay=False))
@passphrase_option
@json_option
@command
def keygen(path: str, passphrase_file: str | None, as_json: bool) -> None:
    """Make a new Ed25519 key in the file PATH, encrypted if there is a passphrase."""
    passphrase = new_passphrase(passphrase_file)
    key = write_key(Path(path), secrets.token_bytes(32), passphrase)
    if as_json:
        show({"path": path, "key_id": key.id, "public": b64(key.public)})
        return
    say(words.KEY_MADE, path=path, key=key.id, public=b64(key.public))
    say_if_unencrypted(passphrase)


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--kind", help="Kind of statement, for a bare payload: vote-cast, procedure-opened, …")
@click.option("--key", "keys", multiple=True, required=True, type=click.Path(), help="Key file; repeatable.")
@passphrase_option
@command
def sign(file: BinaryIO, kind: str | None, keys: tuple[str, ...], passphrase_file: str | None) -> None:
    """Sign what `prepare` printed (or a canonical payload with --kind); prints the envelope (JSON).

    An envelope that is signed already gets one more signature for each key.
    """
    data = file.read()
    ask = passphrases(passphrase_file)
    signing = [read_key(Path(path), ask) for path in keys]
    if kind is not None:
        parse_canonical(data.strip(), limit=MAX_PAYLOAD)
        envelope = sign_payload(payload_type(kind), data.strip(), *signing)
    else:
        envelope = _read(data).countersign(*signing)
    parse_statement(envelope)
    click.echo(json.dumps(envelope.to_dict()))


def _read(data: bytes) -> Envelope:
    value = parse_json(data, limit=64 * 1024)
    if isinstance(value, dict) and "signatures" in value:
        return envelope_from(value)
    if not isinstance(value, dict) or not {"payload", "payloadType"} <= value.keys():
        raise NotFound(sentences.NOTHING_TO_SIGN)
    return Envelope(str(value["payloadType"]), unb64(value["payload"]), ())
