"""Where a statement and what lies beside it go: into a store, or to a running service."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from api.cli.tokens import token_for
from api.client import Client, Patience
from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.errors import BadShape
from ledger.storage.store import open_store

where_option = click.option(
    "--store", metavar="STORE", envvar="STIMMBUCH_STORE", help="A directory or postgresql://…"
)
url_option = click.option("--url", help="Instead of a store: http://…/v1/ledgers/NAME of a running service.")
patience_option = click.option(
    "--patience",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0.0, 3600.0),
    metavar="SECONDS",
    help="With --url: how long to ask again where that may help.",
)


def service(url: str, token_file: str | None, patience: float, trusted: Iterable[str] = ()) -> Client:
    """The client of the service at `url`; `trusted` are the log's keys, where receipts are to be verified."""
    return Client(url, trusted, token=token_for(url, token_file), patience=Patience(patience))


def ledger_at(store: str | None, home: str | None) -> VotingLedger:
    """The ledger in a store; the caller closes it. Raises `BadShape` where nothing is named."""
    if store is None:
        raise BadShape("name a store with --store, or a running service with --url")
    return VotingLedger(open_store(store, home=Path(home) if home else None), clock=utc_now)
