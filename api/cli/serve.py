"""`stimmbuch serve`: the HTTP service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api.cli.output import command, home_option, store_option
from api.wiring import open_service


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
@command
def serve(store: str, home: str | None, **settings: Any) -> None:
    """Serve STORE over HTTP until interrupted."""
    from api.server import serve as run

    folder = Path(home) if home else None
    open_service(store, home=folder).close()  # what is wrong with the store is said here, once
    click.echo(f"serving {store} on http://{settings['host']}:{settings['port']} (Ctrl-C stops)")
    run(store, home=folder, **settings)
