"""Does the lean reader, which followers use, read exactly what the strict one reads?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.mapper import glance_entry, read_entry
from ledger.proof.encoding import canonical
from ledger.proof.statement import KINDS
from ledger.storage import Store
from tests.support.builders import a_town
from tests.support.every_statement import every_statement
from tests.support.histories import play
from tests.support.memory_ledger import MemoryLedger, item

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def assert_same(data: bytes) -> None:
    """The two readings of an entry are equal in every part."""
    lean, strict = glance_entry(data), read_entry(data)
    assert (lean.payload, lean.place) == (strict.payload, strict.place)
    assert (lean.entry, lean.statement) == (strict.entry, strict.statement)
    assert lean.text.encode() == strict.entry.envelope.payload == canonical(strict.payload)
    assert list(lean.payload) == list(strict.payload)


def test_it_reads_what_a_real_ledger_writes_as_the_strict_one_does(store: Store) -> None:
    """Nothing of what a real ledger writes may be read in two ways."""
    town = a_town(store)
    play(town, rounds=1)
    rows = town.ledger.entries(-1, 10_000)
    for row in rows:
        assert_same(row.state)


def test_it_reads_every_kind_of_statement_as_the_strict_one_does() -> None:
    """Those as well that a real ledger rarely sees."""
    ledger = MemoryLedger(signed=False)
    every_statement(ledger)
    for data in ledger.entries:
        assert_same(data)
    assert {read_entry(data).statement.kind for data in ledger.entries} == set(KINDS)


@given(name=texts, basis=texts, numbers=st.lists(st.integers(0, 10**9), max_size=3))
def test_it_reads_whatever_text_a_profile_holds(name: str, basis: str, numbers: list[int]) -> None:
    """Quotes, backslashes, `"seq":` and other scripts in the payload do not lead it astray."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna")
    profile: dict[str, Any] = {"name": name, "legal_basis": basis}
    for number in numbers:
        ledger.append(
            ledger.statement("body-registered", "registrar", body=f"b{number}-{len(ledger.entries)}")
        )
    ledger.open(profile={"majority": None, **profile}, items=[item("1")])
    for data in ledger.entries:
        assert_same(data)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"at":"' + b"x" * 100, b'{"at":"' + b'"' * 100, bytes(200)])
def test_what_is_no_entry_is_no_entry(data: bytes) -> None:
    """Damaged bytes end in the same error as in the strict reader, and not in a traceback."""
    with pytest.raises(ProofError):
        read_entry(data)
    with pytest.raises(ProofError):
        glance_entry(data)
