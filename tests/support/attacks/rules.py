"""Attacks on the rules: the group 5 of the checks. All signatures are good; the operator looked away."""

from __future__ import annotations

from typing import Any

from ledger.proof.entry import NO_LINK, leaf_hash, parse_entry
from ledger.proof.statement import compose, register_stream
from tests.support.attacks import (
    CHAIRED,
    ENTRIES,
    LAST,
    SEQ,
    TIMED,
    Fails,
    attack,
    going_on,
    leaf,
    slipped_in,
    vote,
)
from tests.support.forged_log import relinked
from tests.support.memory_ledger import (
    BODY,
    ORIGIN,
    SERVICE,
    MemoryLedger,
    document,
    item,
    key_of,
    later,
    log_key_of,
    procedure_of,
    public_of,
)
from tests.support.statements import COMMON
from tests.support.story import DEADLINE, OPENS
from tests.support.story import unanchored as story

CLOSING = SEQ["timed closing"]


@attack(Fails("5.1", CLOSING, says="^too-late: "))
def a_vote_exactly_at_the_deadline() -> list[bytes]:
    """Bert and the operator are friends."""
    return slipped_in("timed closing", "vote-cast", "bert", at=DEADLINE, **vote("bert"))


@attack(Fails("5.1", CLOSING, says="^not-entitled: "))
def a_vote_of_a_clerk() -> list[bytes]:
    """Chris has a good key, and no seat."""
    return slipped_in("timed closing", "vote-cast", "chris", **vote("chris"))


@attack(Fails("5.1", CLOSING, says="^not-allowed: .*signed by the member"))
def a_vote_in_a_members_name() -> list[bytes]:
    """The registrar votes for Anna, with his own key."""
    return slipped_in("timed closing", "vote-cast", "registrar", **vote("anna"))


@attack(Fails("5.1", CLOSING, says="^stale-replaces: "))
def a_second_vote_beside_the_first() -> list[bytes]:
    """Anna signs a vote that replaces nothing: a careless counter would count both."""
    return slipped_in("timed closing", "vote-cast", "anna", **vote("anna", replaces=None))


@attack(Fails("5.1", CLOSING, says="^unknown-option: "))
def a_vote_for_what_nobody_may_vote_for() -> list[bytes]:
    """An option that is not on the ballot paper."""
    return slipped_in("timed closing", "vote-cast", "bert", **vote("bert", "maybe"))


@attack(Fails("5.1", CLOSING, says="^stale-ballot: "))
def a_vote_on_another_ballot_paper() -> list[bytes]:
    """Whatever Bert decided on, it was not this."""
    return slipped_in("timed closing", "vote-cast", "bert", **vote("bert", ballot=leaf("timed opening")))


@attack(Fails("5.1", CLOSING + 1, says="^already-closed: "))
def a_vote_after_the_closing() -> list[bytes]:
    """The result is known, and Anna changes her mind."""
    return slipped_in("chaired opening", "vote-cast", "anna", **vote("anna"))


@attack(Fails("5.1", CLOSING, says="^not-due: "))
def a_closing_before_the_deadline() -> list[bytes]:
    """The result is good as it is: close, look, and the rest cannot vote any more."""
    return slipped_in("timed closing", "procedure-closed", SERVICE, procedure=TIMED)


@attack(Fails("5.1", SEQ["timed opening"], says="^not-allowed: anna is not clerk or chair"))
def a_procedure_opened_by_a_member() -> list[bytes]:
    """Anna puts her own motion to the vote."""
    return slipped_in("timed opening", "procedure-opened", "anna", **opening("annas"))


@attack(Fails("5.1", LAST + 1, says="^already-registered: "))
def a_procedure_opened_again() -> list[bytes]:
    """After the closing, with an empty ballot box."""
    ledger = story().until(LAST + 1)
    opened = ledger.statement("procedure-opened", "registrar", **opening("timed"))
    return [*ledger.entries, ledger.entry(opened, at=later(ledger.now, 1))]


@attack(Fails("5.1", LAST + 1, says="^already-registered: this ledger is created"))
def a_ledger_founded_again() -> list[bytes]:
    """New registrars take over an old ledger."""
    ledger = story().until(LAST + 1)
    genesis: dict[str, Any] = {
        "format": 1,
        "time_zone": "UTC",
        "registrars": [{"subject": "mallory", "key": public_of("mallory")}],
        "service": {"subject": "puppet", "key": public_of("puppet")},
        "log_keys": [log_key_of("log")],
    }
    keys = (key_of("mallory"), key_of("puppet"))
    founded = ledger.statement("ledger-created", "mallory", keys=keys, **genesis)
    return [*ledger.entries, ledger.entry(founded, at=later(ledger.now, 1))]


@attack(Fails("5.1", LAST + 1, says="^not-allowed: chris is not registrar"))
def a_person_registered_by_a_clerk() -> list[bytes]:
    """Clerks run procedures; they do not say who is who."""
    ledger = story().until(LAST + 1)
    fields: dict[str, Any] = {"subject": "edda", "roles": ["registrar"], "key": public_of("edda")}
    keys = (key_of("chris"), key_of("edda"))
    made = ledger.statement("key-registered", "chris", keys=keys, **fields)
    return [*ledger.entries, ledger.entry(made, at=later(ledger.now, 1))]


@attack(Fails("5.1", LAST + 1, says="^not-allowed: anna is not registrar or clerk"))
def seats_changed_by_a_member() -> list[bytes]:
    """Anna gives herself a second vote."""
    ledger = story().until(LAST + 1)
    granted = [{"member": "anna", "weight": 2, "group": None}]
    made = ledger.statement("seats-changed", "anna", body=BODY, granted=granted, ended=[])
    return [*ledger.entries, ledger.entry(made, at=later(ledger.now, 1))]


@attack(
    Fails("4.1", 0, says="the first entry of a ledger is ledger-created"),
    Fails("5.1", 0, says="the first entry of a ledger is ledger-created"),
)
def a_ledger_that_nobody_founded() -> list[bytes]:
    """Without registrars there is neither a key that could have signed nor a role that would allow it."""
    ledger = MemoryLedger()
    made = ledger.statement("body-registered", "mallory", body=BODY)
    return [ledger.entry(made, at=ledger.now)]


@attack(Fails("5.1", SEQ["timed opening"], says="^not-found: "))
def a_vote_among_the_keys() -> list[bytes]:
    """A vote in a procedure whose id is the register's stream: it must not get in there."""
    ledger = story().before("timed opening")
    there: dict[str, Any] = {"procedure": str(register_stream(ORIGIN)), "member": "anna"}
    payload = {**COMMON, **there, "choices": {"1": "yes"}, "ballot": NO_LINK, "replaces": None, "seen": None}
    made = compose("vote-cast", payload, key_of("anna"))
    return [*ledger.entries, ledger.entry(made, at=later(ledger.now, 1))]


@attack(
    Fails("5.1", CLOSING, says="^unknown-option: "),
    Fails("5.1", CLOSING + 2, says="^stale-replaces: "),
)
def votes_upon_a_vote_that_should_not_be_there() -> list[bytes]:
    """Bert votes for what is not on the paper, then properly, then once more in place of nothing.

    After the first vote the verifier goes on with what is there, and still finds the third.
    """
    ledger = story().before("timed closing")
    ledger.force(ledger.statement("vote-cast", "bert", **vote("bert", "maybe")))
    ledger.vote(TIMED, "bert", "yes")
    ledger.force(ledger.statement("vote-cast", "bert", **vote("bert", "no", replaces=None)))
    return ledger.entries


@attack(
    Fails("5.1", CLOSING, says="^not-entitled: "),
    Fails("5.3", CLOSING + 1, says="^stale-seal: "),
)
def a_vote_without_a_seat_that_was_sealed() -> list[bytes]:
    """Chris has no seat, and the operator's program counts his vote and seals it.

    Without a seat there is no weight to count with: the vote cannot be replayed even as a wrong one, so
    that the seal counts an entry more.
    """
    ledger, statement = going_on("timed closing", "vote-cast", "chris", **vote("chris"))
    entry = ledger.entry(statement, at=later(ledger.now, 1))
    seal = {**ledger.procedure(TIMED).seal(), "entries": parse_entry(entry).pos, "last": leaf_hash(entry)}
    closing = ledger.statement("procedure-closed", SERVICE, procedure=TIMED, seal=seal)
    return relinked([*ledger.entries, entry, ledger.entry(closing, at=DEADLINE)])


# ── 5.2 and 5.3 ────────────────────────────────────────────────────────────────────────────────


def opening(name: str, **fields: Any) -> dict[str, Any]:
    """The fields of an opening that the chair will close."""
    wanted: dict[str, Any] = {"procedure": procedure_of(name), "body": BODY, "items": [item("1")]}
    return {**wanted, "profile": "simple-majority", **fields}


@attack(Fails("5.2", SEQ["timed opening"], says="^wrong-ballot: "))
def an_opening_with_another_ballot_digest() -> list[bytes]:
    """The members would sign something else than what they read."""
    return slipped_in("timed opening", "procedure-opened", "registrar", **opening("x", ballot=NO_LINK))


@attack(Fails("5.2", SEQ["timed opening"], says="^wrong-ballot: "))
def votes_on_a_paper_with_another_digest() -> list[bytes]:
    """The paper is reported once, at its opening: the votes name the digest that was opened with."""
    ledger = story().before("timed opening")
    fields = opening("x", ballot=NO_LINK)
    ledger.force(ledger.statement("procedure-opened", "registrar", **fields))
    ledger.vote(fields["procedure"], "anna", "yes")
    ledger.close(fields["procedure"])
    return ledger.entries


@attack(Fails("5.2", SEQ["document"], says="^wrong-ballot: "))
def a_document_that_does_not_change_the_paper() -> list[bytes]:
    """The clerk attaches a document, and the votes go on counting as if it had been there."""
    ledger = story().before("document")
    ballot = ledger.procedure(CHAIRED).box.ballot
    fields: dict[str, Any] = {"procedure": CHAIRED, "document": document("other"), "ballot": ballot}
    return slipped_in("document", "document-attached", "chris", **fields)


@attack(Fails("5.3", CLOSING, says="^stale-seal: "))
def a_closing_with_a_better_result() -> list[bytes]:
    """The service signs a tally that the votes do not give."""
    better = {"1": {"yes": 3, "no": 0, "abstain": 0}}
    return slipped_in(
        "timed closing", "procedure-closed", SERVICE, at=DEADLINE, procedure=TIMED, tally=better
    )


@attack(Fails("5.3", CLOSING, says="^stale-seal: "))
def a_closing_that_names_another_last_entry() -> list[bytes]:
    """The right result over another history."""
    seal = {**story().before("timed closing").procedure(TIMED).seal(), "last": leaf("bert's withdrawal")}
    return slipped_in("timed closing", "procedure-closed", SERVICE, at=DEADLINE, procedure=TIMED, seal=seal)


@attack(
    Fails("5.3", CLOSING - 1, says="^stale-seal: "),
    Fails("5.1", SEQ["document"], says="^stale-replaces: "),
    Fails("5.3", SEQ["chaired closing"] - 1, says="^stale-seal: "),
)
def a_vote_removed_and_every_link_repaired() -> list[bytes]:
    """Cem's vote is gone, numbers and links are right.

    The seal, which the service signed, counts it. Every later entry has another hash, so that also
    Anna's next vote in the other procedure, which names hers, and that procedure's seal do not fit any
    more.
    """
    return relinked([*ENTRIES[: SEQ["cem's vote"]], *ENTRIES[SEQ["cem's vote"] + 1 :]])


@attack(
    Fails("5.3", CLOSING + 1, says="^stale-seal: "),
    Fails("5.1", SEQ["document"] + 2, says="^stale-replaces: "),
    Fails("5.3", SEQ["chaired closing"] + 1, says="^stale-seal: "),
)
def a_vote_slipped_in_and_every_link_repaired() -> list[bytes]:
    """Bert, who had withdrawn, is talked into a vote afterwards, and it is put before the closing.

    The same three failures as for a removed vote, for the same reasons.
    """
    ledger, statement = going_on("timed closing", "vote-cast", "bert", **vote("bert"))
    entry = ledger.entry(statement, at=later(OPENS, 60))
    return relinked([*ENTRIES[:CLOSING], entry, *ENTRIES[CLOSING:]])
