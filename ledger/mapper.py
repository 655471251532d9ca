"""From an entry to the domain event in it. Entries are made by the committer only, never from events."""

from __future__ import annotations

import binascii
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from eventsourcing.domain import Aggregate
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.utils import resolve_topic

from ledger.domain.events import Recorded, RecordedFirst, instant
from ledger.domain.procedure import Procedure
from ledger.domain.procedure_events import Opening
from ledger.domain.register import Register
from ledger.domain.values import Electorate, Place
from ledger.errors import ProofError
from ledger.proof.entry import Entry, leaf_hash, parse_entry
from ledger.proof.sentences import verification
from ledger.proof.statement import Statement, parse_statement

Electorates = Callable[[str, str], Electorate]
"""Body and `as_of` → the electorate: what an opening statement refers to in the register."""

_AGGREGATES: dict[str, type[Aggregate]] = {
    Register.Created.TOPIC: Register,
    Procedure.Created.TOPIC: Procedure,
}


_decode = json.JSONDecoder().raw_decode  # does not look for spaces around: canonical JSON has none

_AT, _PAYLOAD = 7, 51
"""Where an entry's time and its payload begin: `{"at":"<24 characters>","env":{"payload":"…`."""


class Reading:
    """An entry that was read: its parts, its statement, and its place."""

    __slots__ = ("_parts", "payload", "place")

    def __init__(self, entry: Entry, statement: Statement, place: Place) -> None:
        self._parts = entry, statement
        self.payload = statement.payload
        self.place = place

    @property
    def entry(self) -> Entry:
        """The parts of the entry."""
        return self._parts[0]

    @property
    def statement(self) -> Statement:
        """The statement in it."""
        return self._parts[1]


class Glance(Reading):
    """An entry of which only payload and place were looked at; its parts are read when asked for."""

    __slots__ = ("_state", "text")

    def __init__(self, state: bytes, text: str, payload: dict[str, Any], place: Place) -> None:
        """`text` is the canonical JSON of the payload."""
        self._state = state
        self.text = text
        self.payload = payload
        self.place = place

    @property
    def entry(self) -> Entry:
        """The parts of the entry. Raises `ProofError`."""
        return parse_entry(self._state)

    @property
    def statement(self) -> Statement:
        """The statement in it. Raises `ProofError` or `Invalid`."""
        return parse_statement(self.entry.envelope)


def read_entry(state: bytes) -> Reading:
    """The parts of an entry's bytes. Raises `ProofError` or `Invalid` if they are not an entry."""
    entry = parse_entry(state)
    return Reading(entry, parse_statement(entry.envelope), Place(entry.seq, entry.at, leaf_hash(state)))


def glance_entry(state: bytes) -> Glance:
    """Payload and place of an entry that our committer wrote; a quarter of the work of `read_entry`.

    Nothing is checked: for followers of a log whose entries were strict when they were written, and
    are verified elsewhere. Of other bytes it raises `ProofError`, or reads nonsense.
    """
    place = place_of(state)
    try:
        text = binascii.a2b_base64(state[_PAYLOAD : state.index(b'"', _PAYLOAD)]).decode()
        return Glance(state, text, _decode(text)[0], place)
    except ValueError as error:
        raise ProofError(verification.NO_ENTRY_BUT, error=error, check="1.1") from None


def place_of(state: bytes) -> Place:
    """Where an entry that our committer wrote stands. Checks as little as `glance_entry`.

    Raises `ProofError` (1.1).
    """
    try:
        number = state.rindex(b',"seq":') + 7
        seq = int(state[number : state.index(b",", number)])
        return Place(seq, state[_AT : _AT + 24].decode(), leaf_hash(state))
    except ValueError as error:
        raise ProofError(verification.NO_ENTRY_BUT, error=error, check="1.1") from None


def event_of(
    topic: str, stream: UUID, pos: int, reading: Reading, electorates: Electorates
) -> Recorded | Opening:
    """The domain event of an entry that has been read."""
    event_class, aggregate, opens = event_kind(topic)
    payload = reading.payload
    members: dict[str, Any] = {
        "originator_id": stream,
        "originator_version": pos,
        "timestamp": instant(reading.place.at),
        "payload": payload,
        "place": reading.place,
    }
    if aggregate is not None:
        members["originator_topic"] = aggregate
    if opens:
        members["electorate"] = electorates(payload["body"], payload["electorate"]["as_of"])
    event: Recorded | Opening = event_class(**members)
    return event


class EventKind(NamedTuple):
    """What is known of all domain events of a topic."""

    event_class: Any
    begins: str | None
    """The topic of the aggregate that such an event begins, if it begins one."""
    opens: bool
    """Whether it names an electorate."""


@lru_cache(maxsize=256)
def event_kind(topic: str) -> EventKind:
    """The kind of domain events of this topic."""
    event_class: Any = resolve_topic(topic)
    begun: Any = _AGGREGATES[topic] if issubclass(event_class, RecordedFirst) else None
    return EventKind(event_class, begun and begun.TOPIC, issubclass(event_class, Opening))


class EntryMapper(Mapper[UUID]):
    """The library's way from stored to domain events, for entries."""

    def __init__(self, electorates: Electorates) -> None:
        super().__init__(JSONTranscoder())
        self._electorates = electorates

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The domain event of a stored entry. Raises `ProofError` if its bytes are not one."""
        stream = stored_event.originator_id
        if not isinstance(stream, UUID):
            raise ProofError(verification.STREAMS_ARE_UUIDS)
        reading = read_entry(stored_event.state)
        return event_of(
            stored_event.topic, stream, stored_event.originator_version, reading, self._electorates
        )

    def to_stored_event(self, domain_event: Any) -> NoReturn:
        """Refuses: an entry is made from a signed statement, under the ledger's lock."""
        raise TypeError("events are not stored by themselves: submit the signed statement")
