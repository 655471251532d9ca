"""Which signed heads there are to be looked at, and whether what is kept of them is complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.audit import sentences
from ledger.audit.failures import Failures
from ledger.audit.heads import Head, kept_heads, newest_head
from ledger.audit.target import Target, kept_sizes, size_of
from ledger.audit.trust import Kept, Trust
from ledger.errors import ProofError
from ledger.proof.lines import MAX_SIZE
from ledger.publish.folder import LogFolder
from ledger.publish.sizes import Sizes


def expected_heads(target: Target, trust: Trust, start: int, failures: Failures) -> Iterator[Sequence[Head]]:
    """All heads of trees with at least `start` entries, those of one kind in the order of their size."""
    folder, size = target.folder, target.size
    waiting = target.bundles and size == 0  # tiles without a checkpoint: it may wait for its witnesses (8.14)
    if folder is not None and size >= start and not waiting:
        yield list(kept_heads(folder, (one for one in _kept(folder, size, failures) if one >= start)))
        yield [newest_head(folder, size)]
    if target.memory is not None:
        yield _claimed(Kept(sentences.THE_MEMORY, target.memory), "8.12", start, failures, mine=False)
    for kept in trust.since:
        yield _claimed(kept, "8.6", start, failures, mine=True)


def _claimed(kept: Kept, check: str, start: int, failures: Failures, *, mine: bool) -> list[Head]:
    """A checkpoint from elsewhere; its size is the one that it says."""
    try:
        size = size_of(kept.note)
    except ProofError as error:
        failures.fail(error.check, None, sentences.OF_HEAD, head=kept.what, error=error)
        return []
    return [Head(size, kept.what, lambda: kept.note, check, mine=mine)] if size >= start else []


def _kept(folder: LogFolder, size: int, failures: Failures) -> list[int]:
    """(8.11) Sizes up to the published one whose checkpoints are kept or listed.

    First the list is read, then the folder: meanwhile something may be published.
    """
    listed: list[int] = []
    try:
        listed = Sizes(folder.path).listed(MAX_SIZE)
    except ProofError as error:
        failures.fail("8.11", None, error)
    kept = kept_sizes(folder)
    if size and size not in kept:
        failures.fail("8.11", size - 1, sentences.NEWEST_NOT_KEPT)
    if listed:  # the list may be gone, and the newest size may not be in it yet: publishers make it anew
        for missing in sorted({one for one in kept if one < size} - set(listed)):
            failures.fail("8.11", missing - 1, sentences.NOT_LISTED, size=missing)
    for missing in sorted({one for one in listed if one > size} - set(kept)):
        failures.fail("8.11", missing - 1, sentences.LISTED_NOT_KEPT, size=missing)
    if listed != sorted(set(listed)):
        failures.fail("8.11", None, sentences.SIZES_DO_NOT_RISE)
    return [one for one in sorted({*kept, *listed}) if one <= size]
