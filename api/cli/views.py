"""`stimmbuch rebuild`: the views from zero."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from api.cli.output import Progress, command, home_option, json_option, show, store_option
from api.wiring import open_service


@click.command()
@store_option
@home_option
@json_option
@command
def rebuild(store: str, home: str | None, as_json: bool) -> None:
    """Throw the views away and build them again from the log."""
    with closing(open_service(store, home=Path(home) if home else None)) as service:
        progress = Progress("entries", quiet=as_json)
        total = service.ledger.head() + 1
        try:
            service.follower.rebuild(lambda done: progress(done, total))
        finally:
            progress.end()
        position = service.views.position()
    if as_json:
        show({"entries": position + 1})
    else:
        click.echo(f"views rebuilt from {position + 1:,} entries")
