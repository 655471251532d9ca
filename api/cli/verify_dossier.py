"""A dossier of one procedure, verified without the rest of the log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from api.cli.output import exit_code_of, show
from api.cli.sentences import verify as words
from api.cli.verify_record import Recording
from api.cli.verify_text import Telling
from ledger.audit.findings_alone import of_dossier
from ledger.audit.trust import Basis, Trust, basis_of
from ledger.errors import ProofError
from ledger.export import reading
from ledger.export.dossier_verify import verify_dossier
from ledger.export.names import KEYS
from ledger.export.verdict import Verdict, unreadable
from ledger.export.verifier_needs import MAX_KEYS, parse_keys
from ledger.proof.verification_key import VerificationKey


def verify_one(path: Path, trust: Trust, recording: Recording, *, as_json: bool, lang: str) -> int:
    """Says what the dossier shows. Raises `ProofError` for what cannot be read at all."""
    given, beside = trust.policy or trust.keys, _beside(path)
    basis = basis_of(trust) if given else Basis("target", tuple(key.text for key in beside))
    log_keys = trust.keys if trust.policy else ()
    try:
        verdict = verify_dossier(path, given or beside, log_keys=log_keys, authorities=trust.authorities.get)
    except ProofError as error:
        recording.write(of_dossier(unreadable(error), basis, _sha256(path)))
        raise
    recording.write(of_dossier(verdict, basis, _sha256(path)))
    if as_json:
        show(verdict.to_dict() | {"trusted": "given" if given else KEYS})
    else:
        _print(verdict, Telling(lang), whose=not given)
    return exit_code_of(verdict.conclusion)


def _sha256(path: Path) -> str | None:
    """Of a ZIP file; a directory has none."""
    if path.is_dir():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beside(path: Path) -> tuple[VerificationKey, ...]:
    """The keys that came with it; what is wrong with them, or with the dossier, is said by the verdict."""
    with suppress(ProofError), reading.opened(path) as files:
        return parse_keys(reading.read(files, KEYS, MAX_KEYS)) if KEYS in files.names() else ()
    return ()


def _print(verdict: Verdict, tell: Telling, *, whose: bool) -> None:
    tell.failures(verdict.failures)
    entries = tell.say(words.ENTRIES, count=verdict.entries)
    told = {"origin": verdict.origin or tell.say(words.THE_DOSSIER), "entries": entries}
    tell.verdict(verdict.conclusion, words.VERIFIED, **told, failures=str(len(verdict.failures)))
    for line in _lines(verdict, tell):
        click.echo(f"  {line}")
    if whose:
        click.echo(f"{tell.say(words.KEY_CAME_WITH_IT, file=KEYS)}.")
    click.echo(tell.say(words.DOES_NOT_SHOW))
    for limit in verdict.limits(tell.language):
        click.echo(f"  - {limit}")


def _lines(verdict: Verdict, tell: Telling) -> Iterator[str]:
    state = verdict.state or tell.say(words.NO_STATE)
    yield tell.say(words.PROCEDURE, procedure=verdict.procedure, state=state)
    for item, counts in verdict.tally.items():
        votes = ", ".join(f"{tell.number(count)} {option}" for option, count in counts.items())
        yield tell.say(words.ITEM, item=item, votes=votes, outcome=verdict.outcome.get(item, "?"))
    yield tell.say(words.CHECKPOINT, size=verdict.size, root=verdict.root)
    yield tell.say(words.GENESIS, genesis=verdict.genesis)
    for tsa, (earliest, latest) in verdict.stamps.items():
        yield tell.say(words.STAMPED, tsa=tsa, earliest=earliest, latest=latest)
    told = {"documents": str(verdict.documents), "disclosures": verdict.disclosures}
    yield tell.say(words.BESIDE, **told)
