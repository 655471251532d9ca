"""`stimmbuch recover`: back from the published log into a restored database."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from api.cli import sentences
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.sentences import operation as words
from api.cli.usage import say
from api.wiring import open_publication
from ledger.application import origin_of
from ledger.errors import NotFound, SignerRefuses
from ledger.export.older import bring_back_checkpoints, lay_ready
from ledger.export.verifier_needs import log_keys
from ledger.proof.checkpoint import parse_checkpoint
from ledger.proof.note import parse_note
from ledger.publish.folder import FOLDER, LogFolder
from ledger.publish.recover import recover as bring_back
from ledger.storage.store import Store, open_store

MAX_CHECKPOINT = 1_000_000
"""Bytes: more than a note with all its signatures has."""


@click.command()
@store_option
@home_option
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, file_okay=False),
    help="A copy of the published log; older checkpoints come back, too.",
)
@click.option(
    "--signed",
    type=click.File("rb"),
    help="Where the signer's memory is lost: the newest checkpoint that anybody holds.",
)
@passphrase_option
@json_option
@command
def recover(
    store: str,
    home: Path | None,
    source: str | None,
    signed: BinaryIO | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Bring entries back into STORE that were published and that its database lacks.

    Every entry is held against the tree that the signer signed. Stop the service first. With --signed the
    signer believes you that it never signed more: ask witnesses, mirrors and auditors for their checkpoints.
    """
    with open_store(store, home=home) as opened:
        publication = open_publication(opened, _origin(opened), ask=passphrases(passphrase_file))
        folder = LogFolder(Path(source)) if source else publication.folder
        signer = publication.signer()
        if signed is not None:
            signer.begin(_newest(signed.read(MAX_CHECKPOINT), folder))
        last, _ = signer.last()
        anew = last.size > 0 and not publication.folder.newest().size
        found = bring_back(opened.recorder, folder, last)
        if source:
            lay_ready(publication.folder, folder, last)
        publication.settle()
        older = _older(opened, publication.folder, folder) if source else 0
    if as_json:
        show(
            {
                "first": found.first if found else None,
                "last": found.last if found else None,
                "size": last.size,
                "published_anew": anew,
                "checkpoints": older,
            }
        )
        return
    if found is None:
        say(words.NOTHING_MISSING, size=last.size)
    else:
        say(words.BACK, first=str(found.first), last=str(found.last), size=last.size)
    if older:
        say(words.OLDER_BACK, count=older)
    elif anew:
        say(words.PUBLISHED_ANEW)


def _older(store: Store, log: LogFolder, copy: LogFolder) -> int:
    """How many older checkpoints came back from the copy."""
    return bring_back_checkpoints(log, copy, log_keys(store.recorder)) if log.newest().size else 0


def _newest(data: bytes, folder: LogFolder) -> bytes:
    """The checkpoint, if not even this copy of the log has a newer one. Raises `SignerRefuses`."""
    size, published = parse_checkpoint(parse_note(data).text).size, folder.newest().size
    if size < published:
        raise SignerRefuses(
            sentences.FEWER_THAN_PUBLISHED, size=size, published=published, folder=folder.path
        )
    return data


def _origin(store: Store) -> str:
    """The ledger's name; of an empty database that of its published log."""
    try:
        return origin_of(store.recorder)
    except NotFound:
        return LogFolder(store.home / FOLDER).newest().origin
