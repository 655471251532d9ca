"""What all events have in common: the statement that was recorded, and its place in the log.

The signed statement *is* the event; the ledger adds position and time. An event assigns, it never
checks: rules that become stricter later must not make old history unloadable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from eventsourcing.domain import Aggregate

from ledger.domain.values import Payload, Place


@dataclass(frozen=True)
class Recorded(Aggregate.Event):
    """A statement that became an entry. `TOPIC` is stored with it and never changed."""

    TOPIC: ClassVar[str]

    payload: Payload
    place: Place

    def apply(self, aggregate: Any) -> None:
        """Called by the library: assigns, and remembers where the stream's last entry stands."""
        self.assign(aggregate)
        aggregate.latest = self.place

    def assign(self, aggregate: Any) -> None:
        """Changes the aggregate as the statement says: from `payload` and `place`, and nothing else."""


@dataclass(frozen=True)
class RecordedFirst(Aggregate.Created):
    """The statement that begins a stream; the aggregate's `__init__` assigns it."""

    TOPIC: ClassVar[str]

    payload: Payload
    place: Place


class Recording(Aggregate):
    """An aggregate whose events are recorded statements."""

    # Where the stream's last entry stands; its leaf hash is `sprev` of the next one. Without an annotation,
    # because the library would take an annotated aggregate for a dataclass.
    latest = Place(-1, "", "")

    def record(self, event_class: type[Recorded], payload: Payload, place: Place) -> None:
        """Applies `payload` as an event at `place`; the checks are the caller's, and come before."""
        # Not `trigger_event`: it would also keep the event in a list of those to be stored, but what
        # is stored is the entry, by the committer. And not `mutate`, which compares an event with the
        # aggregate: this one is made from it.
        event = event_class.__new__(event_class)
        # What `assign` reads, and no more: nobody sees this event. It is frozen, so not by assignment.
        members = vars(event)
        members["payload"], members["place"] = payload, place
        event.assign(self)
        self.stand(place)

    def stand(self, place: Place, entries: int = 1) -> None:
        """Remembers where the stream's last entry stands, after so many more of them."""
        self.latest, self.version, self.modified_on = place, self.version + entries, instant(place.at)


@lru_cache(maxsize=1024)  # the entries of a batch have one time
def instant(at: str) -> datetime:
    """The time of an entry as the library wants it."""
    return datetime.fromisoformat(at)
