"""One circular procedure (Umlaufverfahren): all its rules, votes included, in one aggregate.

States: opened → closed → annulled. There is no reopening.

1. Opened by a clerk or chair, with the electorate, items, documents and the rule profile in full.
2. While it is open and `opens_at` ≤ at < `closes_at`, members of the frozen electorate cast, replace
   and withdraw votes, each on the ballot paper of the moment. Exactly at `closes_at` is late,
   whether or not the closing entry stands already.
3. A clerk attaches documents and records who is present.
4. Closed by the service or a clerk once the deadline has passed or, where the profile leaves the
   end to the chair, by the chair or a clerk. The seal names the number of entries, the first and
   the last link, and the tally.
5. A closed result may be annulled. The counts stand; the outcome is void.

Commands check (the checks are in `ledger.domain.guards`), then record; events only assign.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from ledger.domain import guards
from ledger.domain.ballot_box import BallotBox
from ledger.domain.counting import VOID, Outcome, Poll, decide
from ledger.domain.events import Recorded, RecordedFirst, Recording, instant
from ledger.domain.profile import parse_profile
from ledger.domain.register import Register
from ledger.domain.values import Electorate, Payload, Place, Vote


@dataclass(frozen=True)
class Opening(RecordedFirst):
    """The opening statement, with the electorate that the register had at that entry."""

    electorate: Electorate


class Procedure(Recording):
    """A procedure as it stands after the entries applied so far."""

    TOPIC = "stimmbuch.procedure"

    def __init__(self, *, payload: Payload, place: Place, electorate: Electorate) -> None:
        self.first = self.last = place.leaf
        self.opening = payload
        self.opened = place
        self.electorate = electorate
        self.profile = parse_profile(payload["profile"])
        self.items: dict[str, Payload] = {item["id"]: item for item in payload["items"]}
        self.attached: list[Payload] = []
        self.closing: Payload | None = None
        self.closed: Place | None = None
        self.annulment: Payload | None = None
        options = {name: item["options"] for name, item in self.items.items()}
        self.box = BallotBox(options, payload["ballot"])

    class Created(Opening):
        TOPIC = "stimmbuch.procedure-opened.v1"

    class DocumentAttached(Recorded):
        TOPIC = "stimmbuch.document-attached.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.attached.append(self.payload["document"])
            keep = aggregate.profile.documents == "keep"
            aggregate.box.new_paper(self.payload["ballot"], keep=keep)

    class VoteCast(Recorded):
        TOPIC = "stimmbuch.vote-cast.v1"

        def assign(self, aggregate: Any) -> None:
            payload, (seq, at, leaf), member = self.payload, self.place, self.payload["member"]
            weight = aggregate.electorate.seats[member].weight
            aggregate.box.put(member, Vote(payload["choices"], leaf, payload["ballot"], seq, at, weight))

    class VoteWithdrawn(Recorded):
        TOPIC = "stimmbuch.vote-withdrawn.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.box.take(self.payload["member"])

    class CastingVoteGiven(Recorded):
        TOPIC = "stimmbuch.casting-vote-given.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.box.casting = self.payload["choices"]

    class PresenceRecorded(Recorded):
        TOPIC = "stimmbuch.presence-recorded.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.box.present.update(self.payload["members"])

    class Closed(Recorded):
        TOPIC = "stimmbuch.procedure-closed.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.closing, aggregate.closed = self.payload, self.place

    class Annulled(Recorded):
        TOPIC = "stimmbuch.result-annulled.v1"

        def assign(self, aggregate: Any) -> None:
            aggregate.annulment = self.payload

    # ── questions ──────────────────────────────────────────────────────────────────────────────

    @property
    def state(self) -> str:
        """`opened`, `closed` or `annulled`."""
        if self.annulment is not None:
            return "annulled"
        return "opened" if self.closing is None else "closed"

    def tally(self) -> dict[str, dict[str, int]]:
        """Item → option → sum of the weights of the votes that count."""
        return {item: dict(counts) for item, counts in self.box.counts.items()}

    def seal(self) -> dict[str, Any]:
        """What a closing statement has to say about this stream as it stands now."""
        return {"entries": self.version, "first": self.first, "last": self.last}

    def outcome(self, item: str) -> Outcome:
        """The outcome of an item, as the votes stand now. Raises `KeyError` for an unknown item."""
        if self.annulment is not None:
            return VOID
        return decide(self.profile, self.poll(item), polarity=self.items[item]["polarity"])

    def poll(self, item: str) -> Poll:
        """What is counted on an item."""
        box, seats = self.box, self.electorate.seats
        only_present = (member for member in box.present if not box.voted_on(member, item))
        present = sum(box.counts[item].values()) + sum(seats[member].weight for member in only_present)
        return Poll(dict(box.counts[item]), self.electorate.weight, present, box.casting.get(item))

    # ── commands: check, then record ───────────────────────────────────────────────────────────

    @classmethod
    def open(cls, payload: Payload, place: Place, *, register: Register) -> Self:
        """A new procedure. Raises what `guards.may_open` raises."""
        guards.may_open(payload, place, register)
        electorate = register.body(payload["body"]).electorate(payload["electorate"]["as_of"])
        return cls._create(
            cls.Created,
            id=UUID(payload["procedure"]),
            payload=payload,
            place=place,
            electorate=electorate,
            timestamp=instant(place.at),
        )

    def attach(self, payload: Payload, place: Place, *, register: Register) -> None:
        """A document that was not there at the opening."""
        guards.may_attach(self, payload, place, register)
        self.record(self.DocumentAttached, payload, place)

    def cast(self, payload: Payload, place: Place) -> None:
        """A member's vote, the first or one in place of an earlier one."""
        guards.may_cast(self, payload, place)
        self.record(self.VoteCast, payload, place)

    def withdraw(self, payload: Payload, place: Place) -> None:
        """A member takes the vote back."""
        guards.may_withdraw(self, payload, place)
        self.record(self.VoteWithdrawn, payload, place)

    def give_casting_vote(self, payload: Payload, place: Place) -> None:
        """The chair's vote for the case of a tie."""
        guards.may_give_casting_vote(self, payload, place)
        self.record(self.CastingVoteGiven, payload, place)

    def record_presence(self, payload: Payload, place: Place, *, register: Register) -> None:
        """Members who are present, whether or not they vote."""
        guards.may_record_presence(self, payload, place, register)
        self.record(self.PresenceRecorded, payload, place)

    def close(self, payload: Payload, place: Place, *, register: Register) -> None:
        """The end, with the seal."""
        guards.may_close(self, payload, place, register)
        self.record(self.Closed, payload, place)

    def annul(self, payload: Payload, place: Place, *, register: Register) -> None:
        """The result is void; the counts stand."""
        guards.may_annul(self, payload, register)
        self.record(self.Annulled, payload, place)
