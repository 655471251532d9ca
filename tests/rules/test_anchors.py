"""Who says that a time was confirmed, and of which tree?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.anchors import Anchor
from ledger.errors import BadShape, NotAllowed
from ledger.proof.entry import NO_LINK
from tests.support.memory_ledger import REGISTRAR, SERVICE, MemoryLedger

TOKEN = "ab" * 32


@pytest.fixture
def ledger() -> MemoryLedger:
    """A ledger with five entries."""
    ledger = MemoryLedger()
    ledger.council("anna", "bert")
    assert len(ledger.rows) == 5
    return ledger


def anchor(ledger: MemoryLedger, size: int, actor: str = SERVICE) -> str:
    """Records a token over the checkpoint of this size."""
    fields: dict[str, Any] = {"root": NO_LINK, "tsa": "tsa.example", "token_sha256": TOKEN}
    return ledger.put("anchored", actor, size=size, **fields)


def test_the_service_records_an_anchor(ledger: MemoryLedger) -> None:
    """The log says that its own head was time-stamped: whoever rewrites the past has to rewrite this, too."""
    anchor(ledger, 5)
    for state in (ledger.state, ledger.replayed()):
        assert state.register is not None
        assert state.register.anchors == [Anchor(5, 5, NO_LINK, "tsa.example", TOKEN)]


@pytest.mark.parametrize("size", [6, 7, 2**53 - 1])
def test_a_tree_that_did_not_exist_is_not_anchored(ledger: MemoryLedger, size: int) -> None:
    """Entry 5 can speak of the trees of entries 0 to 4, and not of one that contains itself."""
    with pytest.raises(BadShape, match="cannot be anchored by entry 5"):
        anchor(ledger, size)


@pytest.mark.parametrize("actor", [REGISTRAR, "anna"])
def test_only_the_service_records_an_anchor(ledger: MemoryLedger, actor: str) -> None:
    """Nobody else knows what it published."""
    with pytest.raises(NotAllowed, match="is not service"):
        anchor(ledger, 5, actor)
