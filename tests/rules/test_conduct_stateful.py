"""Do the rules of a circular procedure hold in sequences of statements that nobody thought of?

Hypothesis sends statements of every kind, fitting and unfitting, over deadlines. A refused one must
change nothing. After each accepted one everything is counted again from the entries, by `naive_recount`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger.domain.profiles import complete
from ledger.errors import Invalid, Refused
from tests.support.memory_ledger import SERVICE, START, MemoryLedger, document, item, later
from tests.support.naive_recount import Recount
from tests.support.snapshot import snapshot

MEMBERS = {"anna": 1, "bert": 3, "cem": 1, "dora": 2}
OTHERS = {"clara": "clerk", "klaus": "clerk", "vera": "chair", "portal": "portal"}
PEOPLE = st.sampled_from([*MEMBERS, *MEMBERS, "sub", "mallory"])
ACTORS = st.sampled_from(["self"] * 12 + ["clara", "vera", "portal", SERVICE])
ITEMS = st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=2, unique=True)
CHOICES = st.dictionaries(st.sampled_from(["1", "2"]), st.sampled_from(["yes", "no", "abstain"]), min_size=1)
STEPS = st.sampled_from([0.001, 1.0, 1.0, 1.0, 60.0, 60.0, 600.0, 30_000.0])
DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


SHAPED = ("effect", "implied", "demand", "grace")
"""What is chosen of settings that have several parts."""

FOUNDED = 15
"""Entries with which a procedure of this machine is open."""

AFTER: dict[str, dict[str, Any]] = {
    "result-announced": {"to": "members"},
    "result-published": {},
    "result-ratified": {"confirmed": False, "held_at": START},
    "result-suspended": {},
    "result-objected": {},
    "result-expired": {"items": ["2"]},
    "condition-met": {"items": ["2"]},
    "result-corrected": {"outcome": {"1": "rejected"}, "witness": "klaus", "ground": DIGEST},
}
"""What may be said about a result once it is determined, and with which members."""


def still_open(machine: Any) -> bool:
    """Most of what is sent fits the time; enough else shows that the rest is refused."""
    return machine.stands().closing is None


def determined(machine: Any) -> bool:
    """Only then there is a result that anything can happen to."""
    return machine.stands().life.determined is not None


class CircularMachine(RuleBasedStateMachine):
    """A council of four with a substitute for Anna; Clara and Klaus are clerks, Vera chairs."""

    @initialize(
        deadline=st.sampled_from(["fixed", "personal"]),
        effect=st.sampled_from(["count", "count", "terminate", "refer"]),
        implied=st.sampled_from(["none", "vote", "yes"]),
        exclusion=st.sampled_from(["none", "motion", "both"]),
        extension=st.sampled_from(["never", "before_deadline", "retroactive"]),
        grace=st.sampled_from([1, 3]),
        change=st.sampled_from(["until_deadline", "until_deadline", "never"]),
        documents=st.sampled_from(["frozen", "reconfirm", "keep"]),
        tie=st.sampled_from(["rejected", "casting_vote"]),
        demand=st.sampled_from([None, 2]),
        result=st.sampled_from(["final", "provisional"]),
    )
    def open(self, **chosen: Any) -> None:
        """Any mixture of the settings that decide what is accepted."""
        self.ledger = MemoryLedger(signed=False)
        self.ledger.council(*MEMBERS, weights=MEMBERS)
        for name, role in OTHERS.items():
            self.ledger.person(name, role)
        for name in ("sub", "mallory"):
            self.ledger.person(name)
        anna = {"member": "anna", "weight": 1, "group": None, "substitutes": ["sub"]}
        self.ledger.put("seats-changed", body="rat", granted=[anna], ended=[])
        closes_at = later(START, 86400) if chosen["deadline"] == "fixed" else None
        items = [item("1"), {**item("2"), "condition": DIGEST, "valid_months": 1}]
        self.id = self.ledger.open(profile=_profile(chosen), chair="vera", items=items, closes_at=closes_at)

    # ── sending ────────────────────────────────────────────────────────────────────────────────

    def send(self, kind: str, actor: str, step: float, **fields: Any) -> bool:
        """Sends a statement as it would be prepared; a refused one changes nothing."""
        before, at = self.holdings(), later(self.ledger.now, step)
        try:
            statement = self.ledger.statement(kind, actor, procedure=self.id, **fields)
            self.ledger.append(statement, at=at)
        except (Refused, Invalid):
            assert self.holdings() == before, "a refused statement changed something"
            return False
        return True

    def stands(self) -> Any:
        """The procedure."""
        return self.ledger.procedure(self.id)

    def holdings(self) -> Any:
        """Everything that the ledger holds."""
        return snapshot([self.ledger.state.procedure(UUID(self.id)), self.ledger.rows, self.ledger.now])

    @rule(
        member=PEOPLE,
        actor=ACTORS,
        choices=CHOICES,
        kind=st.sampled_from([None, None, None, "proxy", "portal-attested", "clerk-recorded"]),
        step=STEPS,
    )
    def vote(self, member: str, actor: str, choices: dict[str, str], kind: str | None, step: float) -> None:
        """A vote, in one of four ways."""
        more: dict[str, Any] = {"assurance": "low"} if kind == "portal-attested" else {}
        more |= {"source": "paper", "witness": "klaus"} if kind == "clerk-recorded" else {}
        fields: dict[str, Any] = {"provenance": {"kind": kind, **more}} if kind else {}
        usual = {None: member, "portal-attested": "portal", "clerk-recorded": "clara", "proxy": "bert"}[kind]
        self.send(
            "vote-cast", usual if actor == "self" else actor, step, member=member, choices=choices, **fields
        )

    @rule(member=st.sampled_from([*MEMBERS]), option=st.sampled_from(["yes", "no", "abstain"]), step=STEPS)
    def vote_oneself(self, member: str, option: str, step: float) -> None:
        """The usual way, on everything."""
        self.send("vote-cast", member, step, member=member, choices={"1": option, "2": option})

    @precondition(still_open)
    @rule(member=st.sampled_from([*MEMBERS]), option=st.sampled_from(["yes", "no"]), step=STEPS)
    def vote_on_one_item(self, member: str, option: str, step: float) -> None:
        """The usual way, on the second item."""
        self.send("vote-cast", member, step, member=member, choices={"2": option})

    @rule(
        kind=st.sampled_from(["vote-withdrawn", "consent-revoked", "objection-raised", "proxy-revoked"]),
        member=PEOPLE,
        step=STEPS,
    )
    def declare(self, kind: str, member: str, step: float) -> None:
        """What a member says alone."""
        self.send(kind, member, step, member=member)

    @precondition(still_open)
    @rule(member=PEOPLE, items=st.none() | ITEMS, step=STEPS)
    def consent(self, member: str, items: list[str] | None, step: float) -> None:
        """To all items or to some."""
        self.send("consent-declared", member, step, member=member, items=items)

    @precondition(still_open)
    @rule(member=PEOPLE, proxy=PEOPLE, step=STEPS)
    def give_proxy(self, member: str, proxy: str, step: float) -> None:
        """To anybody."""
        self.send("proxy-given", member, step, member=member, proxy=proxy)

    @precondition(still_open)
    @rule(
        kind=st.sampled_from(["member-excluded", "exclusion-lifted"]), member=PEOPLE, items=ITEMS, step=STEPS
    )
    def exclude(self, kind: str, member: str, items: list[str], step: float) -> None:
        """Or the other way round."""
        more: dict[str, Any] = {"reason": "relative"} if kind == "member-excluded" else {}
        self.send(kind, "clara", step, member=member, items=items, **more)

    @precondition(still_open)
    @rule(
        members=st.lists(PEOPLE, min_size=1, max_size=3, unique=True),
        ago=st.sampled_from([0, 60]),
        step=STEPS,
    )
    def deliver(self, members: list[str], ago: int, step: float) -> None:
        """Receipts, of now or of a minute ago."""
        received = later(self.ledger.now, -ago)
        self.send("delivery-recorded", "clara", step, members=members, how="mail", received_at=received)

    @precondition(still_open)
    @rule(member=PEOPLE, step=STEPS)
    def substitute(self, member: str, step: float) -> None:
        """Anna has one."""
        self.send("substitute-named", "clara", step, member=member, substitute="sub", reason="ill")

    @precondition(still_open)
    @rule(members=st.none() | st.lists(PEOPLE, min_size=1, max_size=2, unique=True), by=STEPS, step=STEPS)
    def extend(self, members: list[str] | None, by: float, step: float) -> None:
        """For all or for some, before or after the deadline."""
        closes_at = later(self.ledger.now, by + step)
        self.send("deadline-extended", "clara", step, members=members, closes_at=closes_at, reason=DIGEST)

    @precondition(still_open)
    @rule(choice=CHOICES, member=st.sampled_from(["vera", "vera", "anna"]), step=STEPS)
    def give_casting_vote(self, choice: dict[str, str], member: str, step: float) -> None:
        """By the chair, or by somebody who would like to be."""
        self.send("casting-vote-given", member, step, member=member, choices=choice)

    @precondition(still_open)
    @rule(members=st.lists(PEOPLE, min_size=1, max_size=3, unique=True), step=STEPS)
    def record_presence(self, members: list[str], step: float) -> None:
        """Of anybody."""
        self.send("presence-recorded", "clara", step, members=members)

    @precondition(still_open)
    @rule(member=PEOPLE, items=ITEMS, step=STEPS)
    def demand_secrecy(self, member: str, items: list[str], step: float) -> None:
        """Two demands send an item to a meeting."""
        self.send("secret-ballot-demanded", member, step, member=member, items=items)

    @precondition(still_open)
    @rule(content=st.sampled_from("ab"), step=STEPS)
    def attach(self, content: str, step: float) -> None:
        """A document."""
        self.send("document-attached", "clara", step, document=document(content))

    @rule(
        reason=st.sampled_from([None, None, "all-voted", "chair"]),
        actor=st.sampled_from([SERVICE, SERVICE, "clara", "anna"]),
        step=STEPS,
    )
    def close(self, reason: str | None, actor: str, step: float) -> None:
        """By the service, by a clerk who does not wait, or by somebody who may not."""
        self.send("procedure-closed", actor, step, **({"reason": reason} if reason else {}))

    @rule(code=st.sampled_from(["too-late", "excluded", "stale-ballot"]), number=st.integers(0, 3))
    def note(self, code: str, number: int) -> None:
        """Evidence."""
        self.send("attempt-refused", SERVICE, 1.0, code=code, statement=f"{number:064}")

    @precondition(still_open)
    @rule(number=st.integers(0, 8))
    def finish(self, number: int) -> None:
        """Ends it at its deadline, once something happened, and determines the result."""
        due_at = self.stands().due_at
        if due_at is not None and len(self.ledger.rows) > FOUNDED + number:
            self.ledger.now = max(self.ledger.now, due_at)
            if self.send("procedure-closed", SERVICE, 0.0):
                assert self.send("result-determined", "clara", 1.0)

    @rule(kind=st.sampled_from([*AFTER, "result-determined", "result-annulled"]))
    def too_soon(self, kind: str) -> None:
        """Something about a result that is not there."""
        if not determined(self) and still_open(self):
            fields = {**AFTER.get(kind, {}), **({"until": None} if kind == "result-suspended" else {})}
            assert not self.send(kind, "clara", 1.0, **fields)

    @precondition(determined)
    @rule(
        kind=st.sampled_from(["result-determined", *AFTER, *AFTER, "result-annulled"]),
        actor=st.sampled_from(["clara", "clara", "vera", "anna"]),
        step=st.sampled_from([1.0, 1.0, 1.0, 40 * 86400.0]),
    )
    def after(self, kind: str, actor: str, step: float) -> None:
        """The life of the result, in any order."""
        more = dict(AFTER.get(kind, {"repeated_as": None} if kind == "result-annulled" else {}))
        if kind == "result-suspended":
            more["until"] = later(self.ledger.now, 86400)
        self.send(kind, actor, step, **more)

    # ── what must always be true ───────────────────────────────────────────────────────────────

    @invariant()
    def everything_is_what_the_entries_say(self) -> None:
        """Tallies, consents, objections, deadlines: counted again from nothing."""
        recount, procedure = Recount(self.ledger.entries, self.id), self.ledger.procedure(self.id)
        assert recount.wrong == []
        assert procedure.tally() == recount.tally()
        assert {member for member, _ in procedure.conduct.members()} == recount.seats.keys()
        assert set(procedure.conduct.objections) == set(recount.objections)
        assert dict(procedure.box.casting) == recount.casting
        assert procedure.box.present == recount.present
        assert procedure.referred == recount.referred(2)
        assert procedure.life.steps == recount.steps
        for at in (self.ledger.now, later(self.ledger.now, 2 * 86400)):
            ends = procedure.annulment is not None or procedure.stopped is not None
            suspended = not ends and recount.suspended_at(at)
            assert (procedure.state_at(at) == "suspended") is suspended
        assert procedure.life.expired == recount.expired
        assert procedure.life.conditions_met == recount.conditions_met
        for name in procedure.items:
            assert procedure.conduct.consents.heads.get(name, 0) == recount.consenting(name)
        for member in recount.seats:
            assert (procedure.conduct.deadline(member) or "9999") == recount.deadlines[member]

    @invariant()
    def counts_kept_apart_add_up(self) -> None:
        """Heads, voters and classes are the same votes, counted in other ways."""
        procedure = self.ledger.procedure(self.id)
        box = procedure.box
        assert box.voters == sum(not box.superseded(member) for member in box.votes)
        for name in procedure.items:
            assert box.heads[name] == sum(box.voted_on(member, name) for member in box.votes)
            assert sum(weight * votes for (_, weight, _), votes in box.classes[name].items()) == sum(
                box.counts[name].values()
            )
            assert all(votes <= box.classes[name][one] for one, votes in box.late[name].items())
            assert sum(n * weight for (_, weight, _), n in box.aside[name].items()) <= sum(
                box.excluded[name].values()
            )

    @invariant()
    def nothing_after_the_closing_changes_what_was_counted(self) -> None:
        """The closing seals the tally; a correction changes a result and no number."""
        procedure = self.ledger.procedure(self.id)
        if procedure.closing is not None:
            assert procedure.tally() == procedure.closing["tally"]
        if procedure.life.determined and not procedure.annulment:
            corrected = {item for one, _ in procedure.life.corrections for item in one["outcome"]}
            for name, result in procedure.life.determined["outcome"].items():
                found = procedure.outcome(name)
                assert found.result == ("rejected" if name in corrected else result)
                assert (found.steps[-1].code == "corrected") is (name in corrected)

    @invariant()
    def relevance_is_what_deciding_again_says(self) -> None:
        """The largest vote of an option decides whether any of them does."""
        procedure = self.ledger.procedure(self.id)
        if procedure.annulment is not None:  # what is void needs no vote
            assert [procedure.relevance(name) for name in procedure.items] == [[], []]
            return
        for name in procedure.items:
            # No result, and nothing that tells of single votes; or a result that the votes do not give.
            if name in procedure.referred or procedure.life.corrected(name):
                assert procedure.relevance(name) == []
                continue
            variants = {v.names["option"]: v for v in procedure.relevance(name) if v.code == "without-vote"}
            for member, vote in procedure.box.votes.items():
                if procedure.box.voted_on(member, name):
                    variant = variants[vote.choices[name]]
                    if vote.weight == variant.numbers["weight"]:
                        assert procedure.without(name, [member]).result == variant.result

    def teardown(self) -> None:
        """The entries alone give the same procedure again."""
        if hasattr(self, "ledger"):
            replayed = self.ledger.replayed().procedure(UUID(self.id))
            assert snapshot(replayed) == snapshot(self.ledger.state.procedure(UUID(self.id)))


def _profile(chosen: dict[str, Any]) -> dict[str, Any]:
    period = {"unit": "days", "count": 2, "working_day_rule": True, "region": "DE-NI"}
    settings = {
        "weights": "table",
        "procedure_consent": {"n": 2, "d": 3, "of": "votes", "partial": True, "implied": chosen["implied"]},
        "objection": {"who": "member", "count": 2, "until": "deadline", "effect": chosen["effect"]},
        "period": period if chosen["deadline"] == "personal" else None,
        "substitution": "during",
        "proxy": {"max": 1},
        "grace": {"days": chosen["grace"]} if chosen["extension"] == "retroactive" else None,
        "secrecy": {"demand": chosen["demand"], "items": "all"},
    }
    usual = {name: value for name, value in chosen.items() if name not in SHAPED}
    return {**complete("nkomvg-78"), **settings, **usual}


CircularMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=50)
TestEveryCircularProcedureKeepsTheRules = CircularMachine.TestCase
