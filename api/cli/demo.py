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
from api.cli.sentences import demonstration as words
from api.cli.sentences import usage
from api.cli.usage import said, say, wrong
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
        service.ledger.clocks.watch()
        if service.ledger.origin != ORIGIN:
            raise NotALedger(sentences.NO_DEMONSTRATION, store=store, origin=service.ledger.origin)
        service.publish()
        holds, procedure = _fill(service, lang)
    if not serving:
        return HOLDS if holds else DOES_NOT_HOLD
    _invite(store, port, procedure)
    from api.service.server import serve

    serve(Configuration(ledgers=(Place(store),), port=port))
    return HOLDS


def _play_cases(names: tuple[str, ...], lang: str) -> int:
    from api.demo.cases import CASES, on_the_clock
    from api.demo.cases_german import ABOUT, in_german
    from api.demo.stage import Stage

    put: Callable[[str], str] = in_german if lang == "de" else str
    if unknown := [name for name in names if name not in CASES]:
        raise wrong(usage.NO_CASE, name=unknown[0], known=", ".join(CASES))
    for name, case in CASES.items():
        if names and name not in names:
            continue
        say(words.CASE, name=name, about=ABOUT[name] if lang == "de" else case.about)
        with (
            TemporaryDirectory(prefix="stimmbuch-") as folder,
            Stage(Path(folder), case.start, lang) as stage,
        ):
            for told in case.play(stage):
                click.echo(f"  {put(told.regime)}: {put(on_the_clock(told.result, lang))}")
                for sentence in told.words:
                    click.echo(f"      {put(sentence)}")
    return HOLDS


def _found_if_missing(store: str) -> None:
    try:
        open_store(store).close()
        return
    except StoreNotFound:
        pass
    ledger = VotingLedger(open_store(store, create=True), clock=utc_now, origin=ORIGIN)
    ledger.clocks.watch()
    with closing(ledger):
        found(ledger, time_zone="Europe/Berlin")
    say(words.FOUNDED_IN, origin=ORIGIN, path=store)


def _fill(service: Service, lang: str) -> tuple[bool, str]:
    say(words.ROLL_CALLS)
    summary = import_file(service.ledger, ROLL_CALLS)
    for line in table(summary.compared):
        click.echo(line)
    print_summary(summary)
    say(words.COUNCIL)
    told = Council(service.ledger).play()
    for sentence, values in told.lines:
        click.echo(f"  {said(sentence, **values)}")
    service.follower.catch_up()
    service.publication.settle()
    say(words.WHOLE_LOG)
    audit = verify_store(service.store)
    print_audit(audit, lang)
    return audit.holds and audit.complete and not summary.mismatches, told.open_procedure


def _invite(store: str, port: int, procedure: str) -> None:
    command_line = command_name()
    url = f"http://127.0.0.1:{port}"
    ledger = f"{url}/v1/ledgers/demo"
    key = keys_of(Path(store)) / "members" / f"{VISITOR}.key"
    vote = words.COMMANDS.format(
        command=command_line, url=ledger, actor=VISITOR, procedure=procedure, key=key
    )
    say(words.OPEN, url=url)
    say(words.VOTE, command=vote)
    say(words.LOOK, url=f"{url}/procedures/{procedure}")
    say(words.VERIFY, command=f"{command_line} verify {store}")
