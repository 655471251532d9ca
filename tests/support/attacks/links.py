"""Attacks on bytes, links and times: the groups 1 and 2 of the checks."""

from __future__ import annotations

from ledger.proof.entry import NO_LINK, leaf_hash, parse_entry
from ledger.proof.statement import register_stream
from tests.support.attacks import CHAIRED, ENTRIES, LAST, SEQ, Fails, attack, ending_with, last, leaf, vote
from tests.support.forged_log import edited
from tests.support.memory_ledger import ORIGIN, later
from tests.support.story import DEADLINE, OPENS
from tests.support.story import unanchored as story

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
    """Whoever destroys a vote breaks more than its own place.

    The entry after it is linked to other bytes, the stream has a gap there, what is withdrawn later was
    never given, and the seal counts one entry too many.
    """
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
    """DELETE in the database: number, both links, position and seal show it, once each.

    Everything is reported at the closing, because it now stands where the vote stood.
    """
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
    Fails("2.6", 4, f"≥ {parse_entry(ENTRIES[4]).at}", parse_entry(ENTRIES[3]).at),
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
    before = parse_entry(ENTRIES[SEQ["redaction"]])
    return last(stream=REGISTER, pos=before.pos + 1, sprev=leaf("redaction"))


@attack(Fails("2.4", LAST, "9", "10"))
def a_position_left_out() -> list[bytes]:
    """As if the stream had had one entry more."""
    return last(pos=parse_entry(ENTRIES[-1]).pos + 1)


@attack(Fails("2.5", LAST, leaf("chaired closing"), leaf("casting vote")))
def a_stream_that_goes_round_its_closing() -> list[bytes]:
    """The annulment claims to follow the casting vote."""
    return last(sprev=leaf("casting vote"))


@attack(Fails("2.6", LAST, f"≥ {parse_entry(ENTRIES[-2]).at}", OPENS))
def an_entry_backdated() -> list[bytes]:
    """The annulment as if it had been declared before anybody voted."""
    return last(at=OPENS)


@attack(Fails("2.6", SEQ["timed closing"] + 1, f"≥ {DEADLINE}", later(DEADLINE, -1)))
def a_late_vote_backdated() -> list[bytes]:
    """The operator and Bert agree on a vote after the deadline, and write a time before it.

    An entry that already stands at the deadline shows it; were there none, only cosignatures from
    outside could.
    """
    ledger = story().before("timed closing")
    ledger.put("body-registered", "chris", body="committee", at=DEADLINE)
    late = ledger.statement("vote-cast", "bert", **vote("bert"))
    return [*ledger.entries, ledger.entry(late, at=later(DEADLINE, -1))]
