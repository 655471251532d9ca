"""Titles, wordings, labels and names: disclosures, as far as they are there and are what was signed."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from ledger.application import VotingLedger
from ledger.errors import BadShape, ProofError

log = logging.getLogger(__name__)


def texts(ledger: VotingLedger, digests: Iterable[str | None]) -> dict[str, str]:
    """The texts of these digests. What is erased, was never sent, or does not match is missing."""
    wanted = list({digest: None for digest in digests if digest is not None})
    if not wanted:
        return {}
    try:
        return {digest: found.value for digest, found in ledger.disclosures(wanted).items()}
    except (ProofError, BadShape) as error:
        # A text that is not the signed one must not be shown, and must not hide the others.
        log.warning("a disclosure does not match its digest: %s", error)
        return _one_by_one(ledger, wanted) if len(wanted) > 1 else {}


def _one_by_one(ledger: VotingLedger, digests: list[str]) -> dict[str, str]:
    return {name: text for digest in digests for name, text in texts(ledger, [digest]).items()}
