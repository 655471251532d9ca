"""Which check finds which attack, and where? The corpus of broken ledgers in `tests/support/attacks`."""

from __future__ import annotations

import re

import pytest

from ledger.proof.checks import CHECKS
from tests.support.attacks import CORPUS, links, registers, rules, signed
from tests.support.forged_log import verified

OF_THE_LOG = [check for check in CHECKS if check.split(".")[0] in {"1", "2", "3", "4", "5"}]
"""The checks that need nothing but entries: groups 1 to 5."""


@pytest.mark.parametrize("name", CORPUS)
def test_the_attack_is_found_where_it_happened(name: str) -> None:
    """All failures, and no other: the check, the entry, what was expected there and what was found."""
    forgery, fails = CORPUS[name]
    failures = sorted(verified(forgery()), key=lambda failure: (failure.seq, failure.check))
    expected = sorted(fails, key=lambda fail: (fail.seq, fail.check))
    assert [(f.check, f.seq, f.expected, f.found) for f in failures] == [fail[:4] for fail in expected]
    for failure, fail in zip(failures, expected, strict=True):
        assert re.search(fail.says, failure.message), failure.message


@pytest.mark.parametrize("check", OF_THE_LOG)
def test_every_check_is_failed_alone_by_some_ledger(check: str) -> None:
    """A check that nothing fails, or that only ever fails beside others, could be missing without notice."""
    assert [name for name, (_, fails) in CORPUS.items() if [fail.check for fail in fails] == [check]]


@pytest.mark.parametrize("module", [links, signed, rules, registers])
def test_every_attack_says_who_could_do_it(module: object) -> None:
    """An attack without its story is a puzzle for the next reader."""
    attacks = [
        forgery for forgery, _ in CORPUS.values() if forgery.__module__ == getattr(module, "__name__", "")
    ]
    assert attacks
    assert [forgery.__name__ for forgery in attacks if not forgery.__doc__] == []
