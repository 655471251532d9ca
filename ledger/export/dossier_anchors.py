"""The time stamps in a dossier: over its one checkpoint, so that everything in it is older than they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ledger.errors import ProofError
from ledger.export.names import is_anchor_name
from ledger.export.reading import Files, read
from ledger.export.sentences import dossiers
from ledger.export.verdict import Verdict
from ledger.proof.anchor import TOLERANCE
from ledger.proof.sentences import stamps
from ledger.proof.timestamp import MAX_RESPONSE, Certificates, TimeStamp, verify_timestamp
from ledger.proof.tree_head import Checkpoint
from ledger.publish.anchor_files import parse_anchor_path

Authorities = Callable[[str], Certificates | None]
"""Id of an authority → the certificates under which the verifier trusts it, None without any."""


def nobody(tsa: str) -> None:
    """Whom a verifier trusts who brought no certificates."""


def check_anchors(
    files: Files, names: list[str], head: Checkpoint, authorities: Authorities, last: str, verdict: Verdict
) -> None:
    """(9.3 to 9.6, 9.8, 10.1) `last` is the time of the last entry, as entries write it, or "".

    What is a `ProofError` goes into the verdict.
    """
    for name in filter(is_anchor_name, names):
        with verdict.blaming():
            tsa = _authority(name, head)
            response, trusted = read(files, name, MAX_RESPONSE), authorities(tsa)
            verdict.look("9.4")
            if trusted is None:
                raise ProofError(stamps.NO_CERTIFICATE_OF, tsa=tsa, check="9.4")
            stamp = _verified(response, head, trusted, verdict)
            verdict.stamps[tsa] = [stamp.earliest, stamp.latest]
            verdict.look("9.8")
            if last and datetime.fromisoformat(last) > datetime.fromisoformat(stamp.latest) + TOLERANCE:
                latest = f"≤ {stamp.latest}"
                verdict.fail("9.8", dossiers.YOUNGER_THAN_SAID, None, latest, last, tsa=tsa)


def _verified(response: bytes, head: Checkpoint, trusted: Certificates, verdict: Verdict) -> TimeStamp:
    """(9.3, 9.5, 9.6) In this order: where one fails, those after it are not made."""
    made = ["9.3", "9.5", "9.6"]
    try:
        return verify_timestamp(response, head.text.encode("utf-8"), trusted)
    except ProofError as error:
        made = made[: made.index(error.check) + 1]
        raise
    finally:
        verdict.look(*made)


def _authority(name: str, head: Checkpoint) -> str:
    try:
        size, tsa = parse_anchor_path(name)
    except ProofError as error:
        raise ProofError(error, check="10.1") from None
    if size != head.size:
        raise ProofError(dossiers.OVER_ANOTHER, name=name, check="10.1")
    return tsa
