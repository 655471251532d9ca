"""The rules as the verifier wants them: the ledger's state, replayed from nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from eventsourcing.domain import EventSourcingError

from ledger.domain.values import Place
from ledger.errors import StimmbuchError
from ledger.mapper import Reading
from ledger.proof.entry import Entry
from ledger.proof.statement import Statement, topic
from ledger.state import State


class ReplayedRules:
    """Implements `ledger.proof.verify.Rules` with the code that decides new statements."""

    def __init__(self, origin: str) -> None:
        # Every stream is applied from its first entry: there is nothing to load.
        self.state = State(origin, lambda stream: ())

    def signing_keys(self, statement: Statement) -> Sequence[bytes]:
        """Public keys that must have signed, in order."""
        return self.state.signing_keys(statement)

    def decide(self, statement: Statement, seq: int, at: str, leaf: str) -> None:
        """Applies the statement if the rules allow it."""
        self.state.decide(statement, Place(seq, at, leaf))
        if statement.kind == "procedure-closed":
            self.state.forget_votes(statement.payload["procedure"])

    def force(self, statement: Statement, entry: Entry, leaf: str) -> None:
        """Applies the statement although the rules refuse it, as far as that is possible."""
        # What cannot be applied has been reported already; what follows from it will be, too.
        with contextlib.suppress(EventSourcingError, StimmbuchError, KeyError, TypeError, ValueError):
            stream, pos, _ = self.state.next_in_stream(statement)
            reading = Reading(entry, statement, Place(entry.seq, entry.at, leaf))
            self.state.apply(topic(statement.kind), stream, pos, reading)
