"""What the verification of a dossier found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ledger.errors import ProofError, StimmbuchError
from ledger.export.looked import Looked
from ledger.proof.checks import INCOMPLETE, Conclusion, Failure, conclude
from ledger.sentence import Sentence


@dataclass
class Verdict:
    """Facts, failures, and what was not shown. Facts are worth something only if it `holds`."""

    origin: str = ""
    size: int = 0
    root: str = ""
    """Base64: together with `size` the checkpoint to compare with others."""
    genesis: str = ""
    """Leaf hash of the ledger's first entry, base64: the anchor of all keys."""
    procedure: str = ""
    state: str = ""
    tally: dict[str, dict[str, int]] = field(default_factory=dict)
    outcome: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, list[str]] = field(default_factory=dict)
    """Authority → between which times it stamped the checkpoint: the entries are older."""
    entries: int = 0
    documents: int = 0
    disclosures: int = 0
    unjudged: list[int] = field(default_factory=list)
    """Entries of the register about other procedures: what they erase, and whether it was ever there."""
    cannot_show: list[Sentence] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    looked: Looked = field(default_factory=Looked)
    """For a record of the verification."""

    @property
    def conclusion(self) -> Conclusion:
        """What it comes to."""
        return conclude({failure.check for failure in self.failures})

    @property
    def wrong(self) -> list[Failure]:
        """Failures that mean that something is not as it should be."""
        return [failure for failure in self.failures if failure.check not in INCOMPLETE]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong

    @property
    def complete(self) -> bool:
        """Whether everything could be looked at."""
        return len(self.wrong) == len(self.failures)

    def fail(
        self,
        check: str,
        what: Sentence | StimmbuchError,
        seq: int | None = None,
        expected: str = "",
        found: str = "",
        **named: object,
    ) -> None:
        """Adds a failure (see `Failure.of`)."""
        self.failures.append(Failure.of(check, seq, what, expected, found, **named))

    def look(self, *checks: str) -> None:
        """Counts checks that are made."""
        self.looked.made.update(checks)

    def blame(self, error: ProofError, seq: int | None = None) -> None:
        """Adds an error as a failure."""
        self.fail(error.check or "8.8", error, seq)

    @contextmanager
    def blaming(self, seq: int | None = None) -> Iterator[None]:
        """Whatever the block raises as a `ProofError` becomes a failure, and ends the block."""
        try:
            yield
        except ProofError as error:
            self.blame(error, seq)

    def to_dict(self) -> dict[str, Any]:
        """The verdict as plain values, for `--json`."""
        failures = [failure.to_dict() for failure in self.failures]
        told = vars(self) | {"holds": self.holds, "complete": self.complete, "failures": failures}
        told |= {"cannot_show": self.limits("en"), "german": {"cannot_show": self.limits("de")}}
        return {name: value for name, value in told.items() if name != "looked"}

    def limits(self, language: str) -> list[str]:
        """What cannot be shown, a paragraph each."""
        return [f"{one.say(language, {})}." for one in self.cannot_show]


def unreadable(error: ProofError) -> Verdict:
    """The verdict of what cannot be read at all."""
    verdict = Verdict()
    verdict.blame(error)
    return verdict
