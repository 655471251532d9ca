"""Is what a signer had seen held against the tree as it was then, at every size, whatever else there is?"""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.grown import GrownTree
from ledger.proof.seen import Seen, check_seen, proven_root
from ledger.proof.tree_hash import fold
from tests.support.forged_log import found
from tests.support.memory_ledger import MemoryLedger
from tests.support.trees import MemoryTree, head_of, leaves, mth

LEAVES = leaves(600)


def grown(count: int) -> GrownTree:
    """A tree of so many leaves."""
    tree = GrownTree()
    for leaf in LEAVES[:count]:
        tree.add(leaf)
    return tree


def seen(seq: int, size: int, root: bytes) -> Seen:
    """What the signer of an entry had seen."""
    return Seen(seq, size, base64.b64encode(root).decode())


@given(st.integers(1, 600).flatmap(lambda count: st.tuples(st.just(count), st.integers(0, count))))
def test_a_grown_tree_knows_the_root_of_every_size_it_had(sizes: tuple[int, int]) -> None:
    """A signer may have held on to a checkpoint for long."""
    count, size = sizes
    assert fold(grown(count).edge(size)) == mth(LEAVES[:size])


@given(st.data())
def test_a_tree_that_goes_on_from_an_edge_knows_what_came_since(data: st.DataObject) -> None:
    """An audit of what is new begins so: with subtrees of any level, of which it knows the roots alone."""
    level = data.draw(st.integers(0, 4))
    begin = data.draw(st.integers(0, 600 >> level))
    size = data.draw(st.integers(begin, 600 >> level))
    nodes = MemoryTree(LEAVES)
    full = GrownTree(level)
    for index in range(begin):
        full.add(nodes(level, index))
    tree = GrownTree(level, begin, full.edge(begin))
    for index in range(begin, 600 >> level):
        tree.add(nodes(level, index))
    assert fold(tree.edge(size)) == mth(LEAVES[: size << level])


@given(st.integers(0, 3), st.integers(0, 9), st.integers(0, 75))
def test_subtrees_can_be_added_with_all_the_rows_under_their_root(height: int, begin: int, size: int) -> None:
    """An audit has them from its groups, and does not hash them once more."""
    nodes, rows = MemoryTree(LEAVES), range(height)
    edge = [nodes(one + height, (begin >> one) - 1) for one in reversed(range(4)) if begin >> one & 1]
    tree = GrownTree(0, begin << height, edge)
    for index in range(begin, 600 >> height):
        below = [[nodes(row, at) for at in _under(index, height - row)] for row in rows]
        tree.add(nodes(height, index), below)
    if begin << height <= size:
        assert fold(tree.edge(size)) == mth(LEAVES[:size])


def _under(index: int, levels: int) -> range:
    """The nodes so many levels below this one."""
    return range(index << levels, (index + 1) << levels)


def test_the_true_root_of_any_earlier_size_is_good() -> None:
    """Whether a checkpoint of that size was published is the publisher's affair."""
    wanted = [seen(599, size, mth(LEAVES[:size])) for size in (1, 2, 3, 255, 256, 257, 599)]
    assert list(check_seen(wanted, lambda size: mth(LEAVES[:size]))) == []


def test_another_root_is_reported_with_both_hashes() -> None:
    """They are what the two who were shown different logs lay beside each other."""
    other = mth(LEAVES[1:11])
    [failure] = check_seen([seen(20, 10, other)], lambda size: mth(LEAVES[:size]))
    assert (failure.check, failure.seq) == ("3.4", 20)
    assert (failure.expected, failure.found) == tuple(
        base64.b64encode(root).decode() for root in (mth(LEAVES[:10]), other)
    )
    assert "split view" in failure.message


def test_every_statement_that_names_another_log_is_reported() -> None:
    """Not only the first one: each is evidence of its own signer."""
    wrong = [seen(seq, 10, mth(LEAVES[1:11])) for seq in (20, 21, 22)]
    assert [one.seq for one in check_seen(wrong, lambda size: mth(LEAVES[:size]))] == [20, 21, 22]


@pytest.mark.parametrize(("seq", "good"), [(9, False), (10, True)])
def test_nobody_has_seen_entries_that_come_later(seq: int, good: bool) -> None:
    """The tree of all entries before it is the largest that a signer can have seen."""
    failures = list(check_seen([seen(seq, 10, mth(LEAVES[:10]))], lambda size: mth(LEAVES[:size])))
    assert [one.check for one in failures] == ([] if good else ["3.4"])


def test_what_cannot_be_compared_is_said_and_is_no_tampering() -> None:
    """Silence would look like a check that was made."""
    [failure] = check_seen([seen(20, 10, mth(LEAVES[:10]))], lambda size: None)
    assert (failure.check, failure.seq) == ("8.15", 20)


@given(st.integers(1, 600), st.integers(0, 2**16))
def test_no_false_node_proves_a_root(size: int, bit: int) -> None:
    """Tiles from anywhere will do: what they say is proven, or refused."""
    nodes, root = MemoryTree(LEAVES), mth(LEAVES)
    assert proven_root(size, 600, root, nodes) == mth(LEAVES[:size])
    spoilt = list(LEAVES)
    spoilt[size - 1] = bytes(a ^ (bit & 255 | 1) for a in spoilt[size - 1])
    with pytest.raises(ProofError) as refused:
        proven_root(size, 600, root, MemoryTree(spoilt))
    assert refused.value.check == "8.6"


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=12))
def test_votes_on_any_earlier_head_verify_in_either_form(drawn: list[float | None]) -> None:
    """With one item they are read in one step, with two by the general parsers."""
    ledger = MemoryLedger(signed=True)
    ledger.council("anna")
    procedures = [ledger.open(f"motion {number}", items=items(number)) for number in (1, 2)]
    for number, place in enumerate(drawn):
        size = None if place is None else max(1, int(place * len(ledger.entries)))
        shown = None if size is None else head_of(ledger.entries[:size])
        choices = {f"{item + 1}": ("yes", "no")[number % 2] for item in range(number % 2 + 1)}
        ledger.vote(procedures[number % 2], "anna", choices, seen=shown)
    assert found(ledger.entries) == []


def items(count: int) -> list[dict[str, object]]:
    """So many items."""
    options = ["yes", "no", "abstain"]
    return [{"id": f"{n + 1}", "wording": None, "options": options, "polarity": "for"} for n in range(count)]
