"""What remains when a step of publishing fails, or is done without anybody hearing of it?

Each step of a pass that writes is made to fail once: before it is done (failed and lost), or after it (failed
but stored). Then a publisher starts as after a crash. It must go on, sign nothing twice, and end with the log
that an undisturbed publisher makes.
"""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ledger.errors import StoreUnavailable
from ledger.proof.merkle import consistency_proof, verify_consistency
from ledger.proof.tiles import TileNodes
from ledger.publish import durable
from ledger.publish.sizes import Sizes
from ledger.storage import Store
from tests.support.chained import grow
from tests.support.failing import EITHER_WAY, failures
from tests.support.publishing import ALog, assert_published

SIZES = [(0, 1), (254, 255), (255, 256), (255, 257), (256, 257), (300, 700)]
"""Sizes before and after a pass, around the edges of tiles."""

WRITES = {"_rename": 5, "_write_draft": 4, "_link": 1, "_sync": 2, "mkdir": 0}
"""What changes the disk, and how often at least: bundle, tile, memory, the checkpoint under two names."""

PARTS = {"ftruncate": 4, "unlink": 2}
"""What these consist of: the same at every size."""

NO_LINKS = {"_rename": 5, "_write_draft": 5, "_sync": 3, "ftruncate": 5}
"""The same where no file can have two names: the checkpoint is written twice, and synced."""


def publish(log: ALog) -> int:
    """A pass of a publisher that starts now."""
    return log.publisher().publish()


def check_failures(log: ALog, new: int, step: str, *, stored: bool) -> int:
    """Whatever fails in the next pass, another publisher finishes it; how many failures there were."""
    before = log.checkpoint() if log.folder.newest().size else None
    count = 0
    for copy in failures(log, step, stored=stored, publish=publish):
        count += 1
        assert publish(copy) == new
        assert_published(copy, new)
        assert Sizes(copy.folder.path).latest() == new
        if before is not None:
            proof = consistency_proof(before.size, new, TileNodes(new, copy.folder.tile))
            verify_consistency(before.size, new, proof, before.root, copy.checkpoint().root)
    return count


def a_log(store: Store, old: int, new: int) -> ALog:
    """A log in which the first entries are published, and the others recorded."""
    grow(store, old)
    log = ALog(store)
    publish(log)
    grow(store, new)
    return log


@EITHER_WAY
@pytest.mark.parametrize("step", WRITES)
@pytest.mark.parametrize(("old", "new"), SIZES)
def test_every_failed_write_is_survived(store: Store, old: int, new: int, step: str, stored: bool) -> None:
    """On both databases, at every file and folder of a pass: written, synced, renamed."""
    assert check_failures(a_log(store, old, new), new, step, stored=stored) >= WRITES[step]


@EITHER_WAY
@pytest.mark.parametrize("step", PARTS)
def test_every_failed_part_of_a_write_is_survived(store: Store, step: str, stored: bool) -> None:
    """A file stays longer than what was written into it, or another one keeps the name that it shall get."""
    assert check_failures(a_log(store, 255, 257), 257, step, stored=stored) >= PARTS[step]


@EITHER_WAY
@pytest.mark.parametrize("step", NO_LINKS)
def test_every_failed_write_is_survived_where_no_file_has_two_names(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str, stored: bool
) -> None:
    """What is done instead can fail as well."""

    def no_link(file: Path, path: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", str(file), None, str(path))

    monkeypatch.setattr(durable, "_link", no_link)
    assert check_failures(a_log(store, 255, 257), 257, step, stored=stored) >= NO_LINKS[step]


@EITHER_WAY
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
