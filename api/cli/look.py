"""`stimmbuch replay` and `tally`: a procedure's history and its state as of any point, from the log alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from api.cli import sentences
from api.cli.ledger import open_ledger
from api.cli.output import command, home_option, json_option, show, store_option
from api.cli.procedure_text import print_procedure
from api.cli.sentences import done as words
from api.cli.usage import say
from api.sentences import LOG_GOES_UP_TO
from ledger.application import VotingLedger
from ledger.domain.procedure import Procedure
from ledger.domain.sentences import voting
from ledger.domain.words import LANGUAGES, option
from ledger.errors import BadArgument, NotFound, NotYet
from ledger.mapper import Reading, place_of
from ledger.plural import Number
from ledger.proof.statement import procedure_id
from ledger.rfc3339 import utc
from ledger.telling import told_variants, with_words
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
        state, now = ledger.procedure(stream, seq), instant_named(ledger, at)
        readings = list(ledger.history(stream, seq))
    if as_json:
        show({"history": [_row(one) for one in readings], **_state(state, seq, now)})
        return
    width = max(18, *(len(_kind(one, lang)) for one in readings))
    for one in readings:
        click.echo(f"{one.place.seq:>8}  {one.place.at}  {_kind(one, lang):<{width}} {_say(one, lang)}")
    print_procedure(state, seq, lang, now)


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
        stream, seq = stream_named(ledger.origin, procedure), seq_named(ledger, at)
        state, now = ledger.procedure(stream, seq), instant_named(ledger, at)
        names, texts = _labels(ledger, [state]), _texts(ledger, state)
    variants = {item: _without(state, item, without, names) for item in state.items if without}
    if as_json:
        show(_state(state, seq, now) | {"labels": names} | ({"without": variants} if without else {}))
        return
    print_procedure(state, seq, lang, now, names, texts)
    for item, variant in variants.items():
        if counted := [one for one in without if one not in variant["uncounted"]]:
            say(words.WITHOUT, item=item, members=", ".join(counted), told=variant["text"][lang])
        if uncounted := variant["uncounted"]:
            say(words.NO_VOTE_COUNTS, item=item, members=", ".join(uncounted))


def _without(
    procedure: Procedure, item: str, members: Iterable[str], labels: dict[str, str]
) -> dict[str, Any]:
    """The result of an item without these votes, and of whom none counts. Raises `NotFound`."""
    seats = stands.seats(procedure)
    for member in members:
        if member not in seats:
            raise NotFound(voting.NOT_IN_THE_ELECTORATE, member=member)
    [told] = told_variants([procedure.without(item, list(members)).plain()], labels)
    voters = stands.voters(procedure, item)
    return told | {"uncounted": [one for one in members if one not in voters]}


def stream_named(origin: str, name: str) -> UUID:
    """The procedure of this id, or of this id in a roll-call file."""
    try:
        return UUID(name)
    except ValueError:
        return procedure_id(origin, name)


def seq_named(ledger: VotingLedger, at: str | None) -> int | None:
    """The entry that `--at` means: its number, or the last one not after a time.

    Raises `BadArgument`, or `NotYet` beyond the head and for a time to come.
    """
    if at is None:
        return None
    if re.fullmatch(r"0|[1-9][0-9]{0,15}", at):
        if int(at) > (head := ledger.head()):
            raise NotYet(LOG_GOES_UP_TO, head=head, seq=int(at))
        return int(at)
    try:
        moment = datetime.fromisoformat(at)
        text = utc(moment)
    except (ValueError, OverflowError):
        raise BadArgument(sentences.AT_IS, at=at) from None
    if moment.tzinfo is None:
        raise BadArgument(sentences.OFFSET_MISSING)
    return ledger.seq_at(text)


def instant_named(ledger: VotingLedger, at: str | None) -> str:
    """The instant of `--at`: that of its entry, the time that it names, or now."""
    if at is None:
        return ledger.clock()
    if not at.isdigit():
        return utc(datetime.fromisoformat(at))
    [row] = ledger.store.recorder.read(int(at) - 1, 1)
    return place_of(row.state).at


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
    """Digest → text, of title, wordings and conditions, as far as they are there."""
    items = procedure.items.values()
    named = *(item["wording"] for item in items), *(item.get("condition") for item in items)
    digests = {procedure.opening.get("title"), *named} - {None}
    return {digest: found.value for digest, found in ledger.disclosures(digests).items()}


def _state(procedure: Procedure, seq: int | None, now: str) -> dict[str, Any]:
    latest = procedure.latest
    view, tally = stands.procedure_view(procedure).as_of(now), list(stands.tally(procedure))
    profile = view.opening["profile"]
    told = {one.item: with_words(profile, one.plain()) for one in tally}
    return {
        "procedure": view.id,
        "state": view.state,
        "at": latest.seq if seq is None else seq,
        "latest": {"seq": latest.seq, "at": latest.at},
        "members": view.members,
        "voted": view.voted,
        "tally": {one.item: one.counts for one in tally},
        **{
            name: {item: found[name] for item, found in told.items()}
            for name in ("outcome", "outcome_text", "unanimous", "valid", "derivation", "relevance")
        },
        "profile": profile,
    }


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
            sealed = words.SEALED.format(entries=Number(payload["seal"]["entries"]))
            return f"{who} ({words.CLOSED[payload['reason']]}, {sealed})"
        case _:
            return str(who)


def _choice(lang: str, item: str, choice: str) -> str:
    return f"{item}: {option(choice, lang)}"
