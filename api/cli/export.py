"""`stimmbuch export`: the whole log as static files, or one procedure as a dossier."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from api.cli.look import stream_named
from api.cli.output import HOLDS, INCOMPLETE, Progress, command, home_option, json_option, show, store_option
from api.cli.sentences import done as words
from api.cli.sentences import progress as going
from api.cli.usage import say
from api.wiring import open_publication
from ledger.application import origin_of
from ledger.export.dossier import Dossier, export_dossier
from ledger.export.log import Exported, export_log
from ledger.export.source import Source
from ledger.export.verifier_needs import log_keys
from ledger.storage.store import Store, open_store


@click.command()
@store_option
@home_option
@click.option(
    "--to", "target", required=True, type=click.Path(), help="A directory; for a dossier also a .zip."
)
@click.option("--procedure", help="A dossier of this one: its id, or its id in a roll-call file.")
@click.option(
    "--at", "size", type=click.IntRange(1), metavar="SIZE", help="As of the checkpoint of this size."
)
@click.option("--without-documents", is_flag=True, help="Leave the documents out.")
@click.option("--without-disclosures", is_flag=True, help="Leave names and texts out.")
@json_option
@command
def export(  # noqa: PLR0917 (click passes them by name)
    store: str,
    home: Path | None,
    target: str,
    procedure: str | None,
    size: int | None,
    without_documents: bool,
    without_disclosures: bool,
    as_json: bool,
) -> int:
    """Write the published log of STORE as static files, for any web server and any verifier.

    Into the directory of an earlier export only what is new is added. With --procedure: that one alone, as a
    dossier that verifies by itself.
    """
    options: dict[str, Any] = {
        "size": size,
        "documents": not without_documents,
        "disclosures": not without_disclosures,
        "progress": (progress := Progress(going.ENTRIES, quiet=as_json)),
    }
    try:
        with open_store(store, home=home) as opened:
            source = published_source(opened, settle=size is None)
            if procedure is not None:
                name = stream_named(source.keys[0].name, procedure)
                return _tell_dossier(export_dossier(opened, source, name, Path(target), **options), as_json)
            return _tell_log(export_log(opened, source, Path(target), **options), target, as_json)
    finally:
        progress.end()


def published_source(store: Store, *, settle: bool) -> Source:
    """The published log of a store; with `settle` everything that is committed is published first."""
    with closing(open_publication(store, origin_of(store.recorder))) as publication:
        if settle:
            publication.settle()
        return Source(store.recorder, publication.folder, log_keys(store.recorder))


def _tell_log(done: Exported, target: str, as_json: bool) -> int:
    if as_json:
        show(done._asdict())
        return HOLDS
    say(words.EXPORTED, origin=done.origin, size=done.size, path=target, new=done.entries)
    for sentence in (words.ROOT, words.ADDED):
        say(sentence, **done._asdict())
    if done.removed:
        say(words.REMOVED, count=done.removed)
    return HOLDS


def _tell_dossier(done: Dossier, as_json: bool) -> int:
    if as_json:
        show(done._asdict())
    else:
        own = done.entries - done.register_entries
        told = done._asdict() | {"own": own, "register": done.register_entries}
        for sentence in (words.DOSSIER, words.ROOT, words.DOSSIER_HOLDS):
            say(sentence, **told)
        for sha256 in done.missing:
            say(words.DOCUMENT_MISSING, sha256=sha256)
    return INCOMPLETE if done.missing else HOLDS
