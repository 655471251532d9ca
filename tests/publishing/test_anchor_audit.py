"""Does an audit look at every anchor, and say which of them it could not look at?

What can be wrong with one: `tests/audit/test_broken_anchors.py`.
"""

from __future__ import annotations

from ledger.audit import audit_store
from ledger.publish.anchor_files import anchor_path
from tests.support.anchoring import Anchored, ask
from tests.support.tsa import Tsa, openssl

pytestmark = openssl


def failures(anchored: Anchored) -> list[tuple[str, int | None]]:
    """What an audit of the store finds: checks and entries."""
    return [(failure.check, failure.seq) for failure in audit_store(anchored.ledger.store).failures]


def test_an_audit_looks_at_every_anchor(anchored: Anchored, tsa: Tsa) -> None:
    """Several, over trees of several sizes; all hold, and nothing is left out."""
    for _ in range(3):
        assert ask(anchored, tsa)
        anchored.grow(3)
    assert failures(anchored) == []
    (anchored.publication.folder.path / anchor_path(9, "tsa.example")).unlink()
    audit = audit_store(anchored.ledger.store)
    assert (audit.holds, audit.complete) == (True, False)
    assert [(failure.check, failure.seq) for failure in audit.failures] == [("9.1", 9)]
