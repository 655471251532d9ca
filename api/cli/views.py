"""`stimmbuch rebuild` and `compare`: the views from zero, and whether those in use are what the log says."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.output import (
    DOES_NOT_HOLD,
    HOLDS,
    Progress,
    command,
    home_option,
    json_option,
    show,
    store_option,
)
from api.cli.sentences import operation as words
from api.cli.sentences import progress as going
from api.cli.usage import said, say
from api.wiring import Service, open_service

if TYPE_CHECKING:
    from projections.comparison import Comparison


@click.command()
@store_option
@home_option
@click.option("--compare", "look", is_flag=True, help="Also say where the old views were wrong; exit 1 then.")
@json_option
@command
def rebuild(store: str, home: Path | None, look: bool, as_json: bool) -> int:
    """Throw the views away and build them again from the log."""
    found: list[Comparison] = []
    with closing(open_service(store, home=home)) as service:
        progress, total = Progress(going.ENTRIES, quiet=as_json), service.ledger.head() + 1
        try:
            service.follower.rebuild(
                lambda done: progress(done, total), compared=found.append if look else None
            )
        finally:
            progress.end()
        position = service.views.position()
    if as_json:
        show({"entries": position + 1} | (_plain(found[0]) if found else {}))
    else:
        say(words.REBUILT, entries=position + 1)
        _tell(found)
    return DOES_NOT_HOLD if any(one.wrong for one in found) else HOLDS


@click.command()
@store_option
@home_option
@json_option
@command
def compare(store: str, home: Path | None, as_json: bool) -> int:
    """Build the views a second time, beside those in use, and report every difference; exit 1 if any.

    Nothing is changed, and the service may run meanwhile. `rebuild` mends what is found.
    """
    with closing(open_service(store, home=home)) as service:
        found = _compared(service, quiet=as_json)
    if as_json:
        show(_plain(found))
    else:
        _tell([found])
    return DOES_NOT_HOLD if found.wrong else HOLDS


def _compared(service: Service, *, quiet: bool) -> Comparison:
    progress, total = Progress(going.ENTRIES, quiet=quiet), service.ledger.head() + 1
    try:
        return service.follower.compare(lambda done: progress(done, total))
    finally:
        progress.end()


def _plain(found: Comparison) -> dict[str, object]:
    return {
        "position": found.position,
        "rows": found.rows,
        "different": found.wrong,
        "differences": [one._asdict() for one in found.differences],
    }


def _tell(comparisons: list[Comparison]) -> None:
    for found in comparisons:
        for one in found.differences:
            click.echo(f"✗ {said(one.sentence())}")
        if more := found.wrong - len(found.differences):
            say(words.MORE_DIFFERENCES, count=more)
        told: dict[str, Any] = {"rows": found.rows, "position": found.position, "wrong": found.wrong}
        say(words.DIFFERENT if found.wrong else words.COMPARED, **told)
