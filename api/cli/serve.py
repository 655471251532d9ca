"""`stimmbuch serve`: the HTTP service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api.cli.output import command, home_option
from api.place import Place
from api.wiring import Service
from ledger.anchor_schedule import Plan
from ledger.proof.timestamp import parse_certificates
from ledger.publish.anchors import kept_certificates, parse_authority


class _Whole(click.ParamType[str]):
    """An address in the environment is one, whatever is in it."""

    name = "store"

    def split_envvar_value(self, rv: str) -> list[str]:
        return [rv]


@click.command()
@click.option(
    "--store",
    "stores",
    multiple=True,
    required=True,
    type=_Whole(),
    envvar="STIMMBUCH_STORE",
    metavar="STORE",
    help="A directory (embedded) or postgresql://…; may be repeated.",
)
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
def serve(
    stores: tuple[str, ...], home: str | None, every: float, tsas: tuple[str, ...], **settings: Any
) -> None:
    """Serve one STORE or several over HTTP until interrupted."""
    from api.opening import look_at
    from api.server import serve as run

    if bool(every) != bool(tsas):
        raise click.UsageError("--anchor-every and --tsa go together")
    if home and len(stores) > 1:
        raise click.UsageError("--home is for one store: several ledgers need a home each")
    places = [Place(store, Path(home) if home else None) for store in stores]
    plan = Plan(every, tuple(map(parse_authority, tsas)))

    def look(service: Service) -> None:
        for tsa in plan.authorities:
            parse_certificates(kept_certificates(service.store.home, tsa.id))

    where = f"http://{settings['host']}:{settings['port']}"
    for one in look_at(places, look):
        said = (
            f"serving {one.label} on {where}" if one.why is None else f"cannot serve {one.label}: {one.why}"
        )
        click.echo(said, err=one.why is not None)
    click.echo("Ctrl-C stops")
    run(places, anchors=plan if every else None, **settings)
