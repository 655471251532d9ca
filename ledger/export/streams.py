"""Some streams of a log, each complete from its first entry, verified without the entries of the others."""

from __future__ import annotations

from contextlib import suppress

from ledger.errors import ProofError
from ledger.proof.asked import Rules
from ledger.proof.entry import Entry, link_of
from ledger.proof.statement import Statement
from ledger.proof.verify import LogVerifier


class StreamsVerifier(LogVerifier):
    """Takes entries in the order of the log, with gaps where entries of other streams stand.

    The numbered checks are those of a whole log. Across a gap `prev` is not compared: that the entry stands
    at its number is proven by the tree, and that nothing is missing in between is not shown at all.
    """

    def __init__(self, origin: str, rules: Rules) -> None:
        super().__init__(origin, rules)
        self._seen: set[str] = set()
        self.unjudged: list[int] = []
        """Numbers of entries whose rules depend on streams that are not here."""

    def add_at(self, seq: int, data: bytes) -> tuple[Entry, Statement] | None:
        """Checks the entry that stands at number `seq`; returns it if it could be read."""
        if seq != self.seq:
            self.seq = self._number = seq
            with suppress(ProofError):  # said by `add`
                self.prev = link_of(data)[1]
        read = self.add(data)
        if read is not None:
            self._seen.add(read[0].stream)
        return read

    def _check_rules(self, statement: Statement, entry: Entry, leaf: str) -> None:
        """What was erased in a stream that is not here cannot be judged: did its entries name it?"""
        if statement.kind == "redacted" and statement.payload["stream"] not in self._seen | {entry.stream}:
            self.unjudged.append(self.seq)
            self.rules.force(statement, entry, leaf)
        else:
            super()._check_rules(statement, entry, leaf)
