"""Do ledgers that were written with earlier programs load and verify, now and for ever?

`tests/golden/ledger-….jsonl` hold their entries, byte for byte, one a line, signed with real keys; together
they have every kind of statement. The files are never written anew. A change of the rules that refuses one,
or reads it differently, needs a new schema of profiles or a new kind of statement, and not another file; a
new kind, a new member or a new schema needs a further file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn
from uuid import UUID

import pytest

from ledger.domain import procedure as procedures
from ledger.domain.profile_schema import SCHEMA
from ledger.domain.register import Register
from ledger.domain.statements import IN_A_PROCEDURE
from ledger.errors import NotAllowed
from ledger.mapper import read_entry
from ledger.proof.statement import KINDS, topic
from ledger.proof.verify import verify_log
from ledger.rules import ReplayedRules
from ledger.state import State
from tests.support.memory_ledger import ORIGIN, procedure_of

FOLDER = Path(__file__).parents[1] / "golden"


class Golden(NamedTuple):
    """A stored ledger: its last leaf hash, and procedure → state and the result of each item."""

    file: str
    head: str
    stands: Mapping[str, tuple[str, Mapping[str, str]]]

    @property
    def entries(self) -> list[bytes]:
        """The bytes of its entries."""
        return (FOLDER / self.file).read_bytes().splitlines()


STANDS: dict[str, tuple[str, dict[str, str]]] = {
    "sitting": ("annulled", {"1": "void", "2": "void"}),
    "circular": ("ratified", {"1": "rejected", "2": "adopted"}),
    "personal": ("determined", {"1": "rejected"}),
    "second ballot": ("determined", {"1": "elected:o2", "2": "referred"}),
}
LEDGERS = (
    # profiles without a schema and of schema 2
    Golden("ledger-1.jsonl", "3ZsJfUrLOccx2L2Jics92I56r+txgH9n2EHe/hNO3lI=", STANDS),
    # the statements about the log itself (a new key, a time stamp, an erasure); profiles of schema 3
    Golden(
        "ledger-2.jsonl",
        "aLCbwkg4BW5/MxG8mJAy5ZP82q6FnmqRN06FxOj6wuQ=",
        {**STANDS, "chair last": ("determined", {"1": "adopted"})},
    ),
    # items that say whether they are public
    Golden(
        "ledger-3.jsonl",
        "Sf0OKDLazWEsNXPnFTEehOLWE9duJsnPKSpXp3p13oU=",
        {**STANDS, "chair last": ("determined", {"1": "adopted"})},
    ),
    # a deadline that was extended after it had passed; profiles of schema 4
    Golden(
        "ledger-4.jsonl",
        "8t6F7jbw8WryPcwqnii9PMsLSrFSh+iMOufRCzsZrVE=",
        {
            **STANDS,
            "chair last": ("determined", {"1": "adopted"}),
            "extended": ("determined", {"1": "adopted"}),
        },
    ),
)

each = pytest.mark.parametrize("golden", LEDGERS, ids=lambda golden: golden.file)


def loaded(golden: Golden) -> State:
    """The ledger, applied without asking the rules."""
    state = State(ORIGIN, lambda stream: ())
    for data in golden.entries:
        reading = read_entry(data)
        entry = reading.entry
        state.apply(topic(reading.statement.kind), UUID(entry.stream), entry.pos, reading)
    return state


def refuse(*_: object, **__: object) -> NoReturn:
    """A rule that became as strict as can be."""
    raise NotAllowed("nothing is allowed any more")


def test_every_kind_of_statement_and_every_schema_is_in_one_of_them() -> None:
    """What nobody kept once cannot be promised to stay readable."""
    statements = [read_entry(data).statement for golden in LEDGERS for data in golden.entries]
    assert {statement.kind for statement in statements} == set(KINDS)
    openings = [one.payload["profile"] for one in statements if one.kind == "procedure-opened"]
    assert {profile.get("schema") for profile in openings} >= {2, 3, SCHEMA}


def test_every_stored_ledger_is_one_of_them() -> None:
    """A file that no test reads promises nothing."""
    assert {path.name for path in FOLDER.iterdir()} == {golden.file for golden in LEDGERS}


@each
def test_it_verifies_with_every_signature_and_under_the_rules_of_today(golden: Golden) -> None:
    """Links, signatures and rules of every entry."""
    verdict = verify_log(golden.entries, ORIGIN, ReplayedRules(ORIGIN))
    assert verdict.failures == []
    assert (verdict.entries, verdict.head) == (len(golden.entries), golden.head)


@each
def test_it_loads_although_every_rule_refuses(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules become stricter; what they once allowed has happened."""
    monkeypatch.setattr(procedures, "may_open", refuse)
    for kind, rule in IN_A_PROCEDURE.items():
        monkeypatch.setitem(IN_A_PROCEDURE, kind, rule._replace(guard=refuse))
    for name in ("register_key", "rotate_key", "revoke_key", "register_body", "change_seats", "require_role"):
        monkeypatch.setattr(Register, name, refuse)
    state = loaded(golden)
    for name, (stands, results) in golden.stands.items():
        procedure = state.procedure(UUID(procedure_of(name)))
        assert procedure.state == stands
        assert {item: procedure.outcome(item).result for item in procedure.items} == results


@each
@pytest.mark.parametrize("number", range(0, 80, 7))
def test_a_changed_entry_does_not_verify(golden: Golden, number: int) -> None:
    """The files are able to fail."""
    changed = golden.entries
    changed[number] = changed[number].replace(b'"v":1}', b'"v":2}')
    assert verify_log(changed, ORIGIN, ReplayedRules(ORIGIN)).failures
