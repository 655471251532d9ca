"""Do the rules hold in sequences of statements that nobody thought of?

Hypothesis makes up statements, good and bad; a small model beside the ledger says which of them must
be accepted, and recounts the accepted ones naively after every step.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger.domain.profiles import complete
from ledger.errors import Refused
from tests.support.memory_ledger import BODY, START, MemoryLedger, document, item, later
from tests.support.snapshot import snapshot

MEMBERS = {"anna": 1, "bert": 3, "cem": 0}
OUTSIDERS = ("dora", "chris", "vera", "mallory")
PEOPLE = st.sampled_from([*MEMBERS, *MEMBERS, *OUTSIDERS])
OPENS, DEADLINE = later(START, 60), later(START, 120)
STEPS = st.sampled_from([0.0, 0.001, 1.0, 5.0, 20.0])
CHOICES = st.one_of(
    st.dictionaries(st.sampled_from(["1", "2"]), st.sampled_from(["yes", "no", "abstain"]), min_size=1),
    st.sampled_from([{"1": "maybe"}, {"3": "yes"}, {"1": "yes", "2": "Yes"}]),
)


class Accepted(NamedTuple):
    """A statement that the ledger took: what the naive recount reads."""

    kind: str
    member: str
    choices: dict[str, str]
    at: str
    leaf: str


class ProcedureMachine(RuleBasedStateMachine):
    """A procedure with two items; Vera chairs, Chris is the clerk, Dora has no seat."""

    @initialize(
        timed=st.booleans(),
        change=st.sampled_from(["until_deadline", "never"]),
        withdraw=st.booleans(),
        documents=st.sampled_from(["frozen", "reconfirm", "keep"]),
        tie=st.sampled_from(["rejected", "casting_vote"]),
    )
    def open(self, *, timed: bool, **chosen: Any) -> None:
        """Any mixture of the settings that decide what is accepted."""
        self.ledger = MemoryLedger(signed=False)
        self.ledger.council(*MEMBERS, weights=MEMBERS)
        self.ledger.person("dora")
        self.ledger.person("chris", "clerk")
        self.ledger.person("vera", "chair")
        self.chosen, self.closes_at = chosen, DEADLINE if timed else None
        profile = {**complete("simple-majority"), **chosen, "deadline": "fixed" if timed else "chair"}
        times: dict[str, Any] = {"opens_at": OPENS, "closes_at": self.closes_at}
        items = [item("1"), item("2")]
        self.id = self.ledger.open(profile=profile, chair="vera", items=items, **times)
        self.papers = [self.ledger.procedure(self.id).box.ballot]
        self.accepted: list[Accepted] = []
        self.leaves = [self.ledger.head]
        self.attached: set[str] = set()
        self.casting = self.closed = self.annulled = False

    # ── the model ──────────────────────────────────────────────────────────────────────────────

    def standing(self) -> dict[str, Accepted]:
        """Member → last vote that was not taken back, whether or not it counts on the present paper."""
        votes: dict[str, Accepted] = {}
        for one in self.accepted:
            if one.kind == "cast":
                votes[one.member] = one
            elif one.kind == "withdraw":
                votes.pop(one.member, None)
        return votes

    def counting(self) -> dict[str, Accepted]:
        """The standing votes that were given since the last document that asks for confirmation."""
        since = 0
        if self.chosen["documents"] == "reconfirm":
            since = max((n for n, one in enumerate(self.accepted) if one.kind == "attach"), default=0)
        recent = {one.leaf for one in self.accepted[since:]}
        return {member: vote for member, vote in self.standing().items() if vote.leaf in recent}

    def taken_back(self) -> set[str]:
        """Members who took back a vote that counted on the present paper."""
        back: set[str] = set()
        counting: set[str] = set()
        for one in self.accepted:
            if one.kind == "attach" and self.chosen["documents"] == "reconfirm":
                back, counting = set(), set()
            elif one.kind == "cast":
                counting.add(one.member)
            elif one.kind == "withdraw" and one.member in counting:
                back.add(one.member)
                counting.remove(one.member)
        return back

    def open_at(self, at: str) -> bool:
        """Whether the procedure takes anything at this time."""
        return not self.closed and (self.closes_at is None or at < self.closes_at)

    def may_vote(self, actor: str, member: str, at: str) -> bool:
        """What voting, taking back and deciding a tie have in common."""
        return actor == member and self.open_at(at) and at >= OPENS

    # ── sending ────────────────────────────────────────────────────────────────────────────────

    def send(self, allowed: bool, kind: str, actor: str, at: str, **fields: Any) -> str | None:
        """Sends a statement; it must be accepted if and only if the model says so."""
        if not allowed:
            before = self.holdings()
            with pytest.raises(Refused):
                self.ledger.put(kind, actor, procedure=self.id, at=at, **fields)
            assert self.holdings() == before, "a refused statement changed something"
            return None
        self.leaves.append(self.ledger.put(kind, actor, procedure=self.id, at=at, **fields))
        return self.leaves[-1]

    def holdings(self) -> Any:
        """Everything that the ledger holds."""
        state = self.ledger.state
        return snapshot([state.register, state.procedure(UUID(self.id)), self.ledger.rows, self.ledger.now])

    def link(self, which: str, true: str | None) -> str | None:
        """The true link, or a wrong one: none, the newest of all, or the first."""
        return {"true": true, "none": None, "newest": self.leaves[-1], "first": self.leaves[0]}[which]

    # ── what may happen ────────────────────────────────────────────────────────────────────────

    @rule(
        member=PEOPLE,
        actor=st.sampled_from(["self"] * 6 + ["chris", "anna"]),
        choices=CHOICES,
        replaces=st.sampled_from(["true"] * 4 + ["none", "newest", "first"]),
        stale=st.sampled_from([False] * 4 + [True]),
        step=STEPS,
    )
    def cast(
        self, member: str, actor: str, choices: dict[str, str], replaces: str, stale: bool, step: float
    ) -> None:
        """A vote by anybody, for anybody, on any paper, replacing anything."""
        actor, at = member if actor == "self" else actor, later(self.ledger.now, step)
        vote = self.standing().get(member)
        current = vote.leaf if vote else None
        named, ballot = self.link(replaces, current), self.papers[0 if stale else -1]
        allowed = (
            self.may_vote(actor, member, at)
            and member in MEMBERS
            and ballot == self.papers[-1]
            and all(key in ("1", "2") and value in ("yes", "no", "abstain") for key, value in choices.items())
            and not (self.chosen["change"] == "never" and member in {*self.counting(), *self.taken_back()})
            and named == current
        )
        fields = {"member": member, "choices": choices, "replaces": named, "ballot": ballot}
        if leaf := self.send(allowed, "vote-cast", actor, at, **fields):
            self.accepted.append(Accepted("cast", member, choices, at, leaf))

    @rule(member=PEOPLE, which=st.sampled_from(["true", "true", "newest", "first"]), step=STEPS)
    def withdraw(self, member: str, which: str, step: float) -> None:
        """Taking back any vote."""
        at, vote = later(self.ledger.now, step), self.standing().get(member)
        named = self.link(which, vote.leaf if vote else self.leaves[-1])
        assert named is not None
        allowed = self.may_vote(member, member, at) and self.chosen["withdraw"] and vote is not None
        allowed = allowed and vote is not None and named == vote.leaf
        if leaf := self.send(allowed, "vote-withdrawn", member, at, member=member, withdraws=named):
            self.accepted.append(Accepted("withdraw", member, {}, at, leaf))

    @rule(
        actor=st.sampled_from(["chris", "chris", "anna", "vera"]), content=st.sampled_from("abc"), step=STEPS
    )
    def attach(self, actor: str, content: str, step: float) -> None:
        """A new document, or one that is there already."""
        at = later(self.ledger.now, step)
        allowed = actor == "chris" and self.open_at(at) and self.chosen["documents"] != "frozen"
        allowed = allowed and content not in self.attached
        if leaf := self.send(allowed, "document-attached", actor, at, document=document(content)):
            self.attached.add(content)
            self.papers.append(self.ledger.procedure(self.id).box.ballot)
            self.accepted.append(Accepted("attach", "", {}, at, leaf))
            self.casting = self.casting and self.chosen["documents"] == "keep"

    @rule(member=st.sampled_from(["vera", "vera", "anna"]), option=st.sampled_from(["yes", "no", "abstain"]))
    def casting_vote(self, member: str, option: str) -> None:
        """The chair decides a tie; others try."""
        at = later(self.ledger.now, 1)
        allowed = self.may_vote(member, member, at) and self.chosen["tie"] == "casting_vote"
        allowed = allowed and member == "vera" and not self.casting and option != "abstain"
        if self.send(allowed, "casting-vote-given", member, at, member=member, choices={"1": option}):
            self.casting = True

    @rule(actor=st.sampled_from(["chris", "vera", "bert"]), members=st.sets(PEOPLE, min_size=1))
    def presence(self, actor: str, members: set[str]) -> None:
        """Somebody is present."""
        at = later(self.ledger.now, 1)
        allowed = actor in ("chris", "vera") and self.open_at(at) and members <= MEMBERS.keys()
        self.send(allowed, "presence-recorded", actor, at, members=sorted(members))

    @precondition(lambda self: len(self.accepted) > 3)
    @rule(
        actor=st.sampled_from(["service", "chris", "vera", "anna"]),
        overtaken=st.booleans(),
        step=st.sampled_from([0.0, 1.0, 60.0]),
    )
    def close(self, actor: str, overtaken: bool, step: float) -> None:
        """The end, with a true or an overtaken seal."""
        at, seal = later(self.ledger.now, step), self.ledger.procedure(self.id).seal()
        if overtaken:
            seal["entries"] -= 1
        closers = ("chris", "vera") if self.closes_at is None else ("chris", "vera", "service")
        allowed = not self.closed and actor in closers and at >= (self.closes_at or OPENS) and not overtaken
        if self.send(allowed, "procedure-closed", actor, at, seal=seal):
            self.closed = True

    @rule(actor=st.sampled_from(["chris", "anna"]))
    def annul(self, actor: str) -> None:
        """The result is void."""
        allowed = self.closed and not self.annulled and actor == "chris"
        at = later(self.ledger.now, 1)
        self.annulled |= bool(self.send(allowed, "result-annulled", actor, at, repeated_as=None))

    @rule(member=st.sampled_from([*MEMBERS, "dora"]), weight=st.integers(0, 9))
    def reseat(self, member: str, weight: int) -> None:
        """The register moves on; the electorate of this procedure does not."""
        granted = [{"member": member, "weight": weight, "group": None}]
        self.ledger.put("seats-changed", body=BODY, granted=granted, ended=[])

    @rule()
    def wait(self) -> None:
        """Time passes, up to the deadline and beyond."""
        self.ledger.now = later(self.ledger.now, 20)

    # ── what must always be true ───────────────────────────────────────────────────────────────

    @invariant()
    def the_tally_is_the_naive_recount(self) -> None:
        """Counts are kept with every change; recounting must give the same."""
        expected = {name: dict.fromkeys(("yes", "no", "abstain"), 0) for name in ("1", "2")}
        for member, vote in self.counting().items():
            for name, option in vote.choices.items():
                expected[name][option] += MEMBERS[member]
        assert self.ledger.procedure(self.id).tally() == expected

    @invariant()
    def nobody_counts_twice_or_without_a_seat_or_late(self) -> None:
        """The votes that stand are of different members of the electorate, given in time."""
        box = self.ledger.procedure(self.id).box
        assert box.votes.keys() <= MEMBERS.keys()
        assert all(OPENS <= vote.at < (self.closes_at or "9") for vote in box.votes.values())
        assert all(sum(counts.values()) <= sum(MEMBERS.values()) for counts in box.counts.values())

    @invariant()
    def the_vote_that_stands_is_the_last_one(self) -> None:
        """`replaces` has one right value: the leaf of this vote."""
        box = self.ledger.procedure(self.id).box
        assert {m: v.leaf for m, v in box.votes.items()} == {m: v.leaf for m, v in self.standing().items()}

    @invariant()
    def state_and_outcome_agree(self) -> None:
        """Annulled is void, nothing else is."""
        procedure = self.ledger.procedure(self.id)
        assert procedure.state == ("annulled" if self.annulled else "closed" if self.closed else "opened")
        assert (procedure.outcome("1").result == "void") == self.annulled

    def teardown(self) -> None:
        """The entries alone give the same procedure again."""
        if hasattr(self, "ledger"):
            replayed = self.ledger.replayed()
            procedure = UUID(self.id)
            assert snapshot(replayed.procedure(procedure)) == snapshot(self.ledger.state.procedure(procedure))
            assert snapshot(replayed.register) == snapshot(self.ledger.state.register)


ProcedureMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=40)
TestEverySequenceOfStatementsKeepsTheRules = ProcedureMachine.TestCase
