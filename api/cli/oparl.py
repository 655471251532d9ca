"""`stimmbuch oparl`: bodies, people and papers of a council information system, proposed and confirmed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from api.cli import sentences
from api.cli.ledger import open_ledger
from api.cli.output import Progress, command, home_option, json_option, show, store_option
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.register import holder, register_of
from api.cli.sentences import people as words
from api.cli.sentences import progress as going
from api.cli.usage import say
from api.clock import utc_now
from api.proposals.confirming import read_confirmed
from api.proposals.fetching import MINUTES, Server
from api.proposals.loose import Object
from api.proposals.proposal import propose
from api.proposals.recording import Recording
from api.proposals.sources import from_dump, from_server
from ledger.errors import BadArgument, BadSource, CannotWrite, Invalid
from ledger.keyfile import read_key
from ledger.sentence import PATH_AND_REASON


@click.group("oparl")
def oparl() -> None:
    """Read a council information system (OParl): nothing of it counts until a clerk confirms it."""


@oparl.command("propose")
@click.argument("source")
@click.option("--to", "target", required=True, type=click.Path(dir_okay=False), help="File of the proposal.")
@click.option("--modified-since", metavar="TIME", help="Only what was modified since (RFC 3339).")
@click.option(
    "--authorization-file",
    type=click.Path(exists=True, dir_okay=False),
    help="File with the value of the Authorization header.",
)
@click.option("--private-address", is_flag=True, help="The server stands in our own network.")
@click.option(
    "--within",
    metavar="MINUTES",
    type=click.IntRange(1, 1440),
    default=MINUTES,
    show_default=True,
    help="How long the server may take for all of it.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there, with what a clerk wrote into it.")
@json_option
@command
def propose_from(
    source: str,
    target: str,
    modified_since: str | None,
    authorization_file: str | None,
    *,
    private_address: bool,
    within: int,
    force: bool,
    as_json: bool,
) -> None:
    """Write what SOURCE says (the address of a System or Body, or a dump) into a file, all unconfirmed."""
    if not force and Path(target).is_file():  # before the server is asked for an hour
        raise BadArgument(sentences.PROPOSAL_THERE, path=target)
    progress = Progress(going.PAGES, quiet=as_json)
    try:
        secret = None if authorization_file is None else _secret(Path(authorization_file))
        since = None if modified_since is None else _since(modified_since)
        found: Iterator[Object]
        if source.startswith(("http://", "https://")):
            server = Server(source, authorization=secret, private=private_address, seconds=within * 60)
            found = from_server(server, modified_since=since, told=progress)
        else:
            found = from_dump(Path(source))
        proposal = propose(source, found, date.fromisoformat(utc_now()[:10])).to_dict()
    except BadArgument:
        raise
    except Invalid as error:
        raise BadSource(error) from None
    finally:
        progress.end()
    _keep(Path(target), proposal, force=force)
    counts: dict[str, Any] = {name: len(value) for name, value in proposal.items() if isinstance(value, list)}
    if as_json:
        show(counts)
        return
    say(words.PROPOSED, path=target, **counts)
    say(words.CORRECT_AND_CONFIRM)


@oparl.command("confirm")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--key", required=True, type=click.Path(), help="File of the clerk's key.")
@store_option
@home_option
@passphrase_option
@json_option
@command
def confirm(
    file: str, key: str, store: str, home: Path | None, passphrase_file: str | None, as_json: bool
) -> None:
    """Register the confirmed bodies and seats of FILE; say whose key is still missing.

    Done already is not done again, so a FILE may be confirmed in several steps.
    """
    confirmed = read_confirmed(Path(file).read_bytes())
    signer = read_key(Path(key), passphrases(passphrase_file))
    with closing(open_ledger(store, home)) as ledger:
        done = Recording(ledger, holder(register_of(ledger), signer), signer).all(confirmed)
    if as_json:
        show(done)
        return
    for body in done["bodies"]:
        say(words.BODY_REGISTERED, body=body)
    for body, members in done["seats"].items():
        say(words.SEATS, body=body, members=", ".join(members))
    for member, name in done["without_key"].items():
        say(words.KEY_MISSING, member=member, name=name)


def _secret(path: Path) -> str:
    """The value of a header. Raises `BadArgument`."""
    text = path.read_bytes().strip().decode("ascii", "replace")
    if not text or not text.isascii() or not text.isprintable():
        raise BadArgument(sentences.NO_AUTHORIZATION_IN, path=path)
    return text


def _since(text: str) -> str:
    """The time as it was given, if it is one: servers differ in what else they understand."""
    try:
        zone = datetime.fromisoformat(text).tzinfo
    except ValueError:
        zone = None
    if zone is None:
        raise BadArgument(sentences.SINCE_IS, time=text)
    return text


def _keep(path: Path, proposal: dict[str, Any], *, force: bool) -> None:
    """For the owner only: it names people, and nobody has confirmed anything of it.

    Raises `BadArgument` where a file is there, also one that came meanwhile, or `CannotWrite`.
    """
    over = os.O_TRUNC if force or (path.exists() and not path.is_file()) else os.O_EXCL
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | over, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(proposal, ensure_ascii=False, indent=1) + "\n")
    except FileExistsError:
        raise BadArgument(sentences.PROPOSAL_THERE, path=path) from None
    except OSError as error:
        raise CannotWrite(PATH_AND_REASON, path=path, reason=error.strerror) from error
