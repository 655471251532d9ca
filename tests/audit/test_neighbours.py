"""Is the end of an entry that is compared with what it must be compared with all of it?

A vote that ends as it must takes a short way through the audit: there nobody looks at its links again.
"""

from __future__ import annotations

import pytest

from ledger.audit import workers
from ledger.audit.carry import TOGETHER, apart
from ledger.audit.examiner import Examiner
from ledger.audit.neighbours import Neighbours
from ledger.audit.source import Page
from ledger.proof.encoding import b64
from ledger.proof.entry import build_ending, leaf_hash, parse_entry
from tests.support.attacks import ENTRIES, SEQ
from tests.support.entries_source import audited
from tests.support.forged_log import edited, verified
from tests.support.memory_ledger import ORIGIN

STREAM, OTHER = "4aa58d45-87bd-501f-99f5-0a38c8aba2f9", "0c776704-b9c3-5898-9403-9fd54c22f0e8"
AT, LATER, EARLIER = (f"2026-01-31T12:00:00.{part:03}Z" for part in (5, 6, 4))
LEAF, BEFORE = b64(bytes(32)), b64(bytes([1] * 32))
ENDING = build_ending(ORIGIN, 4, LEAF, 8, BEFORE, STREAM)


def neighbours() -> Neighbours:
    """Of the stream entry 6, of another one entry 7."""
    before = Neighbours(ORIGIN)
    before.read(6, AT, STREAM, 3, BEFORE)
    before.read(7, AT, OTHER, 1, LEAF)
    return before


def test_an_entry_that_ends_as_it_must_has_no_links_left_to_compare() -> None:
    """At the same time as the entry before, or later."""
    assert neighbours().place(AT, STREAM, ENDING, LEAF) == (8, 4, None)
    assert neighbours().place(LATER, STREAM, ENDING, LEAF) == (8, 4, None)


@pytest.mark.parametrize(
    "ending",
    [
        build_ending(ORIGIN, 5, LEAF, 8, BEFORE, STREAM),
        build_ending(ORIGIN, 4, BEFORE, 8, BEFORE, STREAM),
        build_ending(ORIGIN, 4, LEAF, 9, BEFORE, STREAM),
        build_ending(ORIGIN, 4, LEAF, 8, LEAF, STREAM),
    ],
)
def test_any_other_position_number_or_link_is_left_to_be_compared(ending: str) -> None:
    """The follower says which check fails."""
    place = neighbours().place(AT, STREAM, ending, LEAF)
    assert place is not None
    assert place[2] is not None


def test_an_entry_older_than_the_one_before_is_left_to_be_compared() -> None:
    """Its bytes end as they must; time runs backwards all the same (2.6)."""
    assert neighbours().place(EARLIER, STREAM, ENDING, LEAF) == (8, 4, (LEAF, BEFORE))


def test_nothing_is_known_after_an_entry_that_cannot_be_read() -> None:
    """It may have belonged to any stream."""
    before = neighbours()
    before.forget()
    assert before.place(AT, STREAM, ENDING, LEAF) == (8, 4, (LEAF, BEFORE))


@pytest.mark.parametrize("ending", ["", ENDING + "\n", ENDING[1:], ENDING.replace(ORIGIN, "example.org")])
def test_another_ledger_and_what_is_no_ending_are_looked_at_as_a_whole(ending: str) -> None:
    """So is an entry that stands in another stream than its statement says."""
    assert neighbours().place(AT, STREAM, ending, LEAF) is None
    assert neighbours().place(AT, OTHER, ENDING, LEAF) is None


def test_votes_of_one_page_take_the_short_way() -> None:
    """Otherwise it would be of no use, and nobody would notice."""
    examiner = Examiner(ORIGIN)
    entries = examiner.page(Page(range(len(ENTRIES)), list(ENTRIES))).entries
    votes = [apart(one)[-1] for one in entries if one is not None and len(one) == TOGETHER]
    digest = parse_entry(ENTRIES[SEQ["cem's vote"]]).envelope.digest
    assert any(digest in several.digest for several in votes)


@pytest.mark.parametrize("member", ["prev", "sprev", "seq", "pos", "at"])
@pytest.mark.parametrize("size", [1, 3, 512])
def test_a_vote_with_a_false_place_is_reported_on_any_way(
    monkeypatch: pytest.MonkeyPatch, member: str, size: int
) -> None:
    """By the same failures as the verifier finds that takes one entry after the other."""
    monkeypatch.setattr(workers, "PAGE", size)
    seq = SEQ["cem's vote"]
    entry = parse_entry(ENTRIES[seq])
    false = {"seq": seq + 7, "pos": entry.pos + 7, "at": "2001-01-01T00:00:00.000Z"}.get(
        member, leaf_hash(b"another")
    )
    log = [*ENTRIES[:seq], edited(ENTRIES[seq], **{member: false}), *ENTRIES[seq + 1 :]]
    failures = audited(log)
    assert seq in {one.seq for one in failures}
    assert failures == verified(log)
