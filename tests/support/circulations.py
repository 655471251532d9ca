"""Circulations in which anything may happen: strategies for Hypothesis, and who plays them in a town.

::

    crowd(town)                                # a second clerk, a portal, a substitute; weights, groups
    procedure = Circulation(town).play(story)  # `story` from `stories`; what is refused has not happened
"""

from __future__ import annotations

import contextlib
from typing import Any

from hypothesis import strategies as st

from ledger.domain.profiles import complete
from ledger.errors import Invalid, NotFound, Refused
from tests.support.builders import BODY, CHAIR, CLERK, SERVICE, LedgerBuilder, item

WITNESS, PORTAL, SUBSTITUTE = "klaus", "portal", "sub"
DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
MONTH = 40 * 86400.0
CONSENT = {"n": 2, "d": 3, "of": "votes", "partial": True, "implied": "vote"}
Action = tuple[Any, ...]

members = st.sampled_from(["m1", "m2", "m3", "m4", "m5"])
people = st.sampled_from(["m1", "m2", "m3", "m4", "m5", SUBSTITUTE])
items = st.lists(st.sampled_from(["1", "2"]), min_size=1, unique=True)
choices = st.dictionaries(
    st.sampled_from(["1", "2"]), st.sampled_from(["yes", "yes", "no", "abstain"]), min_size=1
)
profiles = st.fixed_dictionaries(
    {
        "documents": st.sampled_from(["frozen", "reconfirm", "keep"]),
        "effect": st.sampled_from(["count", "count", "terminate", "refer"]),
        "exclusion": st.sampled_from(["motion", "both"]),
        "demand": st.sampled_from([None, 2]),
        "result": st.sampled_from(["final", "provisional"]),
        "consent": st.sampled_from([None, CONSENT]),
    }
)
acts = st.one_of(
    st.tuples(st.just("vote"), people, choices, st.sampled_from(["own-key"] * 3 + ["portal-attested"])),
    st.tuples(st.just("vote"), people, choices, st.sampled_from(["own-key", "clerk-recorded", "proxy"])),
    *[st.tuples(st.just("vote"), members, choices, st.just("own-key"))] * 3,
    st.tuples(st.just("vote-withdrawn"), members),
    st.tuples(st.sampled_from(["consent-revoked", "objection-raised", "proxy-revoked"]), people),
    st.tuples(st.just("consent-declared"), people, st.none() | items),
    st.tuples(st.sampled_from(["member-excluded", "exclusion-lifted"]), people, items),
    st.tuples(st.just("secret-ballot-demanded"), members, items),
    st.tuples(st.just("proxy-given"), members, members),
    st.tuples(st.just("substitute-named"), st.just("m1")),
    st.tuples(st.just("document-attached"), st.sampled_from("abc")),
    st.tuples(
        st.just("deadline-extended"), st.none() | st.lists(people, min_size=1, max_size=2, unique=True)
    ),
    st.tuples(st.just("delivery-recorded"), st.lists(people, min_size=1, max_size=2, unique=True)),
    st.tuples(st.just("attempt-refused"), st.integers(0, 3)),
    st.tuples(st.just("wait"), st.sampled_from([60.0, 1000.0])),
    st.tuples(st.just("overrun")),
)
afterwards = st.sampled_from(
    [
        *("result-announced", "result-published", "condition-met", "result-corrected", "result-suspended"),
        *("result-objected", "result-ratified", "result-expired", "result-annulled"),
    ]
)
stories = st.tuples(
    profiles,
    st.lists(acts, min_size=12, max_size=24),
    st.sampled_from([True, True, True, False]),
    st.lists(afterwards, min_size=1, max_size=5),
)
"""Settings, what happens while it is open, whether it is closed then, and what becomes of the result."""


def crowd(town: LedgerBuilder) -> None:
    """People who may be needed; m1 has a substitute, m2 three votes, and there are groups."""
    town.person(WITNESS, "clerk")
    town.person(PORTAL, "portal")
    town.person(SUBSTITUTE)
    seats = [
        {"member": "m1", "weight": 1, "group": "A", "substitutes": [SUBSTITUTE]},
        {"member": "m2", "weight": 3, "group": "A"},
        {"member": "m3", "weight": 1, "group": "B"},
    ]
    town.put("seats-changed", CLERK, body=BODY, granted=seats, ended=[])


class Circulation:
    """One procedure of two items; the second one has a condition, and ends after a month."""

    def __init__(self, town: LedgerBuilder) -> None:
        self._town, self._id = town, ""

    def play(self, story: Any) -> str:
        """All of it, as far as the rules allow it; the id of the procedure."""
        chosen, happened, closed, after = story
        self._open(chosen)
        for kind, *values in happened:
            self._try(getattr(self, f"_{kind.replace('-', '_')}", self._by_member), kind, *values)
        if closed:
            self._town.clock.advance(90_000)
            self._try(self._say, "procedure-closed", SERVICE)
            self._try(self._say, "result-determined", CLERK)
            for kind in after:
                self._try(self._after, kind)
        return self._id

    def _try(self, do: Any, *values: Any) -> None:
        with contextlib.suppress(Refused, Invalid, NotFound):
            do(*values)

    def _say(self, kind: str, actor: str, **fields: Any) -> None:
        self._town.put(kind, actor, procedure=self._id, **fields)

    def _open(self, chosen: dict[str, Any]) -> None:
        objection = {"who": "member", "count": 2, "until": "deadline", "effect": chosen["effect"]}
        usual = {name: chosen[name] for name in ("documents", "exclusion", "result")}
        profile = {
            **complete("nkomvg-78"),
            **usual,
            "weights": "table",
            "procedure_consent": chosen["consent"],
            "objection": objection,
            "substitution": "during",
            "extension": "before_deadline",
            "proxy": {"max": 1},
            "secrecy": {"demand": chosen["demand"], "items": "all"},
            "provenance": {"portal": "low", "clerk": True},
            "result_visibility": "live",
        }
        second = {**item("2"), "condition": DIGEST, "valid_months": 1}
        name = f"circulation {self._town.ledger.head()}"
        self._id = self._town.open(
            name, profile=profile, items=[item("1"), second], closes_at=self._town.clock.later(3600)
        )

    # ── while it is open ───────────────────────────────────────────────────────────────────────

    def _vote(self, kind: str, member: str, chosen: dict[str, str], came: str) -> None:
        who = {"own-key": member, "portal-attested": PORTAL, "clerk-recorded": CLERK, "proxy": "m2"}[came]
        more: dict[str, Any] = {
            "portal-attested": {"assurance": "low"},
            "clerk-recorded": {"source": "paper", "witness": WITNESS},
        }.get(came, {})
        fields = {} if came == "own-key" else {"provenance": {"kind": came, **more}}
        self._say("vote-cast", who, member=member, choices=chosen, **fields)

    def _by_member(self, kind: str, member: str, *named: Any) -> None:
        fields = {"items": named[0]} if named else {}
        self._say(kind, member, member=member, **fields)

    def _proxy_given(self, kind: str, member: str, proxy: str) -> None:
        self._say(kind, member, member=member, proxy=proxy)

    def _member_excluded(self, kind: str, member: str, named: list[str]) -> None:
        self._say(kind, CLERK, member=member, items=named, reason="relative")

    def _exclusion_lifted(self, kind: str, member: str, named: list[str]) -> None:
        self._say(kind, CLERK, member=member, items=named)

    def _substitute_named(self, kind: str, member: str) -> None:
        self._say(kind, CLERK, member=member, substitute=SUBSTITUTE, reason="ill")

    def _document_attached(self, _: str, content: str) -> None:
        self._town.attach(self._id, content)

    def _deadline_extended(self, kind: str, named: list[str] | None) -> None:
        self._say(kind, CLERK, members=named, closes_at=self._town.clock.later(7200), reason=DIGEST)

    def _delivery_recorded(self, kind: str, named: list[str]) -> None:
        self._say(kind, CLERK, members=named, how="mail", received_at=self._town.clock())

    def _attempt_refused(self, kind: str, number: int) -> None:
        self._say(kind, SERVICE, code="too-late", statement=f"{self._town.ledger.head()}{number}".zfill(64))

    def _wait(self, _: str, seconds: float) -> None:
        self._town.clock.advance(seconds)

    def _overrun(self, _: str) -> None:
        """The deadline is extended, and passes as it was: from then on votes are late."""
        self._deadline_extended("deadline-extended", None)
        self._town.clock.advance(3600)

    # ── and then ───────────────────────────────────────────────────────────────────────────────

    def _after(self, kind: str) -> None:
        said: dict[str, dict[str, Any]] = {
            "result-announced": {"to": "members"},
            "condition-met": {"items": ["2"]},
            "result-corrected": {"outcome": {"1": "rejected"}, "witness": WITNESS, "ground": DIGEST},
            "result-suspended": {"until": self._town.clock.later(MONTH)},
            "result-ratified": {"confirmed": False, "held_at": self._town.clock()},
            "result-expired": {"items": ["2"]},
            "result-annulled": {"repeated_as": None},
        }
        if kind == "result-expired":
            self._town.clock.advance(MONTH)
        self._say(
            kind, CHAIR if kind in {"result-suspended", "result-objected"} else CLERK, **said.get(kind, {})
        )
