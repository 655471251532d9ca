"""Published entry bundles, held against the entries of a database while these are in memory anyway."""

from __future__ import annotations

from typing import NamedTuple

from ledger.audit.source import Page
from ledger.errors import NotFound, ProofError
from ledger.proof.tiles import WIDTH, bundles_between
from ledger.publish.folder import LogFolder


class Published(NamedTuple):
    """A published log that is to hold the same entries."""

    folder: LogFolder
    size: int
    """How many it says to have."""
    bundles: bool = True
    """Whether its bundles are compared; not where the entries come from them."""


def equal_bundles(page: Page, published: Published | None) -> list[int]:
    """Numbers of the bundles that hold exactly the entries of the page.

    What is missing or different is not among them: why is found out where the log is followed.
    """
    numbers = page.numbers
    if published is None or not published.bundles or not isinstance(numbers, range) or numbers.start % WIDTH:
        return []
    equal = []
    for bundle in bundles_between(numbers.start, min(numbers.stop, published.size)):
        begin = bundle.index * WIDTH - numbers.start
        try:
            if published.folder.bundle(bundle) == page.states[begin : begin + bundle.width]:
                equal.append(bundle.index)
        except (NotFound, ProofError):
            continue
    return equal
