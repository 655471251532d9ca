"""Does an honest ledger hold, wherever and however it is audited, and is it said how much was looked at?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.audit import Trust
from ledger.audit.trust import Kept
from ledger.proof.entry import leaf_hash
from ledger.publish.folder import FOLDER, LogFolder, checkpoint_path
from tests.support.audited import LAST, SIZES, audit, get, log_signer
from tests.support.builders import ORIGIN


def test_an_honest_store_holds(original: Path) -> None:
    """Otherwise everything below would prove nothing."""
    found = audit(original)
    assert (found.failures, found.holds, found.complete, found.older) == ([], True, True, False)
    assert (found.origin, found.entries, found.first) == (ORIGIN, LAST + 1, 0)
    assert found.head == leaf_hash(get(original, "state", LAST))
    assert found.published is not None
    assert (found.published.size, found.published.signed_by) == (LAST + 1, [ORIGIN])
    assert found.unpublished == 0


def test_an_honest_export_holds_and_says_the_same(original: Path, export: Path) -> None:
    """An auditor needs neither the database nor the server."""
    store, files = audit(original).to_dict(), audit(export).to_dict()
    assert files == store


def test_the_bare_published_log_holds(original: Path) -> None:
    """A copy of what the web server serves: the document is missing, nothing is wrong."""
    found = audit(original / FOLDER)
    assert found.holds
    assert [failure.check for failure in found.failures] == ["7.2"]
    assert not found.complete


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_it_does_not_matter_how_many_processes_look(original: Path, processes: int) -> None:
    """What several find together is what one finds."""
    assert audit(original, processes=processes) == audit(original)


def test_every_check_says_how_often_it_was_made(original: Path) -> None:
    """An audit that looked at nothing must not look like one that found nothing."""
    made = audit(original).made
    assert {made[check] for check in ("1.1", "2.2", "3.3", "4.2", "5.1", "6.1")} == {LAST + 1}
    assert {check: made[check] for check in ("5.3", "7.1", "7.2", "7.3", "8.1", "8.6", "8.12")} == {
        "5.3": 2,
        "7.1": 1,
        "7.2": 1,
        "7.3": 1,
        "8.1": 1,
        "8.6": len(SIZES),
        "8.12": 1,
    }
    assert made["8.5"] == made["8.8"] == 0


def test_the_log_continues_every_checkpoint_that_it_published(original: Path) -> None:
    """Whoever kept one of them learns that nothing before it was changed."""
    log = LogFolder(original / FOLDER)
    kept = tuple(Kept(str(size), log.read(checkpoint_path(size))) for size in SIZES)
    assert audit(original, Trust(since=kept)).since == list(SIZES)


def test_the_right_key_may_be_named(original: Path, export: Path) -> None:
    """Then the genesis entry need not be trusted."""
    trust = Trust(keys=(log_signer(original).verification_key,))
    assert audit(original, trust).failures == audit(export, trust).failures == []


def test_keys_are_told_with_their_life(original: Path) -> None:
    """An auditor asks who could sign, and until when."""
    keys = {key.owner: key for key in audit(original).keys}
    assert keys[ORIGIN].roles == ["log"]
    assert keys["clerk"].since == 1
    assert "m1" not in keys
    assert {key.ended for key in keys.values()} == {None}
