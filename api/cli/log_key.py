"""`stimmbuch rotate-log-key`: a new key for the log's checkpoints."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from api.cli.ledger import open_ledger
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import new_passphrase, passphrase_option, passphrases
from api.cli.sentences import done as words
from api.cli.usage import say
from ledger.founding import REGISTRAR, keys_of
from ledger.keyfile import read_key
from ledger.log_key.keyring import Keyring
from ledger.log_key.private import KINDS
from ledger.rotation import Wanted, rotation


@click.command("rotate-log-key")
@store_option
@home_option
@click.option("--kind", type=click.Choice(list(KINDS)), default="ed25519", show_default=True)
@click.option("--to", metavar="REFERENCE", help="Of the new key: a file's name, or pkcs11:….")
@click.option("--registrar", default=REGISTRAR, show_default=True, metavar="ID", help="Who signs.")
@click.option("--second", metavar="ID", help="The old key is lost: a second registrar signs as well.")
@click.option("--key", "keys", multiple=True, type=click.Path(), help="Key file of each registrar, in order.")
@passphrase_option
@json_option
@command
def rotate_log_key(  # noqa: PLR0913, PLR0917  # one for each option
    store: str,
    home: Path | None,
    kind: str,
    to: str | None,
    registrar: str,
    second: str | None,
    keys: tuple[str, ...],
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Replace the log key: signed by the old one, the new one and a registrar.

    Where a registrar's key is not here, prints the envelope, to be signed elsewhere with `stimmbuch sign`
    and sent with `stimmbuch submit`. The old key goes on signing beside the new one as long as it is
    listed in keys/log-keys.
    """
    ask = passphrases(passphrase_file)
    signing = [read_key(Path(path), ask) for path in keys]
    with closing(open_ledger(store, home)) as ledger:
        ring = Keyring(keys_of(ledger.store.home), ask)
        wanted = Wanted(KINDS[kind], registrar, second, to)
        envelope, reference = rotation(ledger, ring, wanted, new_passphrase(passphrase_file))
        if passphrase_file and not ring.is_locked(reference):
            say(words.NEW_KEY_AS_OTHERS, err=True, reference=reference)
        envelope = envelope.countersign(*signing)
        if len(signing) < (1 if second is None else 2):
            click.echo(json.dumps(envelope.to_dict()))
            say(words.NEW_KEY_UNSIGNED, err=True, reference=reference)
            return
        receipt = ledger.submit(envelope)
    if as_json:
        show({"seq": receipt.seq, "leaf": receipt.leaf, "at": receipt.at, "key": reference})
        return
    say(words.RECORDED, seq=str(receipt.seq), at=receipt.at)
    say(words.NEW_LOG_KEY, reference=reference)
