"""`stimmbuch anchor`: time stamps of others over the newest checkpoint."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import click

from api.cli.ledger import open_ledger
from api.cli.output import (
    DOES_NOT_HOLD,
    HOLDS,
    command,
    exit_code,
    home_option,
    in_words,
    json_option,
    show,
    store_option,
)
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.sentences import operation as words
from api.cli.sentences import usage
from api.cli.usage import say, spoken, wrong
from api.wiring import open_publication
from ledger.anchoring import Anchoring, NewAnchor
from ledger.errors import StimmbuchError
from ledger.founding import SERVICE, keys_of
from ledger.keyfile import read_key
from ledger.proof.timestamp import MAX_CERTIFICATES
from ledger.publish.anchors import Authority, parse_authority


@click.command()
@store_option
@home_option
@click.option(
    "--tsa", "tsas", multiple=True, required=True, metavar="[ID=]URL", help="Whom to ask; repeatable."
)
@click.option(
    "--tsa-certificate",
    "certificates",
    multiple=True,
    type=click.File("rb"),
    help="PEM, up to the root: trusted from now on. One for each --tsa, in order.",
)
@passphrase_option
@json_option
@command
def anchor(
    store: str,
    home: Path | None,
    tsas: tuple[str, ...],
    certificates: tuple[BinaryIO, ...],
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    """Have the newest checkpoint time-stamped (RFC 3161), and record that in the log.

    The log then proves from both sides when its entries were made. Where nothing but anchors was recorded
    since the last time, nothing is done.
    """
    authorities = [parse_authority(one) for one in tsas]
    if certificates and len(certificates) != len(authorities):
        raise wrong(usage.ONE_CERTIFICATE_EACH)
    with closing(open_ledger(store, home)) as ledger:
        publication = open_publication(ledger.store, ledger.origin)
        publication.settle()
        key = read_key(keys_of(ledger.store.home) / f"{SERVICE}.key", passphrases(passphrase_file))
        anchoring = Anchoring(ledger, publication.folder, SERVICE, key)
        given = [file.read(MAX_CERTIFICATES + 1) for file in certificates] or [b""] * len(authorities)
        done = {tsa.id: _try(anchoring, tsa, pem) for tsa, pem in zip(authorities, given, strict=True)}
        publication.settle()
    if as_json:
        show({name: _to_dict(result) for name, result in done.items()})
    for name, result in done.items() if not as_json else ():
        _tell(name, result)
    codes = [exit_code(result) for result in done.values() if isinstance(result, StimmbuchError)]
    return DOES_NOT_HOLD if DOES_NOT_HOLD in codes else max(codes, default=HOLDS)


Result = NewAnchor | StimmbuchError | None


def _try(anchoring: Anchoring, tsa: Authority, certificates: bytes) -> Result:
    """One authority that fails keeps no other one from being asked."""
    try:
        return anchoring.anchor(tsa, certificates)
    except StimmbuchError as error:
        return error


def _tell(tsa: str, result: Result) -> None:
    if result is None:
        say(words.NOTHING_TO_ANCHOR, tsa=tsa)
    elif isinstance(result, StimmbuchError):
        what, hint = in_words(result, spoken())
        say(words.NOT_ANCHORED, err=True, tsa=tsa, what=what)
        click.echo(f"  {hint}", err=True)
    else:
        stamp, seq = result.stamp, str(result.receipt.seq)
        told: dict[str, Any] = {
            "size": str(result.size),
            "latest": stamp.latest,
            "authority": stamp.authority or words.IT,
        }
        say(words.ANCHORED, tsa=tsa, seq=seq, **told)


def _to_dict(result: Result) -> dict[str, Any] | None:
    if result is None:
        return None
    if isinstance(result, StimmbuchError):
        return {"error": result.code, "message": result.message, "hint": result.hint}
    return {"size": result.size, "seq": result.receipt.seq, **result.stamp._asdict()}
