"""`stimmbuch prepare` and `submit`: from an intention to a receipt, in a store or over HTTP."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import click

from api.cli.http import post, token_option
from api.cli.output import DOES_NOT_HOLD, INCOMPLETE, USAGE, command, home_option, json_option, show
from api.cli.passphrases import passphrase_option, passphrases
from api.clock import utc_now
from api.wiring import open_publication
from ledger.application import VotingLedger
from ledger.errors import BadShape, KeyUnavailable, NotPublished, PassphraseMissing, PassphraseWrong
from ledger.passphrase import Passphrase
from ledger.proof.dsse import Envelope, pae, receive_envelope
from ledger.proof.encoding import b64
from ledger.proof.statement import payload_type
from ledger.storage.store import open_store

_where = click.option(
    "--store", metavar="STORE", envvar="STIMMBUCH_STORE", help="A directory or postgresql://…"
)
_url = click.option("--url", help="Instead of a store: http://…/v1/ledgers/NAME of a running service.")


@click.command()
@click.argument("kind")
@click.argument("fields", nargs=-1, metavar="NAME=VALUE …")
@_where
@_url
@token_option
@home_option
@command
def prepare(
    kind: str,
    fields: tuple[str, ...],
    *,
    store: str | None,
    url: str | None,
    token_file: str | None,
    home: str | None,
) -> int:
    """Print the payload to sign for a statement of KIND. A VALUE is JSON, or else text."""
    wanted = dict(_field(field) for field in fields)
    if url is not None:
        status, answer = post(url, "/statements/prepare", {"kind": kind, "fields": wanted}, token_file)
        click.echo(json.dumps(answer))
        return _code(status)
    with closing(_open(store, home)) as ledger:
        payload = ledger.prepare(kind, wanted)
    name = payload_type(kind)
    click.echo(json.dumps({"payloadType": name, "payload": b64(payload), "pae": b64(pae(name, payload))}))
    return 0


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@_where
@_url
@token_option
@home_option
@passphrase_option
@click.option("--receipt", type=click.Path(dir_okay=False), help="Keep the receipt in this file.")
@json_option
@command
def submit(
    file: BinaryIO,
    *,
    store: str | None,
    url: str | None,
    token_file: str | None,
    home: str | None,
    passphrase_file: str | None,
    receipt: str | None,
    as_json: bool,
) -> int:
    """Send a signed envelope; print and keep the receipt. A repetition is harmless."""
    envelope = receive_envelope(file.read())
    if url is not None:
        status, answer = post(url, "/statements", envelope.to_dict(), token_file)
    else:
        with closing(_open(store, home)) as ledger:
            status, answer = 201, _record(ledger, envelope, passphrases(passphrase_file))
    if receipt and status in (200, 201):
        Path(receipt).write_text(answer["proof"], "utf-8")
    if as_json or status not in (200, 201):
        show(answer)
    else:
        click.echo(f"recorded as entry {answer['seq']} at {answer['at']}")
        click.echo(f"  leaf {answer['leaf']}")
        click.echo(f"  prev {answer['prev']}")
    return _code(status)


def _record(ledger: VotingLedger, envelope: Envelope, ask: Passphrase) -> dict[str, Any]:
    """Records and publishes; the receipt as the service would tell it.

    Raises `NotPublished` where the statement is recorded and the log cannot be signed (its key is lost, say).
    """
    receipt = ledger.submit(envelope)
    try:
        with closing(open_publication(ledger.store, ledger.origin, ask=ask)) as publication:
            publication.settle()
            proof = publication.receipt(receipt.seq, receipt.entry)
    except (KeyUnavailable, PassphraseMissing, PassphraseWrong) as error:
        raise NotPublished(f"entry {receipt.seq} is recorded, not published yet: {error.message}") from error
    return {
        "log": ledger.origin,
        "seq": receipt.seq,
        "leaf": receipt.leaf,
        "prev": receipt.prev,
        "at": receipt.at,
        "statement": envelope.digest.hex(),
        "proof": proof.decode("utf-8"),
    }


def _open(store: str | None, home: str | None) -> VotingLedger:
    if store is None:
        raise BadShape("name a store with --store, or a running service with --url")
    return VotingLedger(open_store(store, home=Path(home) if home else None), clock=utc_now)


def _field(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise BadShape(f"NAME=VALUE expected, not {text!r}")
    if value.startswith("@"):
        return name, _from_file(Path(value[1:]))
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _from_file(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadShape(f"{path} cannot be read as JSON: {error}") from None


def _code(status: int) -> int:
    if status in (200, 201):
        return 0
    if status >= 500:
        return INCOMPLETE
    return USAGE if status in (400, 401, 413, 415, 422) else DOES_NOT_HOLD
