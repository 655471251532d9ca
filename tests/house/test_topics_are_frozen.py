"""Are the names that stand in stored entries still the same? They are data: adding is free, changing is not.

A topic stands beside every stored entry, a payload type is signed with every statement, and stream ids
follow from a namespace: a changed one makes history unreadable, signatures void, or streams disappear.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from eventsourcing.utils import resolve_topic

from ledger.domain.procedure import Procedure
from ledger.domain.register import Register
from ledger.proof.statement import KINDS, STREAMS, payload_type, procedure_id, register_stream, topic

FROZEN: dict[str, type[Any]] = {
    "stimmbuch.ledger-created.v1": Register.Created,
    "stimmbuch.key-registered.v1": Register.KeyRegistered,
    "stimmbuch.key-rotated.v1": Register.KeyRotated,
    "stimmbuch.key-revoked.v1": Register.KeyRevoked,
    "stimmbuch.body-registered.v1": Register.BodyRegistered,
    "stimmbuch.seats-changed.v1": Register.SeatsChanged,
    "stimmbuch.procedure-opened.v1": Procedure.Created,
    "stimmbuch.document-attached.v1": Procedure.DocumentAttached,
    "stimmbuch.vote-cast.v1": Procedure.VoteCast,
    "stimmbuch.vote-withdrawn.v1": Procedure.VoteWithdrawn,
    "stimmbuch.casting-vote-given.v1": Procedure.CastingVoteGiven,
    "stimmbuch.presence-recorded.v1": Procedure.PresenceRecorded,
    "stimmbuch.procedure-closed.v1": Procedure.Closed,
    "stimmbuch.result-annulled.v1": Procedure.Annulled,
    "stimmbuch.register": Register,
    "stimmbuch.procedure": Procedure,
}

PAYLOAD_TYPES = {
    "ledger-created": "application/vnd.stimmbuch.ledger-created.v1+json",
    "key-registered": "application/vnd.stimmbuch.key-registered.v1+json",
    "key-rotated": "application/vnd.stimmbuch.key-rotated.v1+json",
    "key-revoked": "application/vnd.stimmbuch.key-revoked.v1+json",
    "body-registered": "application/vnd.stimmbuch.body-registered.v1+json",
    "seats-changed": "application/vnd.stimmbuch.seats-changed.v1+json",
    "procedure-opened": "application/vnd.stimmbuch.procedure-opened.v1+json",
    "document-attached": "application/vnd.stimmbuch.document-attached.v1+json",
    "vote-cast": "application/vnd.stimmbuch.vote-cast.v1+json",
    "vote-withdrawn": "application/vnd.stimmbuch.vote-withdrawn.v1+json",
    "casting-vote-given": "application/vnd.stimmbuch.casting-vote-given.v1+json",
    "presence-recorded": "application/vnd.stimmbuch.presence-recorded.v1+json",
    "procedure-closed": "application/vnd.stimmbuch.procedure-closed.v1+json",
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
