"""Are the proofs that we make the ones of RFC 6962, and does every flipped bit of them show?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    hash_leaf,
    inclusion_proof,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from ledger.proof.subtree import verify_subtree_consistency, verify_subtree_inclusion
from tests.support.trees import MemoryTree, flip, leaves, mth

SMALL = 300
LEAVES = leaves(5000)
TREE = MemoryTree(LEAVES)
ROOTS = [mth(LEAVES[:size]) for size in range(SMALL + 1)]
SIZES = st.integers(1, len(LEAVES))


@pytest.mark.parametrize("size", range(SMALL + 1))
def test_every_proof_of_a_small_tree_verifies(size: int) -> None:
    """Each entry is in the tree, and each smaller tree is its beginning."""
    for index in range(size):
        proof = inclusion_proof(index, size, TREE)
        verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])
    for old in range(1, size + 1):
        verify_consistency(old, size, consistency_proof(old, size, TREE), ROOTS[old], ROOTS[size])


@given(st.data(), SIZES)
def test_proofs_of_larger_trees_verify_and_no_flipped_bit_does(data: st.DataObject, size: int) -> None:
    """A bit of the leaf, of the root or of the proof: each of them decides."""
    index = data.draw(st.integers(0, size - 1))
    parts = [LEAVES[index], root_at(size, TREE), *inclusion_proof(index, size, TREE)]
    verify_inclusion(parts[0], index, size, parts[2:], parts[1])
    changed = data.draw(st.integers(0, len(parts) - 1))
    parts[changed] = flip(parts[changed], data.draw(st.integers(0, 255)))
    with pytest.raises(ProofError):
        verify_inclusion(parts[0], index, size, parts[2:], parts[1])


@given(st.data(), SIZES)
def test_consistency_of_larger_trees_verifies_and_no_flipped_bit_does(data: st.DataObject, new: int) -> None:
    """A bit of either root or of the proof: each of them decides."""
    old = data.draw(st.integers(1, new))
    parts = [root_at(old, TREE), root_at(new, TREE), *consistency_proof(old, new, TREE)]
    verify_consistency(old, new, parts[2:], parts[0], parts[1])
    changed = data.draw(st.integers(0, len(parts) - 1))
    parts[changed] = flip(parts[changed], data.draw(st.integers(0, 255)))
    with pytest.raises(ProofError):
        verify_consistency(old, new, parts[2:], parts[0], parts[1])


@given(st.data(), SIZES, SIZES)
def test_a_proof_counts_at_its_own_index_only(data: st.DataObject, size: int, other: int) -> None:
    """An entry cannot be shown at a place where it does not stand.

    Another size can have a proof of the same form; what binds the size is the signed checkpoint.
    """
    index = data.draw(st.integers(0, size - 1))
    assume(other - 1 != index)
    with pytest.raises(ProofError):
        verify_inclusion(
            LEAVES[index], other - 1, size, inclusion_proof(index, size, TREE), root_at(size, TREE)
        )


@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_frontier_is_the_tree_however_it_grew(steps: list[int]) -> None:
    """One by one, in rows, copied or read from nodes: the root is always that of the leaves."""
    frontier, size = Frontier(), 0
    for step in steps:
        before = frontier.copy()
        frontier.extend(LEAVES[size : size + step])
        assert before.size == size
        assert before.root() == root_at(size, TREE)
        size += step
    assert frontier.size == size
    assert frontier.root() == root_of(LEAVES[:size]) == root_at(size, TREE) == mth(LEAVES[:size])
    resumed = Frontier.of(size, TREE)
    resumed.append(LEAVES[size])
    assert (resumed.size, resumed.root()) == (size + 1, root_at(size + 1, TREE))


def test_the_empty_tree_and_the_leaf_have_the_published_hashes() -> None:
    """RFC 6962 §2.1: the hash of nothing, and a leaf apart from a node by its prefix."""
    assert root_of([]) == EMPTY_ROOT == root_at(0, TREE)
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_leaf(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    """The maker refuses as the verifier does, with the check."""
    for index, size in ((0, 0), (5, 5), (-1, 5)):
        with pytest.raises(ProofError, match="there is no entry") as refusal:
            inclusion_proof(index, size, TREE)
        assert refusal.value.check == "8.8"
    for old, new in ((6, 5), (-1, 5)):
        with pytest.raises(ProofError, match="does not continue") as refusal:
            consistency_proof(old, new, TREE)
        assert refusal.value.check == "8.6"


def test_a_log_that_shrank_or_never_began_is_not_consistent() -> None:
    """A smaller tree does not continue a larger one; and nothing proves what continues the empty one."""
    assert consistency_proof(0, 5, TREE) == consistency_proof(5, 5, TREE) == []
    verify_consistency(5, 5, [], ROOTS[5], ROOTS[5])
    for old, new, roots in ((0, 5, (EMPTY_ROOT, ROOTS[5])), (7, 5, (ROOTS[7], ROOTS[5]))):
        with pytest.raises(ProofError):
            verify_consistency(old, new, [], *roots)


def test_hashes_of_another_length_are_refused() -> None:
    """Two hashes could otherwise be cut at another place and mean another tree."""
    left, right = LEAVES[0], LEAVES[1]
    root = mth([left, right])
    verify_inclusion(left, 0, 2, [right], root)
    with pytest.raises(ProofError, match="32 bytes"):
        verify_inclusion(left + right[:1], 0, 2, [right[1:]], root)


def subtree_proof(start: int, end: int, hashes: Sequence[bytes], known: bool = True) -> list[bytes]:
    """That a subtree is part of a tree, as draft-ietf-plants-merkle-tree-certs §4.4 defines it."""
    if (start, end) == (0, len(hashes)):
        return [] if known else [mth(hashes)]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    if end <= split:
        return [*subtree_proof(start, end, hashes[:split], known), mth(hashes[split:])]
    if split <= start:
        return [*subtree_proof(start - split, end - split, hashes[split:], known), mth(hashes[:split])]
    return [*subtree_proof(0, end - split, hashes[split:], False), mth(hashes[:split])]


@given(st.data(), st.integers(0, 7), st.integers(0, 3))
def test_a_subtree_is_part_of_its_tree_and_no_flipped_bit_is(
    data: st.DataObject, level: int, place: int
) -> None:
    """Entries in a subtree, whole or cut, and the subtree in a larger tree."""
    start = place << level
    end = start + data.draw(st.integers((1 << level) // 2 + 1, 1 << level))
    size = data.draw(st.integers(end, 2 * end))
    index = data.draw(st.integers(start, end - 1))
    root, whole = mth(LEAVES[start:end]), mth(LEAVES[:size])
    inside = inclusion_proof(index - start, end - start, MemoryTree(LEAVES[start:end]))
    verify_subtree_inclusion(LEAVES[index], index, start, end, inside, root)
    parts = [root, whole, *subtree_proof(start, end, LEAVES[:size])]
    verify_subtree_consistency(start, end, size, parts[2:], parts[0], parts[1])
    changed = data.draw(st.integers(0, len(parts) - 1))
    parts[changed] = flip(parts[changed], data.draw(st.integers(0, 255)))
    with pytest.raises(ProofError):
        verify_subtree_consistency(start, end, size, parts[2:], parts[0], parts[1])
