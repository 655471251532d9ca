"""What remains when a step fails while a checkpoint is published with witnesses, or gets fresh times?

What is published is another note than the signer's then, and the newest checkpoint is replaced by itself.
Each step that writes is made to fail once, as without witnesses. A receipt that somebody may hold stays as it
is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.proof.policy import Policy
from ledger.publish.folder import CHECKPOINT, checkpoint_path
from ledger.publish.sizes import Sizes
from ledger.publish.witnesses import Witnesses
from ledger.storage import Store
from tests.support.chained import grow
from tests.support.failing import EITHER_WAY, failures
from tests.support.publishing import ALog, assert_published
from tests.support.witnessing import Staff

OLD, NEW = 255, 257

WRITES = {"_rename": 10, "_write_draft": 9, "_sync": 3, "append": 1}
"""What changes the disk, and how often at least: as without, and twice the newest checkpoint."""


class Publishing:
    """Passes of a log with one witness, which stays at work."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __call__(self, log: ALog) -> None:
        """A pass of a publisher that starts now, and fresh times."""
        with closing(Witnesses(self.policy, timeout=120, rest=0)) as witnesses:
            publisher = log.publisher(witnesses)
            publisher.publish()
            publisher.refresh()

    def check(self, log: ALog) -> None:
        """Everything is published, and cosigned."""
        assert_published(log, NEW)
        assert Sizes(log.folder.path).listed(NEW) == [OLD, NEW]
        for name in (CHECKPOINT, checkpoint_path(NEW)):
            self.policy.open(log.folder.read(name))


@pytest.fixture
def log(store: Store) -> ALog:
    """An empty published log."""
    return ALog(store)


@pytest.fixture
def publish(log: ALog, tmp_path: Path) -> Iterator[Publishing]:
    """How it is published; OLD entries are already, NEW are recorded."""
    with Staff(log.key.verification_key, tmp_path, names=("w1",)) as staff:
        publish = Publishing(staff.policy("quorum w1"))
        grow(log.store, OLD)
        publish(log)
        grow(log.store, NEW)
        yield publish


@EITHER_WAY
@pytest.mark.parametrize("step", WRITES)
def test_every_failed_write_is_survived(log: ALog, publish: Publishing, step: str, stored: bool) -> None:
    """On both databases: the next publisher completes it, cosigned, and changes no receipt."""
    count = 0
    for copy in failures(log, step, stored=stored, publish=publish):
        count += 1
        receipts = receipts_of(copy)
        publish(copy)
        publish.check(copy)
        assert receipts in (None, receipts_of(copy))
    assert count >= WRITES[step]


@EITHER_WAY
def test_fresh_times_that_do_not_get_there_cost_nothing(log: ALog, publish: Publishing, stored: bool) -> None:
    """The newest checkpoint is the one of before or the fresh one, and the next fresh times replace it."""
    publish(log)
    before, receipts = log.folder.read(CHECKPOINT), receipts_of(log)
    for step in ("_rename", "_write_draft", "_sync"):
        for copy in failures(log, step, stored=stored, publish=publish):
            publish.check(copy)
            failed = copy.folder.read(CHECKPOINT)
            assert (failed != before) == (stored and step == "_rename")
            publish(copy)
            publish.check(copy)
            assert copy.folder.read(CHECKPOINT) not in (before, failed)
            assert receipts_of(copy) == receipts


def receipts_of(log: ALog) -> bytes | None:
    """The checkpoint that stands in receipts, if there is one already."""
    name = checkpoint_path(NEW)
    return log.folder.read(name) if log.folder.exists(name) else None
