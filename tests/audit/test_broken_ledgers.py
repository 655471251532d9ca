"""Which check finds what is done to a store, or to what it published? The corpus in `attacks/stored.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.attacks.stored import STORED
from tests.support.audited import audit, found


@pytest.mark.parametrize("name", STORED)
def test_the_attack_is_found_where_it_happened_and_nothing_else_is(
    name: str, request: pytest.FixtureRequest
) -> None:
    """The one check that it breaks, with the entry, and no other."""
    case = STORED[name]
    place: Path = request.getfixturevalue("export" if case.export else "folder")
    trust = case.spoil(place)
    assert found(audit(place, trust).failures) == list(case.found)
