"""`stimmbuch receipt`: a receipt made again, from a store or from an exported log."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from api.cli import sentences
from api.cli.output import Progress, command, home_option, json_option, keep, show
from api.cli.sentences import done as words
from api.cli.sentences import progress as going
from api.cli.usage import say
from api.wiring import open_publication
from ledger.application import origin_of
from ledger.errors import BadArgument
from ledger.export.lookup import Wanted, in_export, in_store, read_wanted, receipt_again
from ledger.export.verifier_needs import keys_at, log_keys, trusted_in
from ledger.publish.folder import LogFolder
from ledger.publish.published import Published
from ledger.publish.receipts import Receipts
from ledger.storage.store import open_store

Made = tuple[int, bytes, int]
"""Number of the entry, its receipt, and the size of the checkpoint in it."""


@click.command()
@click.argument("entry", metavar="STATEMENT-DIGEST|SEQ")
@click.option("--store", metavar="STORE", envvar="STIMMBUCH_STORE", help="A directory or postgresql://…")
@home_option
@click.option(
    "--from",
    "exported",
    type=click.Path(exists=True, file_okay=False),
    help="Instead of a store: an exported log.",
)
@click.option("--size", type=click.IntRange(1), help="Against the published checkpoint of this size.")
@click.option("--output", type=click.Path(dir_okay=False), help="Keep it in this file.")
@json_option
@command
def receipt(  # noqa: PLR0917 (click passes them by name)
    entry: str,
    store: str | None,
    home: Path | None,
    exported: str | None,
    size: int | None,
    output: str | None,
    as_json: bool,
) -> None:
    """Make the receipt of an entry again (C2SP tlog-proof): the same bytes as when it was first given.

    With --size it is made against that checkpoint instead of the first one that contains the entry.
    """
    wanted = read_wanted(entry)
    if exported is not None:
        seq, proof, against = _from_export(Path(exported), wanted, size, quiet=as_json)
    elif store is not None:
        seq, proof, against = _from_store(store, home, wanted, size)
    else:
        raise BadArgument(sentences.STORE_OR_EXPORT)
    if output is not None:
        keep(Path(output), proof)
    if as_json:
        show({"seq": seq, "size": against, "proof": proof.decode("utf-8")})
    elif output is not None:
        say(words.RECEIPT_OF, seq=str(seq), size=str(against), path=output)
    else:
        click.echo(proof, nl=False)


def _from_store(store: str, home: Path | None, wanted: Wanted, size: int | None) -> Made:
    """From the published log of a store; an entry that is not published yet is published now."""
    with open_store(store, home=home) as opened:
        found = in_store(opened.recorder, wanted)
        with closing(open_publication(opened, origin_of(opened.recorder))) as publication:
            if publication.published.size() <= found.seq:
                publication.settle()
            keys = keys_at(log_keys(opened.recorder), opened.recorder.head() + 1)
            return found.seq, *receipt_again(publication.receipts, found, size, keys)


def _from_export(path: Path, wanted: Wanted, size: int | None, *, quiet: bool) -> Made:
    """From the files alone, under the keys that lie beside them."""
    log, progress = LogFolder(path), Progress(going.ENTRIES, quiet=quiet)
    try:
        found = in_export(log, wanted, progress)
    finally:
        progress.end()
    receipts = Receipts(Published(log, lambda: None))
    return found.seq, *receipt_again(receipts, found, size, trusted_in(path))
