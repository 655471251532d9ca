"""A procedure with everything in it, and its reports; made once for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from projections.report.build import Source
from projections.report.model import KINDS
from tests.support.builders import LedgerBuilder
from tests.support.places import Place
from tests.support.reporting import decided, published, report


class Decided(NamedTuple):
    """The town, the procedure, and its reports."""

    town: LedgerBuilder
    procedure: str
    extract: Source
    audit: Source
    resolution: Source


def new_place(folder: Path) -> Place:
    """An empty ledger in a directory."""
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    return place


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decided]:
    """The story of `tests.support.reporting`. Nobody may change it."""
    with published(new_place(tmp_path_factory.mktemp("reports") / "ledger")) as town:
        procedure = decided(town)
        yield Decided(town, procedure, *(report(town, procedure, kind) for kind in KINDS))
