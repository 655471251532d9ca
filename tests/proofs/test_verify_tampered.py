"""Which check finds which attack, and where? A corpus of broken ledgers.

Each attack is a function that returns the forged log; its docstring says who could do it and, where one
attack cannot avoid a second failure, why. `fails` states all failures, exactly: check, entry, and where
the check compares two values, both. For every check of the groups 1 to 5 there is a ledger that fails
it and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from ledger.proof.checks import CHECKS
from ledger.proof.dsse import Envelope
from ledger.proof.encoding import canonical
from ledger.proof.entry import NO_LINK, leaf_hash, parse_entry
from ledger.proof.statement import Statement, parse_statement, payload_type, register_stream
from tests.support.forged_log import edited, relinked, resigned, reworded, verified
from tests.support.memory_ledger import ORIGIN, MemoryLedger, item, key_of, later, public_of
from tests.support.statements import example
from tests.support.story import DEADLINE, OPENS, story

SEQ = story().seq
ENTRIES = tuple(story().ledger.entries)
LAST = len(ENTRIES) - 1
TIMED, CHAIRED = story().timed, story().chaired


class Fails(NamedTuple):
    """One expected failure. `expected` and `found` are empty where the check compares no two values."""

    check: str
    seq: int
    expected: str = ""
    found: str = ""


Forgery = Callable[[], list[bytes]]
CORPUS: dict[str, tuple[Forgery, tuple[Fails, ...]]] = {}


def attack(*fails: Fails) -> Callable[[Forgery], Forgery]:
    """Puts a forgery into the corpus, with all its failures."""

    def enter(forgery: Forgery) -> Forgery:
        CORPUS[forgery.__name__] = forgery, fails
        return forgery

    return enter


def last(**changes: Any) -> list[bytes]:
    """The log with other fields in its last entry: nothing comes after it that could show more."""
    return [*ENTRIES[:-1], edited(ENTRIES[-1], **changes)]


def ending_with(data: bytes) -> list[bytes]:
    """The log with another last entry."""
    return [*ENTRIES[:-1], data]


def going_on(name: str, kind: str, actor: str, **fields: Any) -> tuple[MemoryLedger, Statement]:
    """The ledger before the named entry, and a statement that is properly signed there."""
    ledger = story().before(name)
    return ledger, ledger.statement(kind, actor, **fields)


def slipped_in(name: str, kind: str, actor: str, *, at: str | None = None, **fields: Any) -> list[bytes]:
    """The log up to before the named entry, and then a statement that the rules forbid there."""
    ledger, statement = going_on(name, kind, actor, **fields)
    return [*ledger.entries, ledger.entry(statement, at=at or later(ledger.now, 1))]


def vote(member: str, option: str = "yes", **fields: Any) -> dict[str, Any]:
    """The fields of a vote in the procedure with the deadline."""
    return {"procedure": TIMED, "member": member, "choices": {"1": option}, **fields}


def leaf(name: str) -> str:
    """The leaf hash of a named entry."""
    return leaf_hash(ENTRIES[SEQ[name]])


# ── 1: the entry ───────────────────────────────────────────────────────────────────────────────


@attack(Fails("1.1", LAST, found=leaf_hash(ENTRIES[-1] + b"\n")))
def a_line_end_behind_the_last_entry() -> list[bytes]:
    """An editor that meant well."""
    return ending_with(ENTRIES[-1] + b"\n")


@attack(Fails("1.1", LAST, found=leaf_hash(b"")))
def the_last_entry_emptied() -> list[bytes]:
    """A disk that lost a block."""
    return ending_with(b"")


@attack(Fails("1.1", LAST, found=leaf_hash(edited(ENTRIES[-1], at="2026-02-30T00:00:00.000Z"))))
def a_day_that_does_not_exist() -> list[bytes]:
    """It is neither before nor after a deadline."""
    return last(at="2026-02-30T00:00:00.000Z")


@attack(
    Fails("1.1", SEQ["bert's vote"], found=leaf_hash(b"{}")),
    Fails("2.2", SEQ["bert's vote"] + 1, leaf_hash(b"{}"), leaf("bert's vote")),
    Fails("2.4", SEQ["bert's vote"] + 1, "3", "4"),
    Fails("2.5", SEQ["bert's vote"] + 1, leaf("anna's first vote"), leaf("bert's vote")),
    Fails("5.1", SEQ["bert's withdrawal"]),
    Fails("5.3", SEQ["timed closing"]),
)
def an_entry_in_the_middle_overwritten() -> list[bytes]:
    """Whoever destroys a vote breaks the links of the entry after it, leaves a gap in its stream, takes
    away what is withdrawn later, and makes the seal count one entry too many."""
    return [*ENTRIES[: SEQ["bert's vote"]], b"{}", *ENTRIES[SEQ["bert's vote"] + 1 :]]


@attack(Fails("1.2", LAST, ORIGIN, "ledger.example.org/other"))
def an_entry_of_another_ledger() -> list[bytes]:
    """Its statement was signed for this one, its place claims another."""
    return last(log="ledger.example.org/other")


# ── 2: links and time ──────────────────────────────────────────────────────────────────────────


@attack(Fails("2.1", LAST, str(LAST), str(LAST + 1)))
def a_number_left_out() -> list[bytes]:
    """As if an entry had been there."""
    return last(seq=LAST + 1)


@attack(
    Fails("2.1", SEQ["cem's vote"], str(SEQ["cem's vote"]), str(SEQ["cem's vote"] + 1)),
    Fails("2.2", SEQ["cem's vote"], leaf("bert's withdrawal"), leaf("cem's vote")),
    Fails("2.4", SEQ["cem's vote"], "6", "7"),
    Fails("2.5", SEQ["cem's vote"], leaf("bert's withdrawal"), leaf("cem's vote")),
    Fails("5.3", SEQ["cem's vote"]),
)
def a_vote_deleted() -> list[bytes]:
    """DELETE in the database: number, both links, position and seal show it, once each. Everything is
    reported at the closing, because it now stands where the vote stood."""
    return [*ENTRIES[: SEQ["cem's vote"]], *ENTRIES[SEQ["cem's vote"] + 1 :]]


@attack(Fails("2.2", LAST, leaf("chaired closing"), NO_LINK))
def a_link_to_nothing() -> list[bytes]:
    """The entry claims to begin the log."""
    return last(prev=NO_LINK)


@attack(
    Fails("2.1", 3, "3", "4"),
    Fails("2.2", 3, leaf_hash(ENTRIES[2]), leaf_hash(ENTRIES[3])),
    Fails("2.4", 3, "4", "5"),
    Fails("2.5", 3, leaf_hash(ENTRIES[2]), leaf_hash(ENTRIES[3])),
    Fails("2.1", 4, "5", "3"),
    Fails("2.2", 4, leaf_hash(ENTRIES[4]), leaf_hash(ENTRIES[2])),
    Fails("2.4", 4, "6", "4"),
    Fails("2.5", 4, leaf_hash(ENTRIES[4]), leaf_hash(ENTRIES[2])),
    Fails("2.6", 4, f"at least {parse_entry(ENTRIES[4]).at}", parse_entry(ENTRIES[3]).at),
    Fails("2.1", 5, "4", "5"),
    Fails("2.2", 5, leaf_hash(ENTRIES[3]), leaf_hash(ENTRIES[4])),
    Fails("2.4", 5, "5", "6"),
    Fails("2.5", 5, leaf_hash(ENTRIES[3]), leaf_hash(ENTRIES[4])),
)
def two_registrations_in_the_other_order() -> list[bytes]:
    """Both entries stand wrong, and the one after them is linked to the wrong one of the two."""
    return [*ENTRIES[:3], ENTRIES[4], ENTRIES[3], *ENTRIES[5:]]


REGISTER = str(register_stream(ORIGIN))


@attack(Fails("2.3", LAST, CHAIRED, REGISTER))
def an_entry_hidden_in_another_stream() -> list[bytes]:
    """Whoever reads only the procedure's stream would not see that its result was annulled."""
    before = parse_entry(ENTRIES[SEQ["revocation"]])
    return last(stream=REGISTER, pos=before.pos + 1, sprev=leaf("revocation"))


@attack(Fails("2.4", LAST, "9", "10"))
def a_position_left_out() -> list[bytes]:
    """As if the stream had had one entry more."""
    return last(pos=parse_entry(ENTRIES[-1]).pos + 1)


@attack(Fails("2.5", LAST, leaf("chaired closing"), leaf("casting vote")))
def a_stream_that_goes_round_its_closing() -> list[bytes]:
    """The annulment claims to follow the casting vote."""
    return last(sprev=leaf("casting vote"))


@attack(Fails("2.6", LAST, f"at least {parse_entry(ENTRIES[-2]).at}", OPENS))
def an_entry_backdated() -> list[bytes]:
    """The annulment as if it had been declared before anybody voted."""
    return last(at=OPENS)


@attack(Fails("2.6", SEQ["timed closing"], f"at least {DEADLINE}", later(DEADLINE, -1)))
def a_late_vote_backdated() -> list[bytes]:
    """The service's clock had passed the deadline, as the closing shows; the vote claims a second before.
    It changes what the seal counts, so it has to come before the closing, where time runs backwards."""
    ledger = story().before("timed closing")
    presence = ledger.statement("presence-recorded", "chris", procedure=TIMED, members=["bert"])
    unrelated = ledger.statement("body-registered", "chris", body="committee")
    ledger.append(unrelated, at=DEADLINE)
    entry = ledger.entry(presence, at=later(DEADLINE, -1))
    return relinked([*ENTRIES[: SEQ["timed closing"]], entry])[: SEQ["timed closing"]] + relinked(
        [*ledger.entries, entry]
    )[SEQ["timed closing"] :]
