"""`stimmbuch sweep`: what was uploaded and is named by no statement."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import click

from api.cli.ledger import open_ledger
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.sentences import operation as words
from api.cli.usage import say
from api.clock import utc_now
from ledger.rfc3339 import utc
from ledger.storage.uploads import Uploads
from ledger.sweeping import sweep as remove


@click.command()
@store_option
@home_option
@click.option(
    "--older-than",
    "days",
    default=30,
    show_default=True,
    type=click.IntRange(1, 3650),
    metavar="DAYS",
    help="Only what was sent that long ago, and not again since.",
)
@json_option
@command
def sweep(store: str, home: Path | None, days: int, as_json: bool) -> None:
    """Remove documents and texts that were sent to the service of STORE and are named by no entry.

    The service may run meanwhile: nothing goes that a statement names, and what is sent again stays.
    """
    before = utc(datetime.fromisoformat(utc_now()) - timedelta(days=days))
    with closing(open_ledger(store, home)) as ledger:
        found = remove(ledger, Uploads(ledger.store.home), before)
    if as_json:
        show({"before": before, **found._asdict()})
        return
    for digest in found.removed:
        say(words.REMOVED, digest=digest)
    say(words.SWEPT, removed=len(found.removed), named=len(found.named))
