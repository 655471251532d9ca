"""`stimmbuch redact` and `texts`: what lies beside the log is erased, with a second person's signature."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from api.cli import sentences
from api.cli.ledger import open_ledger
from api.cli.look import stream_named
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.register import holder, register_of
from api.cli.sentences import done as words
from api.cli.sentences import people
from api.cli.usage import said, say
from ledger.application import VotingLedger
from ledger.errors import NotFound
from ledger.keyfile import read_key
from ledger.mapper import Reading
from ledger.proof.kinds import LEGAL_BASES
from ledger.proof.statement import register_stream
from ledger.redaction import is_document, texts_in

HYPHENED = re.compile("-[A-Za-z0-9_-]{42}")
"""A text's digest that looks like options: one in sixty-four."""


class Digests(click.Command):
    """A command whose arguments are digests."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes a digest for one whatever it begins with."""
        hyphened = [one for one in args if HYPHENED.fullmatch(one)] if "--" not in args else []
        others = [one for one in args if one not in hyphened]
        return super().parse_args(ctx, [*others, "--", *hyphened] if hyphened else args)


@click.command(cls=Digests)
@click.argument("digests", nargs=-1, metavar="[DIGEST] …")
@click.option("--procedure", metavar="ID", help="Of this procedure: the named digests, or all texts.")
@click.option("--person", metavar="ID", help="The name of this person.")
@click.option("--body", metavar="ID", help="The name of this body.")
@click.option("--legal-basis", required=True, type=click.Choice(LEGAL_BASES))
@click.option("--key", required=True, type=click.Path(), help="Key file of the clerk.")
@click.option("--second", required=True, type=click.Path(), help="Key file of who answers for it.")
@store_option
@home_option
@passphrase_option
@json_option
@command
def redact(  # noqa: PLR0913, PLR0917  # one for each option
    digests: tuple[str, ...],
    procedure: str | None,
    person: str | None,
    body: str | None,
    legal_basis: str,
    key: str,
    second: str,
    store: str,
    home: Path | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Erase texts (disclosures) and documents for good; their digests stay, and everything still verifies.

    DIGEST is that of a text (base64url) or of a document (hexadecimal), in the register or in a --procedure.
    Documents are erased only if they are named. An erasure that was interrupted is finished first.
    """
    ask = passphrases(passphrase_file)
    clerk, authority = read_key(Path(key), ask), read_key(Path(second), ask)
    with closing(open_ledger(store, home)) as ledger:
        finished = ledger.erasures.finish()
        stream = _stream(ledger, procedure)
        chosen = digests or _choose(ledger, stream, _about(person, body))
        register = register_of(ledger)
        fields: dict[str, Any] = {
            "actor": holder(register, clerk),
            "stream": str(stream),
            "digests": [one for one in chosen if not is_document(one)],
            "legal_basis": legal_basis,
            "authority": holder(register, authority),
        }
        if documents := [one for one in chosen if is_document(one)]:
            fields["documents"] = documents
        receipt = ledger.speak("redacted", fields, clerk, authority)
    if as_json:
        show({"seq": receipt.seq, "at": receipt.at, "erased": list(chosen), "finished": finished})
        return
    for one in finished:
        say(words.ERASED_BEFORE, digest=one)
    say(words.RECORDED, seq=str(receipt.seq), at=receipt.at)
    for one in chosen:
        say(words.ERASED, digest=one)


def _stream(ledger: VotingLedger, procedure: str | None) -> UUID:
    return stream_named(ledger.origin, procedure) if procedure else register_stream(ledger.origin)


def _about(person: str | None, body: str | None) -> Callable[[Reading], bool]:
    """Which entries are meant."""
    if person is not None:
        return lambda reading: reading.payload.get("subject") == person
    if body is not None:
        return lambda reading: reading.payload.get("body") == body
    return lambda reading: "procedure" in reading.payload


def _choose(ledger: VotingLedger, stream: UUID, about: Callable[[Reading], bool]) -> list[str]:
    """The texts of the entries that are meant, without those that are erased. Raises `NotFound`."""
    found = [
        digest
        for digest, reading in texts_in(ledger.history(stream))
        if about(reading) and not is_document(digest)
    ]
    erased = ledger.erasures.of(found)
    chosen = [digest for digest in dict.fromkeys(found) if digest not in erased]
    if not chosen:
        raise NotFound(sentences.NO_TEXT)
    return chosen


@click.command()
@click.option("--procedure", metavar="ID", help="Of this procedure; else of the register.")
@store_option
@home_option
@json_option
@command
def texts(procedure: str | None, store: str, home: Path | None, as_json: bool) -> None:
    """List the digests of texts and documents, where they stand, and whether they are there or erased."""
    with closing(open_ledger(store, home)) as ledger:
        stream = _stream(ledger, procedure)
        found = list(texts_in(ledger.history(stream)))
        digests = [digest for digest, _ in found]
        names = ledger.disclosures(one for one in digests if not is_document(one))
        erased = ledger.erasures.of(digests)
        there = {one: ledger.store.documents.exists(one) for one in digests if is_document(one)}
    rows = [
        {
            "digest": digest,
            "entry": reading.place.seq,
            "what": "document" if is_document(digest) else names[digest].name if digest in names else None,
            "erased": erased[digest]._asdict() if digest in erased else None,
            "disclosed": digest in names or there.get(digest, False),
        }
        for digest, reading in found
    ]
    if as_json:
        show({"texts": rows})
    for row in rows if not as_json else ():
        click.echo(f"{row['entry']:>8}  {row['digest']}  {_state(row)}")


def _state(row: dict[str, Any]) -> str:
    if row["erased"]:
        erased = row["erased"]
        return said(people.ERASED_BY, entry=str(erased["seq"]), basis=erased["legal_basis"])
    if not row["disclosed"]:
        return said(people.NOT_DISCLOSED)
    return said(people.DOCUMENT) if is_document(row["digest"]) else str(row["what"])
