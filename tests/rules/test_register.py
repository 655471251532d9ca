"""Who is who, who sits where, and how is that changed? Without signatures: keys have their own file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from ledger.domain.values import Place, Seat
from ledger.errors import AlreadyRegistered, KeyTaken, NotAllowed, UnknownActor, WrongLog
from tests.support.memory_ledger import (
    BODY,
    REGISTRAR,
    SERVICE,
    MemoryLedger,
    item,
    key_of,
    log_key_of,
    public_of,
)


@pytest.fixture
def ledger() -> MemoryLedger:
    """A ledger with three members in a body, and a clerk who is no registrar."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    ledger.person("chris", "clerk")
    return ledger


def seat(member: str, weight: int = 1, group: str | None = None) -> dict[str, Any]:
    """A seat as a statement grants it."""
    return {"member": member, "weight": weight, "group": group}


def change(ledger: MemoryLedger, *granted: dict[str, Any], ended: tuple[str, ...] = (), **fields: Any) -> str:
    """Changes the seats of the body."""
    fields = {"body": BODY, "granted": list(granted), "ended": list(ended), **fields}
    return ledger.put("seats-changed", fields.pop("actor", REGISTRAR), **fields)


def seats(ledger: MemoryLedger, body: str = BODY) -> dict[str, Seat]:
    """The seats as they are."""
    return dict(ledger.state.body(body).seats)


# ── founding ───────────────────────────────────────────────────────────────────────────────────


def test_the_first_entry_founds_the_ledger() -> None:
    """Its registrar is a clerk as well, and the service has the service's role only."""
    ledger = MemoryLedger(signed=False)
    ledger.found()
    register = ledger.state.register
    assert register is not None
    assert register.person(REGISTRAR).roles == {"registrar", "clerk"}
    assert register.person(SERVICE).roles == {"service"}
    assert (register.origin, register.time_zone) == (ledger.origin, "Europe/Berlin")


def test_a_ledger_is_founded_once(ledger: MemoryLedger) -> None:
    """A second founding would bring registrars whom nobody chose."""
    with pytest.raises(AlreadyRegistered, match="created already"):
        ledger.found()


def test_a_ledger_is_founded_by_its_first_entry() -> None:
    """Something stood before it in the log: whatever that was, nobody was entitled to it."""
    ledger = MemoryLedger(signed=False)
    ledger.public(REGISTRAR)
    ledger.public(SERVICE)
    statement = ledger.statement("ledger-created", REGISTRAR, **founding())
    with pytest.raises(NotAllowed, match="by its first entry"):
        ledger.state.decide(statement, Place(1, ledger.now, "leaf"))
    assert ledger.state.register is None


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("body-registered", {"body": BODY}),
        ("key-registered", {"subject": "anna", "roles": ["member"], "key": public_of("anna")}),
        ("seats-changed", {"body": BODY, "granted": [], "ended": []}),
    ],
)
def test_nothing_comes_before_the_founding(kind: str, fields: dict[str, Any]) -> None:
    """Without registrars nobody may do anything."""
    with pytest.raises(NotAllowed, match="the first entry of a ledger is ledger-created"):
        MemoryLedger(signed=False).put(kind, **fields)


def founding(**changes: Any) -> dict[str, Any]:
    """The fields of a founding statement."""
    fields = {
        "format": 1,
        "time_zone": "UTC",
        "registrars": [{"subject": REGISTRAR, "key": public_of(REGISTRAR)}],
        "service": {"subject": SERVICE, "key": public_of(SERVICE)},
        "log_keys": [log_key_of("log")],
    }
    return {**fields, **changes}


def test_a_ledger_is_founded_by_one_of_its_registrars() -> None:
    """Somebody else would name registrars who never agreed."""
    with pytest.raises(NotAllowed, match="among the registrars"):
        MemoryLedger(signed=False).put("ledger-created", "stranger", **founding())


def test_registrar_and_service_have_different_keys() -> None:
    """The service closes at deadlines; with the registrar's key it could register people as well."""
    service = {"subject": SERVICE, "key": public_of(REGISTRAR)}
    with pytest.raises(KeyTaken):
        MemoryLedger(signed=False).put("ledger-created", **founding(service=service))


def test_a_statement_for_another_ledger_is_refused(ledger: MemoryLedger) -> None:
    """A statement signed for one municipality cannot be replayed in another one's ledger."""
    with pytest.raises(WrongLog, match=r"is for 'ledger\.example\.org/other'"):
        ledger.put("body-registered", body="aus", log="ledger.example.org/other")


# ── people and bodies ──────────────────────────────────────────────────────────────────────────


def test_several_registrars_may_found_a_ledger() -> None:
    """Each of them may register people afterwards."""
    ledger = MemoryLedger(signed=False)
    holders = [{"subject": name, "key": public_of(name)} for name in (REGISTRAR, "second")]
    keys = (key_of(REGISTRAR), key_of("second"), key_of(SERVICE))
    ledger.put("ledger-created", keys=keys, **founding(registrars=holders))
    fields: dict[str, Any] = {"subject": "anna", "roles": ["member"], "key": ledger.public("anna")}
    ledger.put("key-registered", "second", **fields)
    assert ledger.state.has_person("anna")


def test_the_same_roles_in_another_order_are_the_same_roles(ledger: MemoryLedger) -> None:
    """Roles are a set."""
    fields: dict[str, Any] = {"subject": "dora", "key": ledger.public("dora")}
    ledger.put("key-registered", roles=["clerk", "chair"], **fields)
    ledger.put("key-registered", roles=["chair", "clerk"], subject="dora", key=ledger.public("dora/2"))


@pytest.mark.parametrize("actor", [REGISTRAR, "chris"])
def test_registrars_and_clerks_register_bodies(ledger: MemoryLedger, actor: str) -> None:
    """A committee is founded in the course of business."""
    ledger.put("body-registered", actor, body="bauausschuss")
    assert ledger.state.has_body("bauausschuss")
    assert seats(ledger, "bauausschuss") == {}


@pytest.mark.parametrize("actor", ["anna", SERVICE])
def test_nobody_else_registers_bodies_or_changes_seats(ledger: MemoryLedger, actor: str) -> None:
    """A member with a pen could found a council of one."""
    with pytest.raises(NotAllowed, match="is not registrar or clerk"):
        ledger.put("body-registered", actor, body="aus")
    with pytest.raises(NotAllowed, match="is not registrar or clerk"):
        change(ledger, seat("anna", 2), actor=actor)


def test_a_body_is_registered_once(ledger: MemoryLedger) -> None:
    """A second one of the same name would have no seats, and old electorates would be gone."""
    with pytest.raises(AlreadyRegistered, match="the body rat is already registered"):
        ledger.put("body-registered", body=BODY)


# ── seats ──────────────────────────────────────────────────────────────────────────────────────


def test_seats_are_granted_changed_and_ended(ledger: MemoryLedger) -> None:
    """A seat that is granted again takes the new weight and group."""
    ledger.person("dora")
    change(ledger, seat("dora", 2, "spd"), seat("anna", 3), ended=("bert",))
    assert seats(ledger) == {"anna": Seat(3), "cem": Seat(1), "dora": Seat(2, "spd")}


def test_a_seat_needs_a_registered_person(ledger: MemoryLedger) -> None:
    """A seat of nobody would count among all members for ever."""
    with pytest.raises(UnknownActor, match="dora is not in the register"):
        change(ledger, seat("dora"))


def test_only_a_seat_that_is_there_ends(ledger: MemoryLedger) -> None:
    """A slip must not look as if somebody had left."""
    with pytest.raises(UnknownActor, match="chris has no seat in rat"):
        change(ledger, ended=("chris",))


@pytest.mark.parametrize(
    ("granted", "ended"),
    [((seat("anna", 1), seat("anna", 2)), ()), ((seat("anna", 2),), ("anna",))],
)
def test_one_statement_changes_a_seat_once(
    ledger: MemoryLedger, granted: tuple[dict[str, Any], ...], ended: tuple[str, ...]
) -> None:
    """Which of two changes counts would depend on the order of reading."""
    with pytest.raises(NotAllowed, match="only once"):
        change(ledger, *granted, ended=ended)


def test_seats_in_an_unknown_body_are_refused(ledger: MemoryLedger) -> None:
    """A misspelt body must not found one."""
    with pytest.raises(UnknownActor, match="the body aus is not in the register"):
        change(ledger, seat("anna"), body="aus")


def test_bodies_have_their_own_seats(ledger: MemoryLedger) -> None:
    """A Samtgemeinde keeps several councils in one ledger."""
    ledger.council("anna", body="bauausschuss", weights={"anna": 5})
    assert seats(ledger, "bauausschuss") == {"anna": Seat(5)}
    assert seats(ledger)["anna"] == Seat(1)


# ── electorates ────────────────────────────────────────────────────────────────────────────────


def test_an_electorate_is_the_seats_as_they_were(ledger: MemoryLedger) -> None:
    """A procedure refers to a point of the register: later changes must not reach it."""
    before = ledger.state.body(BODY).as_of
    change(ledger, seat("anna", 7), ended=("bert", "cem"))
    now = ledger.state.body(BODY).as_of
    assert dict(ledger.state.electorate(BODY, before).seats) == dict.fromkeys(
        ("anna", "bert", "cem"), Seat(1)
    )
    assert ledger.state.electorate(BODY, before).weight == 3
    assert ledger.state.electorate(BODY, now).weight == 7


def test_an_electorate_is_the_same_after_the_ledger_was_loaded_again(ledger: MemoryLedger) -> None:
    """Every point of the register can be rebuilt, also one that nobody asked for while it was now."""
    points = [ledger.state.body(BODY).as_of, *(change(ledger, seat("anna", weight)) for weight in (2, 3, 4))]
    loaded = ledger.reloaded()
    assert [loaded.electorate(BODY, point).weight for point in points] == [3, 4, 5, 6]


def test_an_electorate_of_no_change_is_not_there(ledger: MemoryLedger) -> None:
    """An invented link names no point of the register."""
    with pytest.raises(KeyError):
        ledger.state.electorate(BODY, ledger.head)


def test_an_electorate_cannot_be_changed(ledger: MemoryLedger) -> None:
    """It is shared between all procedures that were opened on it."""
    electorate = ledger.state.electorate(BODY, ledger.state.body(BODY).as_of)
    with pytest.raises(TypeError):
        electorate.seats["mallory"] = Seat()  # type: ignore[index]
    with pytest.raises(AttributeError):
        electorate.weight = 1  # type: ignore[misc]


def test_a_roll_call_without_members_is_found_again_after_seats_changed() -> None:
    """A new body's first electorate is empty: a procedure on it must still load when the body has seats."""
    ledger = MemoryLedger(signed=False)
    ledger.found()
    ledger.put("body-registered", body=BODY)
    procedure = ledger.open(profile="quorum-call", items=[item("1", "present")], replay={"held_at": None})
    ledger.council("anna")
    assert dict(ledger.reloaded().procedure(UUID(procedure)).electorate.seats) == {}
