"""Do the views say what a naive recount of the entries says, whatever happened?"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.profiles import complete
from ledger.errors import Invalid, NotFound, Refused
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.moment import moment
from projections.open import open_views
from projections.views import ProcedureView
from tests.support.builders import BODY, LedgerBuilder, a_town, item
from tests.support.places import Place
from tests.support.recount import Line, Recount, lines, recount
from tests.support.view_tables import dump

MEMBERS = 4
HALF = {"n": 1, "d": 2, "strict": True}
MAJORITIES = (
    {**HALF, "base": "yes_no"},
    {**HALF, "base": "present"},
    {**HALF, "base": "members"},
    {"n": 2, "d": 3, "strict": False, "base": "cast"},
)

profiles = st.fixed_dictionaries(
    {
        "majority": st.sampled_from(MAJORITIES),
        "documents": st.sampled_from(["frozen", "reconfirm", "keep"]),
        "silence": st.sampled_from(["ignored", "as_no"]),
        "change": st.sampled_from(["until_deadline", "never"]),
        "withdraw": st.booleans(),
    }
)
numbers = st.integers(0, 3)
members = numbers.map(lambda number: f"m{number + 1}")
options = st.sampled_from(["yes", "yes", "no", "abstain"])
choices = st.dictionaries(st.sampled_from(["1", "2"]), options, min_size=1)
actions = st.one_of(
    st.tuples(st.just("open"), profiles, st.booleans()),
    st.tuples(st.just("vote"), numbers, members, choices),
    st.tuples(st.just("vote"), numbers, members, choices),
    st.tuples(st.just("vote"), numbers, members, choices),
    st.tuples(st.just("withdraw"), numbers, members),
    st.tuples(st.just("attach"), numbers, st.text(max_size=3)),
    st.tuples(st.just("presence"), numbers, members),
    st.tuples(st.just("casting"), numbers, st.sampled_from(["yes", "no"])),
    st.tuples(st.just("seat"), members, st.integers(0, 3), st.sampled_from(["left", "right", None])),
    st.tuples(st.just("close"), numbers),
    st.tuples(st.just("annul"), numbers),
    st.tuples(st.just("follow"), st.sampled_from([1, 2, 7])),
)


class Story:
    """Does what the actions say, as far as the rules allow it."""

    def __init__(self, town: LedgerBuilder, views: FollowedViews) -> None:
        self._town, self._views = town, views
        self._opened: list[str] = []

    def play(self, action: tuple[Any, ...]) -> None:
        """One action. What is refused has not happened."""
        kind, *values = action
        with contextlib.suppress(Refused, Invalid, NotFound):
            if kind in ("open", "seat", "follow"):
                getattr(self, f"_{kind}")(*values)
            elif self._opened:
                self._in(self._opened[values[0] % len(self._opened)], kind, *values[1:])

    def _open(self, profile: dict[str, Any], casting: bool) -> None:
        if casting and profile["majority"] == MAJORITIES[0]:
            profile = {**profile, "tie": "casting_vote"}
        name = f"motion {len(self._opened)}"
        self._opened.append(self._town.open(name, profile=complete(profile), items=[item("1"), item("2")]))

    def _seat(self, member: str, weight: int, group: str | None) -> None:
        self._town.seat({member: weight}, group=group)

    def _follow(self, batch: int) -> None:
        Follower(self._town.ledger, self._views, batch=batch).catch_up()

    def _in(self, procedure: str, kind: str, *values: Any) -> None:
        town = self._town
        doing: dict[str, Callable[..., object]] = {
            "vote": town.vote,
            "withdraw": town.withdraw,
            "attach": town.attach,
            "presence": town.presence,
            "casting": town.casting_vote,
            "close": town.close,
            "annul": town.annul,
        }
        doing[kind](procedure, *values)


def assert_shown(views: FollowedViews, log: list[Line]) -> None:
    """The views say what the recount says, in every row that they have."""
    procedures = recount(log)
    assert [view.id for view in views.procedures(limit=1000)] == list(procedures)
    for name, counted in procedures.items():
        _assert_procedure(views, name, counted)
        for item_, shown in zip(counted.opening["items"], views.tally(name), strict=True):
            assert (shown.item, list(shown.counts.items())) == (
                item_["id"],
                list(counted.counts(item_).items()),
            )
            assert shown.result == counted.result(item_)
        assert [[tuple(group) for group in one.groups] for one in views.groups(name)] == [
            counted.by_group(item_) for item_ in counted.opening["items"]
        ]
        assert [
            (v.member, v.choices, v.weight, v.seq, v.at, v.leaf, v.counts) for v in views.votes(name)
        ] == [
            (m, v.payload["choices"], counted.seats[m], v.seq, v.at, v.leaf, v.seq > counted.paper)
            for m, v in counted.votes().items()
        ]
    assert [tuple(row) for row in views.history(limit=10_000)] == [
        (e.seq, e.at, e.kind, e.payload["actor"], e.stream, e.pos, e.leaf, e.statement, e.payload)
        for e in log
    ]


def _assert_procedure(views: FollowedViews, name: str, counted: Recount) -> None:
    view, opening = views.procedure(name), counted.opening
    closed, annulled = counted.last("procedure-closed"), counted.last("result-annulled")
    attached = [e.payload for e in counted.own if e.kind == "document-attached"]
    assert view is not None
    assert (view.body, view.state, view.opening) == (opening["body"], counted.state, opening)
    assert (view.opened_seq, view.last_seq) == (counted.opened.seq, counted.own[-1].seq)
    assert (view.opened_at, view.opens_at, view.closes_at, view.closed_at) == (
        counted.opened.at,
        opening["opens_at"],
        opening["closes_at"],
        closed.at if closed else None,
    )
    assert (view.members, view.voted) == (len(counted.seats), len(counted.counting()))
    signed = [(counted.opened.seq, one) for one in opening["documents"]]
    signed += [(e.seq, e.payload["document"]) for e in counted.own if e.kind == "document-attached"]
    assert [one._asdict() for one in view.documents] == [{**one, "entry": seq} for seq, one in signed]
    assert view.ballot == (attached[-1] if attached else opening)["ballot"]
    assert view.replaced_by == (annulled.payload["repeated_as"] if annulled else None)
    _assert_members(views, view, counted)


def _assert_members(views: FollowedViews, view: ProcedureView, counted: Recount) -> None:
    """Who takes part, as of now and by whether they voted."""
    members, counting = views.members(view), counted.counting()
    assert [(one.member, one.weight) for one in members] == sorted(counted.seats.items())
    assert {one.member: one.vote.seq for one in members if one.vote} == {
        member: vote.seq for member, vote in counted.votes().items()
    }
    assert [one.member for one in views.members(view, voted=True)] == list(counting)
    assert [one.member for one in views.members(view, voted=False)] == sorted(counted.seats.keys() - counting)
    assert sum(views.provenances(view.id).values()) == len(counting)


def assert_register(views: FollowedViews, log: list[Line]) -> None:
    """The seats of the body as of every entry, and how many entries of each kind there are up to it."""
    seats: dict[str, int] = {}
    for line in log:
        if line.kind == "seats-changed":
            seats = {member: seats[member] for member in seats.keys() - set(line.payload["ended"])}
            seats |= {seat["member"]: seat["weight"] for seat in line.payload["granted"]}
        if line.kind == "seats-changed" or line.seq % 9 == 0:
            shown = views.seats(BODY, line.seq)
            assert [(one.member, one.weight) for one in shown] == sorted(seats.items())
            kinds = Counter(one.kind for one in log[: line.seq + 1])
            assert {one.kind: one.entries for one in views.kinds(line.seq)} == kinds


def assert_past(town: LedgerBuilder, views: FollowedViews, log: list[Line]) -> None:
    """Each procedure as of some entries is what a recount of the log up to there says."""
    for line in log[:: max(1, len(log) // 6)]:
        for name, counted in recount(log[: line.seq + 1]).items():
            view = views.procedure(name)
            assert view is not None
            past = moment(town.ledger, view, line.seq)
            assert (past.view.state, past.view.voted) == (counted.state, len(counted.counting()))
            assert [one.counts for one in past.tally()] == [
                counted.counts(item_) for item_ in counted.opening["items"]
            ]
            assert {one.member for one in past.members() if one.vote} == counted.votes().keys()
            assert [[tuple(group) for group in one.groups] for one in past.groups()] == [
                counted.by_group(item_) for item_ in counted.opening["items"]
            ]


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=st.lists(actions, min_size=5, max_size=45), weights=st.lists(numbers, max_size=MEMBERS))
def test_the_views_say_what_a_recount_says(
    new_place: Callable[[], Place], story: list[tuple[Any, ...]], weights: list[int]
) -> None:
    """Votes, second votes, withdrawals, documents, presence, closings and annulments, in any order."""
    with new_place().open() as store, closing(open_views(store)) as views:
        town = a_town(store, members=MEMBERS)
        with closing(town.ledger):
            told = Story(town, views)
            told.play(("open", {"majority": MAJORITIES[0], "documents": "reconfirm"}, True))
            for number, weight in enumerate(weights, start=1):
                told.play(("seat", f"m{number}", weight, "left" if weight > 1 else None))
            for action in story:
                told.play(action)
            Follower(town.ledger, views).catch_up()
            log = lines([row.state for row in town.ledger.entries(-1, 10_000)])
            assert_shown(views, log)
            assert_register(views, log)
            assert_past(town, views, log)
            followed = dump(views)
            assert Follower(town.ledger, views, batch=4).compare().wrong == 0
            Follower(town.ledger, views, batch=3).rebuild()
            assert dump(views) == followed
