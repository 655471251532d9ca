"""`stimmbuch import rollcalls`: real votes in, results compared."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from api.cli import sentences
from api.cli.ledger import open_ledger
from api.cli.output import (
    DOES_NOT_HOLD,
    HOLDS,
    Progress,
    command,
    home_option,
    json_option,
    show,
    store_option,
)
from api.cli.passphrases import passphrase_option, passphrases
from api.cli.sentences import demonstration as words
from api.cli.sentences import progress as going
from api.cli.usage import said, say, spoken
from api.wiring import open_publication
from ledger.application import VotingLedger
from ledger.domain.words import option, outcome
from ledger.errors import BadRollCall
from ledger.founding import REGISTRAR, keys_of, replay_secret
from ledger.keyfile import read_key
from ledger.passphrase import ENVIRONMENT, Passphrase
from ledger.rollcalls.line import RollCall, read_lines
from ledger.rollcalls.people import People
from ledger.rollcalls.replay import Comparison, Replay, Summary


@click.group(name="import")
def imports() -> None:
    """Bring in votes from elsewhere."""


@imports.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@store_option
@home_option
@click.option("--expect", type=click.Path(exists=True, dir_okay=False), help="JSON list of ids.")
@passphrase_option
@json_option
@command
def rollcalls(
    file: str, store: str, home: Path | None, expect: str | None, passphrase_file: str | None, as_json: bool
) -> int:
    """Replay the roll calls in FILE (.jsonl or .jsonl.gz) as signed entries and compare the results.

    Can be interrupted and run again: what is recorded already is recognised.
    """
    expected = _expected(expect)
    with closing(open_ledger(store, home)) as ledger:
        ask = passphrases(passphrase_file)
        summary = import_file(ledger, Path(file), quiet=as_json, ask=ask)
        open_publication(ledger.store, ledger.origin, ask=ask).settle()
    if as_json:
        show(summary.to_dict())
    else:
        print_summary(summary)
    return HOLDS if {one.id for one in summary.mismatches} == expected else DOES_NOT_HOLD


def import_file(
    ledger: VotingLedger, path: Path, *, quiet: bool = False, ask: Passphrase = ENVIRONMENT
) -> Summary:
    """Replays a file into a ledger. Raises `BadRollCall` with the line number; earlier lines are recorded."""
    home = ledger.store.home
    key = read_key(keys_of(home) / f"{REGISTRAR}.key", ask)
    replay = Replay(ledger, People(replay_secret(home, ask)), REGISTRAR, key)
    progress = Progress(going.VOTES, quiet=quiet)
    try:
        for _, rollcall in _open_lines(path):
            replay.add(rollcall)
            progress(replay.summary.casts)
    finally:
        progress.end()
    return replay.summary


def print_summary(summary: Summary) -> None:
    """What people read after an import."""
    matched = summary.procedures - len(summary.mismatches)
    told: dict[str, Any] = {"procedures": summary.procedures, "casts": summary.casts}
    say(words.SUMMARY, **told, matched=matched, mismatched=len(summary.mismatches))
    for one in summary.mismatches:
        published, recomputed = _brief(one.published), _brief(one.recomputed)
        say(words.MISMATCH, id=one.id, published=published, recomputed=recomputed)


def table(compared: list[Comparison]) -> Iterator[str]:
    """One line for each comparison: recomputed beside published."""
    for one in compared:
        mark = "=" if one.matches else "≠"
        order = {option: one.published.get("counts", {}).get(option) for option in one.recomputed["counts"]}
        published = _brief({**one.published, "counts": order}) or said(words.NOT_PUBLISHED)
        yield f"  {one.id:<24} {_brief(one.recomputed):<46} {mark} {published}"


def _brief(result: dict[str, Any]) -> str:
    """In English as in a roll-call file; in German in the words of the rules."""
    lang, counts, decided = spoken(), result.get("counts", {}), result.get("outcome")
    if lang != "en":
        counts = {option(one, lang, votes): votes for one, votes in counts.items() if votes}
        decided = decided and outcome(decided, lang)
    told = ", ".join(f"{votes} {one}" for one, votes in counts.items() if votes)
    return "; ".join(part for part in (told, decided) if part)


def _open_lines(path: Path) -> Iterator[tuple[int, RollCall]]:
    try:
        # Looked at without reading on: it may be a pipe, which has no beginning to return to.
        with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as unpacked:
            compressed = raw.peek(2).startswith(b"\x1f\x8b")
            yield from read_lines(unpacked if compressed else raw)
    except (OSError, EOFError, zlib.error) as error:
        raise BadRollCall(sentences.NOT_TO_ITS_END, path=path, error=error) from None


def _expected(path: str | None) -> set[str]:
    if path is None:
        return set()
    try:
        ids = json.loads(Path(path).read_text("utf-8"))
    except ValueError as error:
        raise BadRollCall(sentences.NO_LIST_OF_IDS_BUT, path=path, error=error) from None
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise BadRollCall(sentences.NO_LIST_OF_IDS, path=path)
    return set(ids)
