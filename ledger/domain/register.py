"""The register: people, services, their keys, bodies and the seats in them, and the log's own affairs.

* Registrars register people with roles and keys; registrars and clerks register bodies and change
  their seats.
* A key is registered with proof of possession: the new key signs too. One key stands for one
  person and is registered once, for ever; a person may hold several.
* A rotation is signed by the old and the new key or, when the old one is lost, by a registrar and
  the new key; that of a registrar by another registrar. A revocation is signed by a registrar or by
  the person.
* A signature counts if its key is live at that entry. Rotation and revocation act from the entry
  after their own and never reach back: `suspect_from` is evidence for people, not a rule.
* The last live key of the last registrar cannot be revoked.
* A log key is replaced by the old one, the new one and a registrar; when the old one is lost, by the
  new one and two registrars (`ledger.domain.log_keys`).
* Texts and documents beside the log are erased by a clerk and a second person
  (`ledger.domain.redactions`); the service records anchors (`ledger.domain.anchors`).

Who has to sign what stands in `ledger.domain.signers`; the cryptography is done elsewhere. Keys are
named by their public key in base64.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Self
from uuid import UUID

from ledger.domain.anchors import Anchor, anchor_of, may_anchor
from ledger.domain.bodies import Body
from ledger.domain.events import Recorded, RecordedFirst, Recording, instant
from ledger.domain.log_keys import LogKeys, may_found
from ledger.domain.people import KeyLife, Person
from ledger.domain.redactions import ANSWERS_FOR, ORDERS, Redaction, digests_in, may_redact
from ledger.domain.sentences import registers
from ledger.domain.sentences.roles import ROLES
from ledger.domain.values import Payload, Place, Seat
from ledger.errors import AlreadyRegistered, KeyNotLive, KeyTaken, NotAllowed, UnknownActor


class Register(Recording):
    """People, keys, bodies and seats of one ledger. Commands check; events only assign."""

    TOPIC = "stimmbuch.register"

    def __init__(self, *, payload: Payload, place: Place) -> None:
        self.latest = place
        self.origin: str = payload["log"]
        self.time_zone: str = payload["time_zone"]
        self.log_keys = LogKeys(payload, place)
        self.people: dict[str, Person] = {}
        self.holders: dict[str, str] = {}
        self.bodies: dict[str, Body] = {}
        self.redactions: dict[str, Redaction] = {}
        self.anchors: list[Anchor] = []
        for holder in payload["registrars"]:
            self._hold(holder["subject"], ["registrar", "clerk"], holder["key"], payload, place)
        self._hold(payload["service"]["subject"], ["service"], payload["service"]["key"], payload, place)

    class Created(RecordedFirst):
        TOPIC = "stimmbuch.ledger-created.v1"

    class KeyRegistered(Recorded):
        TOPIC = "stimmbuch.key-registered.v1"

        def assign(self, aggregate: Any) -> None:
            payload = self.payload
            aggregate._hold(payload["subject"], payload["roles"], payload["key"], payload, self.place)

    class KeyRotated(Recorded):
        TOPIC = "stimmbuch.key-rotated.v1"

        def assign(self, aggregate: Any) -> None:
            payload = self.payload
            aggregate.people[payload["subject"]].end(payload["old"], payload, self.place)
            aggregate._hold(payload["subject"], (), payload["key"], payload, self.place)

    class KeyRevoked(Recorded):
        TOPIC = "stimmbuch.key-revoked.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.people[self.payload["subject"]].end(self.payload["key"], self.payload, self.place)

    class LogKeyRotated(Recorded):
        TOPIC = "stimmbuch.log-key-rotated.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.log_keys.rotate(self.payload, self.place)

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

    class Redacted(Recorded):
        TOPIC = "stimmbuch.redacted.v1"

        def assign(self, aggregate: Any) -> None:
            payload, place = self.payload, self.place
            people = payload["actor"], payload["authority"]
            redaction = Redaction(place.seq, place.at, payload["legal_basis"], *people)
            aggregate.redactions.update(dict.fromkeys(digests_in(payload), redaction))

    class Anchored(Recorded):
        TOPIC = "stimmbuch.anchored.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.anchors.append(anchor_of(self.payload, self.place))

    # ── what is known ──────────────────────────────────────────────────────────────────────────

    def person(self, subject: str) -> Person:
        """The person of this id. Raises `UnknownActor`."""
        try:
            return self.people[subject]
        except KeyError:
            raise UnknownActor(registers.NOT_REGISTERED, actor=subject) from None

    def body(self, body: str) -> Body:
        """The body of this id. Raises `UnknownActor`."""
        try:
            return self.bodies[body]
        except KeyError:
            raise UnknownActor(registers.NO_BODY, body=body) from None

    def require_role(self, subject: str, *roles: str) -> None:
        """Returns if the person has one of `roles`. Raises `NotAllowed` or `UnknownActor`."""
        if self.person(subject).roles.isdisjoint(roles):
            raise NotAllowed(registers.NOT_IN_THE_ROLE, actor=subject, roles=[ROLES[one] for one in roles])

    # ── commands: check, then record ───────────────────────────────────────────────────────────

    @classmethod
    def create(cls, payload: Payload, place: Place, *, stream: UUID) -> Self:
        """The first entry of a ledger. Raises `NotAllowed` or `KeyTaken`."""
        if place.seq != 0:
            raise NotAllowed(registers.CREATED_ONCE)
        if payload["actor"] not in {holder["subject"] for holder in payload["registrars"]}:
            raise NotAllowed(registers.NO_REGISTRAR, actor=payload["actor"])
        holders = [*payload["registrars"], payload["service"]]
        if len({holder["key"] for holder in holders}) < len(holders):
            raise KeyTaken(registers.DIFFERENT_KEYS)
        may_found(payload["log_keys"], payload["log"])
        return cls._create(cls.Created, id=stream, payload=payload, place=place, timestamp=instant(place.at))

    def register_key(self, payload: Payload, place: Place) -> None:
        """A person's first key, or one more. Raises `NotAllowed`, `KeyTaken` or `AlreadyRegistered`."""
        self.require_role(payload["actor"], "registrar")
        self._refuse_taken(payload["key"])
        known = self.people.get(payload["subject"])
        if known and known.roles != frozenset(payload["roles"]):
            raise AlreadyRegistered(registers.OTHER_ROLES, subject=payload["subject"])
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
            raise NotAllowed(registers.LAST_REGISTRAR)
        self.record(self.KeyRevoked, payload, place)

    def register_body(self, payload: Payload, place: Place) -> None:
        """A council or committee. Raises `NotAllowed` or `AlreadyRegistered`."""
        self.require_role(payload["actor"], "registrar", "clerk")
        if payload["body"] in self.bodies:
            raise AlreadyRegistered(registers.BODY_REGISTERED, body=payload["body"])
        self.record(self.BodyRegistered, payload, place)

    def change_seats(self, payload: Payload, place: Place) -> None:
        """Seats granted (again: changed) and ended. Raises `NotAllowed` or `UnknownActor`."""
        self.require_role(payload["actor"], "registrar", "clerk")
        seats = self.body(payload["body"]).seats
        for seat in payload["granted"]:
            for person in (seat["member"], *seat.get("substitutes", ())):
                self.person(person)
        if unseated := [member for member in payload["ended"] if member not in seats]:
            raise UnknownActor(registers.NO_SEAT_IN, member=unseated[0], body=payload["body"])
        granted = [seat["member"] for seat in payload["granted"]]
        if len({*granted, *payload["ended"]}) < len(granted) + len(payload["ended"]):
            raise NotAllowed(registers.SEAT_TWICE)
        self.record(self.SeatsChanged, payload, place)

    def rotate_log_key(self, payload: Payload, place: Place) -> None:
        """A new log key in place of an old one. Raises `NotAllowed`, `KeyNotLive` or `KeyTaken`.

        `second` is the other registrar where the old key is lost, else null.
        """
        self.require_role(payload["actor"], "registrar")
        if payload["second"] is not None:
            self.require_role(payload["second"], "registrar")
            if payload["second"] == payload["actor"]:
                raise NotAllowed(registers.TWO_REGISTRARS)
        self.log_keys.may_rotate(payload)
        self.record(self.LogKeyRotated, payload, place)

    def redact(self, payload: Payload, place: Place, *, known: Container[str]) -> None:
        """Texts and documents are erased. `known`: digests that stand in the entries of `stream`.

        Raises `NotAllowed`, `UnknownActor`, `NotRedactable` or `AlreadyRedacted`.
        """
        self.require_role(payload["actor"], *ORDERS)
        self.require_role(payload["authority"], *ANSWERS_FOR)
        may_redact(payload, self.redactions, known)
        self.record(self.Redacted, payload, place)

    def anchor(self, payload: Payload, place: Place) -> None:
        """A checkpoint was time-stamped. Raises `NotAllowed` or `BadShape`."""
        self.require_role(payload["actor"], "service")
        may_anchor(payload, place)
        self.record(self.Anchored, payload, place)

    # ── assigning and small questions ──────────────────────────────────────────────────────────

    def _hold(self, subject: str, roles: Any, key: str, payload: Payload, place: Place) -> None:
        person = self.people.setdefault(subject, Person(frozenset(roles)))
        person.keys[key] = KeyLife(place.seq, payload["actor"])
        self.holders[key] = subject

    def _refuse_taken(self, key: str) -> None:
        if key in self.holders:
            raise KeyTaken(registers.KEY_REGISTERED)

    def _require_live(self, subject: str, key: str) -> None:
        if key not in self.person(subject).live_keys:
            raise KeyNotLive(registers.NO_LIVE_KEY, subject=subject)

    def _registrar_keys(self) -> list[str]:
        registrars = [person for person in self.people.values() if "registrar" in person.roles]
        return [key for person in registrars for key in person.live_keys]
