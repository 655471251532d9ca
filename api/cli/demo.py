"""`stimmbuch demo`: a ledger with real votes and a live procedure, verified, and served if wanted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from api.cli import sentences
from api.cli.imports import import_file, print_summary, table
from api.cli.output import DOES_NOT_HOLD, HOLDS, command
from api.cli.sentences import usage
from api.cli.usage import wrong
from api.cli.verify import verify_store
from api.cli.verify_text import print_audit
from api.clock import utc_now
from api.demo.council import VISITOR, Council
from api.service.configuration import Configuration
from api.service.place import Place
from api.wiring import Service, open_service
from ledger.application import VotingLedger
from ledger.errors import NotALedger, StoreNotFound
from ledger.founding import found, keys_of
from ledger.settings import command_name
from ledger.storage.store import open_store

ORIGIN = "stimmbuch.example/demo"
ROLL_CALLS = Path(__file__).parent.parent / "demo" / "rollcalls.jsonl.gz"


@click.command()
@click.argument("what", required=False, type=click.Choice(["cases"]))
@click.option("--store", envvar="STIMMBUCH_STORE", metavar="STORE", help="Where to put the demonstration.")
@click.option("--case", "names", multiple=True, metavar="NAME", help="Of the cases: only this one.")
@click.option("--serve", "serving", is_flag=True, help="Serve it afterwards.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535), envvar="PORT")
@command
def demo(
    what: str | None, store: str | None, names: tuple[str, ...], lang: str, serving: bool, port: int
) -> int:
    """Fill STORE with published roll calls and a live procedure, verify it, and show it.

    A demonstration ledger that is there already is kept and completed. Exit code 0 only if every
    published result was met and the whole log verified.

    `demo cases` needs no store: it replays, by name, the cases in which the rules of circular resolutions
    differ, and says what came out and why.
    """
    if what == "cases":
        return _play_cases(names, lang)
    if store is None:
        raise wrong(usage.STORE_MISSING)
    _found_if_missing(store)
    with closing(open_service(store)) as service:
        if service.ledger.origin != ORIGIN:
            raise NotALedger(sentences.NO_DEMONSTRATION, store=store, origin=service.ledger.origin)
        service.publish()
        holds, procedure = _fill(service)
    if not serving:
        return HOLDS if holds else DOES_NOT_HOLD
    _invite(store, port, procedure)
    from api.service.server import serve

    serve(Configuration(ledgers=(Place(store),), port=port))
    return HOLDS


def _play_cases(names: tuple[str, ...], lang: str) -> int:
    from api.demo.cases import CASES
    from api.demo.cases_german import ABOUT, in_german
    from api.demo.stage import Stage

    say: Callable[[str], str] = in_german if lang == "de" else str
    if unknown := [name for name in names if name not in CASES]:
        raise wrong(usage.NO_CASE, name=unknown[0], known=", ".join(CASES))
    for name, case in CASES.items():
        if names and name not in names:
            continue
        click.echo(f"Fall {name}: {ABOUT[name]}" if lang == "de" else f"case {name}: {case.about}")
        with (
            TemporaryDirectory(prefix="stimmbuch-") as folder,
            Stage(Path(folder), case.start, lang) as stage,
        ):
            for told in case.play(stage):
                click.echo(f"  {say(told.regime)}: {say(told.result)}")
                for sentence in told.words:
                    click.echo(f"      {say(sentence)}")
    return HOLDS


def _found_if_missing(store: str) -> None:
    try:
        open_store(store).close()
        return
    except StoreNotFound:
        pass
    ledger = VotingLedger(open_store(store, create=True), clock=utc_now, origin=ORIGIN)
    with closing(ledger):
        found(ledger, time_zone="Europe/Berlin")
    click.echo(f"founded {ORIGIN} in {store}")


def _fill(service: Service) -> tuple[bool, str]:
    click.echo("\nReal roll calls, replayed as signed entries (sources: api/demo/SOURCES.md)\n")
    summary = import_file(service.ledger, ROLL_CALLS)
    for line in table(summary.compared):
        click.echo(line)
    print_summary(summary)
    click.echo("\nA circular procedure of an invented council, live\n")
    told = Council(service.ledger).play()
    for line in told.lines:
        click.echo(f"  {line}")
    service.follower.catch_up()
    service.publication.settle()
    click.echo("\nThe whole log, verified from its bytes\n")
    audit = verify_store(service.store)
    print_audit(audit, "en")
    return audit.holds and audit.complete and not summary.mismatches, told.open_procedure


def _invite(store: str, port: int, procedure: str) -> None:
    command_line = command_name()
    url = f"http://127.0.0.1:{port}"
    ledger = f"{url}/v1/ledgers/demo"
    key = keys_of(Path(store)) / "members" / f"{VISITOR}.key"
    click.echo(f"""
Open      {url}/  (on this machine only, until there is a token: api/README.md, "Who may do what")
Vote      {command_line} prepare vote-cast --url {ledger} \\
            actor={VISITOR} member={VISITOR} procedure={procedure} choices='{{"1":"yes"}}' \\
          | {command_line} sign --key {key} \\
          | {command_line} submit --url {ledger} --receipt receipt.tlog-proof
Look      {url}/procedures/{procedure}
Verify    {command_line} verify {store}
""")
