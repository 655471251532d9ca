"""`stimmbuch close`: closes, as the service, what is past its deadline, and records what has expired."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from uuid import UUID

import click

from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.sentences import done as words
from api.cli.usage import say
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
def close(store: str, home: Path | None, passphrase_file: str | None, as_json: bool) -> None:
    """Close every open procedure whose deadline has passed, and record resolutions whose time is over."""
    with closing(open_service(store, home=home)) as service:
        service.ledger.clocks.watch()
        service.ledger.clocks.compare()
        service.publish()
        ask = passphrases(passphrase_file)
        done = {"closed": close_overdue(service, ask), "expired": expire_resolutions(service, ask)}
    if as_json:
        show({what: {name: receipt.seq for name, receipt in found.items()} for what, found in done.items()})
        return
    for sentence, found in zip((words.CLOSED_BY, words.EXPIRED_BY), done.values(), strict=True):
        for procedure, receipt in found.items():
            say(sentence, procedure=procedure, seq=str(receipt.seq), at=receipt.at)


def close_overdue(service: Service, ask: Passphrase = ENVIRONMENT) -> dict[str, Receipt]:
    """Closes what is due; returns the receipts by procedure."""
    key = read_key(keys_of(service.store.home) / f"{SERVICE}.key", ask)
    service.follower.catch_up()
    return {
        procedure: service.ledger.close_procedure(UUID(procedure), SERVICE, key)
        for procedure in service.views.overdue(service.ledger.clock())
    }


def expire_resolutions(service: Service, ask: Passphrase = ENVIRONMENT) -> dict[str, Receipt]:
    """Records which resolutions have ended; returns the receipts by procedure."""
    key = read_key(keys_of(service.store.home) / f"{SERVICE}.key", ask)
    service.follower.catch_up()
    return {
        procedure: service.ledger.expire_resolutions(UUID(procedure), SERVICE, key)
        for procedure in service.views.expiring(service.ledger.clock())
    }
