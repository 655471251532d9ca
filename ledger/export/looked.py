"""How often each check was made where something is verified without the rest of its log, and on what.

What is not counted was not looked at, and a record of the verification says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.errors import ProofError
from ledger.export.streams import StreamsVerifier
from ledger.proof.checkpoint import OpenedCheckpoint
from ledger.proof.checks import OF_ENTRIES, OF_KINDS, OF_READ, OF_STATEMENTS
from ledger.proof.entry import Entry
from ledger.proof.policy import Policy, Trusted, open_under
from ledger.proof.statement import Statement
from ledger.proof.verification_key import VerificationKey
from ledger.rules import ReplayedRules

_OPENED = ("8.2", "8.4", "8.3")
_BEFORE = {"8.2": (), "8.4": ("8.2",), "8.3": ("8.2", "8.4"), "8.5": _OPENED}
"""What was made of a checkpoint before the check that fails: of a cosignature (8.9) nobody knows."""


@dataclass
class Looked:
    """What was looked at."""

    made: Counter[str] = field(default_factory=Counter)
    """Check → how many times it was made."""
    by_kind: Counter[str] = field(default_factory=Counter)
    """Kind of statement → how many could be read."""
    head: str = ""
    """Leaf hash of the last entry, base64."""
    opened: OpenedCheckpoint | None = None
    """The checkpoint, if it holds under what is trusted."""
    note: bytes = b""
    """Its bytes."""
    rules: ReplayedRules | None = None
    """The register and procedures as they stand after the last entry."""

    def open(
        self, data: bytes, trusted: Trusted, log_keys: Iterable[VerificationKey] = ()
    ) -> OpenedCheckpoint:
        """A checkpoint, under what is trusted, and counted. Raises `ProofError` (8.2 to 8.5, 8.9)."""
        try:
            opened = open_under(data, trusted, log_keys)
        except ProofError as error:
            self.made.update((*_BEFORE.get(error.check, ()), error.check))
            raise
        self.made.update(_OPENED)
        self.made["8.5"] += isinstance(trusted, Policy)
        self.made["8.9"] += len(opened.cosignatures)
        return opened

    def add(self, verifier: StreamsVerifier, seq: int, data: bytes) -> tuple[Entry, Statement] | None:
        """Has an entry verified, and counts what is made of it; returns it if it could be read.

        That no number is left out (2.1) only the whole log shows.
        """
        follows, failed = seq == verifier.seq, len(verifier.failures)
        read = verifier.add_at(seq, data)
        self.made.update(OF_ENTRIES)
        if all(failure.check != "1.1" for failure in verifier.failures[failed:]):
            self.made.update(OF_READ)
            self.made["2.2"] += follows
        if read is not None:
            kind = read[1].kind
            self.made.update((*OF_STATEMENTS, *filter(None, [OF_KINDS.get(kind)])))
            self.by_kind[kind] += 1
        self.head = verifier.prev
        return read
