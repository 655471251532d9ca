"""One circular procedure (Umlaufverfahren): all its rules, votes included, in one aggregate.

States: opened → closed → determined → announced → published; beside them terminated and referred (an
objection), ratified, not-ratified, suspended, objected, expired, annulled. There is no reopening.

1. Opened by a clerk or chair, with the electorate, items, documents and the rule profile in full.
2. While it is open and before the member's own deadline, members of the frozen electorate vote, consent and
   object, each on the ballot paper of the moment. Exactly at the deadline is late, whether or not the closing
   entry stands already.
3. Clerk and chair attach documents, record deliveries, exclusions, substitutes, extensions.
4. Closed by the service, the chair or a clerk once the deadline has passed (by the service after a time of
   grace, if the profile has one) or, where the profile leaves the end to the chair, or somebody cannot be
   reached whose deadline begins with a receipt, by the chair or a clerk. The seal names the number of
   entries, the first and the last link.
5. After that only what `result_events` knows, and refused attempts.

What may be said when, and what it changes, is one table: `ledger.domain.statements`.
"""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from ledger.domain.ballot_box import BallotBox
from ledger.domain.circulation import Circulation
from ledger.domain.conduct import Conduct
from ledger.domain.counting import VOID, Outcome, Poll, Step
from ledger.domain.deciding import decide
from ledger.domain.events import Recording, instant
from ledger.domain.guards_opening import may_open
from ledger.domain.known import circulation_of, poll_of
from ledger.domain.periods import grace_end
from ledger.domain.procedure_events import Opening
from ledger.domain.profile_schema import signed_profile
from ledger.domain.register import Register
from ledger.domain.relevance import Question, Variant, relevance, without_members
from ledger.domain.result_life import ResultLife
from ledger.domain.statements import IN_A_PROCEDURE
from ledger.domain.values import Electorate, Payload, Place, Vote
from ledger.errors import ToldInZone


class Procedure(Recording):
    """A procedure as it stands after the entries applied so far."""

    TOPIC = "stimmbuch.procedure"

    def __init__(self, *, payload: Payload, place: Place, electorate: Electorate) -> None:
        self.opening = payload
        self.opened = self.latest = place
        self.electorate = electorate
        self.profile = signed_profile(payload["profile"])
        self.items: dict[str, Payload] = {item["id"]: item for item in payload["items"]}
        self.attached: list[Payload] = []
        # Numbers of the entries that attached them.
        self.attached_by: list[int] = []
        self.conduct = Conduct(tuple(self.items), electorate, payload["closes_at"])
        options = {name: item["options"] for name, item in self.items.items()}
        self.box = BallotBox(options, payload["ballot"], self._groups() if self._by_group() else ())
        # Effect of the objections (terminate, reject, refer), once there are enough.
        self.stopped: str | None = None
        # Items that go to a meeting because a secret ballot was demanded.
        self.referred: set[str] = set()
        self.closing: Payload | None = None
        self.closed: Place | None = None
        self.life = ResultLife()
        self.annulment: Payload | None = None
        self._kept: dict[str, tuple[Circulation, Poll]] = {}

    class Created(Opening):
        TOPIC = "stimmbuch.procedure-opened.v1"

    # ── commands: check, then record ───────────────────────────────────────────────────────────

    @classmethod
    def open(
        cls, payload: Payload, place: Place, *, register: Register, repeated: Procedure | None = None
    ) -> Self:
        """A new procedure, of which `repeated` is the ballot before. Raises what `may_open` raises."""
        with ToldInZone(payload["time_zone"]):
            may_open(payload, place, register, repeated)
        electorate = register.body(payload["body"]).electorate(payload["electorate"]["as_of"])
        return cls._create(
            cls.Created,
            id=UUID(payload["procedure"]),
            payload=payload,
            place=place,
            electorate=electorate,
            timestamp=instant(place.at),
        )

    def accept(self, kind: str, payload: Payload, place: Place, register: Register) -> None:
        """Records a statement of this kind if its guard allows it; raises what the guard raises."""
        rule = IN_A_PROCEDURE[kind]
        with ToldInZone(self.opening["time_zone"]):
            rule.guard(self, payload, place, register)
        self.record(rule.event, payload, place)

    def cast(self, payload: Payload, place: Place) -> None:
        """Assigns a vote, the first one of a member or one in place of an earlier one."""
        (seq, at, leaf), member, conduct = place, payload["member"], self.conduct
        weight, group, _ = conduct.held(member)
        late = conduct.is_late(member, at)
        came = payload["provenance"]["kind"] if "provenance" in payload else "own-key"
        proxy = payload["actor"] if came == "proxy" else None
        said, paper = payload["choices"], payload["ballot"]
        self.box.put(member, Vote(said, leaf, paper, seq, at, weight, group, late, came, proxy))

    # ── questions ──────────────────────────────────────────────────────────────────────────────

    @property
    def state(self) -> str:
        """One of those at the top of this file."""
        if self.annulment is not None:
            return "annulled"
        if self.stopped is not None:
            return "referred" if self.stopped == "refer" else "terminated"
        if self.closing is None:
            return "opened"
        return self.life.state or "closed"

    def state_at(self, at: str) -> str:
        """The state at an instant, not before the latest entry: at its end a suspension is over by itself."""
        until = self.suspended_until
        return self.state if until is None or at < until else str(self.life.resumes_as)

    @property
    def suspended_until(self) -> str | None:
        """When the suspension that is the state now ends; None where none is, or it has no end."""
        return self.life.suspended_until if self.state == "suspended" else None

    @property
    def closes_at(self) -> str | None:
        """When voting ends for the last member; None where the chair ends it, or nothing was received yet."""
        return self.conduct.last_deadline(personal=self.profile.deadline == "personal")

    @property
    def due_at(self) -> str | None:
        """From when on the service closes: after the time of grace, if there is one. None as `closes_at`."""
        ends, grace = self.closes_at, self.profile.grace
        return ends if ends is None or grace is None else grace_end(grace["days"], ends, self._zone)

    def tally(self) -> dict[str, dict[str, int]]:
        """Item → option → sum of the weights of the votes that count."""
        return {item: dict(counts) for item, counts in self.box.counts.items()}

    def seal(self) -> dict[str, Any]:
        """What a closing statement has to say about this stream as it stands now."""
        return {"entries": self.version, "first": self.opened.leaf, "last": self.latest.leaf}

    def outcome(self, item: str, lot: str | None = None) -> Outcome:
        """The outcome of an item, as the votes stand now. Raises `KeyError` for an unknown item."""
        if self.annulment is not None:
            return VOID
        found = decide(
            self.profile, self.circulation(item), self.poll(item, lot), polarity=self._polarity(item)
        )
        if corrected := self.life.corrected(item):
            result, place = corrected
            step = Step("corrected", {"entry": place.seq}, names={"before": found.result})
            return Outcome(result, (*found.steps, step), found.valid)
        return found

    def relevance(self, item: str) -> list[Variant]:
        """Whether the result of an item would be another one under other assumptions.

        Not asked of an item that goes to a meeting: none was reached, and the questions tell of single votes.
        Nor of one whose result was corrected: it is not the one that the votes give.
        """
        undecided = self.annulment is not None or item in self.referred
        return [] if undecided or self.life.corrected(item) else relevance(self._question(item))

    def without(self, item: str, members: list[str]) -> Variant:
        """The result of an item without the votes of these members. Only while single votes are kept."""
        votes = [(one, self.box.votes[one] if self.box.voted_on(one, item) else None) for one in members]
        return without_members(self._question(item), votes, item)

    def refused_items(self, member: str, person: str) -> list[str]:
        """Items on which no vote of this person for the member would be taken, whether one counts or not.

        All of them where votes may not be changed and one stands or was taken back; else those from which
        the person is excluded, who may be a proxy.
        """
        if self.profile.change == "never" and (self.box.stands(member) or member in self.box.withdrawn):
            return list(self.items)
        return [item for item in self.items if person in self.box.conflicted[item]]

    def circulation(self, item: str) -> Circulation:
        """What the first question is asked about."""
        return self._kept[item][0] if self._kept else circulation_of(self, item)

    def poll(self, item: str, lot: str | None = None) -> Poll:
        """What is counted on an item; `lot` decides between equals, unless one is on record."""
        poll = self._kept[item][1] if self._kept else poll_of(self, item)
        recorded = (self.life.determined or {}).get("lots", {}).get(item)
        return poll._replace(lot=recorded or lot)

    def forget_votes(self) -> None:
        """Drops the single votes of a closed procedure; what is decided from them is kept."""
        self._kept = {item: (self.circulation(item), self.poll(item)) for item in self.items}
        self.box.votes.clear()

    # ── inside ─────────────────────────────────────────────────────────────────────────────────

    def _question(self, item: str) -> Question:
        return Question(
            profile=self.profile,
            known=self.circulation(item),
            poll=self.poll(item),
            polarity=self._polarity(item),
            late=self.box.late[item],
            aside=self.box.aside[item],
            void=self.box.void[item],
            classes=self.box.classes[item],
        )

    @property
    def _zone(self) -> str:
        return str(self.opening["time_zone"])

    def _polarity(self, item: str) -> str:
        return str(self.items[item]["polarity"])

    def _by_group(self) -> bool:
        quorum = self.profile.quorum
        return self.profile.groups == "each" or (quorum is not None and quorum.groups)

    def _groups(self) -> list[str]:
        return sorted(group for group in self.electorate.groups if group is not None)
