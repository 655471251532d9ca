"""Is a signature left unverified only where this process has just made it, with the registered key?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace

import pytest

from ledger.audit import audit_store
from ledger.errors import BadSignature, KeyNotLive, UnknownKey
from ledger.mapper import read_entry
from ledger.proof.dsse import Envelope, Signature
from ledger.proof.keys import SigningKey
from ledger.proof.statement import Composed, Statement, compose, parse_statement
from ledger.receipt import Receipt
from tests.support.builders import LedgerBuilder, a_town
from tests.support.places import Place

STRANGER = SigningKey(b"stranger" * 4)


@pytest.fixture
def town(sqlite_place: Place) -> Iterator[LedgerBuilder]:
    """A town whose council votes."""
    with sqlite_place.open() as store:
        town = a_town(store)
        yield town
        town.ledger.close()


def vote(town: LedgerBuilder, key: SigningKey | None = None) -> Composed:
    """A vote of m1, signed here, with `key` in place of the member's own."""
    prepared = town.statement("vote-cast", "m1", procedure=town.open(), member="m1", choices={"1": "yes"})
    return compose("vote-cast", prepared.payload, key or town.key("m1"))


def named_as(other: SigningKey, key: SigningKey) -> SigningKey:
    """`key`, with the hint of another key."""
    borrowed = SigningKey(key.seed)
    borrowed.id = other.id
    return borrowed


def answer(town: LedgerBuilder, statement: Statement) -> object:
    """What a statement gets that is submitted as it is."""
    [given] = town.ledger.submit_many([statement])
    return given


def test_a_statement_signed_here_is_recorded_as_it_is(town: LedgerBuilder) -> None:
    """And it verifies: what was left out is only a repetition."""
    assert isinstance(answer(town, vote(town)), Receipt)
    assert audit_store(town.ledger.store).failures == []


def test_a_statement_signed_here_with_an_unregistered_key_is_refused(town: LedgerBuilder) -> None:
    """The register says who must have signed, whoever has."""
    with pytest.raises(UnknownKey):
        answer(town, vote(town, STRANGER))


def test_a_statement_signed_here_with_an_ended_key_is_refused(town: LedgerBuilder) -> None:
    """The key must be live, like that of everybody else."""
    statement = vote(town)
    public = town.public("m1")
    town.put("key-revoked", "registrar", subject="m1", key=public, reason="lost", suspect_from=None)
    with pytest.raises(KeyNotLive):
        answer(town, statement)


def test_a_signature_under_a_borrowed_key_id_is_verified_and_refused(town: LedgerBuilder) -> None:
    """The key id is a hint: what counts is whether the registered key is the one that has signed."""
    with pytest.raises(BadSignature):
        answer(town, vote(town, named_as(town.key("m1"), STRANGER)))


def test_nothing_signed_elsewhere_can_pass_as_signed_here(town: LedgerBuilder) -> None:
    """Somebody's claim to have verified already would otherwise be one careless line away."""
    good = vote(town)
    forged = Signature(town.key("m1").id, STRANGER.sign(good.envelope.pae))
    envelope = Envelope(good.envelope.payload_type, good.envelope.payload, (forged,))
    with pytest.raises(TypeError):
        replace(good, envelope=envelope)
    with pytest.raises(FrozenInstanceError):
        good.envelope = envelope  # type: ignore[misc]


def test_what_comes_in_an_envelope_is_always_verified(town: LedgerBuilder) -> None:
    """No word about who has signed travels with the bytes."""
    good = vote(town)
    forged = Signature(town.key("m1").id, STRANGER.sign(good.envelope.pae))
    envelope = Envelope(good.envelope.payload_type, good.envelope.payload, (forged,))
    with pytest.raises(BadSignature):
        town.ledger.submit(envelope)
    with pytest.raises(BadSignature):
        answer(town, parse_statement(envelope))


def test_a_parsed_statement_is_never_one_signed_here(town: LedgerBuilder) -> None:
    """Also not one that was signed here and comes back in bytes."""
    good = vote(town)
    assert type(parse_statement(good.envelope)) is Statement
    receipt = answer(town, good)
    assert isinstance(receipt, Receipt)
    assert type(read_entry(receipt.entry).statement) is Statement


def test_an_audit_verifies_what_was_signed_here(town: LedgerBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature that went wrong while it was made is recorded, and found by the first who verifies."""
    payload = vote(town).payload
    with monkeypatch.context() as fault:
        fault.setattr(SigningKey, "sign", lambda key, message: bytes(64))
        spoilt = compose("vote-cast", payload, town.key("m1"))
    receipt = answer(town, spoilt)
    assert isinstance(receipt, Receipt)
    assert [(one.seq, one.check) for one in audit_store(town.ledger.store).failures] == [(receipt.seq, "4.2")]
