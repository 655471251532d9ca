"""The small published ledger that is audited, and copies of it to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.audited import exported, tell


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that is copied. Not to be changed."""
    return tell(tmp_path_factory.mktemp("audited") / "ledger")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(original, tmp_path / "ledger"))


@pytest.fixture
def export(original: Path, tmp_path: Path) -> Path:
    """An export of it that may be spoilt."""
    return exported(original, tmp_path / "export")
