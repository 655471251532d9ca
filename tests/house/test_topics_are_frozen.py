"""Are the names that stand in stored entries still the same? They are data: adding is free, changing is not.

A topic stands beside every stored entry, a payload type is signed with every statement, and stream ids
follow from a namespace: a changed one makes history unreadable, signatures void, or streams disappear.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from eventsourcing.utils import resolve_topic

from ledger.domain import procedure_events as happened
from ledger.domain import result_events as after
from ledger.domain.procedure import Procedure
from ledger.domain.register import Register
from ledger.proof.statement import KINDS, STREAMS, payload_type, procedure_id, register_stream, topic

FROZEN: dict[str, type[Any]] = {
    "stimmbuch.ledger-created.v1": Register.Created,
    "stimmbuch.key-registered.v1": Register.KeyRegistered,
    "stimmbuch.key-rotated.v1": Register.KeyRotated,
    "stimmbuch.key-revoked.v1": Register.KeyRevoked,
    "stimmbuch.log-key-rotated.v1": Register.LogKeyRotated,
    "stimmbuch.redacted.v1": Register.Redacted,
    "stimmbuch.anchored.v1": Register.Anchored,
    "stimmbuch.body-registered.v1": Register.BodyRegistered,
    "stimmbuch.seats-changed.v1": Register.SeatsChanged,
    "stimmbuch.procedure-opened.v1": Procedure.Created,
    "stimmbuch.document-attached.v1": happened.DocumentAttached,
    "stimmbuch.vote-cast.v1": happened.VoteCast,
    "stimmbuch.vote-withdrawn.v1": happened.VoteWithdrawn,
    "stimmbuch.casting-vote-given.v1": happened.CastingVoteGiven,
    "stimmbuch.presence-recorded.v1": happened.PresenceRecorded,
    "stimmbuch.consent-declared.v1": happened.ConsentDeclared,
    "stimmbuch.consent-revoked.v1": happened.ConsentRevoked,
    "stimmbuch.objection-raised.v1": happened.ObjectionRaised,
    "stimmbuch.secret-ballot-demanded.v1": happened.SecretBallotDemanded,
    "stimmbuch.proxy-given.v1": happened.ProxyGiven,
    "stimmbuch.proxy-revoked.v1": happened.ProxyRevoked,
    "stimmbuch.member-excluded.v1": happened.MemberExcluded,
    "stimmbuch.exclusion-lifted.v1": happened.ExclusionLifted,
    "stimmbuch.delivery-recorded.v1": happened.DeliveryRecorded,
    "stimmbuch.substitute-named.v1": happened.SubstituteNamed,
    "stimmbuch.deadline-extended.v1": happened.DeadlineExtended,
    "stimmbuch.attempt-refused.v1": happened.AttemptRefused,
    "stimmbuch.procedure-closed.v1": happened.Closed,
    "stimmbuch.result-determined.v1": after.Determined,
    "stimmbuch.result-announced.v1": after.Announced,
    "stimmbuch.result-published.v1": after.Published,
    "stimmbuch.result-ratified.v1": after.Ratified,
    "stimmbuch.result-suspended.v1": after.Suspended,
    "stimmbuch.result-objected.v1": after.Objected,
    "stimmbuch.result-expired.v1": after.Expired,
    "stimmbuch.condition-met.v1": after.ConditionMet,
    "stimmbuch.result-corrected.v1": after.Corrected,
    "stimmbuch.result-annulled.v1": after.Annulled,
    "stimmbuch.register": Register,
    "stimmbuch.procedure": Procedure,
}

PAYLOAD_TYPES = {
    "ledger-created": "application/vnd.stimmbuch.ledger-created.v1+json",
    "key-registered": "application/vnd.stimmbuch.key-registered.v1+json",
    "key-rotated": "application/vnd.stimmbuch.key-rotated.v1+json",
    "key-revoked": "application/vnd.stimmbuch.key-revoked.v1+json",
    "log-key-rotated": "application/vnd.stimmbuch.log-key-rotated.v1+json",
    "redacted": "application/vnd.stimmbuch.redacted.v1+json",
    "anchored": "application/vnd.stimmbuch.anchored.v1+json",
    "body-registered": "application/vnd.stimmbuch.body-registered.v1+json",
    "seats-changed": "application/vnd.stimmbuch.seats-changed.v1+json",
    "procedure-opened": "application/vnd.stimmbuch.procedure-opened.v1+json",
    "document-attached": "application/vnd.stimmbuch.document-attached.v1+json",
    "vote-cast": "application/vnd.stimmbuch.vote-cast.v1+json",
    "vote-withdrawn": "application/vnd.stimmbuch.vote-withdrawn.v1+json",
    "casting-vote-given": "application/vnd.stimmbuch.casting-vote-given.v1+json",
    "presence-recorded": "application/vnd.stimmbuch.presence-recorded.v1+json",
    "consent-declared": "application/vnd.stimmbuch.consent-declared.v1+json",
    "consent-revoked": "application/vnd.stimmbuch.consent-revoked.v1+json",
    "objection-raised": "application/vnd.stimmbuch.objection-raised.v1+json",
    "secret-ballot-demanded": "application/vnd.stimmbuch.secret-ballot-demanded.v1+json",
    "proxy-given": "application/vnd.stimmbuch.proxy-given.v1+json",
    "proxy-revoked": "application/vnd.stimmbuch.proxy-revoked.v1+json",
    "member-excluded": "application/vnd.stimmbuch.member-excluded.v1+json",
    "exclusion-lifted": "application/vnd.stimmbuch.exclusion-lifted.v1+json",
    "delivery-recorded": "application/vnd.stimmbuch.delivery-recorded.v1+json",
    "substitute-named": "application/vnd.stimmbuch.substitute-named.v1+json",
    "deadline-extended": "application/vnd.stimmbuch.deadline-extended.v1+json",
    "attempt-refused": "application/vnd.stimmbuch.attempt-refused.v1+json",
    "procedure-closed": "application/vnd.stimmbuch.procedure-closed.v1+json",
    "result-determined": "application/vnd.stimmbuch.result-determined.v1+json",
    "result-announced": "application/vnd.stimmbuch.result-announced.v1+json",
    "result-published": "application/vnd.stimmbuch.result-published.v1+json",
    "result-ratified": "application/vnd.stimmbuch.result-ratified.v1+json",
    "result-suspended": "application/vnd.stimmbuch.result-suspended.v1+json",
    "result-objected": "application/vnd.stimmbuch.result-objected.v1+json",
    "result-expired": "application/vnd.stimmbuch.result-expired.v1+json",
    "condition-met": "application/vnd.stimmbuch.condition-met.v1+json",
    "result-corrected": "application/vnd.stimmbuch.result-corrected.v1+json",
    "result-annulled": "application/vnd.stimmbuch.result-annulled.v1+json",
}


@pytest.mark.parametrize("name", FROZEN)
def test_a_stored_topic_still_finds_its_class(name: str) -> None:
    """The class may move to another file; its stored name may not change."""
    assert resolve_topic(name) is FROZEN[name]


@pytest.mark.parametrize("kind", PAYLOAD_TYPES)
def test_a_signed_payload_type_is_still_known(kind: str) -> None:
    """Its text is part of what was signed."""
    assert kind in KINDS
    assert payload_type(kind) == PAYLOAD_TYPES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_statement_has_its_event(kind: str) -> None:
    """A new kind is added here as well, so that it is frozen from its first day on."""
    assert kind in PAYLOAD_TYPES
    assert topic(kind) in FROZEN
    assert topic(kind) == resolve_topic(topic(kind)).TOPIC


def test_streams_keep_their_ids() -> None:
    """Ids follow from the ledger's name and the source's: the same import must find its procedures again."""
    assert UUID("8a3c1f0e-5f0b-5d7e-9d0e-6d2f1c7b4a55") == STREAMS
    assert register_stream("ledger.example.org/rat") == UUID("c76fd4e8-e4c9-5465-ae30-10259af83af8")
    assert procedure_id("ledger.example.org/rat", "zh-2018-32-1") == UUID(
        "72a35be5-a103-50ed-90c8-851b1bbab4bb"
    )
