"""What an audit found wrong, in bounded memory: of each check the first thousand, and how many there are.

Whoever wants all of them is told each one when it is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from ledger.errors import StimmbuchError
from ledger.proof.checks import INCOMPLETE, Failure
from ledger.sentence import Sentence

KEPT = 1000
"""Failures that are kept of each check: whoever rewrites a whole log must not fill the auditor's memory."""


class Failures:
    """Collects failures."""

    def __init__(self, told: Callable[[Failure], object] | None = None) -> None:
        """`told` is called with each failure, in the order in which they are found."""
        self._told = told
        self.counts: Counter[str] = Counter()
        """Check → how many failures there are."""
        self.kept: list[Failure] = []
        """Those that are kept, as they came."""

    def add(self, failure: Failure) -> None:
        """One more."""
        self.counts[failure.check] += 1
        if self.counts[failure.check] <= KEPT:
            self.kept.append(failure)
        if self._told is not None:
            self._told(failure)

    def fail(
        self,
        check: str,
        seq: int | None,
        what: Sentence | StimmbuchError,
        expected: str = "",
        found: str = "",
        **values: object,
    ) -> None:
        """One more, of these parts (see `Failure.of`)."""
        self.add(Failure.of(check, seq, what, expected, found, **values))

    def drain(self, failures: list[Failure]) -> None:
        """Takes all of a list and empties it."""
        for failure in failures:
            self.add(failure)
        failures.clear()

    def extend(self, failures: Iterable[Failure]) -> None:
        """Some more."""
        for failure in failures:
            self.add(failure)

    def in_order(self) -> list[Failure]:
        """Those that were kept, in the order of the log; what belongs to no entry comes last."""
        return sorted(self.kept, key=lambda one: (one.seq is None, one.seq or 0, _number(one.check)))


def wrong(counts: Counter[str]) -> int:
    """How many failures mean that something is not as it should be, and not only that it is missing."""
    return sum(count for check, count in counts.items() if check not in INCOMPLETE)


def _number(check: str) -> tuple[int, ...]:
    return tuple(int(part) for part in check.split("."))
