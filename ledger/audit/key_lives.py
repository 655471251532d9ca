"""Whose keys a log knew, and for which of its entries: its own, and those of everybody with an office."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.audit.report import KeyLife
from ledger.proof.encoding import unb64
from ledger.proof.keys import key_id
from ledger.rules import ReplayedRules

MEMBER = frozenset({"member"})
"""Who is a member and nothing else is left out: there may be many."""


def key_lives(rules: ReplayedRules) -> Iterator[KeyLife]:
    """The keys in the order in which they were taken into use, the log's own first."""
    register = rules.state.register
    if register is None:
        return
    for key in register.log_keys.all:
        yield KeyLife(register.origin, ["log"], key.kind, key.vkey, key.since, key.ended)
    for name, person in register.people.items():
        for public, life in person.keys.items() if person.roles != MEMBER else ():
            named = key_id(unb64(public))
            yield KeyLife(name, sorted(person.roles), "Ed25519", named, life.since, life.ended)
