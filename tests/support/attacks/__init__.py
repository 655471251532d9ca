"""A corpus of broken ledgers: attacks by name, each with everything that verification must say to it.

Each attack is a function that returns the forged log; its docstring says who could do it and, where one
attack cannot avoid a second failure, why. Import the modules beside this one to fill `CORPUS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ledger.proof.entry import leaf_hash
from ledger.proof.statement import Statement
from tests.support.forged_log import edited
from tests.support.memory_ledger import MemoryLedger, later
from tests.support.story import unanchored as story

SEQ = story().seq
ENTRIES = tuple(story().ledger.entries)
LAST = len(ENTRIES) - 1
TIMED, CHAIRED = story().timed, story().chaired


class Fails(NamedTuple):
    """One expected failure. `expected` and `found` are empty where the check compares no two values."""

    check: str
    seq: int
    expected: str = ""
    found: str = ""
    says: str = ""
    """A pattern that the message contains."""


Forgery = Callable[[], list[bytes]]
CORPUS: dict[str, tuple[Forgery, tuple[Fails, ...]]] = {}


def attack(*fails: Fails) -> Callable[[Forgery], Forgery]:
    """Puts a forgery into the corpus, with all its failures."""

    def enter(forgery: Forgery) -> Forgery:
        assert forgery.__name__ not in CORPUS
        CORPUS[forgery.__name__] = forgery, fails
        return forgery

    return enter


def leaf(name: str) -> str:
    """The leaf hash of a named entry of the story."""
    return leaf_hash(ENTRIES[SEQ[name]])


def last(**changes: Any) -> list[bytes]:
    """The log with other fields in its last entry: nothing comes after it that could show more."""
    return [*ENTRIES[:-1], edited(ENTRIES[-1], **changes)]


def ending_with(data: bytes) -> list[bytes]:
    """The log with another last entry."""
    return [*ENTRIES[:-1], data]


def going_on(name: str, kind: str, actor: str, **fields: Any) -> tuple[MemoryLedger, Statement]:
    """The ledger before the named entry, and a statement that is properly signed there."""
    ledger = story().before(name)
    return ledger, ledger.statement(kind, actor, **fields)


def slipped_in(name: str, kind: str, actor: str, *, at: str | None = None, **fields: Any) -> list[bytes]:
    """The log up to before the named entry, and then a signed statement that nobody decided about."""
    ledger, statement = going_on(name, kind, actor, **fields)
    return [*ledger.entries, ledger.entry(statement, at=at or later(ledger.now, 1))]


def vote(member: str, option: str = "yes", **fields: Any) -> dict[str, Any]:
    """The fields of a vote in the procedure with the deadline."""
    return {"procedure": TIMED, "member": member, "choices": {"1": option}, **fields}
