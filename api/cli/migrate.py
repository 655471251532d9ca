"""`stimmbuch migrate`: brings the tables of a ledger on PostgreSQL up to date."""

from __future__ import annotations

import click

from api.cli import sentences
from api.cli.output import command, json_option, show, store_option
from api.cli.sentences import operation as words
from api.cli.usage import say
from ledger.errors import BadArgument
from ledger.storage.store import is_postgres, split_url


@click.command()
@store_option
@json_option
@command
def migrate(store: str, as_json: bool) -> None:
    """Bring the tables of STORE up to date, as the owner of its schema. Entries are not touched."""
    if not is_postgres(store):
        raise BadArgument(sentences.NO_MIGRATIONS)
    from ledger.storage.migrate import SERVICE
    from ledger.storage.migrate import migrate as run

    conninfo, schema, service = split_url(store)
    applied = run(conninfo, schema, service or SERVICE)
    if as_json:
        show({"applied": applied})
        return
    for name in applied:
        say(words.APPLIED, name=name)
    if not applied:
        say(words.NOTHING_TO_DO)
