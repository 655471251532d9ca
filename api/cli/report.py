"""`stimmbuch report`: extract for the minutes, audit report or resolution of one procedure, as files."""

from __future__ import annotations

import hashlib
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.ledger import open_ledger
from api.cli.look import seq_named, stream_named
from api.cli.output import (
    DOES_NOT_HOLD,
    HOLDS,
    Progress,
    home_option,
    json_option,
    show,
    store_option,
    told,
)
from api.cli.sentences import done as words
from api.cli.sentences import progress as going
from api.cli.sentences import usage
from api.cli.usage import say, spoken, wrong_value
from api.shown.texts import texts
from api.shown.visibility import withheld
from api.wiring import open_publication
from ledger.application import VotingLedger
from ledger.audit import audit_store
from ledger.domain.words import LANGUAGES as WORDS
from ledger.errors import CannotWrite, StimmbuchError
from ledger.sentence import PATH_AND_REASON
from projections.report.build import Source, build
from projections.report.model import KINDS

if TYPE_CHECKING:
    from uuid import UUID

FORMATS, LANGUAGES = ("pdf", "html", "json", "csv"), ("de", "en")


@click.command()
@click.argument("procedure")
@store_option
@home_option
@click.option("--kind", type=click.Choice(KINDS), default="extract", show_default=True)
@click.option(
    "--format", "forms", default="pdf", show_default=True, help="pdf, html, json, csv; several by comma."
)
@click.option("--lang", "languages", default="de", show_default=True, help="de, en; several by comma.")
@click.option("--at", metavar="SEQ|TIME", help="As of this entry, or this time with offset.")
@click.option("--whole", is_flag=True, help="With --kind audit: audit the whole log besides, as verify does.")
@click.option(
    "--to", "target", type=click.Path(file_okay=False, path_type=Path), default=".", help="A folder."
)
@json_option
@told
def report(  # noqa: PLR0913, PLR0917 (click passes them by name)
    procedure: str,
    store: str,
    home: Path | None,
    kind: str,
    forms: str,
    languages: str,
    at: str | None,
    whole: bool,
    target: Path,
    as_json: bool,
) -> int:
    """Write the extract for the minutes, the audit report or the resolution (--kind) of PROCEDURE.

    The same procedure as of the same entry gives the same bytes. The exit code is 1 if a check fails.
    """
    wanted = _listed(forms, FORMATS), _listed(languages, LANGUAGES)
    with closing(open_ledger(store, home)) as ledger:
        stream = stream_named(ledger.origin, procedure)
        source = _built(ledger, stream, kind, seq_named(ledger, at), whole=whole)
    files = _write(source, *wanted, target)
    _tell(source, files, as_json=as_json)
    return DOES_NOT_HOLD if source.report.faults else HOLDS


def _built(ledger: VotingLedger, procedure: UUID, kind: str, at: int | None, *, whole: bool) -> Source:
    """What is recorded and not published yet is published first, where the log's keys are at hand."""
    with suppress(StimmbuchError), closing(open_publication(ledger.store, ledger.origin)) as publication:
        if publication.published.size() <= (ledger.head() if at is None else at):
            publication.settle()
    audited = None
    if whole:
        progress = Progress(going.AUDITED)
        audited = audit_store(ledger.store, progress)
        progress.end()
    told = partial(texts, ledger)
    return build(ledger, procedure, kind=kind, at=at, texts=told, withheld=withheld, audited=audited)


def _write(source: Source, forms: list[str], languages: list[str], target: Path) -> dict[str, bytes]:
    # typst and Babel take a quarter of a second to import: after the arguments were looked at.
    from api.report.formats import name_of, written

    files = {
        name_of(source.report, form, language): (form, language) for form in forms for language in languages
    }
    made = {name: written(source, *wanted) for name, wanted in files.items()}
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            (target / name).write_bytes(data)
    except OSError as error:
        raise CannotWrite(PATH_AND_REASON, path=target, reason=error.strerror) from error
    return made


def _tell(source: Source, files: dict[str, bytes], *, as_json: bool) -> None:
    made, told = source.report, {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    if as_json:
        known: dict[str, Any] = {"procedure": made.procedure, "kind": made.kind, "at": made.position.seq}
        show({**known, "published": made.head is not None, "faults": made.faults, "files": told})
        return
    state = WORDS[spoken()].STATES.get(made.state, made.state)
    say(words.REPORTED, procedure=made.procedure, state=state, seq=str(made.position.seq), origin=made.origin)
    if made.faults:
        say(words.FAULTS, count=made.faults)
    if made.head is None:
        say(words.NOT_PUBLISHED)
    for name, digest in told.items():
        click.echo(f"  {digest}  {name}")


def _listed(text: str, known: tuple[str, ...]) -> list[str]:
    """The names in a list by comma, each once."""
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names or not set(names) <= set(known):
        raise wrong_value(usage.SEVERAL_BY_COMMA, text=text, known=", ".join(known))
    return names
