"""Do the rules of a circular procedure hold in sequences of statements that nobody thought of?

Hypothesis sends statements of every kind, fitting and unfitting, over deadlines. A refused one must
change nothing. After each accepted one everything is counted again from the entries, by `naive_recount`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

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


class CircularMachine(RuleBasedStateMachine):
    """A council of four with a substitute for Anna; Clara and Klaus are clerks, Vera chairs."""

    @initialize(
        deadline=st.sampled_from(["fixed", "personal"]),
        effect=st.sampled_from(["count", "count", "terminate", "refer"]),
        implied=st.sampled_from(["none", "vote", "yes"]),
        exclusion=st.sampled_from(["none", "motion", "both"]),
        extension=st.sampled_from(["never", "before_deadline", "retroactive"]),
        change=st.sampled_from(["until_deadline", "until_deadline", "never"]),
        documents=st.sampled_from(["frozen", "reconfirm", "keep"]),
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
        items = [item("1"), item("2")]
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

    @rule(member=PEOPLE, items=st.none() | ITEMS, step=STEPS)
    def consent(self, member: str, items: list[str] | None, step: float) -> None:
        """To all items or to some."""
        self.send("consent-declared", member, step, member=member, items=items)

    @rule(member=PEOPLE, proxy=PEOPLE, step=STEPS)
    def give_proxy(self, member: str, proxy: str, step: float) -> None:
        """To anybody."""
        self.send("proxy-given", member, step, member=member, proxy=proxy)

    @rule(
        kind=st.sampled_from(["member-excluded", "exclusion-lifted"]), member=PEOPLE, items=ITEMS, step=STEPS
    )
    def exclude(self, kind: str, member: str, items: list[str], step: float) -> None:
        """Or the other way round."""
        more: dict[str, Any] = {"reason": "relative"} if kind == "member-excluded" else {}
        self.send(kind, "clara", step, member=member, items=items, **more)

    @rule(
        members=st.lists(PEOPLE, min_size=1, max_size=3, unique=True),
        ago=st.sampled_from([0, 60]),
        step=STEPS,
    )
    def deliver(self, members: list[str], ago: int, step: float) -> None:
        """Receipts, of now or of a minute ago."""
        received = later(self.ledger.now, -ago)
        self.send("delivery-recorded", "clara", step, members=members, how="mail", received_at=received)

    @rule(member=PEOPLE, step=STEPS)
    def substitute(self, member: str, step: float) -> None:
        """Anna has one."""
        self.send("substitute-named", "clara", step, member=member, substitute="sub", reason="ill")

    @rule(members=st.none() | st.lists(PEOPLE, min_size=1, max_size=2, unique=True), by=STEPS, step=STEPS)
    def extend(self, members: list[str] | None, by: float, step: float) -> None:
        """For all or for some, before or after the deadline."""
        closes_at = later(self.ledger.now, by + step)
        self.send("deadline-extended", "clara", step, members=members, closes_at=closes_at, reason=DIGEST)

    @rule(content=st.sampled_from("ab"), step=STEPS)
    def attach(self, content: str, step: float) -> None:
        """A document."""
        self.send("document-attached", "clara", step, document=document(content))

    @rule(reason=st.sampled_from([None, None, "all-voted"]), step=STEPS)
    def close(self, reason: str | None, step: float) -> None:
        """By the service."""
        self.send("procedure-closed", SERVICE, step, **({"reason": reason} if reason else {}))

    @rule(code=st.sampled_from(["too-late", "excluded", "stale-ballot"]), number=st.integers(0, 3))
    def note(self, code: str, number: int) -> None:
        """Evidence."""
        self.send("attempt-refused", SERVICE, 1.0, code=code, statement=f"{number:064}")

    @rule(
        kind=st.sampled_from(
            ["result-determined", "result-announced", "result-published", "result-annulled"]
        ),
        actor=st.sampled_from(["clara", "vera", "anna"]),
    )
    def after(self, kind: str, actor: str) -> None:
        """The life of the result."""
        more: dict[str, dict[str, Any]] = {
            "result-announced": {"to": "members"},
            "result-annulled": {"repeated_as": None},
        }
        self.send(kind, actor, 1.0, **more.get(kind, {}))

    # ── what must always be true ───────────────────────────────────────────────────────────────

    @invariant()
    def everything_is_what_the_entries_say(self) -> None:
        """Tallies, consents, objections, deadlines: counted again from nothing."""
        recount, procedure = Recount(self.ledger.entries, self.id), self.ledger.procedure(self.id)
        assert recount.wrong == []
        assert procedure.tally() == recount.tally()
        assert {member for member, _ in procedure.conduct.members()} == recount.seats.keys()
        assert set(procedure.conduct.objections) == set(recount.objections)
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
            assert sum(box.late[name].values()) <= sum(box.counts[name].values())
            assert sum(box.aside[name].values()) <= sum(box.excluded[name].values())

    @invariant()
    def relevance_is_what_deciding_again_says(self) -> None:
        """The largest vote of an option decides whether any of them does."""
        procedure = self.ledger.procedure(self.id)
        for name in procedure.items:
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
    }
    usual = {name: value for name, value in chosen.items() if name not in ("effect", "implied")}
    return {**complete("nkomvg-78"), **settings, **usual}


CircularMachine.TestCase.settings = settings(
    max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestEveryCircularProcedureKeepsTheRules = CircularMachine.TestCase
