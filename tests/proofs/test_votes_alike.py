"""Are votes that are cut into pieces by their widths read exactly as each by itself?

The quick reader may stop at any vote, or read none; it may never read what others refuse, nor differently.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.proof.vote_entry import SIGNED, read_ending, read_vote_entries
from ledger.proof.votes_alike import AlikeVotes, read_alike
from tests.support.forged_log import edited, resigned, reworded
from tests.support.memory_ledger import START, MemoryLedger, item, key_of, later

MEMBERS = ("anna", "bert", "cem", "dora", "maximiliane-1")


def voted() -> list[bytes]:
    """The entries of votes in one procedure, each at another time."""
    ledger = MemoryLedger()
    ledger.council(*MEMBERS)
    motion = ledger.open(items=[item("1"), item("no-2")])
    begin = len(ledger.entries)
    for number, member in enumerate(MEMBERS):
        ledger.vote(motion, member, {("1", "no-2")[number % 2]: ("yes", "no", "abstain")[number % 3]})
    return ledger.entries[begin:]


VOTES = voted()


def endings(entries: list[bytes]) -> list[bytes]:
    """What stands behind the signatures of votes."""
    return [data[data.rindex(SIGNED.encode()) :] for data in entries]


def by_rows(votes: AlikeVotes) -> list[tuple[object, ...]]:
    """What was read of each, as the other reader says it, but for nonce and issued_at."""
    _, ballot, _, _, _, log, _, _, *rest = votes.common
    columns = zip(*votes[1:], strict=True)
    return [
        (at, key_id, signature, (member, ballot, item, option, log, member, *rest), pae)
        for at, key_id, signature, pae, member, item, option in columns
    ]


def one_by_one(entries: list[bytes]) -> list[tuple[object, ...] | None]:
    """The same of each by itself."""
    found: list[tuple[object, ...] | None] = []
    for data in entries:
        [vote] = read_vote_entries([data])
        if vote is None or read_ending(vote[-1]) is None:
            found.append(None)
        else:
            *parts, (actor, ballot, item, option, _, log, member, _, *rest), pae, _ = vote
            found.append((*parts, (actor, ballot, item, option, log, member, *rest), pae))
    return found


def test_votes_of_one_procedure_are_read_in_one_go() -> None:
    """Whoever votes, what, when, and with whatever key."""
    votes = read_alike(VOTES, endings(VOTES))
    assert votes is not None
    assert list(votes.members) == list(MEMBERS)
    assert by_rows(votes) == one_by_one(VOTES)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        VOTES[2][:-1],
        reworded(VOTES[2], ballot=VOTES[2][-60:-16].decode("ascii")),
        reworded(VOTES[2], member="bert"),
        reworded(VOTES[2], seen={"root": "A" * 43 + "=", "size": 3}),
        reworded(VOTES[2], replaces="A" * 43 + "="),
        reworded(VOTES[2], choices={"1": "yes", "no-2": "yes"}),
        reworded(VOTES[2], issued_at="2026-02-30T00:00:00.000Z"),
        edited(VOTES[2], at="2026-02-30T00:00:00.000Z"),
        resigned(VOTES[2], key_of("cem"), key_of("bert")),
    ],
)
def test_what_is_not_alike_is_left_to_others(other: bytes) -> None:
    """Those before it are read, or none."""
    entries = [*VOTES[:2], other, *VOTES[3:]]
    votes = read_alike(entries, endings(VOTES))
    assert votes is None or by_rows(votes) == one_by_one(VOTES[:2])


@pytest.mark.parametrize("place", range(len(VOTES)))
def test_an_entry_that_ends_otherwise_is_left_to_others(place: int) -> None:
    """Of another number, position or stream, or with other links."""
    wanted = endings(VOTES)
    wanted[place] = wanted[place - 1]
    votes = read_alike(VOTES, wanted)
    assert (0 if votes is None else len(votes.ats)) == place


@given(st.integers(0, len(VOTES) - 1), st.data())
def test_a_changed_bit_is_never_read_in_another_way(place: int, data: st.DataObject) -> None:
    """Also where the entry is told to end as it does."""
    bit = data.draw(st.integers(0, len(VOTES[place]) * 8 - 1))
    changed = bytearray(VOTES[place])
    changed[bit // 8] ^= 1 << bit % 8
    _is_read_alike(place, bytes(changed))


@given(st.integers(0, len(VOTES) - 1), st.integers(0, 1000), st.integers(0, 3), st.binary(max_size=3))
def test_changed_bytes_are_never_read_in_another_way(place: int, at: int, cut: int, put: bytes) -> None:
    """The same for bytes that are cut out and put in."""
    _is_read_alike(place, VOTES[place][:at] + put + VOTES[place][at + cut :])


@given(
    st.integers(1, len(VOTES) - 1),
    st.fixed_dictionaries(
        {},
        optional={
            "actor": st.sampled_from(["anna", "-", "", "x" * 65, 'a"b', "a\nb", "ä"]),
            "member": st.sampled_from(["anna", "-", "", "x" * 65, 'a"b', "a\nb", "ä"]),
            "choices": st.dictionaries(st.sampled_from(["1", "-", "a\nb"]), st.sampled_from(["no", "", '"'])),
            "nonce": st.sampled_from(["A" * 22 + "==", "A" * 21 + "B==", "A" * 24, "A" * 20]),
            "issued_at": st.sampled_from([START, later(START, 9), "2026-13-01T00:00:00.000Z", "9" * 24]),
        },
    ),
)
def test_other_values_are_never_read_in_another_way(place: int, members: dict[str, object]) -> None:
    """Values that no vote can have, signed as if one could."""
    _is_read_alike(place, reworded(VOTES[place], **members))


def _is_read_alike(place: int, changed: bytes) -> None:
    entries = [*VOTES[:place], changed, *VOTES[place + 1 :]]
    wanted, each = endings(VOTES), one_by_one(entries)
    _, signed, own = changed.decode("latin-1").rpartition(SIGNED)
    for ending in {wanted[place], f"{signed}{own}".encode() if read_ending(own) else wanted[place]}:
        votes = read_alike(entries, [*wanted[:place], ending, *wanted[place + 1 :]])
        read = [] if votes is None else by_rows(votes)
        assert read == each[: len(read)]
