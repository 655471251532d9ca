"""How often is a file about access looked at, and how soon does it count?"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from api.access import watched
from api.access.watched import Watched

REST = 0.05


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is looked at now and then."""
    monkeypatch.setattr(watched, "REST", REST)
    path = tmp_path / "access.toml"
    path.write_bytes(b"before")
    return path


def test_what_is_written_counts_a_moment_later(file: Path) -> None:
    """Without a restart, and however often it was asked before."""
    said = Watched(file, lambda data: data)
    assert {said.now() for _ in range(100)} == {b"before"}
    file.write_bytes(b"thereafter")
    time.sleep(REST)
    assert said.now() == b"thereafter"
    file.unlink()
    time.sleep(REST)
    assert said.now() is None


def test_a_burst_of_requests_is_one_look(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look would hand the interpreter to another thread."""
    said, looks, stat = Watched(file, lambda data: data), list[str](), os.stat

    def look(path: str) -> os.stat_result:
        if path == str(file):  # other threads look at other files
            looks.append(path)
        return stat(path)

    monkeypatch.setattr(os, "stat", look)
    begun = time.monotonic()
    for _ in range(1000):
        said.now()
    assert 1 <= len(looks) <= 1 + (time.monotonic() - begun) / REST
