"""What remains when a step of publishing fails where tiles get their third level, at 65,536 entries?

The log before is made once for each database. What a pass leaves is compared, byte for byte, with what an
undisturbed one leaves, and the end is verified: to verify everything takes a hundred times as long as a pass.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import islice, pairwise, product
from pathlib import Path
from tempfile import mkdtemp

import pytest

from ledger.proof.tiles import WIDTH, Tile
from ledger.publish.folder import FOLDER
from ledger.publish.publisher import AT_ONCE
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage import Row, Store
from tests.support.chained import chain
from tests.support.failing import failures
from tests.support.publishing import ALog, assert_published

FULL = WIDTH * WIDTH
SIZES = (FULL - 1, FULL, FULL + 1)
STEPS = ("_rename", "_write_draft", "_link", "_sync", "mkdir")
LEAST = 30
"""Failures in a pass, at least: of six files and their names, lost and stored."""


@pytest.fixture(scope="module")
def rows() -> Iterator[list[Row]]:
    """All entries; not kept longer than for both databases."""
    made = list(islice(chain(), SIZES[-1]))
    yield made
    made.clear()


@pytest.fixture
def log(store: Store, rows: list[Row]) -> ALog:
    """A log to which one entry is missing for the third level."""
    log = ALog(store)
    record(log, rows[: SIZES[0]])
    publish(log)
    return log


def record(log: ALog, rows: list[Row]) -> None:
    """Appends these entries, as many at once as are published at once."""
    for first in range(0, len(rows), AT_ONCE):
        with log.store.recorder.batch() as batch:
            batch.append(rows[first : first + AT_ONCE])


def publish(log: ALog) -> int:
    """A publisher that starts now publishes everything; how much that is."""
    publisher = log.publisher()
    while publisher.publish() <= log.store.recorder.head():
        pass
    return publisher.size


def test_every_failed_write_is_survived(log: ALog, rows: list[Row]) -> None:
    """On both databases: at the entry that makes the third level, and at the one after it."""
    for old, new in pairwise(SIZES):
        record(log, rows[old:new])
        undisturbed = edge(log)
        publish(undisturbed)
        expected, count = published(undisturbed), 0
        assert Tile(2, 0, 1).path in expected
        for step, stored in product(STEPS, (False, True)):
            for copy in failures(log, step, stored=stored, publish=publish, copy=edge):
                count += 1
                assert publish(copy) == new
                assert published(copy) == expected
        assert count > LEAST
        publish(log)
    assert_published(log, SIZES[-1])


def edge(log: ALog) -> ALog:
    """A copy without the hundreds of full tiles and bundles which a pass does not read."""

    def far(folder: str, names: list[str]) -> list[str]:
        lowest = Path(folder).parent.name == "tile" and Path(folder).name in {"0", "entries"}
        return [name for name in names if lowest and name < f"{WIDTH - 1}"]

    home = Path(mkdtemp(prefix="copy-", dir=log.home))
    shutil.copytree(log.home / SIGNER, home / SIGNER)
    shutil.copytree(log.home / FOLDER, home / FOLDER, ignore=far)
    return ALog(log.store, home)


def published(log: ALog) -> dict[str, bytes]:
    """The files of a log by name, but for drafts that nothing reads."""
    files = {path.relative_to(log.folder.path).as_posix(): path for path in log.folder.path.rglob("*")}
    return {name: path.read_bytes() for name, path in files.items() if path.is_file() and not _is_draft(path)}


def _is_draft(path: Path) -> bool:
    return path.name.startswith(".new-")
