"""A receipt, verified with nothing but the keys that are trusted."""

from __future__ import annotations

import click

from api.cli.output import HOLDS, show
from api.cli.sentences import usage
from api.cli.sentences import verify as words
from api.cli.usage import wrong
from api.cli.verify_record import Recording
from api.cli.verify_text import Telling
from ledger.audit.findings_alone import of_receipt
from ledger.audit.receipt import LIMITS, Proven, verify_receipt
from ledger.audit.trust import Trust, basis_of
from ledger.errors import ProofError
from ledger.export.looked import Looked
from ledger.proof.checks import Conclusion


def verify_file(data: bytes, trust: Trust, recording: Recording, *, as_json: bool, lang: str) -> int:
    """Says what the receipt proves. Raises `ProofError`, which names the check that does not hold."""
    if trust.policy is None and not trust.keys:
        raise wrong(usage.KEY_OR_POLICY)
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
        _print(proven, Telling(lang))
    return HOLDS


def _print(proven: Proven, tell: Telling) -> None:
    place = {"origin": proven.origin, "seq": str(proven.seq), "size": proven.size}
    tell.verdict(Conclusion.HOLDS, words.IN_THE_LOG, **place)
    statement = {"kind": proven.kind, "actor": proven.actor, "procedure": proven.procedure, "at": proven.at}
    said = words.STATEMENT_IN if proven.procedure else words.STATEMENT_OF
    click.echo(f"  {tell.say(said, **statement)}")
    click.echo(f"  {tell.say(words.LEAF, leaf=proven.leaf)}")
    for name, at in proven.cosigned:
        click.echo(f"  {tell.say(words.COSIGNED, name=name, at=at)}")
    if not proven.cosigned:
        click.echo(f"  {tell.say(words.NOT_COSIGNED)}")
    click.echo(tell.say(words.DOES_NOT_PROVE))
    for limit in LIMITS:
        click.echo(f"  - {tell.say(limit)}")
