"""`stimmbuch login`: a token of the council's login service, for commands that call a ledger over HTTP."""

from __future__ import annotations

import time

import click

from api.access.login import Asked, Client, forget_login, keep_login, log_in
from api.access.provider_keys import check_origin
from api.cli.output import command
from api.cli.sentences import operation as words
from api.cli.sentences import usage
from api.cli.usage import say, wrong
from ledger.errors import BadArgument, BadShape


@click.command()
@click.option("--url", required=True, help="The service it is for: http://…/v1/ledgers/NAME.")
@click.option("--issuer", metavar="URL", help="The OpenID Connect provider.")
@click.option("--client-id", metavar="ID", help="What the provider calls this program.")
@click.option("--scope", default="openid", show_default=True, help="What to ask for, separated by spaces.")
@click.option("--resource", metavar="URI", help="The audience, where the provider wants it named.")
@click.option("--forget", is_flag=True, help="Log out: delete the token that is kept.")
@command
def login(
    *, url: str, issuer: str | None, client_id: str | None, scope: str, resource: str | None, forget: bool
) -> None:
    """Log in with a browser, on this machine or another; the token is kept for this user only."""
    if forget:
        say(words.LOGIN_FORGOTTEN if forget_login(url) else words.NO_LOGIN)
        return
    if not issuer or not client_id:
        raise wrong(usage.ISSUER_OR_FORGET)
    try:
        check_origin(url)  # before somebody confirms a code for nothing
        answer = log_in(Client(issuer, client_id, scope, resource), _tell, time.sleep)
    except BadShape as error:
        raise BadArgument(error) from None
    say(words.LOGGED_IN, path=keep_login(url, answer))


def _tell(asked: Asked) -> None:
    say(words.OPEN_ADDRESS, address=asked.whole_address or asked.address)
    say(words.CONFIRM_CODE, code=asked.code)
