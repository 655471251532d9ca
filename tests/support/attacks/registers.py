"""Attacks on keys, log keys and texts: what somebody with one key, or with the operator's help, would try."""

from __future__ import annotations

import base64
from typing import Any

from ledger.proof.dsse import Envelope
from ledger.proof.encoding import b64, canonical
from ledger.proof.entry import NO_LINK, parse_entry
from ledger.proof.keys import SigningKey
from ledger.proof.statement import parse_statement, payload_type
from ledger.proof.verification_key import ED25519, VerificationKey
from tests.support.attacks import CHAIRED, ENTRIES, LAST, SEQ, Fails, attack
from tests.support.memory_ledger import ORIGIN, SERVICE, document, key_of, later, log_key_of
from tests.support.statements import COMMON
from tests.support.story import NAME
from tests.support.story import unanchored as story

AFTER = LAST + 1
IDENTITY = b"\x01" + bytes(31)
"""The identity point: under it, one constant signature verifies for every message with some libraries."""


def added(kind: str, actor: str, *keys: SigningKey, **fields: Any) -> list[bytes]:
    """The story, and one more statement that nobody decided about; `keys` in place of the right ones."""
    ledger = story().until(AFTER)
    statement = ledger.statement(kind, actor, keys=keys or None, **fields)
    return [*ledger.entries, ledger.entry(statement, at=later(ledger.now, 1))]


def unchecked(kind: str, *keys: SigningKey, **fields: Any) -> list[bytes]:
    """The same of a statement without its right form."""
    payload = canonical({**COMMON, "seen": None, **fields})
    envelope = Envelope(payload_type(kind), payload, ()).countersign(*keys)
    template = parse_statement(parse_entry(ENTRIES[SEQ["log key"]]).envelope)
    ledger = story().until(AFTER)
    template = type(template)(template.kind, template.payload, envelope)
    return [*ledger.entries, ledger.entry(template, at=later(ledger.now, 1))]


def rotating(*keys: SigningKey, actor: str = "registrar", **fields: Any) -> list[bytes]:
    """One more rotation of the log key."""
    wanted = {"old": log_key_of("log/2"), "new": log_key_of("log/3"), **fields}
    return added("log-key-rotated", actor, *keys, **wanted)


def redacting(*keys: SigningKey, actor: str = "chris", **fields: Any) -> list[bytes]:
    """One more redaction."""
    wanted = {"digests": [NAME], "legal_basis": "gdpr-17-1-a", "authority": "vera", **fields}
    return added("redacted", actor, *keys, **wanted)


# ── keys ───────────────────────────────────────────────────────────────────────────────────────


@attack(Fails("3.1", AFTER, says="of low order"))
def enrol_a_low_order_key() -> list[bytes]:
    """A registrar makes up a member for whom anybody can vote; the constant signature is its own proof."""
    fields = {"subject": "mallory", "roles": ["member"], "key": b64(IDENTITY)}
    return unchecked("key-registered", key_of("registrar"), key_of("mallory"), actor="registrar", **fields)


@attack(Fails("3.1", AFTER, says="of low order"))
def take_a_low_order_log_key_into_use() -> list[bytes]:
    """Then anybody could sign checkpoints, and nobody could say who did."""
    new = VerificationKey(ORIGIN, ED25519, IDENTITY).text
    keys = key_of("log/2"), key_of("mallory"), key_of("registrar")
    fields = {"old": log_key_of("log/2"), "new": new, "second": None}
    return unchecked("log-key-rotated", *keys, actor="registrar", **fields)


# ── log keys ───────────────────────────────────────────────────────────────────────────────────


@attack(Fails("5.1", AFTER, says="^key-not-live: `old` is no current log key"))
def a_revoked_log_key_signs() -> list[bytes]:
    """Who found the old key on a disposed disk gets a successor of it in, with a registrar's help."""
    keys = key_of("log"), key_of("log/3"), key_of("registrar")
    return rotating(*keys, old=log_key_of("log"))


@attack(Fails("4.2", AFTER, says="does not verify"))
def a_registrar_alone_rotates_the_log_key() -> list[bytes]:
    """The registrar has a new key, but not the old one."""
    return rotating(key_of("log/3"), key_of("log/3"), key_of("registrar"))


@attack(Fails("5.1", AFTER, says="^not-allowed: .*two different registrars"))
def a_registrar_alone_says_that_the_log_key_is_lost() -> list[bytes]:
    """And signs twice."""
    return rotating(key_of("log/3"), key_of("registrar"), key_of("registrar"), second="registrar")


@attack(Fails("5.1", AFTER, says="^not-allowed: chris is not registrar"))
def a_registrar_and_a_clerk_say_that_the_log_key_is_lost() -> list[bytes]:
    """A clerk is no second registrar."""
    return rotating(key_of("log/3"), key_of("registrar"), key_of("chris"), second="chris")


@attack(Fails("5.1", AFTER, says="^not-allowed: chris is not registrar"))
def an_operator_with_both_log_keys_rotates_them() -> list[bytes]:
    """Whoever runs the machine has the old and the new key, and a friend among the clerks."""
    return rotating(key_of("log/2"), key_of("log/3"), key_of("chris"), actor="chris")


@attack(Fails("5.1", AFTER, says="^key-taken: "))
def a_log_key_that_was_replaced_comes_back() -> list[bytes]:
    """The thief of the first key waits until somebody takes it into use again."""
    return rotating(key_of("log/2"), key_of("log"), key_of("registrar"), new=log_key_of("log"))


@attack(Fails("5.1", AFTER, says="^not-allowed: a log key carries the ledger's name"))
def the_log_key_of_another_ledger() -> list[bytes]:
    """One key in two names: what it signs for the one could be shown for the other."""
    new = log_key_of("log/3", "ledger.example.org/other")
    return rotating(key_of("log/2"), key_of("log/3"), key_of("registrar"), new=new)


# ── what lies beside the log ───────────────────────────────────────────────────────────────────


@attack(Fails("5.1", AFTER, says="^not-redactable: "))
def redact_a_vote() -> list[bytes]:
    """Bert's vote did not please; its digest is named as if it were a text."""
    digest = parse_entry(ENTRIES[SEQ["bert on two items"]]).envelope.digest
    text = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return redacting(stream=CHAIRED, digests=[text])


@attack(Fails("5.1", AFTER, says="^not-allowed: nobody erases alone"))
def a_clerk_alone_erases_a_name() -> list[bytes]:
    """And answers for it, too."""
    return redacting(authority="chris")


@attack(Fails("5.1", AFTER, says="^not-allowed: anna is not clerk"))
def a_member_erases_a_name() -> list[bytes]:
    """With the chair's consent."""
    return redacting(actor="anna")


@attack(Fails("5.1", AFTER, says="^not-allowed: anna is not clerk or registrar or chair"))
def a_member_answers_for_an_erasure() -> list[bytes]:
    """A second person, but not one of those who may."""
    return redacting(authority="anna")


@attack(Fails("4.2", AFTER, says="needs 2 signatures, not 1"))
def a_clerk_erases_in_the_chairs_name() -> list[bytes]:
    """The chair is named, and was never asked."""
    return redacting(key_of("chris"), stream=CHAIRED, digests=[], documents=[document("late")["sha256"]])


@attack(Fails("5.1", AFTER, says="^already-redacted: .*by entry"))
def a_name_erased_twice() -> list[bytes]:
    """Harmless, and yet: the second entry would give another reason, and hide the first."""
    return redacting()


# ── anchors ────────────────────────────────────────────────────────────────────────────────────

ANCHOR: dict[str, Any] = {"root": NO_LINK, "tsa": "tsa.example", "token_sha256": "cd" * 32}


@attack(Fails("5.1", AFTER, says="^bad-shape: "))
def an_anchor_of_a_tree_that_is_still_to_come() -> list[bytes]:
    """A time for entries that nobody had made then."""
    return added("anchored", SERVICE, size=AFTER + 1, **ANCHOR)


@attack(Fails("5.1", AFTER, says="^not-allowed: chris is not service"))
def an_anchor_by_a_clerk() -> list[bytes]:
    """Only the service knows what it published."""
    return added("anchored", "chris", size=3, **ANCHOR)
