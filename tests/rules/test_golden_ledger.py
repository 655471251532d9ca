"""Does a ledger that was written with the first format load and verify, now and for ever?

`tests/golden/ledger-1.jsonl` holds its entries, byte for byte, one a line: every kind of statement,
signed with real keys. The file is never written anew. A change of the rules that refuses it, or reads it
differently, needs a new schema of profiles or a new kind of statement, and not another file.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest

from ledger.domain import procedure as procedures
from ledger.domain.register import Register
from ledger.domain.statements import IN_A_PROCEDURE
from ledger.errors import NotAllowed
from ledger.mapper import read_entry
from ledger.proof.statement import topic
from ledger.proof.verify import verify_log
from ledger.rules import ReplayedRules
from ledger.state import State
from tests.support.memory_ledger import ORIGIN, procedure_of

FILE = Path(__file__).parents[1] / "golden" / "ledger-1.jsonl"
ENTRIES = FILE.read_bytes().splitlines()
HEAD = "3ZsJfUrLOccx2L2Jics92I56r+txgH9n2EHe/hNO3lI="
STANDS = {
    "sitting": ("annulled", {"1": "void", "2": "void"}),
    "circular": ("ratified", {"1": "rejected", "2": "adopted"}),
    "personal": ("determined", {"1": "rejected"}),
    "second ballot": ("determined", {"1": "elected:o2", "2": "referred"}),
}
"""Procedure → state, and result of each item."""


def loaded() -> State:
    """The ledger, applied without asking the rules."""
    state = State(ORIGIN, lambda stream: ())
    for data in ENTRIES:
        reading = read_entry(data)
        entry = reading.entry
        state.apply(topic(reading.statement.kind), UUID(entry.stream), entry.pos, reading)
    return state


def refuse(*_: object, **__: object) -> NoReturn:
    """A rule that became as strict as can be."""
    raise NotAllowed("nothing is allowed any more")


def test_every_kind_of_statement_is_in_it() -> None:
    """A kind that was added later gets a file of its own."""
    of_the_register = {"ledger-created", "key-registered", "key-rotated", "key-revoked", "body-registered"}
    expected = {*of_the_register, "seats-changed", "procedure-opened", *IN_A_PROCEDURE}
    assert {read_entry(data).statement.kind for data in ENTRIES} == expected


def test_it_verifies_with_every_signature_and_under_the_rules_of_today() -> None:
    """Links, signatures and rules of every entry."""
    verdict = verify_log(ENTRIES, ORIGIN, ReplayedRules(ORIGIN))
    assert verdict.failures == []
    assert (verdict.entries, verdict.head) == (len(ENTRIES), HEAD)


def test_it_loads_although_every_rule_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules become stricter; what they once allowed has happened."""
    monkeypatch.setattr(procedures, "may_open", refuse)
    for kind, rule in IN_A_PROCEDURE.items():
        monkeypatch.setitem(IN_A_PROCEDURE, kind, rule._replace(guard=refuse))
    for name in ("register_key", "rotate_key", "revoke_key", "register_body", "change_seats", "require_role"):
        monkeypatch.setattr(Register, name, refuse)
    state = loaded()
    for name, (stands, results) in STANDS.items():
        procedure = state.procedure(UUID(procedure_of(name)))
        assert procedure.state == stands
        assert {item: procedure.outcome(item).result for item in procedure.items} == results


@pytest.mark.parametrize("number", range(0, len(ENTRIES), 7))
def test_a_changed_entry_does_not_verify(number: int) -> None:
    """The file is able to fail."""
    changed = [*ENTRIES]
    changed[number] = changed[number].replace(b'"v":1}', b'"v":2}')
    assert verify_log(changed, ORIGIN, ReplayedRules(ORIGIN)).failures
