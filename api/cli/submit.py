"""`stimmbuch prepare` and `submit`: from an intention to a receipt, in a store or over HTTP."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import click

from api.cli import sentences
from api.cli.output import command, json_option, keep, show
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.sentences import done as words
from api.cli.sentences import usage
from api.cli.target import Target, target_options
from api.cli.trust import named_keys, read_file
from api.cli.usage import say, wrong
from api.client import Client
from api.wiring import open_publication
from ledger.application import VotingLedger
from ledger.errors import BadArgument, KeyUnavailable, NotPublished, PassphraseMissing, PassphraseWrong
from ledger.passphrase import Passphrase
from ledger.proof.dsse import Envelope, pae, receive_envelope
from ledger.proof.encoding import b64
from ledger.proof.statement import payload_type


@click.command()
@click.argument("kind")
@click.argument("fields", nargs=-1, metavar="NAME=VALUE …")
@target_options
@click.option(
    "--log-key",
    "log_keys",
    multiple=True,
    metavar="FILE|VKEY",
    help="With --url: verify the newest checkpoint with it, and name that (`seen`); without it, none.",
)
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False),
    multiple=True,
    help="With --log-key: a receipt or checkpoint that you kept. The log must continue it.",
)
@command
def prepare(
    target: Target, kind: str, fields: tuple[str, ...], *, log_keys: tuple[str, ...], since: tuple[str, ...]
) -> None:
    """Print the payload to sign for a statement of KIND. A VALUE is JSON, or else text.

    With --url it is looked at: a payload that says anything else than the values given is not printed.
    """
    wanted = dict(_field(field) for field in fields)
    _require_service(target, {"--log-key": log_keys, "--since": since})
    if (service := target.service(_vkeys(log_keys))) is not None:
        for name in since:
            service.hold(read_file(name))
        payload = service.prepare(kind, wanted).payload
    else:
        with closing(target.ledger()) as ledger:
            payload = ledger.prepare(kind, wanted)
    name = payload_type(kind)
    click.echo(json.dumps({"payloadType": name, "payload": b64(payload), "pae": b64(pae(name, payload))}))


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@target_options
@passphrase_option
@click.option(
    "--log-key",
    "log_keys",
    multiple=True,
    metavar="FILE|VKEY",
    help="With --url: verify the receipt with it.",
)
@click.option("--receipt", type=click.Path(dir_okay=False), help="Keep the receipt in this file.")
@json_option
@command
def submit(
    target: Target,
    file: BinaryIO,
    *,
    passphrase_file: str | None,
    log_keys: tuple[str, ...],
    receipt: str | None,
    as_json: bool,
) -> None:
    """Send a signed envelope; print and keep the receipt. A repetition is harmless."""
    _require_service(target, {"--log-key": log_keys})
    envelope, trusted = receive_envelope(file.read()), _vkeys(log_keys)
    if (service := target.service(trusted)) is not None:
        answer = _send(service, envelope, bool(trusted))
    else:
        with closing(target.ledger()) as ledger:
            answer = _record(ledger, envelope, passphrases(passphrase_file))
    try:
        _tell(answer, as_json=as_json)
    finally:  # last: what is recorded is said also where this fails; kept also where nobody reads (`| head`)
        if receipt:
            keep(Path(receipt), answer["proof"].encode())


def _tell(answer: dict[str, Any], *, as_json: bool) -> None:
    """What was recorded."""
    if as_json:
        show(answer)
        return
    for sentence in (words.RECORDED, words.LEAF, words.LINK):
        say(sentence, **{**answer, "seq": str(answer["seq"])})


def _require_service(target: Target, named: dict[str, tuple[str, ...]]) -> None:
    """A store is trusted with its own keys: what would be passed over must not look as if it was verified."""
    for option, values in named.items():
        if values and target.url is None:
            raise wrong(usage.ONLY_WITH_URL, option=option)


def _vkeys(log_keys: tuple[str, ...]) -> list[str]:
    """The keys that are named."""
    return [key.text for named in log_keys for key in named_keys(named)]


def _send(client: Client, envelope: Envelope, verified: bool) -> dict[str, Any]:
    """What is told about the receipt: proven, where there is a key to prove it with."""
    if not verified:
        return client.submit_unverified(envelope)
    found = client.submit(envelope)
    told = {name: getattr(found, name) for name in ("log", "seq", "leaf", "prev", "at")}
    return {**told, "statement": envelope.digest.hex(), "proof": found.proof.decode("utf-8")}


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
        raise NotPublished(sentences.RECORDED_ONLY, seq=receipt.seq, error=error) from error
    return {
        "log": ledger.origin,
        "seq": receipt.seq,
        "leaf": receipt.leaf,
        "prev": receipt.prev,
        "at": receipt.at,
        "statement": envelope.digest.hex(),
        "proof": proof.decode("utf-8"),
    }


def _field(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise BadArgument(sentences.NAME_AND_VALUE, text=text)
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
        raise BadArgument(sentences.NO_JSON, path=path, error=error) from None
