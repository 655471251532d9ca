"""Does an audit look at every anchor, and say which of them it could not look at?

What can be wrong with one: `tests/audit/test_broken_anchors.py`.
"""

from __future__ import annotations

import shutil

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
    made = audit_store(anchored.ledger.store).made
    assert {made[f"9.{number}"] for number in range(1, 10)} == {3}
    (anchored.publication.folder.path / anchor_path(9, "tsa.example")).unlink()
    audit = audit_store(anchored.ledger.store)
    assert (audit.holds, audit.complete) == (True, False)
    assert [(failure.check, failure.seq) for failure in audit.failures] == [("9.1", 9)]


def test_without_a_published_log_no_time_stamp_is_kept(anchored: Anchored, tsa: Tsa) -> None:
    """Whoever removes all of it does not make the anchors go away."""
    assert ask(anchored, tsa)
    shutil.rmtree(anchored.publication.folder.path)
    audit = audit_store(anchored.ledger.store)
    assert [(one.check, one.seq) for one in audit.failures if one.check.startswith("9.")] == [("9.1", 5)]
    assert (audit.complete, audit.made["9.1"], audit.made["9.2"]) == (False, 1, 0)
