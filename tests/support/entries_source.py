"""Entries in memory as a source of an audit, and what an audit says to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ledger.audit.failures import Failures
from ledger.audit.follow import Follower
from ledger.audit.heads import Heads
from ledger.audit.published import TreeCheck
from ledger.audit.seen import SeenCheck
from ledger.audit.source import Page
from ledger.audit.tree import Tree
from ledger.audit.worker import Job
from ledger.audit.workers import open_pages
from ledger.proof.checks import Failure
from ledger.proof.entry import Entry
from ledger.proof.statement import Statement
from ledger.proof.verify import LogVerifier
from ledger.rules import ReplayedRules
from tests.support.memory_ledger import ORIGIN


class EntriesSource:
    """Implements `EntrySource`. Numbers in `holes` are missing."""

    def __init__(self, entries: Sequence[bytes], holes: Sequence[int] = ()) -> None:
        self._entries = list(entries)
        self._holes = frozenset(holes)
        self.size = len(entries)

    @property
    def reopen(self) -> Callable[[], EntriesSource]:
        """The same entries."""
        return partial(EntriesSource, self._entries, tuple(self._holes))

    def page(self, first: int, end: int) -> Page:
        """The entries of these numbers that are there."""
        numbers = [number for number in range(first, end) if self._there(number)]
        whole = len(numbers) == end - first
        return Page(range(first, end) if whole else numbers, [self._entries[number] for number in numbers])

    def next(self, number: int) -> int | None:
        """The first number that is there."""
        return next((one for one in range(number, self.size) if self._there(one)), None)

    def close(self) -> None:
        """Nothing is open."""

    def _there(self, number: int) -> bool:
        return 0 <= number < self.size and number not in self._holes


class Deaf:
    """Does not want to know what the entries say."""

    def note(self, entry: Entry, statement: Statement, seq: int) -> None:
        """Nothing."""


def audited(entries: Sequence[bytes], *, processes: int = 1, origin: str = ORIGIN) -> list[Failure]:
    """The failures that the audit's own way finds in a log: examined by pages, then followed."""
    source, tree = EntriesSource(entries), Tree()
    seen = SeenCheck(tree, source)
    grown = TreeCheck(None, Heads(lambda size: (), None, Failures()), iter(()), Failures(), tree, seen.lift)
    verifier, failures = LogVerifier(origin, ReplayedRules(origin)), Failures()
    follower = Follower(source, verifier, Deaf())
    with open_pages(source, Job(source.reopen, origin, None), processes) as pages:
        for page, result in pages.read(0, source.size):
            follower.follow(page, result)
            grown.take(range(*page), result.leaves, ())
            failures.drain(verifier.failures)
            failures.extend(seen.look(verifier.seen))
            failures.drain(follower.failures)
    return sorted(failures.kept, key=lambda failure: failure.seq or 0)  # what signers saw comes by pages
