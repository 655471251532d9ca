"""`stimmbuch token`: who may call the service of a ledger, and for how long."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from api.access import tokens
from api.access.roles import ROLES
from api.cli.output import command, home_option, json_option, new_private_file, show, store_option
from api.cli.sentences import operation as words
from api.cli.usage import said, say
from api.clock import utc_now
from ledger.application import origin_of
from ledger.storage.store import open_store

STATES = {"live": words.LIVE, "expired": words.EXPIRED, "revoked": words.REVOKED}
"""How a token stands, as `--json` tells it, and how that is said."""


@click.group()
def token() -> None:
    """Bearer tokens for the HTTP service: make, list and revoke them."""


@token.command()
@click.argument("name")
@store_option
@home_option
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(sorted(ROLES)))
@click.option("--subject", metavar="ID", help="The person or service of the register that it stands for.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, tokens.LONGEST))
@click.option(
    "--to", "file", type=click.Path(path_type=Path), help="A new file for the token, for its owner only."
)
@json_option
@command
def create(
    name: str,
    *,
    store: str,
    home: Path | None,
    roles: tuple[str, ...],
    subject: str | None,
    days: int,
    file: Path | None,
    as_json: bool,
) -> None:
    """Make a token called NAME and print it, once, or write it with --to: only its digest is kept.

    What a shell writes (`> FILE`) may be read by everybody on the machine.
    """
    folder, origin = _place(store, home)
    wish = tokens.Wish(name, roles, subject, days)
    if file is None:
        text, made = tokens.create_token(folder, origin, wish, utc_now())
    else:
        with new_private_file(file) as write:  # before there is a token that nobody would have
            text, made = tokens.create_token(folder, origin, wish, utc_now())
            write(f"{text}\n".encode())
    if as_json:
        show(_told(made) | ({"token": text} if file is None else {"file": str(file)}))
        return
    say(words.TOKEN_MADE, err=True, name=made.name, roles=", ".join(made.roles), expires=made.expires)
    if file is None:
        click.echo(text)
    else:
        say(words.WRITTEN_TO, path=file)


@token.command("list")
@store_option
@home_option
@json_option
@command
def show_all(*, store: str, home: Path | None, as_json: bool) -> None:
    """Show all tokens, ended ones too."""
    kept, now = tokens.list_tokens(_place(store, home)[0]), utc_now()
    if as_json:
        show({"tokens": [{**_told(one), "state": _state(one, now)} for one in kept]})
        return
    for one in kept:
        state, roles = said(STATES[_state(one, now)]), ", ".join(one.roles)
        told: dict[str, Any] = {"name": one.name, "state": state, "roles": roles, "expires": one.expires}
        say(words.TOKEN_FOR if one.subject else words.TOKEN, **told, subject=one.subject)


@token.command()
@click.argument("name")
@store_option
@home_option
@json_option
@command
def revoke(name: str, *, store: str, home: Path | None, as_json: bool) -> None:
    """End the token called NAME at once."""
    ended = tokens.revoke_token(_place(store, home)[0], name, utc_now())
    if as_json:
        show(_told(ended))
    else:
        say(words.TOKEN_REVOKED, name=ended.name, at=ended.revoked)


def _place(where: str, home: Path | None) -> tuple[Path, str]:
    """The home of a ledger and its origin."""
    with closing(open_store(where, home=home)) as store:
        return store.home, origin_of(store.recorder)


def _told(one: tokens.Token) -> dict[str, object]:
    return {key: value for key, value in asdict(one).items() if key != "sha256"}


def _state(one: tokens.Token, now: str) -> str:
    if one.revoked:
        return "revoked"
    return "expired" if now >= one.expires else "live"
