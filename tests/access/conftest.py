"""Towns whose ledgers say who may do what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.guarded import Guarded
from tests.support.places import Place
from tests.web.site import Site


@pytest.fixture
def guarded(sqlite_place: Place) -> Iterator[Guarded]:
    """A town of five with a token of every role."""
    guarded = Guarded(sqlite_place)
    yield guarded
    guarded.close()


@pytest.fixture
def site(sqlite_place: Place) -> Iterator[Site]:
    """A town of five about which nobody has said who may do what."""
    site = Site(sqlite_place)
    yield site
    site.close()
