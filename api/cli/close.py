"""`stimmbuch close`: closes, as the service, procedures whose deadline has passed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from uuid import UUID

import click

from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import passphrase_option, passphrases
from api.wiring import Service, open_service
from ledger.founding import SERVICE, keys_of
from ledger.keyfile import read_key
from ledger.passphrase import ENVIRONMENT, Passphrase
from ledger.receipt import Receipt


@click.command()
@store_option
@home_option
@passphrase_option
@json_option
@command
def close(store: str, home: str | None, passphrase_file: str | None, as_json: bool) -> None:
    """Close every open procedure whose deadline has passed, as the service."""
    with closing(open_service(store, home=Path(home) if home else None)) as service:
        service.publish()
        closed = close_overdue(service, passphrases(passphrase_file))
    if as_json:
        show({"closed": {procedure: receipt.seq for procedure, receipt in closed.items()}})
    for procedure, receipt in closed.items() if not as_json else ():
        click.echo(f"{procedure} closed by entry {receipt.seq} at {receipt.at}")


def close_overdue(service: Service, ask: Passphrase = ENVIRONMENT) -> dict[str, Receipt]:
    """Closes what is due; returns the receipts by procedure."""
    key = read_key(keys_of(service.store.home) / f"{SERVICE}.key", ask)
    service.follower.catch_up()
    return {
        procedure: service.ledger.close_procedure(UUID(procedure), SERVICE, key)
        for procedure in service.views.overdue(service.ledger.clock())
    }
