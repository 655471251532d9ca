"""A ledger to be anchored, and an authority that does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.anchoring import Anchored, anchored_ledger
from tests.support.tsa import Tsa


@pytest.fixture
def anchored(tmp_path: Path) -> Iterator[Anchored]:
    """A ledger of five entries, published, without an anchor."""
    with anchored_ledger(tmp_path) as one:
        yield one


@pytest.fixture
def tsa(tmp_path: Path) -> Iterator[Tsa]:
    """An authority at work."""
    with Tsa(tmp_path / "tsa") as tsa:
        yield tsa
