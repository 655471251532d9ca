"""A receipt, verified with nothing but the keys that are trusted."""

from __future__ import annotations

import click

from api.cli.output import HOLDS, show
from api.cli.verify_record import Recording
from ledger.audit.findings_alone import of_receipt
from ledger.audit.receipt import LIMITS, Proven, verify_receipt
from ledger.audit.trust import Trust, basis_of
from ledger.errors import ProofError
from ledger.export.looked import Looked


def verify_file(data: bytes, trust: Trust, recording: Recording, *, as_json: bool) -> int:
    """Says what the receipt proves. Raises `ProofError`, which names the check that does not hold."""
    if trust.policy is None and not trust.keys:
        raise click.UsageError("a receipt is verified with the log's key (--key) or a policy (--policy)")
    looked = Looked()
    try:
        proven = verify_receipt(data, trust.policy or trust.keys, trust.keys, looked)
    except ProofError as error:
        recording.write(of_receipt(data, error, looked, basis_of(trust)))
        raise
    recording.write(of_receipt(data, proven, looked, basis_of(trust)))
    if as_json:
        show(proven.to_dict())
    else:
        _print(proven)
    return HOLDS


def _print(proven: Proven) -> None:
    where = f", in the procedure {proven.procedure}" if proven.procedure else ""
    click.echo(f"OK  {proven.origin}: entry {proven.seq} is in the log of {proven.size:,} entries")
    click.echo(f"  {proven.kind} of {proven.actor}{where}, recorded as of {proven.at}")
    click.echo(f"  leaf {proven.leaf}")
    for name, at in proven.cosigned:
        click.echo(f"  cosigned by {name} at {at}")
    if not proven.cosigned:
        click.echo("  cosigned by nobody else")
    click.echo("This does not prove")
    for limit in LIMITS:
        click.echo(f"  - {limit}")
