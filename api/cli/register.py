"""`stimmbuch keys`, `rotate-key` and `revoke-key`: whose key counts, since when, and what ends it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from api import sentences
from api.cli.ledger import open_ledger
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.sentences import done as words
from api.cli.sentences import people, usage
from api.cli.usage import said, say, wrong
from ledger.application import VotingLedger
from ledger.domain.people import KeyLife, Person
from ledger.domain.register import Register
from ledger.errors import KeyNotLive, NotFound, UnknownKey
from ledger.export.sentences import EMPTY_LEDGER
from ledger.keyfile import read_key
from ledger.proof.encoding import b64, unb64
from ledger.proof.keys import SigningKey, key_id
from ledger.receipt import Receipt

REASONS = {
    "rotated": people.ROTATED,
    "lost": people.LOST,
    "compromised": people.COMPROMISED,
    "left": people.LEFT,
    "replaced": people.REPLACED,
}
"""Why a key has ended, as it is signed, and how that is said."""


@click.command()
@click.argument("who", required=False)
@store_option
@home_option
@json_option
@command
def keys(who: str | None, store: str, home: Path | None, as_json: bool) -> None:
    """List all keys, or those of WHO: from which entry to which they count, and who saw to it."""
    with closing(open_ledger(store, home)) as ledger:
        register = register_of(ledger)
    listed = register.people if who is None else {who: register.person(who)}
    if as_json:
        show({"people": {name: _person(one) for name, one in listed.items()}, "log": _log(register)})
        return
    for name, person in listed.items():
        click.echo(f"{name}  {', '.join(sorted(person.roles))}")
        for key, life in person.keys.items():
            click.echo(f"  {key_id(unb64(key))}  {_say(life)}")
    if who is None:
        say(people.THE_LOG)
        for one in register.log_keys.all:
            told: dict[str, Any] = {"kind": one.kind, "since": str(one.since), "ended": str(one.ended)}
            sentence = people.LOG_KEY if one.ended is None else people.LOG_KEY_ENDED
            say(sentence, name="+".join(one.vkey.split("+")[:2]), **told)


@click.command("rotate-key")
@click.argument("who")
@click.option("--new", required=True, type=click.Path(), help="File of the new key.")
@click.option("--old", type=click.Path(), help="File of the old key.")
@click.option("--registrar", type=click.Path(), help="File of a registrar's key, if the old one is lost.")
@click.option("--lost", metavar="KEY_ID", help="Which key is lost, of somebody who has several.")
@store_option
@home_option
@passphrase_option
@json_option
@command
def rotate_key(  # noqa: PLR0913, PLR0917  # one for each option
    who: str,
    new: str,
    old: str | None,
    registrar: str | None,
    lost: str | None,
    store: str,
    home: Path | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Replace a key of WHO: signed with the old one, or by a registrar if that is lost, and the new one."""
    if (old is None) == (registrar is None):
        raise wrong(usage.OLD_OR_REGISTRAR)
    ask = passphrases(passphrase_file)
    fresh, first = read_key(Path(new), ask), read_key(Path(old or registrar or ""), ask)
    with closing(open_ledger(store, home)) as ledger:
        register = register_of(ledger)
        actor = who if old else holder(register, first)
        replaced = b64(first.public) if old else _one_key(register.person(who), who, lost)
        fields = {"actor": actor, "subject": who, "old": replaced, "key": b64(fresh.public)}
        receipt = ledger.speak("key-rotated", fields, first, fresh)
    tell(receipt, as_json=as_json)


@click.command("revoke-key")
@click.argument("who")
@click.option("--by", required=True, type=click.Path(), help="File of a registrar's or the person's own key.")
@click.option("--key", "revoked", metavar="KEY_ID", help="Which key, of somebody who has several.")
@click.option("--reason", required=True, type=click.Choice(["lost", "compromised", "left", "replaced"]))
@click.option("--suspect-from", type=click.IntRange(0), help="First entry that may be somebody else's.")
@store_option
@home_option
@passphrase_option
@json_option
@command
def revoke_key(  # noqa: PLR0913, PLR0917  # one for each option
    who: str,
    by: str,
    revoked: str | None,
    reason: str,
    suspect_from: int | None,
    store: str,
    home: Path | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """End a key of WHO without a successor."""
    signer = read_key(Path(by), passphrases(passphrase_file))
    with closing(open_ledger(store, home)) as ledger:
        register = register_of(ledger)
        fields = {
            "actor": holder(register, signer),
            "subject": who,
            "key": _one_key(register.person(who), who, revoked),
            "reason": reason,
            "suspect_from": suspect_from,
        }
        receipt = ledger.speak("key-revoked", fields, signer)
    tell(receipt, as_json=as_json)


# ── also for the commands beside this one ──────────────────────────────────────────────────────


def register_of(ledger: VotingLedger) -> Register:
    """The register as it stands. Raises `NotFound` before the first entry."""
    with ledger.current() as state:
        if state.register is None:
            raise NotFound(EMPTY_LEDGER)
        return state.register


def holder(register: Register, key: SigningKey) -> str:
    """Id of the person who is registered with a key. Raises `UnknownKey`."""
    try:
        return register.holders[b64(key.public)]
    except KeyError:
        raise UnknownKey(sentences.NOBODY_WITH_KEY, key=key.id) from None


def tell(receipt: Receipt, *, as_json: bool) -> None:
    """What was recorded."""
    if as_json:
        show({"seq": receipt.seq, "leaf": receipt.leaf, "at": receipt.at})
        return
    say(words.RECORDED, seq=str(receipt.seq), at=receipt.at)


def _one_key(person: Person, who: str, wanted: str | None) -> str:
    """The live key with this id, or the only one."""
    live = {key_id(unb64(key)): key for key in person.live_keys}
    if wanted is None and len(live) == 1:
        return next(iter(live.values()))
    if wanted not in live:
        raise KeyNotLive(sentences.NAME_A_LIVE_KEY if live else sentences.NO_LIVE_KEY, who=who, keys=[*live])
    return live[wanted]


def _say(life: KeyLife) -> str:
    since = {"since": str(life.since), "by": life.by}
    if life.ended is None:
        return said(people.LIVE, **since)
    reason = REASONS.get(life.reason or "", life.reason)
    return said(people.ENDED, **since, reason=reason, ended=str(life.ended), ended_by=life.ended_by)


def _person(person: Person) -> dict[str, Any]:
    return {
        "roles": sorted(person.roles),
        "keys": [
            {"key_id": key_id(unb64(key)), "public": key, **vars(life)} for key, life in person.keys.items()
        ],
    }


def _log(register: Register) -> list[dict[str, Any]]:
    return [{"kind": key.kind, **vars(key)} for key in register.log_keys.all]
