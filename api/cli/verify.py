"""`stimmbuch verify`: numbered checks, offline, all failures with their place."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import click

from api.cli.output import DOES_NOT_HOLD, HOLDS, INCOMPLETE, Progress, command, home_option, json_option, show
from api.clock import utc_now
from ledger.audit import Audit, audit_store, result_path
from ledger.audit_beside import Counts
from ledger.storage.store import Store, open_store

SHOWN = 50
"""Failures that are printed; `--json` has all."""


@click.command()
@click.argument("target", metavar="TARGET")
@home_option
@json_option
@command
def verify(target: str, home: str | None, as_json: bool) -> int:
    """Verify the ledger at TARGET (a store): chain, signatures, keys, rules, documents."""
    with closing(open_store(target, home=Path(home) if home else None)) as store:
        audit = verify_store(store, quiet=as_json)
    if as_json:
        show(audit.to_dict())
    else:
        print_audit(audit)
    if not audit.holds:
        return DOES_NOT_HOLD
    return HOLDS if audit.complete else INCOMPLETE


def verify_store(store: Store, *, quiet: bool = False) -> Audit:
    """Audits a store and keeps the result beside it, for the pages."""
    progress = Progress("entries", quiet=quiet)
    try:
        audit = audit_store(store, progress)
    finally:
        progress.end()
    _keep(store, audit)
    return audit


def print_audit(audit: Audit) -> None:
    """The audit as text."""
    for failure in audit.failures[:SHOWN]:
        click.echo(f"FAILED  {failure.sentence}")
    if len(audit.failures) > SHOWN:
        click.echo(f"FAILED  … and {len(audit.failures) - SHOWN} more (see --json)")
    verdict = "OK" if audit.holds and audit.complete else "INCOMPLETE" if audit.holds else "DOES NOT HOLD"
    click.echo(
        f"{verdict}  {audit.origin}: {audit.entries:,} entries verified, {len(audit.failures)} failures"
    )
    click.echo(f"  head {audit.head}")
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(audit.by_kind.items()))
    click.echo(f"  {kinds}; {_beside(audit.beside)}")


def _beside(found: Counts) -> str:
    rest = {"undisclosed": found.undisclosed, "redacted": found.redacted}
    missing = ", ".join(f"{count:,} {what}" for what, count in rest.items() if count)
    here = f"{found.documents} documents, {found.disclosures:,} disclosures"
    return f"{here} ({missing})" if missing else here


def _keep(store: Store, audit: Audit) -> None:
    """Beside the ledger; a copy that nobody may write to is verified all the same."""
    result = audit.to_dict() | {"at": utc_now()}
    del result["checks"]
    result["failures"] = result["failures"][:SHOWN]
    path = result_path(store)
    draft = path.with_suffix(".new")
    try:
        draft.write_text(json.dumps(result, indent=1), "utf-8")
        os.replace(draft, path)
    except OSError:
        click.echo(f"(the result could not be kept in {path})", err=True)
