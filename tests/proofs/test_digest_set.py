"""Does the small set of digests know exactly what a set knows?"""

from __future__ import annotations

import hashlib
import sys

from hypothesis import given
from hypothesis import strategies as st

from ledger.proof.digest_set import DigestSet

SOME = [hashlib.sha256(b"%d" % number).digest() for number in range(8)]
OVERLAPPING = [b"\0\0" + bytes([number]) * 30 for number in range(3)] + [
    b"\0\0" + b"\1" * 28 + b"\0\0",
    b"\0\0" * 16,
    b"\0\0\1" + b"\0" * 29,
]
"""All in one bucket, and each found across the border of two others."""


@given(st.lists(st.sampled_from([*SOME, *OVERLAPPING]) | st.binary(min_size=32, max_size=32)))
def test_it_holds_what_a_set_holds(digests: list[bytes]) -> None:
    """What is there is found, what is not is not, also where one digest seems to stand between two others."""
    ours, theirs = DigestSet(), set[bytes]()
    for digest in digests:
        assert (digest in ours) == (digest in theirs)
        assert ours.add(digest) == (digest not in theirs)
        theirs.add(digest)
    assert len(ours) == len(theirs)
    assert list(ours) == sorted(theirs)


@given(
    st.lists(
        st.lists(st.sampled_from([*SOME, *OVERLAPPING]) | st.binary(min_size=32, max_size=32), max_size=4)
    )
)
def test_some_are_added_all_or_none(pieces: list[list[bytes]]) -> None:
    """One that was there, or that comes twice among them, keeps out the others."""
    ours, theirs = DigestSet(), set[bytes]()
    for digests in pieces:
        new = theirs.isdisjoint(digests) and len(set(digests)) == len(digests)
        assert ours.add_all(digests) == new
        theirs.update(digests if new else ())
        assert (len(ours), list(ours)) == (len(theirs), sorted(theirs))


def test_it_takes_little_more_than_the_digests_themselves() -> None:
    """A million statements must not fill the auditor's memory."""
    ours = DigestSet()
    for number in range(50_000):
        ours.add(hashlib.sha256(b"%d" % number).digest())
    taken = sum(sys.getsizeof(bucket) for bucket in ours._buckets if bucket)
    assert taken < 50_000 * 32 + 65_536 * 64
