"""`stimmbuch serve`: the HTTP service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from api.cli.output import DOES_NOT_HOLD, HOLDS, command, in_words
from api.cli.sentences import operation as words
from api.cli.sentences import usage
from api.cli.usage import say, spoken, wrong
from api.service.configuration import Configuration
from api.service.configuring import HOME, configure
from api.service.listening import address_of, host_and_port, require_free
from api.service.place import Place
from api.wiring import Service
from ledger import settings
from ledger.anchor_schedule import Plan
from ledger.proof.timestamp import parse_certificates
from ledger.publish.anchors import kept_certificates, parse_authority
from ledger.sentence import Sentence


def _every_setting(function: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each row of the one table; what is allowed is checked where all sources are."""
    for row in reversed(Configuration.rows()):
        default = "" if row.default in ((), "") else f" [default: {row.default}]"
        function = click.option(
            row.option,
            row.name,
            multiple=isinstance(row.default, tuple),
            metavar=(row.unit or "TEXT").upper(),
            help=f"{row.about} Allowed: {row.bounds}{default}",
        )(function)
    return function


@click.command()
@click.option(
    "--store",
    "stores",
    multiple=True,
    metavar="STORE",
    help="A directory (embedded) or postgresql://…; may be repeated.",
)
@click.option(
    "--home", type=click.Path(file_okay=False), help="Folder of keys and documents of the one STORE."
)
@click.option("--config", type=click.Path(dir_okay=False), help="The settings as a file (TOML).")
@click.option("--check", is_flag=True, help="Look at settings and ledgers, serve nothing.")
@_every_setting
@command
def serve(stores: tuple[str, ...], home: str | None, config: str | None, *, check: bool, **given: Any) -> int:
    """Serve one STORE or several over HTTP until interrupted.

    Every setting may stand in a file (--config), in the environment (STIMMBUCH_PORT …) or here: that counts.
    """
    if home and len(stores) != 1:
        raise wrong(usage.HOME_WITH_ONE_STORE)
    home = home or (settings.variable(HOME) if len(stores) == 1 else None)
    places = [Place(store, Path(home) if home else None) for store in stores]
    configuration = configure(given, places, Path(config) if config else None)
    if not configuration.ledgers:
        raise wrong(usage.STORE_MISSING_AND_NO_FILE)
    configuration = replace(configuration, host=address_of(configuration.host))
    if not check:
        require_free(configuration.host, configuration.port)
    missing = _look(configuration, words.WOULD_SERVE if check else words.SERVING)
    if check:
        return DOES_NOT_HOLD if missing else HOLDS
    say(words.CTRL_C_STOPS)
    from api.service.server import serve as run

    run(configuration)
    return HOLDS


def _look(configuration: Configuration, doing: Sentence) -> int:
    """Says what is served, and what cannot be; returns how many cannot."""
    from api.service.opening import look_at

    plan = Plan(configuration.anchor_every, tuple(map(parse_authority, configuration.tsa)))

    def look(service: Service) -> None:
        for tsa in plan.authorities:
            parse_certificates(kept_certificates(service.store.home, tsa.id))
        service.gate.require_reachable(configuration.host)
        if not service.gate.configured():
            say(words.FOR_THIS_MACHINE, ledger=service.name)

    where, missing = f"http://{host_and_port(configuration.host, configuration.port)}", 0
    for one in look_at(configuration.ledgers, look):
        if one.why is None:
            say(doing, ledger=one.label, address=where)
        else:
            missing += 1
            say(words.CANNOT_SERVE, err=True, ledger=one.label, why=in_words(one.why, spoken())[0])
    return missing
