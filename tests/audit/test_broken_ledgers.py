"""Which check finds what is done to a store, or to what it published? The corpus in `attacks/stored.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.proof.checks import CHECKS
from tests.support.attacks import CORPUS, links, rules, signed
from tests.support.attacks.receipts import RECEIPTS
from tests.support.attacks.stored import STORED
from tests.support.audited import audit, found

FILLED = (links, rules, signed)
"""Importing these fills the corpus of broken logs."""


@pytest.mark.parametrize("name", STORED)
def test_the_attack_is_found_where_it_happened_and_nothing_else_is(
    name: str, request: pytest.FixtureRequest
) -> None:
    """The one check that it breaks, with the entry, and no other."""
    case = STORED[name]
    place: Path = request.getfixturevalue("export" if case.export else "folder")
    trust = case.spoil(place)
    assert found(audit(place, trust).failures) == list(case.found)


def test_every_check_has_a_broken_ledger_that_fails_it_and_only_it() -> None:
    """A check that nothing fails might as well not be made.

    Those of anchors (9) and dossiers (10) have corpora of their own, beside what they check.
    """
    alone = {
        *(found[0].check for _, found in CORPUS.values() if len({one.check for one in found}) == 1),
        *(case.found[0][0] for case in STORED.values() if len({check for check, _ in case.found}) == 1),
        *(check for _, check in RECEIPTS.values()),
    }
    assert alone == {check for check in CHECKS if int(check.split(".")[0]) <= 8}
