"""Attacks on statements and signatures: the groups 3 and 4 of the checks."""

from __future__ import annotations

from typing import Any

from ledger.proof.dsse import Envelope
from ledger.proof.encoding import canonical
from ledger.proof.entry import parse_entry
from ledger.proof.statement import parse_statement, payload_type
from tests.support.attacks import (
    CHAIRED,
    ENTRIES,
    LAST,
    SEQ,
    Fails,
    attack,
    ending_with,
    going_on,
    last,
    slipped_in,
    vote,
)
from tests.support.forged_log import relinked, resigned, reworded
from tests.support.memory_ledger import ORIGIN, key_of, later, public_of
from tests.support.statements import example
from tests.support.story import unanchored as story
from tests.support.trees import head_of

# ── 3: the statement ───────────────────────────────────────────────────────────────────────────


def spoken(kind: str, payload: bytes, *keys: str) -> Envelope:
    """An envelope that nobody checked before it was signed."""
    return Envelope(payload_type(kind), payload, ()).countersign(*(key_of(key) for key in keys))


ANNULMENT = {**example("result-annulled"), "actor": "chris", "procedure": CHAIRED, "repeated_as": None}


@attack(Fails("3.1", LAST, says="no statement has the payload type"))
def a_statement_of_an_unknown_kind() -> list[bytes]:
    """The clerk signed it; what it means nobody knows."""
    return last(envelope=spoken("result-improved", canonical(ANNULMENT), "chris"))


@attack(Fails("3.1", LAST, says="not known here: why"))
def a_statement_with_one_more_member() -> list[bytes]:
    """Signed, stored, and read by nobody."""
    return last(envelope=spoken("result-annulled", canonical({**ANNULMENT, "why": "late"}), "chris"))


@attack(Fails("3.1", LAST, says="not in its canonical form"))
def a_statement_with_spaces() -> list[bytes]:
    """The same values in other bytes would be another statement with another digest."""
    payload = canonical(ANNULMENT).replace(b",", b", ")
    return last(envelope=spoken("result-annulled", payload, "chris"))


@attack(Fails("3.1", LAST, says="the same key twice|canonical"))
def a_statement_that_says_two_things() -> list[bytes]:
    """Two actors in one payload: one reader takes the first, another the last."""
    payload = canonical(ANNULMENT).replace(b"{", b'{"actor":"vera",', 1)
    return last(envelope=spoken("result-annulled", payload, "chris"))


@attack(Fails("3.2", LAST, ORIGIN, "ledger.example.org/other"))
def a_statement_replayed_from_another_ledger() -> list[bytes]:
    """The clerk works for two municipalities with one key, and annulled something there."""
    return last(
        envelope=spoken(
            "result-annulled", canonical({**ANNULMENT, "log": "ledger.example.org/other"}), "chris"
        )
    )


def again(name: str, at_the_place_of: str) -> list[bytes]:
    """The statement of a named entry once more, in place of another one."""
    ledger = story().before(at_the_place_of)
    statement = parse_statement(parse_entry(ENTRIES[SEQ[name]]).envelope)
    return [*ledger.entries, ledger.entry(statement, at=later(ledger.now, 1))]


@attack(Fails("3.3", SEQ["casting vote"], says="was recorded before"))
def a_presence_recorded_twice() -> list[bytes]:
    """Harmless here, and yet: nobody signed it twice."""
    return again("presence", "casting vote")


@attack(Fails("3.3", SEQ["cem's vote"], says="was recorded before"))
def a_withdrawn_vote_brought_back() -> list[bytes]:
    """Bert's vote replaced nothing and was withdrawn: every rule would take it again.

    Only this check stands between a withdrawal and an operator who keeps old envelopes.
    """
    return again("bert's vote", "cem's vote")


@attack(
    Fails("3.3", SEQ["bert's withdrawal"], says="was recorded before"),
    Fails("5.1", SEQ["bert's withdrawal"], says="stale-replaces"),
)
def a_replaced_vote_brought_back() -> list[bytes]:
    """Anna's first vote names none before it, but now there is one: the rules find the replay as well."""
    return again("anna's first vote", "bert's withdrawal")


# ── 3.4: what the signer had seen ──────────────────────────────────────────────────────────────


SHOWN = SEQ["cem's vote"]
"""Up to here everybody was shown the same entries."""
TRUE, FORKED = head_of(ENTRIES[:SHOWN]), head_of([*ENTRIES[: SHOWN - 1], ENTRIES[-1]])
"""What there is, and the same with another last entry: what one member was shown, say."""
LATER = head_of(ENTRIES)


@attack(Fails("3.4", SEQ["timed closing"], TRUE["root"], FORKED["root"], "split view"))
def a_vote_signed_on_another_history() -> list[bytes]:
    """The operator showed Anna another log, and carries her vote over: her own signature tells of it."""
    return slipped_in("timed closing", "vote-cast", "anna", **vote("anna", seen=FORKED))


@attack(Fails("3.4", LAST + 1, TRUE["root"], FORKED["root"], "split view"))
def a_registration_signed_on_another_history() -> list[bytes]:
    """A registrar was shown it: every kind of statement says what its signer had seen."""
    ledger = story().until(LAST + 1)
    new: dict[str, Any] = {"subject": "edda", "roles": ["member"], "key": ledger.public("edda")}
    return [
        *ledger.entries,
        ledger.entry(
            ledger.statement("key-registered", "registrar", seen=FORKED, **new), at=later(ledger.now, 1)
        ),
    ]


@attack(
    Fails(
        "3.4",
        SEQ["timed closing"],
        f"≤ {SEQ['timed closing']}",
        f"{LATER['size']}, {LATER['root']}",
        "more entries",
    ),
)
def a_vote_dated_back() -> list[bytes]:
    """Signed after the closing was published, and slipped in before it: its signer had seen what is later."""
    return slipped_in("timed closing", "vote-cast", "anna", **vote("anna", seen=LATER))


# ── 4: signatures ──────────────────────────────────────────────────────────────────────────────


@attack(Fails("4.1", LAST, says="chris has no key"))
def a_statement_signed_by_a_stranger() -> list[bytes]:
    """In the clerk's name, with a key that nobody registered."""
    return ending_with(resigned(ENTRIES[-1], key_of("mallory")))


@attack(Fails("4.1", LAST, says="chris has no key"))
def a_statement_signed_by_a_colleague() -> list[bytes]:
    """In the clerk's name, with the chair's key: registered, but not his."""
    return ending_with(resigned(ENTRIES[-1], key_of("vera")))


@attack(Fails("4.1", SEQ["timed closing"], says="ended at entry"))
def a_vote_with_a_key_that_was_replaced() -> list[bytes]:
    """Cem's old tablet was sold, and its key with it."""
    ledger, statement = going_on("timed closing", "vote-cast", "cem", keys=(key_of("cem"),), **vote("cem"))
    return [*ledger.entries, ledger.entry(statement, at=later(ledger.now, 1))]


@attack(Fails("4.1", SEQ["timed closing"] + 1, says="ended at entry"))
def a_vote_with_a_key_that_was_revoked() -> list[bytes]:
    """Anna reported the loss; the finder votes."""
    ledger = story().before("timed closing")
    lost: dict[str, Any] = {"reason": "lost", "suspect_from": None}
    ledger.put("key-revoked", "anna", subject="anna", key=public_of("anna"), **lost)
    found = ledger.statement("vote-cast", "anna", **vote("anna"))
    return [*ledger.entries, ledger.entry(found, at=later(ledger.now, 1))]


@attack(Fails("4.1", SEQ["timed closing"], says="anna has no key"))
def a_vote_with_a_key_that_was_registered_afterwards() -> list[bytes]:
    """A registrar makes a key for Anna, votes with it, and registers it when somebody asks."""
    ledger = story().before("timed closing")
    ledger.force(ledger.statement("vote-cast", "anna", keys=(key_of("anna/2"),), **vote("anna")))
    new: dict[str, Any] = {"subject": "anna", "roles": ["member"], "key": ledger.public("anna/2")}
    ledger.put("key-registered", **new)
    return ledger.entries


@attack(Fails("4.2", LAST, says="does not verify"))
def a_statement_signed_by_a_stranger_under_the_clerks_key_id() -> list[bytes]:
    """The hint says Chris, the signature does not."""
    return ending_with(resigned(ENTRIES[-1], key_of("mallory"), hints=[key_of("chris").id]))


@attack(Fails("4.2", SEQ["cem's vote"], says="does not verify"))
def a_vote_changed_after_it_was_signed() -> list[bytes]:
    """UPDATE in the database, before anything else was recorded: yes becomes no."""
    return [*ENTRIES[: SEQ["cem's vote"]], reworded(ENTRIES[SEQ["cem's vote"]], choices={"1": "no"})]


@attack(
    Fails("4.2", SEQ["cem's vote"], says="does not verify"),
    Fails("5.3", SEQ["timed closing"], says="stale-seal"),
    Fails("5.1", SEQ["document"] + 1, says="stale-replaces"),
    Fails("5.3", SEQ["chaired closing"], says="stale-seal"),
)
def a_vote_changed_and_every_link_repaired() -> list[bytes]:
    """All numbers and links are right again.

    But the members and the service signed links: the seals name entries, and Anna's next vote in the
    other procedure names hers. All these have other hashes now.
    """
    changed = reworded(ENTRIES[SEQ["cem's vote"]], choices={"1": "no"})
    return relinked([*ENTRIES[: SEQ["cem's vote"]], changed, *ENTRIES[SEQ["cem's vote"] + 1 :]])


def registering(*keys: str) -> list[bytes]:
    """Edda's key is registered with these signatures."""
    ledger = story().until(LAST + 1)
    fields: dict[str, Any] = {"subject": "edda", "roles": ["member"], "key": public_of("edda")}
    made = ledger.statement("key-registered", "registrar", keys=tuple(key_of(key) for key in keys), **fields)
    return [*ledger.entries, ledger.entry(made, at=later(ledger.now, 1))]


@attack(Fails("4.2", LAST + 1, says="needs 2 signatures, not 1"))
def a_key_registered_without_its_own_signature() -> list[bytes]:
    """Edda's key may belong to somebody else: nobody has shown that she holds it."""
    return registering("registrar")


@attack(Fails("4.2", LAST + 1, says="needs 2 signatures, not 3"))
def a_signature_too_many() -> list[bytes]:
    """It changes the bytes of the entry, and nothing that is said."""
    return registering("registrar", "edda", "chris")


@attack(Fails("4.2", LAST + 1, says="does not verify"))
def a_key_registered_with_another_ones_proof() -> list[bytes]:
    """Signed by a key that is not the one to be registered."""
    return registering("registrar", "mallory")
