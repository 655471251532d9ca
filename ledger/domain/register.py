"""The register: people, services, their keys, bodies and the seats in them.

* Registrars register people with roles and keys; registrars and clerks register bodies and change
  their seats.
* A key is registered with proof of possession: the new key signs too. One key stands for one
  person and is registered once, for ever; a person may hold several.
* A rotation is signed by the old and the new key or, when the old one is lost, by a registrar and
  the new key. A revocation is signed by a registrar or by the person.
* A signature counts if its key is live at that entry. Rotation and revocation act from the entry
  after their own and never reach back: `suspect_from` is evidence for people, not a rule.
* The last live key of the last registrar cannot be revoked.

Who has to sign what stands in `ledger.domain.signers`; the cryptography is done elsewhere. Keys are
named by their public key in base64.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from ledger.domain.events import Recorded, RecordedFirst, Recording, instant
from ledger.domain.values import Electorate, Payload, Place, Seat
from ledger.errors import AlreadyRegistered, KeyNotLive, KeyTaken, NotAllowed, UnknownActor


@dataclass
class Person:
    """Somebody or something that signs. `keys`: public key → seq of the entry that ended it, or None."""

    roles: frozenset[str]
    keys: dict[str, int | None] = field(default_factory=dict)

    @property
    def live_keys(self) -> list[str]:
        """The keys with which this person may sign now."""
        return [key for key, ended in self.keys.items() if ended is None]


@dataclass
class Body:
    """A council, committee or assembly: its seats now, and how they came about."""

    as_of: str
    seats: dict[str, Seat] = field(default_factory=dict)
    changes: list[tuple[str, dict[str, Seat], tuple[str, ...]]] = field(default_factory=list)
    electorates: dict[str, Electorate] = field(default_factory=dict)

    def change(self, leaf: str, granted: dict[str, Seat], ended: tuple[str, ...]) -> None:
        """Applies one change of seats, recorded at `leaf`."""
        for member in ended:
            del self.seats[member]
        self.seats.update(granted)
        self.changes.append((leaf, granted, ended))
        self.as_of = leaf

    def electorate(self, as_of: str) -> Electorate:
        """The seats as they stood after the change at `as_of`; raises `KeyError` if there was none."""
        if as_of not in self.electorates:
            seats = self.seats if as_of == self.as_of else self._rebuilt(as_of)
            self.electorates[as_of] = Electorate(as_of, seats)
        return self.electorates[as_of]

    def _rebuilt(self, as_of: str) -> dict[str, Seat]:
        past = Body(as_of="")
        for change in self.changes:
            past.change(*change)
            if past.as_of == as_of:
                return past.seats
        raise KeyError(as_of)


class Register(Recording):
    """People, keys, bodies and seats of one ledger. Commands check; events only assign."""

    TOPIC = "stimmbuch.register"

    def __init__(self, *, payload: Payload, place: Place) -> None:
        self.last = place.leaf
        self.origin: str = payload["log"]
        self.time_zone: str = payload["time_zone"]
        self.log_keys: list[str] = payload["log_keys"]
        self.people: dict[str, Person] = {}
        self.holders: dict[str, str] = {}
        self.bodies: dict[str, Body] = {}
        for holder in payload["registrars"]:
            self._hold(holder["subject"], ["registrar", "clerk"], holder["key"])
        self._hold(payload["service"]["subject"], ["service"], payload["service"]["key"])

    class Created(RecordedFirst):
        TOPIC = "stimmbuch.ledger-created.v1"

    class KeyRegistered(Recorded):
        TOPIC = "stimmbuch.key-registered.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate._hold(self.payload["subject"], self.payload["roles"], self.payload["key"])

    class KeyRotated(Recorded):
        TOPIC = "stimmbuch.key-rotated.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.people[self.payload["subject"]].keys[self.payload["old"]] = self.place.seq
            aggregate._hold(self.payload["subject"], (), self.payload["key"])

    class KeyRevoked(Recorded):
        TOPIC = "stimmbuch.key-revoked.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.people[self.payload["subject"]].keys[self.payload["key"]] = self.place.seq

    class BodyRegistered(Recorded):
        TOPIC = "stimmbuch.body-registered.v1"

        def assign(self, aggregate: Any) -> None:
            # Without seats, but a point to which an opening may refer: a change like any other.
            body = aggregate.bodies[self.payload["body"]] = Body(as_of=self.place.leaf)
            body.change(self.place.leaf, {}, ())

    class SeatsChanged(Recorded):
        TOPIC = "stimmbuch.seats-changed.v1"

        def assign(self, aggregate: Any) -> None:
            granted = {
                seat["member"]: Seat(seat["weight"], seat["group"], tuple(seat.get("substitutes", ())))
                for seat in self.payload["granted"]
            }
            aggregate.bodies[self.payload["body"]].change(
                self.place.leaf, granted, tuple(self.payload["ended"])
            )

    # ── what is known ──────────────────────────────────────────────────────────────────────────

    def person(self, subject: str) -> Person:
        """The person of this id. Raises `UnknownActor`."""
        try:
            return self.people[subject]
        except KeyError:
            raise UnknownActor(f"{subject} is not in the register", actor=subject) from None

    def body(self, body: str) -> Body:
        """The body of this id. Raises `UnknownActor`."""
        try:
            return self.bodies[body]
        except KeyError:
            raise UnknownActor(f"the body {body} is not in the register", body=body) from None

    def require_role(self, subject: str, *roles: str) -> None:
        """Returns if the person has one of `roles`. Raises `NotAllowed` or `UnknownActor`."""
        if self.person(subject).roles.isdisjoint(roles):
            raise NotAllowed(f"{subject} is not {' or '.join(roles)}", actor=subject, roles=list(roles))

    # ── commands: check, then record ───────────────────────────────────────────────────────────

    @classmethod
    def create(cls, payload: Payload, place: Place, *, stream: UUID) -> Self:
        """The first entry of a ledger. Raises `NotAllowed` or `KeyTaken`."""
        if place.seq != 0:
            raise NotAllowed("a ledger is created once, by its first entry")
        if payload["actor"] not in {holder["subject"] for holder in payload["registrars"]}:
            raise NotAllowed(f"{payload['actor']} is not among the registrars that are named")
        holders = [*payload["registrars"], payload["service"]]
        if len({holder["key"] for holder in holders}) < len(holders):
            raise KeyTaken("registrars and service must have different keys")
        return cls._create(cls.Created, id=stream, payload=payload, place=place, timestamp=instant(place.at))

    def register_key(self, payload: Payload, place: Place) -> None:
        """A person's first key, or one more. Raises `NotAllowed`, `KeyTaken` or `AlreadyRegistered`."""
        self.require_role(payload["actor"], "registrar")
        self._refuse_taken(payload["key"])
        known = self.people.get(payload["subject"])
        if known and known.roles != frozenset(payload["roles"]):
            raise AlreadyRegistered(f"{payload['subject']} is registered with other roles")
        self.record(self.KeyRegistered, payload, place)

    def rotate_key(self, payload: Payload, place: Place) -> None:
        """A new key in place of an old one. Raises `NotAllowed`, `KeyTaken` or `KeyNotLive`."""
        if payload["actor"] != payload["subject"]:
            self.require_role(payload["actor"], "registrar")
        self._refuse_taken(payload["key"])
        self._require_live(payload["subject"], payload["old"])
        self.record(self.KeyRotated, payload, place)

    def revoke_key(self, payload: Payload, place: Place) -> None:
        """An end without a successor. Raises `NotAllowed` or `KeyNotLive`."""
        if payload["actor"] != payload["subject"]:
            self.require_role(payload["actor"], "registrar")
        self._require_live(payload["subject"], payload["key"])
        if self._registrar_keys() == [payload["key"]]:
            raise NotAllowed("the last registrar key cannot be revoked: nobody could register another one")
        self.record(self.KeyRevoked, payload, place)

    def register_body(self, payload: Payload, place: Place) -> None:
        """A council or committee. Raises `NotAllowed` or `AlreadyRegistered`."""
        self.require_role(payload["actor"], "registrar", "clerk")
        if payload["body"] in self.bodies:
            raise AlreadyRegistered(f"the body {payload['body']} is already registered")
        self.record(self.BodyRegistered, payload, place)

    def change_seats(self, payload: Payload, place: Place) -> None:
        """Seats granted (again: changed) and ended. Raises `NotAllowed` or `UnknownActor`."""
        self.require_role(payload["actor"], "registrar", "clerk")
        seats = self.body(payload["body"]).seats
        for seat in payload["granted"]:
            for person in (seat["member"], *seat.get("substitutes", ())):
                self.person(person)
        if unseated := [member for member in payload["ended"] if member not in seats]:
            raise UnknownActor(f"{unseated[0]} has no seat in {payload['body']}")
        granted = [seat["member"] for seat in payload["granted"]]
        if len({*granted, *payload["ended"]}) < len(granted) + len(payload["ended"]):
            raise NotAllowed("one statement may change a seat only once")
        self.record(self.SeatsChanged, payload, place)

    # ── assigning and small questions ──────────────────────────────────────────────────────────

    def _hold(self, subject: str, roles: Any, key: str) -> None:
        person = self.people.setdefault(subject, Person(frozenset(roles)))
        person.keys[key] = None
        self.holders[key] = subject

    def _refuse_taken(self, key: str) -> None:
        if key in self.holders:
            raise KeyTaken("this key was registered before; every key is registered once, for one person")

    def _require_live(self, subject: str, key: str) -> None:
        if key not in self.person(subject).live_keys:
            raise KeyNotLive(f"this is no live key of {subject}")

    def _registrar_keys(self) -> list[str]:
        registrars = [person for person in self.people.values() if "registrar" in person.roles]
        return [key for person in registrars for key in person.live_keys]
