"""Does the audit, which examines entries in any order and carries what it found, say what the verifier says?

`ledger.proof.verify` takes one entry after the other and needs nothing else. The audit must find the same
failures, in the same words, in the same order: over every broken ledger that we know.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit import reading, workers
from tests.support.attacks import CORPUS, ENTRIES, links, registers, rules, signed
from tests.support.entries_source import audited
from tests.support.forged_log import verified

FILLED = (links, registers, rules, signed)
"""Importing these fills the corpus."""


@pytest.mark.parametrize(("size", "few"), [(1, 1), (7, 1), (1024, 1), (1024, 16)])
def test_every_attack_is_reported_as_by_the_serial_verifier(
    monkeypatch: pytest.MonkeyPatch, size: int, few: int
) -> None:
    """Wherever a page ends: what an entry needs to know of those before it is not on its page.

    However few votes that are alike are read in one go.
    """
    monkeypatch.setattr(workers, "PAGE", size)
    monkeypatch.setattr(reading, "FEW", few)
    for name, (forgery, _) in CORPUS.items():
        log = forgery()
        assert audited(log) == verified(log), name


def test_so_it_is_with_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that is broken in many ways, on many pages, examined by two processes."""
    monkeypatch.setattr(workers, "PAGE", 5)
    log = [data for forgery, _ in list(CORPUS.values())[::4] for data in forgery()]
    serial = verified(log)
    assert len(serial) > 500
    assert audited(log, processes=2) == serial


def test_another_origin_is_reported_in_the_same_way() -> None:
    """Nothing can be carried then, and everything is looked at twice."""
    assert audited(ENTRIES, origin="ledger.example.org/other") == verified(
        ENTRIES, "ledger.example.org/other"
    )


@pytest.mark.parametrize("few", [1, 16])
@settings(max_examples=60)
@given(st.data())
def test_any_damage_is_reported_in_the_same_way(few: int, data: st.DataObject) -> None:
    """Bytes changed, entries dropped, doubled and exchanged, several at once."""
    log = list(ENTRIES)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(log) - 1))
        match data.draw(st.sampled_from(["flip", "drop", "double", "swap"])):
            case "flip":
                at = data.draw(st.integers(0, len(log[place]) - 1))
                changed = bytes([log[place][at] ^ 1 << data.draw(st.integers(0, 7))])
                log[place] = log[place][:at] + changed + log[place][at + 1 :]
            case "drop":
                del log[place]
            case "double":
                log.insert(place, log[place])
            case _:
                log[place], log[0] = log[0], log[place]
        if not log:
            return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "FEW", few)
        assert audited(log) == verified(log)
