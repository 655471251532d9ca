"""Are votes that are taken in one go taken as they would be one after the other, whatever the circumstances?

Where they are not taken in one go, each is looked at: so "no" may be said too often, "yes" never once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.procedure import Procedure
from ledger.proof.digest_set import DigestSet
from ledger.proof.own_votes import OwnVote, OwnVotes
from ledger.replayed_votes import ReplayedVotes
from ledger.state import State
from tests.support.memory_ledger import START, MemoryLedger, item, key_of, later

MEMBERS = ("anna", "bert", "cem", "dora", "emil")
KEYS = {name: key_of(name).public for name in (*MEMBERS, "fatma")}


def council() -> tuple[MemoryLedger, str]:
    """A ledger with a procedure on two items; Fatma is registered, and has no seat."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS, weights={"bert": 3})
    ledger.person("fatma")
    return ledger, ledger.open(items=[item("1"), item("2", "yes", "no")], at=later(START, 100))


LEDGER, PROCEDURE = council()
BALLOT = LEDGER.procedure(PROCEDURE).box.ballot
BEGIN, DEADLINE = later(START, 200), later(START, 300)

Change = Callable[[Procedure], object]


def with_profile(**settings: Any) -> Change:
    """Another rule of the procedure."""

    def change(procedure: Procedure) -> None:
        procedure.profile = replace(procedure.profile, **settings)

    return change


CIRCUMSTANCES: dict[str, Change] = {
    "nothing": lambda procedure: None,
    "closed": lambda procedure: setattr(procedure, "closing", {}),
    "ended by objections": lambda procedure: setattr(procedure, "stopped", "terminate"),
    "a common deadline": lambda procedure: setattr(procedure.conduct, "common", DEADLINE),
    "an own deadline": lambda procedure: procedure.conduct.deliver(["bert"], START, DEADLINE),
    "an extension": lambda procedure: procedure.conduct.extend(DEADLINE, ["bert"]),
    "not open yet": lambda procedure: procedure.opening.update(opens_at=later(BEGIN, 2)),  # type: ignore[attr-defined]
    "a proxy": lambda procedure: procedure.conduct.proxies.update(bert="anna"),
    "a substitute": lambda procedure: procedure.conduct.replace("bert", "fatma"),
    "an exclusion": lambda procedure: procedure.box.exclude("bert", ["1"], 3),
    "a conflict of one who left": lambda procedure: procedure.box.conflicted["2"].add("anna"),
    "a secret ballot": lambda procedure: procedure.referred.add("1"),
    "the chair votes last": with_profile(chair_votes="last"),
    "no vote changes": with_profile(change="never"),
    "a vote was taken back": lambda procedure: procedure.box.withdrawn.add("bert"),
    "another paper": lambda procedure: procedure.box.new_paper("another", keep=False),
}


def vote(
    number: int = 0,
    member: str = "anna",
    *,
    actor: str | None = None,
    choice: tuple[str, str] = ("1", "yes"),
    replaces: str | None = None,
    ballot: str = BALLOT,
    after: int = 0,
) -> OwnVote:
    """A member's own vote; what is not named is usual."""
    digest = hashlib.sha256(b"%d" % number).digest()
    actor = actor or member
    return (later(BEGIN, after), digest, KEYS[actor], actor, ballot, *choice, member, replaces, None, None)


USUAL = [vote(number, member) for number, member in enumerate(MEMBERS)]

VOTES = st.lists(
    st.builds(
        vote,
        st.integers(0, 30),
        st.sampled_from([*MEMBERS, *MEMBERS, "fatma"]),
        actor=st.sampled_from([None, None, None, None, "anna"]),
        choice=st.sampled_from([("1", "yes"), ("1", "no"), ("2", "yes"), ("2", "abstain"), ("3", "yes")]),
        replaces=st.sampled_from([None, None, None, "another"]),
        ballot=st.sampled_from([BALLOT, BALLOT, BALLOT, "another"]),
        after=st.sampled_from([0, 0, 50, 100]),
    ),
    min_size=1,
    max_size=6,
)


def taken(votes: Sequence[OwnVote], change: Change, *, together: bool) -> tuple[int, State, DigestSet]:
    """How many of them are taken, and how everything stands then."""
    state, digests = LEDGER.replayed(), DigestSet()
    procedure = state.procedure(UUID(PROCEDURE))
    procedure.opening = dict(procedure.opening)
    change(procedure)
    rules = ReplayedVotes(state, procedure)
    if not together:
        rules._all = lambda *given: False  # type: ignore[method-assign]
    leaves = [f"leaf {number}" for number in range(len(votes))]
    return rules.take(20, leaves, OwnVotes.of(votes), digests), state, digests


def stands(state: State) -> dict[str, Any]:
    """All that votes change in a procedure."""
    procedure = state.procedure(UUID(PROCEDURE))
    place = procedure.latest, procedure.version, procedure.modified_on
    return {"place": place, **vars(procedure.box)}


@pytest.mark.parametrize("circumstance", CIRCUMSTANCES)
@settings(max_examples=25)
@given(votes=VOTES | st.permutations(USUAL))
def test_they_are_taken_as_one_after_the_other(circumstance: str, votes: list[OwnVote]) -> None:
    """As many of them, with the same counts, and nothing is remembered of those that are left."""
    change = CIRCUMSTANCES[circumstance]
    number, state, digests = taken(votes, change, together=True)
    expected, other, known = taken(votes, change, together=False)
    assert number == expected
    assert stands(state) == stands(other)
    assert list(digests) == list(known)


def test_usual_votes_are_taken_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise it would be of no use, and nobody would notice."""
    monkeypatch.delattr(ReplayedVotes, "_one_by_one")
    assert taken(USUAL, CIRCUMSTANCES["nothing"], together=True)[0] == len(USUAL)
    assert taken(USUAL, CIRCUMSTANCES["a common deadline"], together=True)[0] == len(USUAL)
