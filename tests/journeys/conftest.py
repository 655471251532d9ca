"""Fixtures of the journeys: a terminal, and ledgers into which roll calls are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.transcript import Terminal


@pytest.fixture
def terminal(tmp_path: Path, bytecode: Path) -> Terminal:
    """A terminal in an empty folder of its own."""
    programs, folder = tmp_path / "programs", tmp_path / "home"
    programs.mkdir()
    folder.mkdir()
    return Terminal(folder, programs, bytecode)
