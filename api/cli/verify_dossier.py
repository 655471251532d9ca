"""A dossier of one procedure, verified without the rest of the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from api.cli.output import DOES_NOT_HOLD, HOLDS, INCOMPLETE, show
from api.cli.verify_text import SHOWN
from ledger.audit.trust import Trust
from ledger.errors import ProofError
from ledger.export import reading
from ledger.export.dossier_verify import Trusted, verify_dossier
from ledger.export.names import KEYS
from ledger.export.verdict import Verdict
from ledger.export.verifier_needs import MAX_KEYS, parse_keys


def verify_one(path: Path, trust: Trust, *, as_json: bool) -> int:
    """Says what the dossier shows. Raises `ProofError` for what cannot be read at all."""
    given = trust.policy or trust.keys
    verdict = verify_dossier(
        path,
        given or _beside(path),
        log_keys=trust.keys if trust.policy else (),
        authorities=trust.authorities.get,
    )
    if as_json:
        show(verdict.to_dict() | {"trusted": "given" if given else KEYS})
    else:
        _print(verdict, whose=not given)
    if not verdict.holds:
        return DOES_NOT_HOLD
    return HOLDS if verdict.complete else INCOMPLETE


def _beside(path: Path) -> Trusted:
    """The keys that came with it; what is wrong with them, or with the dossier, is said by the verdict."""
    with suppress(ProofError), reading.opened(path) as files:
        return parse_keys(reading.read(files, KEYS, MAX_KEYS)) if KEYS in files.names() else ()
    return ()


def _print(verdict: Verdict, *, whose: bool) -> None:
    for failure in verdict.failures[:SHOWN]:
        click.echo(f"FAILED  {failure.sentence}")
    word = "DOES NOT HOLD" if not verdict.holds else "OK" if verdict.complete else "INCOMPLETE"
    counted = f"{verdict.entries:,} entries verified, {len(verdict.failures)} failures"
    click.echo(f"{word}  {verdict.origin or 'the dossier'}: {counted}")
    for line in _lines(verdict):
        click.echo(f"  {line}")
    if whose:
        click.echo(f"Verified with the key that came with it ({KEYS}): that shows damage, and no forgery.")
    click.echo("This does not show")
    for limit in verdict.cannot_show:
        click.echo(f"  - {limit}")


def _lines(verdict: Verdict) -> Iterator[str]:
    yield f"procedure {verdict.procedure}: {verdict.state or 'its state cannot be told'}"
    for item, counts in verdict.tally.items():
        votes = ", ".join(f"{count:,} {option}" for option, count in counts.items())
        yield f"item {item}: {votes} → {verdict.outcome.get(item, '?')}"
    yield f"checkpoint of size {verdict.size:,}: root {verdict.root}"
    yield f"genesis {verdict.genesis}"
    for tsa, (earliest, latest) in verdict.stamps.items():
        yield f"stamped by {tsa} between {earliest} and {latest}: everything here is older"
    yield f"{verdict.documents} documents, {verdict.disclosures:,} disclosures"
