"""Whose key counts, from which entry to which, and who may change that?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.people import KeyLife
from ledger.domain.values import Place
from ledger.errors import (
    AlreadyRegistered,
    BadKey,
    BadSignature,
    KeyNotLive,
    KeyTaken,
    NotAllowed,
    UnknownActor,
    UnknownKey,
)
from ledger.proof.encoding import b64
from ledger.proof.statement import Statement, verify_signatures
from tests.support.memory_ledger import REGISTRAR, SERVICE, MemoryLedger, key_of, public_of
from tests.support.vectors import load

REVOCATION: dict[str, Any] = {"reason": "lost", "suspect_from": None}


@pytest.fixture
def ledger() -> MemoryLedger:
    """A ledger with real signatures: a registrar, a service, a clerk, and two members in a body."""
    ledger = MemoryLedger()
    ledger.council("anna", "bert")
    ledger.person("chris", "clerk")
    return ledger


def vote(ledger: MemoryLedger, procedure: str, member: str, key: str) -> Statement:
    """A vote of a member, signed with the key of a name."""
    choices = {"1": "yes"}
    wanted: dict[str, Any] = {"procedure": procedure, "member": member, "choices": choices}
    return ledger.statement("vote-cast", member, keys=(key_of(key),), **wanted)


def rotate(ledger: MemoryLedger, old: str, new: str, *, actor: str = "anna", keys: Any = None) -> str:
    """Gives Anna the key `new` in place of `old`."""
    return ledger.put(
        "key-rotated",
        actor,
        subject="anna",
        old=public_of(old),
        key=public_of(new),
        keys=keys or (key_of(old if actor == "anna" else actor), key_of(new)),
    )


# ── proof of possession ────────────────────────────────────────────────────────────────────────


def test_a_key_is_registered_by_a_registrar_and_by_the_key_itself(ledger: MemoryLedger) -> None:
    """Nobody is registered with a key that somebody else holds: the key has to sign."""
    ledger.person("dora")
    assert ledger.state.has_person("dora")


def test_a_new_key_that_did_not_sign_is_not_registered(ledger: MemoryLedger) -> None:
    """Without proof of possession a registrar could register a member's key for somebody else."""
    fields: dict[str, Any] = {"subject": "dora", "roles": ["member"], "key": public_of("dora")}
    with pytest.raises(BadSignature, match="needs 2 signatures, not 1"):
        ledger.put("key-registered", keys=(key_of(REGISTRAR),), **fields)
    with pytest.raises(BadSignature, match="does not verify"):
        ledger.put("key-registered", keys=(key_of(REGISTRAR), key_of("somebody")), **fields)
    assert not ledger.state.has_person("dora")


def test_the_signatures_stand_in_the_order_of_the_rules(ledger: MemoryLedger) -> None:
    """One statement has one envelope: the same two signatures swapped are another one, and refused."""
    fields: dict[str, Any] = {"subject": "dora", "roles": ["member"], "key": public_of("dora")}
    with pytest.raises(UnknownKey):
        ledger.put("key-registered", keys=(key_of("dora"), key_of(REGISTRAR)), **fields)


def test_a_signature_more_than_needed_is_refused(ledger: MemoryLedger) -> None:
    """An extra signature would change the entry's bytes without changing what is said."""
    with pytest.raises(BadSignature, match="needs 1 signatures, not 2"):
        ledger.put("body-registered", body="aus", keys=(key_of(REGISTRAR), key_of("chris")))


@pytest.mark.parametrize("point", load("cctv-ed25519/low-order-points.json"))
@pytest.mark.parametrize("kind", ["key-registered", "key-rotated"])
def test_a_key_of_low_order_is_not_enrolled(ledger: MemoryLedger, kind: str, point: str) -> None:
    """A registrar would make up a member for whom anybody can sign; the signature proves nothing there."""
    fields: dict[str, Any] = {"subject": "anna", "key": b64(bytes.fromhex(point))}
    fields |= {"roles": ["member"]} if kind == "key-registered" else {"old": public_of("anna")}
    with pytest.raises(BadKey):
        ledger.put(kind, keys=(key_of(REGISTRAR), key_of("anna")), **fields)


def test_the_identity_point_is_no_key(ledger: MemoryLedger) -> None:
    """Under it one constant signature verifies for every message; it is refused before anything else."""
    identity = b64(b"\x01" + bytes(31))
    with pytest.raises(BadKey):
        ledger.put("key-registered", subject="dora", roles=["member"], key=identity)


# ── one key, one person, once ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("subject", ["dora", "anna"])
def test_a_key_is_registered_only_once(ledger: MemoryLedger, subject: str) -> None:
    """For another person it would make two people one; for the same person it would say nothing."""
    with pytest.raises(KeyTaken):
        ledger.put("key-registered", subject=subject, roles=["member"], key=ledger.public("anna"))


def test_a_revoked_key_never_comes_back(ledger: MemoryLedger) -> None:
    """Whoever stole it would be a member again."""
    ledger.put("key-revoked", subject="anna", key=public_of("anna"), **REVOCATION)
    with pytest.raises(KeyTaken):
        ledger.put("key-registered", subject="anna", roles=["member"], key=ledger.public("anna"))


def test_a_person_may_hold_several_keys(ledger: MemoryLedger) -> None:
    """A tablet and a telephone: votes signed with either are the member's."""
    ledger.put("key-registered", subject="anna", roles=["member"], key=ledger.public("anna/2"))
    procedure = ledger.open()
    ledger.append(vote(ledger, procedure, "anna", "anna/2"))
    ledger.append(vote(ledger, procedure, "anna", "anna"))
    assert ledger.procedure(procedure).tally()["1"]["yes"] == 1


def test_one_more_key_does_not_change_the_roles(ledger: MemoryLedger) -> None:
    """Otherwise registering a telephone could make a member a registrar."""
    with pytest.raises(AlreadyRegistered, match="other roles"):
        ledger.put("key-registered", subject="anna", roles=["registrar"], key=ledger.public("anna/2"))


@pytest.mark.parametrize("actor", ["chris", "anna", SERVICE])
def test_only_a_registrar_registers_keys(ledger: MemoryLedger, actor: str) -> None:
    """Clerks run procedures; who is who is decided by registrars."""
    with pytest.raises(NotAllowed, match="is not registrar"):
        ledger.put("key-registered", actor, subject="dora", roles=["member"], key=ledger.public("dora"))


# ── rotation and revocation ────────────────────────────────────────────────────────────────────


def test_a_rotation_is_signed_by_the_old_and_the_new_key(ledger: MemoryLedger) -> None:
    """The old key hands over, the new one shows that it is there."""
    rotate(ledger, "anna", "anna/2")
    procedure = ledger.open()
    ledger.append(vote(ledger, procedure, "anna", "anna/2"))
    with pytest.raises(KeyNotLive, match="ended at entry"):
        ledger.append(vote(ledger, procedure, "anna", "anna"))


@pytest.mark.parametrize("keys", [("anna", "anna"), ("anna/2", "anna/2"), ("bert", "anna/2"), ("anna",)])
def test_a_rotation_with_other_signatures_is_refused(ledger: MemoryLedger, keys: tuple[str, ...]) -> None:
    """Half of a rotation would let a thief of one key take over, or lock somebody out."""
    with pytest.raises((BadSignature, UnknownKey)):
        rotate(ledger, "anna", "anna/2", keys=tuple(key_of(key) for key in keys))


def test_the_other_key_of_a_person_cannot_rotate_a_key(ledger: MemoryLedger) -> None:
    """Of two devices, a stolen one must not be able to replace the other one's key."""
    ledger.put("key-registered", subject="anna", roles=["member"], key=ledger.public("anna/2"))
    with pytest.raises(UnknownKey):
        rotate(ledger, "anna", "anna/3", keys=(key_of("anna/2"), key_of("anna/3")))


def test_a_lost_key_is_replaced_by_a_registrar(ledger: MemoryLedger) -> None:
    """Who lost the old key cannot sign with it: a registrar signs instead, with the new key."""
    rotate(ledger, "anna", "anna/2", actor=REGISTRAR)
    assert ledger.state.register is not None
    assert ledger.state.register.person("anna").live_keys == [public_of("anna/2")]


def test_a_registrars_lost_key_is_replaced_by_another_registrar(ledger: MemoryLedger) -> None:
    """Who says "I lost my key" shows nothing; a second registrar, who knows the first, does."""
    ledger.public("registrar/2")
    wanted: dict[str, Any] = {
        "subject": REGISTRAR,
        "old": public_of(REGISTRAR),
        "key": public_of("registrar/2"),
    }
    with pytest.raises(UnknownKey):  # alone, with some other key
        ledger.put("key-rotated", REGISTRAR, keys=(key_of("anna"), key_of("registrar/2")), **wanted)
    ledger.person("rita", "registrar")
    ledger.put("key-rotated", "rita", keys=(key_of("rita"), key_of("registrar/2")), **wanted)
    assert ledger.state.register is not None
    assert ledger.state.register.person(REGISTRAR).live_keys == [public_of("registrar/2")]


@pytest.mark.parametrize("actor", ["chris", "bert"])
def test_nobody_else_replaces_a_lost_key(ledger: MemoryLedger, actor: str) -> None:
    """A clerk or colleague would become the member."""
    with pytest.raises(NotAllowed, match="is not registrar"):
        rotate(ledger, "anna", "anna/2", actor=actor)


def test_a_rotation_to_a_taken_key_is_refused(ledger: MemoryLedger) -> None:
    """One key stands for one person."""
    with pytest.raises(KeyTaken):
        rotate(ledger, "anna", "bert")


def test_a_key_that_ended_cannot_be_rotated(ledger: MemoryLedger) -> None:
    """A successor of a dead key would be a new key without a registrar."""
    rotate(ledger, "anna", "anna/2")
    with pytest.raises(KeyNotLive):
        rotate(ledger, "anna", "anna/3")
    with pytest.raises(KeyNotLive, match="no live key of anna"):
        rotate(ledger, "anna", "anna/3", actor=REGISTRAR)


@pytest.mark.parametrize("actor", [REGISTRAR, "anna"])
def test_a_key_is_revoked_by_a_registrar_or_its_holder(ledger: MemoryLedger, actor: str) -> None:
    """A vote signed afterwards is refused, wherever it was made."""
    ledger.put("key-revoked", actor, subject="anna", key=public_of("anna"), **REVOCATION)
    procedure = ledger.open()
    with pytest.raises(KeyNotLive):
        ledger.append(vote(ledger, procedure, "anna", "anna"))


@pytest.mark.parametrize("actor", ["bert", "chris"])
def test_nobody_else_revokes_a_key(ledger: MemoryLedger, actor: str) -> None:
    """Taking somebody's key away is taking the vote away."""
    with pytest.raises(NotAllowed, match="is not registrar"):
        ledger.put("key-revoked", actor, subject="anna", key=public_of("anna"), **REVOCATION)


@pytest.mark.parametrize(("subject", "key"), [("anna", "bert"), ("anna", "stranger")])
def test_only_a_live_key_of_this_person_is_revoked(ledger: MemoryLedger, subject: str, key: str) -> None:
    """A slip must not end somebody else's key."""
    with pytest.raises(KeyNotLive, match="no live key of anna"):
        ledger.put("key-revoked", subject=subject, key=public_of(key), **REVOCATION)


def test_a_revocation_of_an_unknown_person_is_refused(ledger: MemoryLedger) -> None:
    """There is nothing to revoke."""
    with pytest.raises(UnknownActor, match="nobody is not in the register"):
        ledger.put("key-revoked", subject="nobody", key=public_of("anna"), **REVOCATION)


def test_the_last_registrar_key_cannot_be_revoked(ledger: MemoryLedger) -> None:
    """Nobody could register a key ever again."""
    with pytest.raises(NotAllowed, match="last registrar key"):
        ledger.put("key-revoked", subject=REGISTRAR, key=public_of(REGISTRAR), **REVOCATION)
    ledger.put(
        "key-registered", subject=REGISTRAR, roles=["registrar", "clerk"], key=ledger.public("registrar/2")
    )
    ledger.put("key-revoked", subject=REGISTRAR, key=public_of(REGISTRAR), **REVOCATION)


def test_a_revocation_does_not_reach_back(ledger: MemoryLedger) -> None:
    """`suspect_from` is evidence for people: votes recorded before the revocation stand."""
    procedure = ledger.open()
    ledger.vote(procedure, "anna", "yes")
    revocation: dict[str, Any] = {"reason": "compromised", "suspect_from": 0}
    ledger.put("key-revoked", subject="anna", key=public_of("anna"), **revocation)
    assert ledger.procedure(procedure).tally()["1"]["yes"] == 1


def test_a_key_ends_with_the_entry_after_its_revocation(ledger: MemoryLedger) -> None:
    """The revocation itself may be signed with the key that it ends."""
    statement = ledger.statement(
        "key-revoked", "anna", subject="anna", key=public_of("anna"), keys=(key_of("anna"),), **REVOCATION
    )
    verify_signatures(statement, ledger.state.signing_keys(statement))
    ledger.state.decide(statement, Place(len(ledger.rows), ledger.now, "leaf"))
    with pytest.raises(KeyNotLive, match=f"ended at entry {len(ledger.rows)}"):
        ledger.state.signing_keys(statement)


def test_the_life_of_a_key_is_kept(ledger: MemoryLedger) -> None:
    """From which entry to which, by whom and why: what `stimmbuch keys` lists."""
    rotate(ledger, "anna", "anna/2")
    rotated = len(ledger.rows) - 1
    ledger.put("key-revoked", subject="anna", key=public_of("anna/2"), **REVOCATION)
    assert ledger.state.register is not None
    keys = ledger.state.register.person("anna").keys
    first, second = keys[public_of("anna")], keys[public_of("anna/2")]
    assert (first.by, first.ended, first.ended_by, first.reason) == (REGISTRAR, rotated, "anna", "rotated")
    assert second == KeyLife(rotated, "anna", rotated + 1, REGISTRAR, "lost")
    replayed = ledger.replayed().register
    assert replayed is not None
    assert replayed.person("anna").keys == keys


# ── whose signature ────────────────────────────────────────────────────────────────────────────


def test_a_vote_signed_with_another_members_key_is_refused(ledger: MemoryLedger) -> None:
    """The key that counts is the actor's in the register, not the one that the envelope hints at."""
    procedure = ledger.open()
    with pytest.raises(UnknownKey, match="anna has no key"):
        ledger.append(vote(ledger, procedure, "anna", "bert"))


def test_a_vote_with_a_false_hint_is_refused(ledger: MemoryLedger) -> None:
    """Bert signs and writes Anna's key id beside it."""
    procedure = ledger.open()
    honest = vote(ledger, procedure, "anna", "bert")
    signature = honest.envelope.signatures[0]._replace(key_id=key_of("anna").id)
    forged = type(honest.envelope)(honest.envelope.payload_type, honest.envelope.payload, (signature,))
    with pytest.raises(BadSignature, match="does not verify"):
        ledger.append(Statement(honest.kind, honest.payload, forged))


def test_an_actor_who_is_not_registered_has_no_key(ledger: MemoryLedger) -> None:
    """Nobody speaks before a registrar says who that is."""
    procedure = ledger.open()
    with pytest.raises(UnknownKey, match="not in the register"):
        ledger.append(vote(ledger, procedure, "mallory", "mallory"))
