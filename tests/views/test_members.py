"""Do the views know who votes where, until when, for whom, and who has a seat and a key as of any entry?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from ledger.mapper import read_entry
from ledger.state import State
from ledger.storage import Store, open_store
from ledger.storage.recorder import Row
from projections.collect import collect
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.moment import moment
from projections.open import open_views
from projections.sqlite import SqliteViews
from projections.views import MemberView, Wanted
from tests.support.builders import LedgerBuilder
from tests.support.circular import council
from tests.support.every_statement import every_statement
from tests.support.histories import play
from tests.support.memory_ledger import MemoryLedger, document, public_of
from tests.support.memory_ledger import Row as Written
from tests.support.naive_recount import Recount
from tests.support.view_tables import Dump, dump


class Everything(NamedTuple):
    """A ledger in which every kind of statement occurs, and its procedures by name."""

    ledger: MemoryLedger
    procedures: dict[str, str]

    @contextmanager
    def kept(self, folder: Path) -> Iterator[Store]:
        """The same in a directory, where views read it."""
        with open_store(str(folder), create=True) as store:
            with store.recorder.batch() as batch:
                batch.append([_row(number, row) for number, row in enumerate(self.ledger.rows)])
            yield store


@pytest.fixture(scope="module")
def everything() -> Everything:
    """Made once: it is only read."""
    ledger = MemoryLedger(signed=False)
    return Everything(ledger, every_statement(ledger))


@pytest.fixture
def shown(everything: Everything, tmp_path: Path) -> Iterator[FollowedViews]:
    """Its views, made in batches of seven."""
    with everything.kept(tmp_path / "ledger") as store, closing(open_views(store)) as views:
        fill(views, everything.ledger, 7)
        yield views


def fill(views: FollowedViews, ledger: MemoryLedger, batch: int, until: int | None = None) -> None:
    """Writes the entries of a ledger in memory into views."""
    rows = [_row(number, row) for number, row in enumerate(ledger.rows)][
        : None if until is None else until + 1
    ]
    state = State(ledger.origin, lambda stream: ())
    for start in range(0, len(rows), batch):
        assert views.write(collect(start - 1, rows[start : start + batch], state))


def _row(seq: int, row: Written) -> Row:
    statement = sha256(row.data).digest()
    return Row(seq=seq, stream=row.stream, pos=row.pos, topic=row.topic, state=row.data, statement=statement)


def members_of(views: FollowedViews, procedure: str) -> dict[str, MemberView]:
    """Everybody who votes in a procedure, or did."""
    view = views.procedure(procedure)
    assert view is not None
    return {one.member: one for one in views.members(view)}


def test_every_kind_of_statement_leaves_the_same_rows_in_any_batch(
    everything: Everything, shown: FollowedViews, tmp_path: Path
) -> None:
    """Seats that begin and end in one batch, keys that are replaced in one, consents taken back in one."""
    for batch in (1, 3, 10_000):
        with closing(SqliteViews(tmp_path / f"{batch}.sqlite", shown.log)) as views:
            fill(views, everything.ledger, batch)
            assert dump(views) == dump(shown)


def test_members_are_shown_as_a_naive_reader_of_the_entries_finds_them(
    everything: Everything, shown: FollowedViews
) -> None:
    """Votes, consents, objections, exclusions and deadlines, by the payloads alone."""
    for procedure in everything.procedures.values():
        naive = Recount(everything.ledger.entries, procedure)
        found = members_of(shown, procedure)
        votes = {name: one.vote.choices for name, one in found.items() if one.vote}
        assert votes == {name: choices for name, (choices, _) in naive.votes.items()}
        consents = {name: one.consents for name, one in found.items() if one.consents is not None}
        assert consents == {name: list(items) for name, items in naive.consents.items()}
        assert sorted(n for n, one in found.items() if one.objected_at) == sorted(naive.objections)
        excluded = {(name, item) for name, one in found.items() for item in one.excluded}
        assert excluded == naive.excluded


def test_how_a_vote_came_is_told_apart(everything: Everything, shown: FollowedViews) -> None:
    """Own key, proxy, portal, on record of a clerk: a roll call says it."""
    found = members_of(shown, everything.procedures["circular"])
    assert {name: one.vote.provenance for name, one in found.items() if one.vote} == {
        "anna": "own-key",
        "bert": "portal-attested",
        "cem": "clerk-recorded",
        "dora": "own-key",
        "emil": "proxy",
    }
    assert shown.provenances(everything.procedures["circular"]) == {
        "clerk-recorded": 1,
        "own-key": 2,
        "portal-attested": 1,
        "proxy": 1,
    }
    assert (found["emil"].proxy, found["dora"].excluded) == ("anna", ["1"])


def test_a_substitute_stands_beside_the_member_who_was_replaced(
    everything: Everything, shown: FollowedViews
) -> None:
    """With the seat's weight, and a deadline of their own."""
    found = members_of(shown, everything.procedures["personal"])
    anna, sub = found["anna"], found["sub"]
    assert (anna.replaced_by, anna.vote, sub.stands_for, sub.weight) == ("sub", None, "anna", anna.weight)
    assert sub.vote is not None
    assert (sub.received_at or "") > (found["bert"].received_at or "")
    assert sub.deadline is not None


def test_members_come_page_by_page_and_by_whether_they_have_voted(
    everything: Everything, shown: FollowedViews
) -> None:
    """A clerk asks who is missing."""
    view = shown.procedure(everything.procedures["personal"])
    assert view is not None
    pages, after = [], ""
    while page := shown.members(view, after=after, limit=2):
        pages += page
        after = page[-1].member
    assert [one.member for one in pages] == ["anna", "bert", "cem", "dora", "emil", "sub"]
    assert [one.member for one in shown.members(view, voted=False)] == ["emil"]
    assert [one.member for one in shown.members(view, voted=True)] == ["bert", "cem", "dora", "sub"]
    assert [one.member for one in shown.members(view, only=["sub", "cem", "nobody"])] == ["cem", "sub"]
    assert shown.members(view, only=[]) == []


def test_the_register_is_what_the_domain_says_as_of_every_entry(
    everything: Everything, shown: FollowedViews
) -> None:
    """People, keys, bodies and seats: asked by number, compared with a replay up to there."""
    ledger = everything.ledger
    state = State(ledger.origin, lambda stream: ())
    for number, row in enumerate(ledger.rows):
        state.apply(row.topic, row.stream, row.pos, read_entry(row.data))
        register = state.register
        assert register is not None
        assert shown.people(number) == sorted(register.people)
        assert {one.body: one.seats for one in shown.bodies(number)} == {
            name: len(body.seats) for name, body in sorted(register.bodies.items())
        }
        for name, body in register.bodies.items():
            assert {
                s.member: (s.weight, s.group, tuple(s.substitutes)) for s in shown.seats(name, number)
            } == {
                member: (seat.weight, seat.group, seat.substitutes)
                for member, seat in sorted(body.seats.items())
            }
        assert _lives(shown, number) == {
            (subject, key, life.since, life.by, life.ended, life.ended_by, life.reason)
            for subject, person in register.people.items()
            for key, life in person.keys.items()
        }
        assert [(k.key, k.since, k.ended) for k in shown.keys(number, None)] == sorted(
            ((k.vkey, k.since, k.ended) for k in register.log_keys.all), key=lambda k: (k[1], k[0])
        )


def _lives(views: FollowedViews, until: int) -> set[tuple[object, ...]]:
    return {
        (k.subject, k.key, k.since, k.by, k.ended, k.ended_by, k.reason)
        for k in views.keys(until, views.people(until))
    }


def test_a_key_has_the_times_of_its_entries(everything: Everything, shown: FollowedViews) -> None:
    """Registered, replaced, revoked: each with the time that the log gives."""
    places = {number: read_entry(row.data).place.at for number, row in enumerate(everything.ledger.rows)}
    first, second = shown.keys(10_000, ["gone"])
    assert (first.key, second.key) == (public_of("gone"), public_of("gone/2"))
    for key in (first, second):
        assert key.since_at == places[key.since]
        assert key.ended is not None
        assert key.ended_at == places[key.ended]
    assert (first.reason, second.reason) == ("rotated", "left")


def test_entries_are_found_by_their_kind(everything: Everything, shown: FollowedViews) -> None:
    """And counted: an auditor asks for refused attempts, not for votes."""
    kinds = [read_entry(row.data).statement.kind for row in everything.ledger.rows]
    for until in (0, len(kinds) // 2, len(kinds) - 1):
        counted = {one.kind: (one.entries, one.last_seq) for one in shown.kinds(until)}
        part = kinds[: until + 1]
        assert counted == {kind: (part.count(kind), until - part[::-1].index(kind)) for kind in set(part)}
    for wanted in (["attempt-refused"], ["vote-cast", "vote-withdrawn"], ["key-rotated", "key-revoked"]):
        assert [row.seq for row in shown.of_kinds(wanted)] == [
            n for n, kind in enumerate(kinds) if kind in wanted
        ]
    stream = everything.procedures["circular"]
    [determined] = shown.acts(stream, ["result-determined"])
    assert determined.stream == stream
    assert shown.acts(stream, ["result-determined"], until=determined.seq - 1) == []
    assert shown.acts(stream, []) == shown.of_kinds([]) == []


def test_procedures_are_found_by_who_votes_in_them(everything: Everything, shown: FollowedViews) -> None:
    """A substitute only where they stand in; somebody who had left the body nowhere."""

    def of(member: str) -> list[str]:
        return [view.id for view in shown.procedures(wanted=Wanted(member=member))]

    assert of("sub") == [everything.procedures["personal"]]
    assert len(of("anna")) == len(shown.procedures())
    assert of("gone") == of("clara") == []


def test_the_past_is_shown_as_it_was_when_it_was_the_present(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """After every entry of a history: the procedure, its tally, its members."""
    play(town, rounds=1)
    follower = Follower(town.ledger, views, batch=1)
    seen = {}
    for number in range(town.ledger.head() + 1):
        follower.catch_up(number)
        for view in views.procedures():
            seen[number, view.id] = (view, views.tally(view.id), views.members(view))
    for (number, name), (view, tally, members) in list(seen.items())[::7]:
        now = views.procedure(name)
        assert now is not None
        past = moment(town.ledger, now, number)
        assert past.view == view
        assert past.tally() == tally
        assert list(past.members()) == members


def test_open_procedures_await_those_who_vote_in_them(everything: Everything, tmp_path: Path) -> None:
    """As member, as substitute, as proxy; closed procedures await nobody."""
    ledger, name = everything.ledger, everything.procedures["circular"]
    with everything.kept(tmp_path / "ledger") as store, closing(open_views(store)) as views:
        opened = next(n for n, row in enumerate(ledger.rows) if row.stream == UUID(name))
        last = max(n for n, row in enumerate(ledger.rows) if b"proxy-given" in row.data)
        fill(views, ledger, 5, until=last)
        assert opened < last
        assert [view.id for view in views.awaiting("anna")] == [name]
        assert views.awaiting("sub") == []
        assert views.principals(name, "anna") == ["emil"]


def test_an_old_vote_goes_when_a_substitute_comes(tmp_path: Path) -> None:
    """The paper changed and the member fell ill: in whatever batch, nothing of the old vote is shown."""
    ledger, procedure = council(substitution="during")
    ledger.vote(procedure, "anna", "yes")
    ledger.put("document-attached", "clara", procedure=procedure, document=document("offer"))
    named: dict[str, Any] = {
        "member": "anna",
        "substitute": "sub",
        "reason": "ill",
        "received_at": ledger.now,
    }
    ledger.put("substitute-named", "clara", procedure=procedure, **named)
    shown: list[Dump] = []
    with Everything(ledger, {}).kept(tmp_path / "ledger") as store:
        for batch in (1, 1000):
            path = tmp_path / f"{batch}.sqlite"
            with closing(SqliteViews(path, store.recorder)) as views:
                fill(views, ledger, batch)
                assert members_of(views, procedure)["anna"].vote is None
                shown.append(dump(views))
    assert shown[0] == shown[1]
