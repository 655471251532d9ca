"""What is recorded in a procedure's stream. Events assign; they never check and never refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.domain.events import Recorded, RecordedFirst
from ledger.domain.values import Electorate


@dataclass(frozen=True)
class Opening(RecordedFirst):
    """The opening statement, with the electorate that the register had at that entry."""

    electorate: Electorate


class DocumentAttached(Recorded):
    """A document that was not there at the opening."""

    TOPIC = "stimmbuch.document-attached.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.attached.append(self.payload["document"])
        aggregate.attached_by.append(self.place.seq)
        keep = aggregate.profile.documents == "keep"
        aggregate.box.new_paper(self.payload["ballot"], keep=keep)


# ── votes ──────────────────────────────────────────────────────────────────────────────────────


class VoteCast(Recorded):
    """A member's vote, the first or one in place of an earlier one."""

    TOPIC = "stimmbuch.vote-cast.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.cast(self.payload, self.place)


class VoteWithdrawn(Recorded):
    """A member takes the vote back."""

    TOPIC = "stimmbuch.vote-withdrawn.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.box.withdraw(self.payload["member"])


class CastingVoteGiven(Recorded):
    """The chair's vote for the case of a tie."""

    TOPIC = "stimmbuch.casting-vote-given.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.box.casting = self.payload["choices"]


class PresenceRecorded(Recorded):
    """Members who are present, whether or not they vote."""

    TOPIC = "stimmbuch.presence-recorded.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.box.present.update(self.payload["members"])


# ── what members declare ───────────────────────────────────────────────────────────────────────


class ConsentDeclared(Recorded):
    """Consent to deciding by circulation, to all items or to some."""

    TOPIC = "stimmbuch.consent-declared.v1"

    def assign(self, aggregate: Any) -> None:
        member = self.payload["member"]
        weight = aggregate.conduct.held(member).weight
        aggregate.conduct.consents.declare(member, self.payload["items"], weight)


class ConsentRevoked(Recorded):
    """A member takes the consent back."""

    TOPIC = "stimmbuch.consent-revoked.v1"

    def assign(self, aggregate: Any) -> None:
        member = self.payload["member"]
        aggregate.conduct.consents.revoke(member, aggregate.conduct.held(member).weight)


class ObjectionRaised(Recorded):
    """Somebody objects to deciding by circulation."""

    TOPIC = "stimmbuch.objection-raised.v1"

    def assign(self, aggregate: Any) -> None:
        objections, rule = aggregate.conduct.objections, aggregate.profile.objection
        objections[self.payload["member"]] = self.place.at
        seats = len(aggregate.electorate.seats)
        if rule is not None and rule.effect != "count" and rule.reached(len(objections), seats):
            aggregate.stopped = rule.effect


class SecretBallotDemanded(Recorded):
    """A member demands a secret ballot: with enough demands the item goes to a meeting."""

    TOPIC = "stimmbuch.secret-ballot-demanded.v1"

    def assign(self, aggregate: Any) -> None:
        demand = aggregate.profile.secrecy["demand"] or 0
        for item in self.payload["items"]:
            members = aggregate.conduct.demands[item]
            members.add(self.payload["member"])
            if len(members) >= demand:
                aggregate.referred.add(item)


class ProxyGiven(Recorded):
    """A member lets somebody else vote."""

    TOPIC = "stimmbuch.proxy-given.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.conduct.proxies[self.payload["member"]] = self.payload["proxy"]


class ProxyRevoked(Recorded):
    """A member votes alone again; what the proxy did stands until it is replaced."""

    TOPIC = "stimmbuch.proxy-revoked.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.conduct.proxies.pop(self.payload["member"], None)


# ── how it is conducted ────────────────────────────────────────────────────────────────────────


class MemberExcluded(Recorded):
    """A conflict of interest (Mitwirkungsverbot) on some items."""

    TOPIC = "stimmbuch.member-excluded.v1"

    def assign(self, aggregate: Any) -> None:
        member = self.payload["member"]
        weight = aggregate.conduct.held(member).weight
        aggregate.box.exclude(member, self.payload["items"], weight)


class ExclusionLifted(Recorded):
    """An exclusion was wrong."""

    TOPIC = "stimmbuch.exclusion-lifted.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.box.include(self.payload["member"], self.payload["items"])


class DeliveryRecorded(Recorded):
    """Members received the documents; a personal deadline begins."""

    TOPIC = "stimmbuch.delivery-recorded.v1"

    def assign(self, aggregate: Any) -> None:
        payload = self.payload
        aggregate.conduct.deliver(payload["members"], payload["received_at"], payload["closes_at"])


class SubstituteNamed(Recorded):
    """A substitute takes a member's place, from receipt."""

    TOPIC = "stimmbuch.substitute-named.v1"

    def assign(self, aggregate: Any) -> None:
        payload, member = self.payload, self.payload["member"]
        aggregate.box.vacate(member)
        aggregate.conduct.replace(member, payload["substitute"])
        aggregate.conduct.deliver([payload["substitute"]], payload["received_at"], payload["closes_at"])


class DeadlineExtended(Recorded):
    """A later deadline; earlier entries stay as they are."""

    TOPIC = "stimmbuch.deadline-extended.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.conduct.extend(self.payload["closes_at"], self.payload["members"])


class AttemptRefused(Recorded):
    """Somebody tried what the rules refuse: evidence, and never a vote."""

    TOPIC = "stimmbuch.attempt-refused.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.conduct.attempt(self.payload["code"], self.payload["statement"])


class Closed(Recorded):
    """The end of voting, with the seal."""

    TOPIC = "stimmbuch.procedure-closed.v1"

    def assign(self, aggregate: Any) -> None:
        aggregate.closing, aggregate.closed = self.payload, self.place
