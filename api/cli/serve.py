"""`stimmbuch serve`: the HTTP service."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from api.cli.output import command, home_option, store_option
from api.wiring import open_service
from ledger.anchor_schedule import Plan
from ledger.proof.timestamp import parse_certificates
from ledger.publish.anchors import kept_certificates, parse_authority


@click.command()
@store_option
@home_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535), envvar="PORT")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option(
    "--threads", default=16, show_default=True, type=click.IntRange(1, 256), help="In each process."
)
@click.option(
    "--heartbeat",
    default=0.0,
    type=click.FloatRange(0.0),
    metavar="SECONDS",
    help="Ask the witnesses for fresh times when nothing was published for so long (0: never).",
)
@click.option(
    "--anchor-every",
    "every",
    default=0.0,
    type=click.FloatRange(0.0),
    metavar="SECONDS",
    help="Have the newest checkpoint time-stamped so often (0: never).",
)
@click.option("--tsa", "tsas", multiple=True, metavar="[ID=]URL", help="By whom; see `stimmbuch anchor`.")
@command
def serve(store: str, home: str | None, every: float, tsas: tuple[str, ...], **settings: Any) -> None:
    """Serve STORE over HTTP until interrupted."""
    from api.server import serve as run

    if bool(every) != bool(tsas):
        raise click.UsageError("--anchor-every and --tsa go together")
    folder, plan = Path(home) if home else None, Plan(every, tuple(map(parse_authority, tsas)))
    with closing(open_service(store, home=folder)) as service:  # what is wrong is said here, once
        for tsa in plan.authorities:
            parse_certificates(kept_certificates(service.store.home, tsa.id))
        service.gate.require_reachable(settings["host"])
        if not service.gate.configured():
            click.echo("no token and no access.toml: served to programs on this machine only")
    click.echo(f"serving {store} on http://{settings['host']}:{settings['port']} (Ctrl-C stops)")
    run(store, home=folder, anchors=plan if every else None, **settings)
