"""Does an honest ledger verify, and is everything that is wrong with another one reported at once?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.proof.checks import CHECKS, INCOMPLETE, Failure
from ledger.proof.entry import NO_LINK, leaf_hash
from ledger.proof.verify import LogVerifier, verify_log
from ledger.rules import ReplayedRules
from tests.support.forged_log import edited, found, relinked, resigned, verified
from tests.support.memory_ledger import ORIGIN, MemoryLedger, key_of
from tests.support.story import story, tell


def test_an_honest_ledger_verifies() -> None:
    """Every kind of statement is in it; not a single check fails."""
    entries = story().ledger.entries
    verdict = verify_log(entries, ORIGIN, ReplayedRules(ORIGIN))
    assert verdict.failures == []
    assert (verdict.entries, verdict.head) == (len(entries), leaf_hash(entries[-1]))


def test_an_honest_ledger_verifies_after_every_entry() -> None:
    """A ledger is complete at any time: nothing has to come for what is there to be right."""
    entries = story().ledger.entries
    assert [found(entries[:count]) for count in range(len(entries))] == [[]] * len(entries)


def test_entries_of_the_same_millisecond_verify() -> None:
    """A busy evening: time stands still between two votes, and that is not backwards."""
    ledger = MemoryLedger()
    ledger.council("anna", "bert")
    procedure = ledger.open()
    ledger.vote(procedure, "anna", "yes", at=ledger.now)
    ledger.vote(procedure, "bert", "yes", at=ledger.now)
    assert found(ledger.entries) == []


def test_an_empty_log_verifies_and_says_so() -> None:
    """Nothing is wrong with nothing; the count shows that it is nothing."""
    assert verify_log([], ORIGIN, ReplayedRules(ORIGIN)) == (0, NO_LINK, [])


def test_the_same_story_gives_the_same_bytes() -> None:
    """Deterministic keys, nonces and times: a failure can be looked at again."""
    assert tell().ledger.entries == story().ledger.entries


def test_repairing_an_honest_ledger_changes_nothing() -> None:
    """The forger's tool makes the links as the ledger does: what it breaks below is broken by the attack."""
    entries = story().ledger.entries
    assert relinked(entries) == entries
    assert [edited(data) for data in entries] == entries


def test_a_verifier_tells_how_far_it_is() -> None:
    """A large log takes a while."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna")
    procedure = ledger.open()
    entry = ledger.entries[-1]
    told: list[int] = []
    entries = [*ledger.entries, *[entry] * (2000 - len(ledger.entries))]
    verify_log(entries, ORIGIN, ReplayedRules(ORIGIN), progress=told.append)
    assert told == [1000, 2000]
    assert procedure


def test_what_was_read_is_handed_back() -> None:
    """An audit compares columns and documents with it; what cannot be read is None."""
    verifier = LogVerifier(ORIGIN, ReplayedRules(ORIGIN))
    entries = story().ledger.entries
    read = [verifier.add(data) for data in entries]
    assert [one[0].seq for one in read if one] == list(range(len(entries)))
    assert verifier.add(b"garbage") is None


def test_all_failures_are_reported_and_not_only_the_first() -> None:
    """Three unrelated attacks on one log: an auditor sees all of them, in order."""
    entries = list(story().ledger.entries)
    seq = story().seq
    entries[seq["anna's second vote"]] = resigned(entries[seq["anna's second vote"]], key_of("mallory"))
    entries[seq["presence"]] = edited(entries[seq["presence"]], log="ledger.example.org/other")
    entries[-1] = edited(entries[-1], at="2026-03-02T07:00:00.000Z")
    checks = {failure.check: failure.seq for failure in verified(entries)}
    assert checks["4.1"] == seq["anna's second vote"]
    assert checks["1.2"] == seq["presence"]
    assert checks["2.6"] == len(entries) - 1


def test_failures_come_in_the_order_of_the_log() -> None:
    """A reader goes from the first to the last."""
    entries = list(story().ledger.entries)
    places = [seq for _, seq in found(entries[:5] + entries[6:15] + entries[16:])]
    assert places == sorted(seq for seq in places if seq is not None)
    assert len(set(places)) > 3


def test_one_removed_entry_is_one_gap() -> None:
    """In a log of a million entries a gap must not be reported a million times."""
    entries = story().ledger.entries
    gaps = [failure for failure in verified(entries[:12] + entries[13:]) if failure.check == "2.1"]
    assert [(gap.seq, gap.expected, gap.found) for gap in gaps] == [(12, "12", "13")]


def test_another_ledgers_name_makes_every_entry_foreign() -> None:
    """Whoever verifies says which ledger; the log's own word for it is not taken."""
    failures = verified(story().ledger.entries, "ledger.example.org/other")
    foreign = [failure for failure in failures if failure.check == "1.2"]
    assert [failure.seq for failure in foreign] == list(range(len(story().ledger.entries)))
    assert {(failure.expected, failure.found) for failure in foreign} == {
        ("ledger.example.org/other", ORIGIN)
    }


def test_a_failure_is_one_line_with_number_place_and_values() -> None:
    """It is read out on the telephone."""
    gap = Failure("2.1", 12, "the number is wrong", "12", "13")
    assert gap.sentence == (
        "entry 12: check 2.1, seq continues without a gap: the number is wrong (expected 12, found 13)"
    )
    missing = Failure("7.2", None, "the document is not in this store")
    assert missing.sentence == "check 7.2, an attached document is there: the document is not in this store"


def test_the_numbers_of_the_checks_are_stable() -> None:
    """Reports of years ago quote them: adding one is free, renumbering is not."""
    numbers = (
        *("1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "4.1", "4.2"),
        *("5.1", "5.2", "5.3", "6.1", "7.1", "7.2", "7.3", "7.4"),
        *("8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "8.8", "8.9", "8.10"),
    )
    assert tuple(CHECKS)[: len(numbers)] == numbers
    assert CHECKS.keys() >= INCOMPLETE


LENGTHS = [len(data) * 8 for data in story().ledger.entries]


@given(st.integers(0, sum(LENGTHS) - 1))
@settings(max_examples=200)
def test_every_flipped_bit_is_found_where_it_is(bit: int) -> None:
    """Any bit of any entry: the first failure is at that entry or, by its link, at the next one."""
    entries, seq = list(story().ledger.entries), 0
    while bit >= LENGTHS[seq]:
        bit, seq = bit - LENGTHS[seq], seq + 1
    flipped = bytearray(entries[seq])
    flipped[bit // 8] ^= 1 << bit % 8
    entries[seq] = bytes(flipped)
    failures = found(entries)
    if failures:
        assert failures[0][1] in (seq, seq + 1)
    else:  # in the last entry only a head kept elsewhere shows it
        assert seq == len(entries) - 1
        verdict = verify_log(entries, ORIGIN, ReplayedRules(ORIGIN))
        assert verdict.head != leaf_hash(story().ledger.entries[-1])


@pytest.mark.parametrize("count", [1, 5, 16])
def test_a_log_that_was_cut_off_verifies_and_has_another_head(count: int) -> None:
    """What verification cannot prove: only a head or a checkpoint kept elsewhere shows the missing end."""
    entries = story().ledger.entries
    verdict = verify_log(entries[:-count], ORIGIN, ReplayedRules(ORIGIN))
    assert verdict.failures == []
    assert verdict.entries == len(entries) - count
    assert verdict.head != leaf_hash(entries[-1])
