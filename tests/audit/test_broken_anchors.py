"""Which check finds what is done to an anchor, or to the clock? The corpus in `attacks/anchors.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.clock import utc_now
from ledger.audit import audit_store
from tests.support.anchoring import anchored_ledger, moved
from tests.support.attacks.anchors import ANCHORS
from tests.support.audited import found
from tests.support.tsa import Tsa, openssl


@openssl
@pytest.mark.parametrize("name", ANCHORS)
def test_the_attack_is_found_at_its_entry_and_nothing_else_is(tmp_path: Path, name: str) -> None:
    """The one check that it breaks, and no other."""
    case = ANCHORS[name]
    with (
        Tsa(tmp_path / "tsa") as tsa,
        anchored_ledger(tmp_path, lambda: moved(utc_now(), hours=case.hours)) as anchored,
    ):
        case.spoil(anchored, tsa)
        assert found(audit_store(anchored.ledger.store).failures) == [case.found]
