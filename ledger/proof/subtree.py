"""Verification of Merkle proofs, for a tree and for a subtree [start, end) of it.

A tree is the subtree that starts at 0, so the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2 are special
cases of those for subtrees (draft-ietf-plants-merkle-tree-certs §4); `ledger.proof.merkle` calls them.
They look at nothing but their arguments. `ProofError` carries check 8.6 (consistency) or 8.8 (inclusion).
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.errors import ProofError
from ledger.proof.lines import HASH_BYTES
from ledger.proof.sentences import logs
from ledger.proof.tree_hash import EMPTY_ROOT, hash_children

INCLUSION, CONSISTENCY = "8.8", "8.6"


def verify_subtree_inclusion(
    leaf_hash: bytes, index: int, start: int, end: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Returns if leaf `index` is in the subtree of this root; raises `ProofError`."""
    _check_range(start, end, INCLUSION)
    if not start <= index < end:
        there = {"index": index, "first": start, "last": end - 1}
        raise ProofError(logs.NOT_AMONG, check=INCLUSION, **there)
    _check_hashes((leaf_hash, *proof), INCLUSION)
    found, index, last = leaf_hash, index - start, end - start - 1
    for sibling in proof:
        if not last:
            raise ProofError(logs.PROOF_TOO_LONG, check=INCLUSION)
        if index & 1 or index == last:
            found = hash_children(sibling, found)
            while not index & 1 and index:  # the last one of an odd row goes up unchanged
                index, last = index >> 1, last >> 1
        else:
            found = hash_children(found, sibling)
        index, last = index >> 1, last >> 1
    if last or found != root:
        raise ProofError(logs.NOT_TO_THE_ROOT, check=INCLUSION)


def verify_subtree_consistency(
    start: int, end: int, size: int, proof: Sequence[bytes], subtree_root: bytes, root: bytes
) -> None:
    """Returns if the tree of `size` leaves holds the subtree [start, end); raises `ProofError`."""
    _check_range(start, end, CONSISTENCY)
    if end > size:
        raise ProofError(logs.TREE_TOO_SMALL, size=size, end=end, check=CONSISTENCY)
    _check_hashes(proof, CONSISTENCY)
    if start == end:  # nothing is contained in every tree
        if proof or subtree_root != EMPTY_ROOT:
            raise ProofError(logs.EMPTY_SUBTREE, check=CONSISTENCY)
        return
    if not _leads_to_both(start, end - 1, size - 1, proof, subtree_root, root):
        raise ProofError(logs.NOT_CONTINUED, check=CONSISTENCY)


def _leads_to_both(
    first: int, last: int, tree_last: int, proof: Sequence[bytes], subtree_root: bytes, root: bytes
) -> bool:
    """Whether the proof leads to both roots. `first` and `last` of the subtree go up to the root together."""
    whole = last == tree_last  # the subtree ends where the tree ends: nothing to its right is missing
    while first != last and (whole or last & 1):
        first, last, tree_last = first >> 1, last >> 1, tree_last >> 1
    path = list(proof)
    if first == last:  # one node of the tree: the proof does not repeat it
        path.insert(0, subtree_root)
    if not path:
        return False
    small = large = path[0]
    for sibling in path[1:]:
        if not tree_last:
            return False
        if last & 1 or last == tree_last:
            small = hash_children(sibling, small) if first < last else small
            large = hash_children(sibling, large)
            while not last & 1 and last:
                first, last, tree_last = first >> 1, last >> 1, tree_last >> 1
        else:
            large = hash_children(large, sibling)
        first, last, tree_last = first >> 1, last >> 1, tree_last >> 1
    return not tree_last and (small, large) == (subtree_root, root)


def _check_range(start: int, end: int, check: str) -> None:
    """A subtree's start is a multiple of the smallest power of 2 that is not below its size."""
    if not 0 <= start <= end or (end > start and start % (1 << (end - start - 1).bit_length())):
        raise ProofError(logs.NO_SUBTREE, start=start, end=end, check=check)


def _check_hashes(proof: Sequence[bytes], check: str) -> None:
    """Hashes of another length could be cut differently and mean another tree."""
    if any(len(part) != HASH_BYTES for part in proof):
        raise ProofError(logs.HASHES_OF_A_PROOF, wanted=HASH_BYTES, check=check)
