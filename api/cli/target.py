"""Where a statement and what lies beside it go: into a store, or to a running service."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import click

from api.cli import sentences
from api.cli.ledger import open_ledger
from api.cli.output import home_option
from api.cli.tokens import token_for, token_option
from api.client import Client, Patience
from ledger.application import VotingLedger
from ledger.errors import BadArgument

P = ParamSpec("P")
R = TypeVar("R")

_where_option = click.option(
    "--store", metavar="STORE", envvar="STIMMBUCH_STORE", help="A directory or postgresql://…"
)
_url_option = click.option("--url", help="Instead of a store: http://…/v1/ledgers/NAME of a running service.")
_patience_option = click.option(
    "--patience",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0.0, 3600.0),
    metavar="SECONDS",
    help="With --url: how long to ask again where that may help.",
)


class Target(NamedTuple):
    """What the options name."""

    store: str | None
    url: str | None
    token_file: str | None
    home: Path | None
    patience: float

    def service(self, trusted: Iterable[str] = ()) -> Client | None:
        """The client of the service, if one is named; `trusted` are the log's keys, to verify receipts."""
        if self.url is None:
            return None
        token = token_for(self.url, self.token_file)
        return Client(self.url, trusted, token=token, patience=Patience(self.patience))

    def ledger(self) -> VotingLedger:
        """The ledger in the store; the caller closes it. Raises `BadArgument` where nothing is named."""
        if self.store is None:
            raise BadArgument(sentences.STORE_OR_URL)
        return open_ledger(self.store, self.home)


def target_options(function: Callable[Concatenate[Target, P], R]) -> Callable[..., R]:
    """Options that say where to; the command gets them as one `Target`, its first argument."""

    @_where_option
    @_url_option
    @token_option
    @home_option
    @_patience_option
    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        named: dict[str, Any] = {name: kwargs.pop(name) for name in Target._fields}
        return function(Target(**named), *args, **kwargs)

    return run
