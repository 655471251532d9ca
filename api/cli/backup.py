"""`stimmbuch backup` and `stimmbuch restore`: the entries and what belongs to them, without secrets."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.found import open_empty
from api.cli.output import (
    Progress,
    command,
    exit_code_of,
    home_option,
    json_option,
    show,
    store_option,
)
from api.cli.sentences import done as words
from api.cli.sentences import progress as going
from api.cli.usage import say
from api.clock import utc_now
from api.wiring import prepare_for_views
from ledger.application import origin_of
from ledger.audit import Audit, audit_store
from ledger.backup.manifest import read_manifest
from ledger.backup.read import Restored
from ledger.backup.read import restore as bring_in
from ledger.backup.write import back_up
from ledger.sentence import Sentence
from ledger.storage.store import open_store


@click.command()
@store_option
@home_option
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False), help="An empty directory.")
@json_option
@command
def backup(store: str, home: Path | None, folder: str, as_json: bool) -> None:
    """Write a backup of STORE, which may be in use: entries, texts and documents, checkpoints, time stamps.

    Without private keys and without the signer's memory: keep the keys once, encrypted, in another place.
    """
    with open_store(store, home=home) as opened:
        written = back_up(opened, origin_of(opened.recorder), Path(folder), utc_now())
    found = written.manifest
    if as_json:
        show({"documents": written.documents, "disclosures": written.disclosures, **found._asdict()})
        return
    say(words.BACKED_UP, origin=found.origin, entries=found.entries, path=folder, head=found.head)
    say(words.BESIDE, documents=written.documents, disclosures=written.disclosures)
    say(words.NOT_IN_IT)


@click.command()
@click.option("--from", "folder", required=True, type=click.Path(file_okay=False), help="A backup.")
@store_option
@home_option
@json_option
@command
def restore(folder: str, store: str, home: Path | None, as_json: bool) -> int:
    """Bring a backup into STORE, which must be empty, and verify all of it. Run as the owner of the database.

    What lies in the home already (keys, the signer's memory, a newer published log) stays as it is.
    """
    manifest = read_manifest(Path(folder))
    opened, progress = open_empty(store, home), Progress(going.RESTORING, quiet=as_json)
    with opened:
        prepare_for_views(store, opened)
        restored = bring_in(Path(folder), opened, manifest, progress)
        progress.end()
        audit = audit_store(opened)
    lacking = max(0, audit.claimed - manifest.entries)
    if as_json:
        told = {"entries": manifest.entries, "head": manifest.head, "kept": restored.kept_newer}
        found = {"holds": audit.holds, "complete": audit.complete, "lacking": lacking}
        show({"origin": manifest.origin, **found, **told})
    else:
        _say(restored, audit, lacking)
    return exit_code_of(audit.conclusion)


def _say(restored: Restored, audit: Audit, lacking: int) -> None:
    manifest = restored.manifest
    say(words.RESTORED, origin=manifest.origin, entries=manifest.entries, at=manifest.at)
    say(words.BESIDE, documents=restored.documents, disclosures=restored.disclosures)
    say(_verdict(audit, lacking), lacking=lacking)


def _verdict(audit: Audit, lacking: int) -> Sentence:
    """What was found, and what to do next: what the published log has more is brought back first."""
    if lacking:
        return words.RECOVER_FIRST
    if not audit.holds:
        return words.DOES_NOT_HOLD
    return words.VERIFIED if audit.complete else words.INCOMPLETE
