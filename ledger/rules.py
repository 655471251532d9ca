"""The rules as the verifier wants them: the ledger's state, replayed from nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from eventsourcing.domain import EventSourcingError

from ledger.domain.values import Payload, Place
from ledger.errors import StimmbuchError
from ledger.mapper import Reading
from ledger.proof.encoding import dump, unb64
from ledger.proof.entry import Entry
from ledger.proof.statement import Statement, procedure_stream, topic
from ledger.replayed_votes import ReplayedVotes
from ledger.state import State

Load = Callable[[UUID], Iterable[tuple[str, int, Reading]]]
"""Stream → topic, position and reading of its entries."""


class ReplayedRules:
    """Implements `ledger.proof.verify.Rules` with the code that decides new statements."""

    def __init__(self, origin: str, load: Load = lambda stream: ()) -> None:
        """`load` gives the entries of a stream that were verified before; the register's are applied now.

        Without it every stream is applied from its first entry. Raises what `load` raises.
        """
        self.state = State(origin, load)
        self._profiles: dict[bytes, Payload] = {}
        for event_topic, pos, reading in load(self.state.register_id):
            self.state.apply(event_topic, self.state.register_id, pos, reading)

    def signing_keys(self, statement: Statement) -> Sequence[bytes]:
        """Public keys that must have signed, in order."""
        return self.state.signing_keys(statement)

    def decide(self, statement: Statement, seq: int, at: str, leaf: str) -> None:
        """Applies the statement if the rules allow it."""
        if statement.kind == "procedure-opened":
            statement.payload["profile"] = self._one_of(statement.payload["profile"])
        self.state.decide(statement, Place(seq, at, leaf))
        if statement.kind == "procedure-closed":
            self.state.forget_votes(statement.payload["procedure"])

    def votes(self, procedure: str) -> ReplayedVotes | None:
        """What decides on votes in this procedure; None if it was not opened."""
        try:
            return ReplayedVotes(self.state, self.state.procedure(procedure_stream(procedure)))
        except StimmbuchError:
            return None

    def _one_of(self, profile: Payload) -> Payload:
        """The same profile, in the one copy that is kept of it: most procedures of a ledger have the same."""
        return self._profiles.setdefault(dump(profile), profile)

    def keys(self) -> list[bytes]:
        """Every public key that was ever registered, as far as it is replayed."""
        people = {} if self.state.register is None else self.state.register.people
        return [unb64(key) for person in people.values() for key in person.keys]

    def log_keys(self, size: int) -> list[str]:
        """The log's keys (vkeys) that are current in the tree of so many of the replayed entries."""
        register = self.state.register
        return [] if register is None else [key.vkey for key in register.log_keys.current(max(size, 1) - 1)]

    def log_keys_ever(self) -> list[str]:
        """All keys that the log ever had."""
        return [] if self.state.register is None else [key.vkey for key in self.state.register.log_keys.all]

    def force(self, statement: Statement, entry: Entry, leaf: str) -> None:
        """Applies the statement although the rules refuse it, as far as that is possible."""
        # What cannot be applied has been reported already; what follows from it will be, too.
        with contextlib.suppress(EventSourcingError, StimmbuchError, KeyError, TypeError, ValueError):
            stream, pos, _ = self.state.next_in_stream(statement)
            reading = Reading(entry, statement, Place(entry.seq, entry.at, leaf))
            self.state.apply(topic(statement.kind), stream, pos, reading)
