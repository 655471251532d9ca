"""Do the lines of a receipt name the audit path of RFC 6962, whichever paths were made before?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proof.encoding import b64
from ledger.proof.merkle import inclusion_proof
from ledger.proof.path_lines import PathLines
from tests.support.trees import MemoryTree

SIZE = 600
LEAVES = [number.to_bytes(32) for number in range(SIZE)]
TREE = MemoryTree(LEAVES)


@given(st.integers(1, SIZE), st.data())
def test_every_path_is_that_of_the_rfc_in_whatever_order_they_are_asked_for(
    size: int, data: st.DataObject
) -> None:
    """Also where the right edge is incomplete."""
    paths = PathLines(size, TREE)
    for index in data.draw(st.lists(st.integers(0, size - 1), max_size=40)):
        assert paths.of_leaf(index) == "".join(f"{b64(one)}\n" for one in inclusion_proof(index, size, TREE))


def test_neighbours_share_all_but_their_first_lines() -> None:
    """Each node of the tree is asked for once, however many leaves there are under it."""
    asked: list[tuple[int, int]] = []

    def node(level: int, index: int) -> bytes:
        asked.append((level, index))
        return TREE(level, index)

    paths = PathLines(512, node)
    for index in range(256, 512):
        paths.of_leaf(index)
    assert len(asked) == len(set(asked)) == 256 + 128 + 64 + 32 + 16 + 8 + 4 + 2 + 1


@pytest.mark.parametrize("index", [-1, 5, 6])
def test_a_leaf_that_is_not_there_has_no_path(index: int) -> None:
    """As `inclusion_proof` says it."""
    with pytest.raises(ProofError, match="5") as refused:
        PathLines(5, TREE).of_leaf(index)
    assert refused.value.check == "8.8"
