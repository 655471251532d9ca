"""What can be said in a procedure: for each kind of statement its guard and its event, in one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from eventsourcing.utils import register_topic

from ledger.domain import guards_closing as closing
from ledger.domain import guards_conduct as conduct
from ledger.domain import guards_declarations as declarations
from ledger.domain import guards_result as result
from ledger.domain import guards_voting as voting
from ledger.domain import procedure_events as happened
from ledger.domain import result_events as after
from ledger.domain.events import Recorded
from ledger.domain.register import Register
from ledger.domain.values import Payload, Place

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure

Guard = Callable[["Procedure", Payload, Place, Register], None]
"""Returns if the statement is allowed here; raises a `Refused` or `Invalid`."""


class Rule(NamedTuple):
    """A guard decides, then the event assigns."""

    guard: Guard
    event: type[Recorded]


IN_A_PROCEDURE: dict[str, Rule] = {
    "document-attached": Rule(voting.may_attach, happened.DocumentAttached),
    "vote-cast": Rule(voting.may_cast, happened.VoteCast),
    "vote-withdrawn": Rule(voting.may_withdraw, happened.VoteWithdrawn),
    "casting-vote-given": Rule(voting.may_give_casting_vote, happened.CastingVoteGiven),
    "presence-recorded": Rule(voting.may_record_presence, happened.PresenceRecorded),
    "consent-declared": Rule(declarations.may_consent, happened.ConsentDeclared),
    "consent-revoked": Rule(declarations.may_revoke_consent, happened.ConsentRevoked),
    "objection-raised": Rule(declarations.may_object, happened.ObjectionRaised),
    "secret-ballot-demanded": Rule(declarations.may_demand_secret_ballot, happened.SecretBallotDemanded),
    "proxy-given": Rule(declarations.may_give_proxy, happened.ProxyGiven),
    "proxy-revoked": Rule(declarations.may_revoke_proxy, happened.ProxyRevoked),
    "member-excluded": Rule(conduct.may_exclude, happened.MemberExcluded),
    "exclusion-lifted": Rule(conduct.may_lift_exclusion, happened.ExclusionLifted),
    "delivery-recorded": Rule(conduct.may_deliver, happened.DeliveryRecorded),
    "substitute-named": Rule(conduct.may_substitute, happened.SubstituteNamed),
    "deadline-extended": Rule(conduct.may_extend, happened.DeadlineExtended),
    "attempt-refused": Rule(conduct.may_note_attempt, happened.AttemptRefused),
    "procedure-closed": Rule(closing.may_close, happened.Closed),
    "result-determined": Rule(result.may_determine, after.Determined),
    "result-announced": Rule(result.may_announce, after.Announced),
    "result-published": Rule(result.may_publish, after.Published),
    "result-ratified": Rule(result.may_ratify, after.Ratified),
    "result-suspended": Rule(result.may_suspend, after.Suspended),
    "result-objected": Rule(result.may_object_to_result, after.Objected),
    "result-expired": Rule(result.may_expire, after.Expired),
    "condition-met": Rule(result.may_meet_condition, after.ConditionMet),
    "result-corrected": Rule(result.may_correct, after.Corrected),
    "result-annulled": Rule(result.may_annul, after.Annulled),
}

for _rule in IN_A_PROCEDURE.values():
    # The library does this for events that stand inside their aggregate's class; there are too many of them.
    register_topic(_rule.event.TOPIC, _rule.event)
