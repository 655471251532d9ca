"""`stimmbuch recover`: back from the published log into a restored database."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import passphrase_option, passphrases
from api.wiring import open_publication
from ledger.application import origin_of
from ledger.errors import NotFound
from ledger.publish.folder import FOLDER, LogFolder
from ledger.publish.recover import recover as bring_back
from ledger.storage.store import Store, open_store


@click.command()
@store_option
@home_option
@click.option(
    "--from", "source", type=click.Path(exists=True, file_okay=False), help="A copy of the published log."
)
@passphrase_option
@json_option
@command
def recover(
    store: str, home: str | None, source: str | None, passphrase_file: str | None, as_json: bool
) -> None:
    """Bring entries back into STORE that were published and that its database lacks.

    Every entry is held against the tree that the signer signed. Stop the service first.
    """
    with open_store(store, home=Path(home) if home else None) as opened:
        publication = open_publication(opened, _origin(opened), ask=passphrases(passphrase_file))
        folder = LogFolder(Path(source)) if source else publication.folder
        signed, _ = publication.signer().last()
        found = bring_back(opened.recorder, folder, signed)
        publication.settle()
    if as_json:
        show(
            {
                "first": found.first if found else None,
                "last": found.last if found else None,
                "size": signed.size,
            }
        )
    elif found is None:
        click.echo(f"nothing is missing: the database holds all {signed.size} entries that were signed")
    else:
        click.echo(
            f"entries {found.first} to {found.last} are back; all {signed.size} signed entries are there"
        )


def _origin(store: Store) -> str:
    """The ledger's name; of an empty database that of its published log."""
    try:
        return origin_of(store.recorder)
    except NotFound:
        return LogFolder(store.home / FOLDER).newest().origin
