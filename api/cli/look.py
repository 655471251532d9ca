"""`stimmbuch replay` and `tally`: a procedure's history and its state as of any point, from the log alone."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from api.cli import sentences
from api.cli.ledger import open_ledger
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.sentences import done as words
from api.cli.usage import say
from ledger.application import VotingLedger
from ledger.domain.procedure import Procedure
from ledger.domain.words import LANGUAGES, option
from ledger.errors import BadArgument
from ledger.mapper import Reading
from ledger.proof.statement import procedure_id
from ledger.rfc3339 import utc
from ledger.telling import headings, headline, in_words, told_item, told_variants, votes_cast, with_words
from projections import stands
from projections.happened import verified

_at = click.option("--at", metavar="SEQ|TIME", help="As of this entry, or this time with offset.")


@click.command()
@click.argument("procedure")
@store_option
@home_option
@_at
@json_option
@command
def replay(procedure: str, store: str, home: Path | None, at: str | None, lang: str, as_json: bool) -> None:
    """Print the history of PROCEDURE (its id, or its id in a roll-call file), and where it stood."""
    with closing(open_ledger(store, home)) as ledger:
        stream, seq = stream_named(ledger.origin, procedure), seq_named(ledger, at)
        state = ledger.procedure(stream, seq)
        readings = list(ledger.history(stream, seq))
    if as_json:
        show({"history": [_row(one) for one in readings], **_state(state)})
        return
    width = max(18, *(len(_kind(one, lang)) for one in readings))
    for one in readings:
        click.echo(f"{one.place.seq:>8}  {one.place.at}  {_kind(one, lang):<{width}} {_say(one, lang)}")
    _print_state(state, lang)


@click.command()
@click.argument("procedure")
@store_option
@home_option
@_at
@click.option("--without", multiple=True, metavar="MEMBER", help="Also: the result without this vote.")
@json_option
@command
def tally(  # noqa: PLR0917 (click passes them by name)
    procedure: str,
    store: str,
    home: Path | None,
    at: str | None,
    lang: str,
    without: tuple[str, ...],
    as_json: bool,
) -> None:
    """Print tally, outcome, derivation in words and relevance of PROCEDURE."""
    with closing(open_ledger(store, home)) as ledger:
        state = ledger.procedure(stream_named(ledger.origin, procedure), seq_named(ledger, at))
        names, texts = _labels(ledger, [state]), _texts(ledger, state)
    asked = {item: [state.without(item, list(without)).plain()] for item in state.items if without}
    variants = {item: told_variants(one, names)[0] for item, one in asked.items()}
    if as_json:
        show(_state(state) | {"labels": names} | ({"without": variants} if without else {}))
        return
    _print_state(state, lang, names, texts)
    for item, variant in variants.items():
        say(words.WITHOUT, item=item, members=", ".join(without), told=variant["text"][lang])


def stream_named(origin: str, name: str) -> UUID:
    """The procedure of this id, or of this id in a roll-call file."""
    try:
        return UUID(name)
    except ValueError:
        return procedure_id(origin, name)


def seq_named(ledger: VotingLedger, at: str | None) -> int | None:
    """The entry that `--at` means: its number, or the last one not after a time. Raises `BadArgument`."""
    if at is None:
        return None
    if re.fullmatch(r"0|[1-9][0-9]{0,15}", at):
        return int(at)
    try:
        moment = datetime.fromisoformat(at)
        text = utc(moment)
    except (ValueError, OverflowError):
        raise BadArgument(sentences.AT_IS, at=at) from None
    if moment.tzinfo is None:
        raise BadArgument(sentences.OFFSET_MISSING)
    return ledger.seq_at(text)


def _labels(ledger: VotingLedger, procedures: Iterable[Procedure]) -> dict[str, str]:
    """Option → its disclosed label, for options that are persons."""
    digests = {
        digest: option
        for procedure in procedures
        for item in procedure.items.values()
        for option, digest in item.get("labels", {}).items()
    }
    return {digests[digest]: found.value for digest, found in ledger.disclosures(digests).items()}


def _texts(ledger: VotingLedger, procedure: Procedure) -> dict[str, str]:
    """Digest → text, of title and wordings, as far as they are there."""
    digests = {procedure.opening.get("title"), *(item["wording"] for item in procedure.items.values())} - {
        None
    }
    return {digest: found.value for digest, found in ledger.disclosures(digests).items()}


def _state(procedure: Procedure) -> dict[str, Any]:
    view, tally = stands.procedure_view(procedure), list(stands.tally(procedure))
    profile = view.opening["profile"]
    told = {one.item: with_words(profile, one.plain()) for one in tally}
    return {
        "procedure": view.id,
        "state": view.state,
        "members": view.members,
        "voted": view.voted,
        "tally": {one.item: one.counts for one in tally},
        **{
            name: {item: found[name] for item, found in told.items()}
            for name in ("outcome", "outcome_text", "unanimous", "valid", "derivation", "relevance")
        },
        "profile": profile,
    }


def _print_state(
    procedure: Procedure,
    lang: str = "en",
    labels: dict[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> None:
    stands, *more = headings(procedure, lang)
    texts = texts or {}
    click.echo(f"{procedure.id}  {stands}")
    if title := texts.get(procedure.opening.get("title", "")):
        click.echo(f"  {title}")
    for line in more:
        click.echo(f"  {line}")
    for item, paper in procedure.items.items():
        told = told_item(procedure, item, labels)
        click.echo(f"  {headline(procedure, item, told['outcome_text'], lang)}")
        if wording := texts.get(paper["wording"]):
            click.echo(textwrap.indent(wording, " " * 6))
        if not any(step["code"] in ("counts", "persons") for step in told["derivation"]):
            click.echo(f"      {votes_cast(procedure, item, lang, labels)}")
        sentences = in_words(told["derivation"], lang, procedure.profile.legal_basis)
        for step, sentence in zip(told["derivation"], sentences, strict=True):
            click.echo(f"    {'✓' if step['holds'] else '✗'} {sentence}")
        for variant in told["relevance"]:
            click.echo(f"    {'=' if variant['survives'] else '≠'} {variant['text'][lang]}")


def _row(reading: Reading) -> dict[str, Any]:
    row = verified(reading)
    return {"seq": row.seq, "at": row.at, "leaf": row.leaf, "kind": row.kind, "payload": row.payload}


def _kind(reading: Reading, lang: str) -> str:
    """What happened: the kind as it is signed, in German its name."""
    kind = reading.statement.kind
    return kind if lang == "en" else LANGUAGES[lang].KINDS.get(kind, kind)


def _say(reading: Reading, lang: str) -> str:
    payload, words = reading.statement.payload, LANGUAGES[lang]
    who = payload.get("member", words.OFFICES.get(payload["actor"], payload["actor"]))
    match reading.statement.kind:
        case "vote-cast":
            again = f" ({words.AGAIN})" if payload["replaces"] else ""
            return f"{who} {', '.join(_choice(lang, *one) for one in payload['choices'].items())}{again}"
        case "document-attached":
            return f"{who} {payload['document']['sha256'][:16]}…"
        case "procedure-closed":
            sealed = words.SEALED.format(entries=payload["seal"]["entries"])
            return f"{who} ({words.CLOSED[payload['reason']]}, {sealed})"
        case _:
            return str(who)


def _choice(lang: str, item: str, choice: str) -> str:
    return f"{item}: {option(choice, lang)}"
