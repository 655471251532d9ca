"""An audit as text for people."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ledger.audit import Audit
from ledger.audit.beside import Counts
from ledger.proof.checks import Conclusion

SHOWN = 50
"""Failures that are printed; `--json` has more."""

WORDS = {
    Conclusion.HOLDS: "OK",
    Conclusion.DOES_NOT_HOLD: "DOES NOT HOLD",
    Conclusion.OLDER: "OLDER",
    Conclusion.INCOMPLETE: "INCOMPLETE",
}
"""How a line begins that says what an audit came to."""


def print_audit(audit: Audit) -> None:
    """What was found, failures first."""
    for failure in audit.failures[:SHOWN]:
        click.echo(f"FAILED  {failure.sentence}")
    found = audit.counts.total()
    if found > SHOWN:
        click.echo(f"FAILED  … and {found - SHOWN} more (see --json)")
    if audit.older:
        click.echo("OLDER  this log ends before a checkpoint that was kept: keep both for the inquiry")
    click.echo(f"{WORDS[audit.conclusion]}  {audit.origin}: {_entries(audit)} verified, {found} failures")
    for line in _lines(audit):
        click.echo(f"  {line}")


def _entries(audit: Audit) -> str:
    new = audit.entries - audit.first
    return f"{new:,} new entries of {audit.entries:,}" if audit.first else f"{audit.entries:,} entries"


def _lines(audit: Audit) -> Iterator[str]:
    if not audit.head:
        return  # nothing was looked at
    yield f"head {audit.head}"
    if audit.published is None and audit.claimed:
        yield f"published {audit.claimed:,}: the checkpoint does not hold"
    elif audit.published is None:
        yield "nothing is published yet"
    else:
        size, root, names, _ = audit.published
        rest = f", {audit.unpublished:,} not yet" if audit.unpublished else ""
        yield f"published {size:,}{rest}: root {root}, signed by {', '.join(names)}"
    for size in audit.since:
        yield f"continues the checkpoint of size {size:,}"
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(audit.by_kind.items()))
    yield f"{kinds}; {_beside(audit.beside)}" if kinds else _beside(audit.beside)


def _beside(found: Counts) -> str:
    rest = {"undisclosed": found.undisclosed, "redacted": found.redacted}
    missing = ", ".join(f"{count:,} {what}" for what, count in rest.items() if count)
    here = f"{found.documents} documents, {found.disclosures:,} disclosures"
    return f"{here} ({missing})" if missing else here
