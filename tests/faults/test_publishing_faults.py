"""What remains when a step of publishing fails, or is done without anybody hearing of it?

Each step of a pass that writes is made to fail once: before it is done (failed and lost), or after it (failed
but stored). Then a publisher starts as after a crash. It must go on, sign nothing twice, and end with the log
that an undisturbed publisher makes.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from ledger.errors import StimmbuchError, StoreUnavailable
from ledger.proof.merkle import consistency_proof, verify_consistency
from ledger.proof.tiles import TileNodes
from ledger.publish import durable
from ledger.publish.sizes import Sizes
from ledger.storage import Store
from tests.support.chained import grow
from tests.support.publishing import ALog, assert_published

STEPS = [(0, 1), (254, 255), (255, 256), (255, 257), (256, 257), (300, 700)]
"""Sizes before and after a pass, around the edges of tiles."""


WRITES = {"_rename": 5, "_write_draft": 4, "_link": 1, "_sync": 2, "_make_folder": 3}
"""What changes the disk, and how often at least: bundle, tile, memory, the checkpoint under two names."""


class FailsOnce:
    """Does what a step does, and fails at the one with this number."""

    def __init__(self, step: Callable[..., Any], number: int, *, stored: bool) -> None:
        self.left, self._step, self._stored = number, step, stored
        self.failed = False

    def __call__(self, *arguments: Any) -> Any:
        """As the step."""
        self.left -= 1
        hit = self.left == -1
        done = self._step(*arguments) if not hit or self._stored else None
        if hit:
            self.failed = True
            raise OSError(5, "Input/output error")
        return done


@pytest.mark.parametrize("stored", [False, True], ids=["failed and lost", "failed but stored"])
@pytest.mark.parametrize("step", WRITES)
@pytest.mark.parametrize(("old", "new"), STEPS)
def test_every_failed_write_is_survived(
    store: Store, monkeypatch: pytest.MonkeyPatch, old: int, new: int, step: str, stored: bool
) -> None:
    """On both databases, at every file and folder of a pass: written, synced, renamed."""
    grow(store, old)
    log = ALog(store)
    log.publisher().publish()
    before = log.checkpoint() if old else None
    grow(store, new)
    for number in itertools.count():
        copy = log_before(log, number)
        write = FailsOnce(getattr(durable, step), number, stored=stored)
        with monkeypatch.context() as patched:
            patched.setattr(durable, step, write)
            if write_fails(copy):
                assert write.failed
        if not write.failed:
            break
        assert copy.publisher().publish() == new
        assert_published(copy, new)
        if before is not None:
            now = copy.checkpoint()
            nodes = TileNodes(new, copy.folder.tile)
            proof = consistency_proof(old, new, nodes)
            verify_consistency(old, new, proof, before.root, now.root)
    assert number >= WRITES[step]


@pytest.mark.parametrize("stored", [False, True], ids=["failed and lost", "failed but stored"])
def test_a_size_that_was_not_written_down_is_added(
    store: Store, monkeypatch: pytest.MonkeyPatch, stored: bool
) -> None:
    """The last step of all: the checkpoint is published, and nobody has been told."""
    grow(store, 3)
    log, append = ALog(store), Sizes.append

    def fails(sizes: Sizes, size: int) -> None:
        if stored:
            append(sizes, size)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Sizes, "append", fails)
        with pytest.raises(StoreUnavailable):
            log.publisher().publish()
    assert Sizes(log.folder.path).latest() == (3 if stored else -1)
    log.publisher()
    assert Sizes(log.folder.path).listed(9) == [3]
    assert_published(log, 3)


def log_before(log: ALog, number: int) -> ALog:
    """A copy of the published log and of the signer's memory, as they were before the pass."""
    home = log.home / f"copy-{number}"
    for name in ("log", "signer"):
        if (log.home / name).exists():
            shutil.copytree(log.home / name, home / name)
    return ALog(log.store, home)


def write_fails(log: ALog) -> bool:
    """Whether a pass failed. It must do so with an error of ours."""
    try:
        log.publisher().publish()
    except StimmbuchError:
        return True
    return False
