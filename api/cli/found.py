"""`stimmbuch init`: founds a ledger."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

import click

from api.cli import sentences
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import new_passphrase, passphrase_option, passphrases, say_if_unencrypted
from api.cli.sentences import people as words
from api.cli.usage import say
from api.clock import utc_now
from api.wiring import prepare_for_views
from ledger.application import VotingLedger
from ledger.errors import BadArgument, StoreExists
from ledger.founding import found, keys_of
from ledger.log_key.keyring import FIRST
from ledger.proof.entry import ORIGIN
from ledger.proof.policy import MAX_POLICY
from ledger.publish.policy_file import keep_policy, usable_policy
from ledger.storage.store import Store, open_store


@click.command()
@store_option
@home_option
@click.option("--origin", required=True, help="The ledger's name for ever, like ledger.example.org/rat.")
@click.option("--time-zone", default="Europe/Berlin", show_default=True, help="IANA zone of deadlines.")
@click.option("--log-key", default=FIRST[0], show_default=True, help="A file's name, or pkcs11:….")
@click.option(
    "--policy",
    type=click.File("rb"),
    help="Who has to cosign before anything is published (C2SP tlog-policy); copied.",
)
@passphrase_option
@json_option
@command
def init(  # noqa: PLR0917  # one for each option
    store: str,
    home: Path | None,
    origin: str,
    time_zone: str,
    log_key: str,
    policy: BinaryIO | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Create a ledger: log keys, registrar key, service key, genesis entry."""
    if not re.fullmatch(ORIGIN, origin):
        raise BadArgument(sentences.AN_ORIGIN_IS, origin=origin)
    passphrase = new_passphrase(passphrase_file)
    wanted = None if policy is None else policy.read(MAX_POLICY + 1)
    if wanted is not None:
        usable_policy(wanted, origin)
    opened = open_empty(store, home)
    ledger = VotingLedger(opened, clock=utc_now, origin=origin)
    ledger.clocks.watch()
    try:
        prepare_for_views(store, opened)
        if wanted is not None:
            keep_policy(opened.home, wanted)
        receipt = found(
            ledger,
            time_zone=time_zone,
            log_key=log_key,
            passphrase=passphrase,
            ask=passphrases(passphrase_file),
        )
    finally:
        ledger.close()
    keys = keys_of(opened.home)
    if as_json:
        show({"origin": origin, "genesis": receipt.leaf, "keys": str(keys)})
        return
    say(words.FOUNDED, origin=origin)
    say(words.GENESIS, leaf=receipt.leaf)
    say(words.KEYS, folder=keys)
    say_if_unencrypted(passphrase)


def open_empty(store: str, home: Path | None) -> Store:
    """A new store, or one whose founding was interrupted before its first entry."""
    try:
        return open_store(store, home=home, create=True)
    except StoreExists:
        opened = open_store(store, home=home)
        if opened.recorder.head() >= 0:
            opened.close()
            raise
        return opened
