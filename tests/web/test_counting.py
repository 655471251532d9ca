"""Is the folder in which a service counts removed when the service is gone, and never before?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from api.service.counting import OWNER, PREFIX, CountingFolder, remove_abandoned
from ledger.lock_file import LockFile

OTHER = """
import sys
from api.service.counting import CountingFolder
print(CountingFolder().path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def other(temporary: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another service that has started, and its folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_a_killed_service_leaves_is_removed_by_the_next_one(temporary: Path) -> None:
    """Otherwise each power cut leaves a folder for ever."""
    process, left = other(temporary)
    with process:
        (left / "counter_1.db").write_bytes(b"counted")
        process.kill()
        process.wait()
    assert left.exists()
    with closing(CountingFolder()) as folder:
        assert not left.exists()
        assert list(temporary.iterdir()) == [folder.path]
    assert list(temporary.iterdir()) == []


def test_two_services_side_by_side_keep_their_folders(temporary: Path) -> None:
    """Whoever starts second must not take from the first what it counted."""
    process, first = other(temporary)
    with process, closing(CountingFolder()) as second:
        (first / "counter_1.db").write_bytes(b"counted")
        with closing(CountingFolder()):
            assert (first / "counter_1.db").read_bytes() == b"counted"
            assert second.path.is_dir()
        process.kill()


def test_only_folders_that_a_service_left_are_removed(temporary: Path) -> None:
    """Everybody may write among the temporary files: a link there leads to what is not ours to remove."""
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / OWNER).touch()
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    (temporary / f"{PREFIX}being-made").mkdir()
    (temporary / f"{PREFIX}file").touch()
    before = sorted(temporary.rglob("*"))
    remove_abandoned()
    assert sorted(temporary.rglob("*")) == before


def test_a_folder_that_is_taken_before_it_is_locked_is_made_anew(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another service that starts at the same moment sees it without an owner."""
    made, take = [], LockFile.take

    def removed_at_first(lock: LockFile) -> bool:
        made.append(take(lock))
        if len(made) == 1:
            shutil.rmtree(next(temporary.glob(f"{PREFIX}*")))
        return made[-1]

    monkeypatch.setattr(LockFile, "take", removed_at_first)
    with closing(CountingFolder()) as folder:
        assert made == [True, True]
        assert folder.path.is_dir()
