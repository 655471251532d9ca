"""`stimmbuch backup` and `stimmbuch restore`: the entries and what belongs to them, without secrets."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.found import open_empty
from api.cli.output import (
    Progress,
    command,
    home_option,
    json_option,
    show,
    store_option,
)
from api.cli.verify import exit_code
from api.clock import utc_now
from api.wiring import prepare_for_views
from ledger.application import origin_of
from ledger.audit import Audit, audit_store
from ledger.backup.manifest import read_manifest
from ledger.backup.read import Restored
from ledger.backup.read import restore as bring_in
from ledger.backup.write import back_up
from ledger.storage.store import open_store

NOT_IN_IT = "not in it: private keys (keys/), the signer's memory (signer/), who may call the service"


@click.command()
@store_option
@home_option
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False), help="An empty directory.")
@json_option
@command
def backup(store: str, home: str | None, folder: str, as_json: bool) -> None:
    """Write a backup of STORE, which may be in use: entries, texts and documents, checkpoints, time stamps.

    Without private keys and without the signer's memory: keep the keys once, encrypted, in another place.
    """
    with open_store(store, home=Path(home) if home else None) as opened:
        written = back_up(opened, origin_of(opened.recorder), Path(folder), utc_now())
    found = written.manifest
    if as_json:
        show({"documents": written.documents, "disclosures": written.disclosures, **found._asdict()})
        return
    click.echo(f"{found.origin}: {found.entries} entries in {folder}, up to {found.head}")
    click.echo(f"  {written.documents} documents, {written.disclosures} texts")
    click.echo(f"  {NOT_IN_IT}")


@click.command()
@click.option("--from", "folder", required=True, type=click.Path(file_okay=False), help="A backup.")
@store_option
@home_option
@json_option
@command
def restore(folder: str, store: str, home: str | None, as_json: bool) -> int:
    """Bring a backup into STORE, which must be empty, and verify all of it. Run as the owner of the database.

    What lies in the home already (keys, the signer's memory, a newer published log) stays as it is.
    """
    manifest = read_manifest(Path(folder))
    opened, progress = open_empty(store, Path(home) if home else None), Progress("restoring", quiet=as_json)
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
    return exit_code(audit)


def _say(restored: Restored, audit: Audit, lacking: int) -> None:
    manifest = restored.manifest
    click.echo(f"{manifest.origin}: {manifest.entries} entries of {manifest.at} are back")
    click.echo(f"  {restored.documents} documents, {restored.disclosures} texts")
    click.echo(f"  {_verdict(audit, lacking)}")


def _verdict(audit: Audit, lacking: int) -> str:
    """What was found, and what to do next: what the published log has more is brought back first."""
    if lacking:
        return f"{lacking} entries more were published: run `stimmbuch recover` before anything else"
    if not audit.holds:
        return "DOES NOT HOLD: run `stimmbuch verify`"
    return "verified" if audit.complete else "INCOMPLETE: `stimmbuch verify` says what could not be checked"
