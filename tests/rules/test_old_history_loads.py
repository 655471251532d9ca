"""Does history stay readable when the rules become stricter? Events assign; only commands check."""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import UUID

import pytest

from ledger.domain import procedure as procedures
from ledger.domain.register import Register
from ledger.domain.statements import IN_A_PROCEDURE
from ledger.errors import NotAllowed, StimmbuchError
from ledger.proof.statement import KINDS
from tests.support.every_statement import every_statement
from tests.support.memory_ledger import MemoryLedger
from tests.support.snapshot import snapshot

GUARDS = list(IN_A_PROCEDURE)


@pytest.fixture(scope="module")
def history() -> tuple[MemoryLedger, str]:
    """A history with every kind of statement in it."""
    ledger = MemoryLedger(signed=False)
    return ledger, every_statement(ledger)["circular"]


def test_the_history_has_every_kind_of_statement(history: tuple[MemoryLedger, str]) -> None:
    """Otherwise the tests below would say nothing about what is missing."""
    kinds = {reading.statement.kind for _, _, reading in everything(history[0])}
    assert kinds == set(KINDS)


def refuse(*_: object, **__: object) -> NoReturn:
    """A guard, or command, after the rules became as strict as can be."""
    raise NotAllowed("nothing is allowed any more")


def test_history_loads_although_every_guard_refuses(
    history: tuple[MemoryLedger, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A procedure of last year must be readable under the rules of next year."""
    ledger, procedure = history
    expected = snapshot([ledger.state.register, ledger.procedure(procedure)])
    monkeypatch.setattr(procedures, "may_open", refuse)
    for kind, rule in IN_A_PROCEDURE.items():
        monkeypatch.setitem(IN_A_PROCEDURE, kind, rule._replace(guard=refuse))
    for name in ("register_key", "rotate_key", "revoke_key", "register_body", "change_seats", "require_role"):
        monkeypatch.setattr(Register, name, refuse)
    replayed = ledger.replayed()
    assert snapshot([replayed.register, replayed.procedure(UUID(procedure))]) == expected


@pytest.mark.parametrize("name", GUARDS)
def test_the_same_guard_does_refuse_new_statements(
    history: tuple[MemoryLedger, str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Otherwise the test above would say nothing: every guard stands in the way of a command."""
    monkeypatch.setitem(IN_A_PROCEDURE, name, IN_A_PROCEDURE[name]._replace(guard=refuse))
    with pytest.raises(NotAllowed, match="nothing is allowed any more"):
        decided_anew(history[0])


def test_the_history_is_accepted_by_the_rules_of_today(history: tuple[MemoryLedger, str]) -> None:
    """The history is a real one: decided anew it gives the same entries, byte for byte."""
    assert decided_anew(history[0]).rows == history[0].rows


def decided_anew(ledger: MemoryLedger) -> MemoryLedger:
    """The same statements, sent to an empty ledger at the same times."""
    again = MemoryLedger(signed=False)
    for _, _, reading in everything(ledger):
        again.append(reading.statement, at=reading.place.at)
    return again


def everything(ledger: MemoryLedger) -> list[Any]:
    """Topic, position and reading of all entries in order."""
    readings = [entry for stream in {row.stream for row in ledger.rows} for entry in ledger.load(stream)]
    return sorted(readings, key=lambda entry: entry[2].place.seq)


@pytest.mark.parametrize("procedure_first", [True, False])
def test_a_ledger_loads_in_any_order_of_asking(
    history: tuple[MemoryLedger, str], procedure_first: bool
) -> None:
    """Procedures are loaded when they are asked for, long after the register moved on."""
    ledger, procedure = history
    state = ledger.reloaded()
    if not procedure_first:
        assert state.has_person("dora")
    assert snapshot(state.procedure(UUID(procedure))) == snapshot(ledger.procedure(procedure))


def test_an_event_that_cannot_be_applied_is_an_error_and_not_silence() -> None:
    """Applying checks nothing, but it must not invent a stream's beginning either."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna")
    procedure = ledger.open()
    ledger.vote(procedure, "anna", "yes")
    topic, pos, reading = list(ledger.load(UUID(procedure)))[-1]
    empty = MemoryLedger(signed=False).state
    with pytest.raises(StimmbuchError):
        empty.apply(topic, UUID(procedure), pos, reading)
    assert empty.known(UUID(procedure)) is None
