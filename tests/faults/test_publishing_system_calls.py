"""What remains when the system refuses one call of a publisher, whichever it is?

strace makes one call after the other fail, in a real process on real files. Whatever the publisher says then,
the next one must finish its work.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.proof.tiles import all_tiles, bundles_between
from ledger.publish.folder import CHECKPOINT, checkpoint_path
from ledger.publish.sizes import NAME as SIZES
from ledger.storage import open_store
from tests.support.chained import grow
from tests.support.publishing import ALog, assert_published
from tests.support.shared import CHECKOUT

CALLS = {
    "openat": "EIO",
    "write": "ENOSPC",
    "fsync": "EIO",
    "rename": "EIO",
    "read": "EIO",
    "mkdir": "ENOSPC",
}
OLD, NEW = 255, 257

strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="NOT TESTED WITH FAILING SYSTEM CALLS: strace not installed"
)


@strace
@pytest.mark.parametrize("call", CALLS)
def test_whatever_call_fails_the_next_publisher_finishes(tmp_path: Path, call: str) -> None:
    """Every such call on a file of ours, one after the other, until a run has no more of them."""
    original = tmp_path / "ledger"
    with open_store(str(original), create=True) as store:
        grow(store, OLD)
        ALog(store).publisher().publish()
        grow(store, NEW)
    for number in range(1, 200):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(original, copy)
        code, injected = publish_with_a_failing_call(copy, call, number)
        assert code in {0, 1}, "a publisher must say what keeps it, and not fall over"
        with open_store(str(copy)) as store:
            log = ALog(store)
            assert log.publisher().publish() == NEW
            assert_published(log, NEW)
        shutil.rmtree(copy, ignore_errors=True)  # partial tiles are being removed meanwhile
        if not injected:
            assert code == 0
            assert number > 2
            return
    pytest.fail("there is no end to the calls")


def publish_with_a_failing_call(store: Path, call: str, number: int) -> tuple[int, bool]:
    """Exit code of a publisher whose call of this number fails; and whether there was such a call."""
    trace = store.with_suffix(".trace")
    names = [CHECKPOINT, SIZES, checkpoint_path(NEW)]
    for size in (256, NEW):
        names += [tile.path for tile in all_tiles(size)]
        names += [bundle.path for bundle in bundles_between(0, size)]
    paths = [store / "log" / name for name in names] + [store / "signer" / "checkpoint"]
    drafts = [path.parent / f".new-{path.name}" for path in paths]
    drafts += [store / "signer" / name for name in (".new-published", ".new-newest")]
    folders = {path.parent for path in paths}
    command = ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:error={CALLS[call]}:when={number}"]
    for path in (*paths, *drafts, *folders):
        command += ["-P", str(path)]
    command += [sys.executable, "-m", "tests.support.publish_once", str(store)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, "INJECTED" in trace.read_text()
