"""Are lists complete, in order, and taken up again where they were left?"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from uuid import UUID

import pytest

from ledger.domain.profiles import complete
from ledger.errors import ProofError
from ledger.proof.statement import KINDS
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.moment import moment
from projections.open import open_views
from projections.views import Wanted
from tests.support.builders import BODY, CLERK, LedgerBuilder, a_town, item
from tests.support.histories import play
from tests.support.places import Place

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def opened(town: LedgerBuilder, views: FollowedViews) -> list[str]:
    """The procedures of a history in which everything happens, followed."""
    opened = play(town, rounds=1)
    Follower(town.ledger, views).catch_up()
    return opened


def test_empty_views_answer_with_nothing(views: FollowedViews) -> None:
    """A service that has just been started shows an empty list, and no error."""
    assert views.position() == -1
    assert (views.procedures(), views.history(), views.votes(NOBODY), views.tally(NOBODY)) == ([], [], [], [])
    assert views.procedure(NOBODY) is None
    assert list(views.overdue("2030-01-01T00:00:00.000Z")) == []


@pytest.mark.usefixtures("opened")
def test_an_unknown_procedure_has_nothing(views: FollowedViews) -> None:
    """An id that nobody knows is no error, and does not show somebody else's votes."""
    assert views.procedure(NOBODY) is None
    assert (views.tally(NOBODY), views.votes(NOBODY), views.history(NOBODY)) == ([], [], [])


def test_pages_of_procedures_make_the_whole_list(opened: list[str], views: FollowedViews) -> None:
    """Each procedure is on exactly one page, in the order of opening."""
    pages, after = [], -1
    while page := views.procedures(after=after, limit=2):
        pages += page
        after = page[-1].opened_seq
    assert [view.id for view in pages] == opened


def test_procedures_are_found_by_state_and_body(
    town: LedgerBuilder, opened: list[str], views: FollowedViews
) -> None:
    """The filters of the list, alone and together, also with a cursor."""
    town.put("body-registered", CLERK, body="committee")
    town.seat(["m1", "m5"], body="committee")
    other = town.open("elsewhere", body="committee")
    Follower(town.ledger, views).catch_up()
    by_state = {
        state: [v.id for v in views.procedures(wanted=Wanted(state=state))]
        for state in ("opened", "closed", "annulled")
    }
    assert by_state == {"opened": [*opened[1:], other], "closed": [], "annulled": opened[:1]}
    assert [view.id for view in views.procedures(wanted=Wanted(body="committee"))] == [other]
    assert [view.id for view in views.procedures(wanted=Wanted(body=BODY, state="opened"))] == opened[1:]
    second = views.procedures(wanted=Wanted(state="opened"))[0].opened_seq
    assert [
        view.id for view in views.procedures(after=second, limit=1, wanted=Wanted(state="opened", body=BODY))
    ] == opened[2:]


def test_what_is_public_is_found_as_such(town: LedgerBuilder, views: FollowedViews) -> None:
    """From the entry that tells everybody, and not before; the past says so too."""
    motion, other = (town.open(name, items=[item("1", public=True)]) for name in ("this", "that"))
    for one in (motion, other):
        town.close(one)
        town.put("result-determined", CLERK, procedure=one)
        told = town.put(
            "result-announced", CLERK, procedure=one, to="members" if one == other else "everybody"
        )
        Follower(town.ledger, views).catch_up()
        assert [view.id for view in views.procedures(wanted=Wanted(public=True))] == [motion]
        shown = views.procedure(one)
        assert shown is not None
        assert shown.public is (one == motion)
        assert moment(town.ledger, shown, told.seq - 1).view.public is False
        assert moment(town.ledger, shown, told.seq).view == shown


def test_pages_of_votes_make_all_votes_by_member(opened: list[str], views: FollowedViews) -> None:
    """Members are in the order of their ids, on each database alike."""
    whole = views.votes(opened[1])
    pages, after = [], ""
    while page := views.votes(opened[1], after=after, limit=1):
        pages += page
        after = page[-1].member
    assert pages == whole
    assert [vote.member for vote in whole] == sorted(vote.member for vote in whole)


def test_history_is_one_log_or_one_stream_between_two_entries(
    town: LedgerBuilder, opened: list[str], views: FollowedViews
) -> None:
    """`after` is not included, `until` is; a stream shows its own entries only."""
    head = town.ledger.head()
    assert [row.seq for row in views.history(limit=1000)] == list(range(head + 1))
    assert [row.seq for row in views.history(after=3, until=6)] == [4, 5, 6]
    assert [row.seq for row in views.history(after=3, limit=2)] == [4, 5]
    own = views.history(opened[0])
    assert [row.pos for row in own] == list(range(1, len(own) + 1))
    assert {row.stream for row in own} == {opened[0]}
    assert views.history(opened[0], after=own[1].seq, until=own[3].seq) == own[2:4]


def test_no_entry_is_shown_before_the_views_contain_it(town: LedgerBuilder, views: FollowedViews) -> None:
    """What entries say is read from the log, which is ahead: an answer is as of one entry all the same."""
    motion = town.open()
    town.vote(motion, "m1")
    position = Follower(town.ledger, views).catch_up()
    town.vote(motion, "m2")
    assert town.ledger.head() > position
    for shown in (
        views.history(limit=1000),
        views.history(until=position + 1, limit=1000),
        views.history(motion),
        views.of_kinds(list(KINDS), limit=1000),
        views.of_kinds(["vote-cast"], limit=1000),
    ):
        assert shown
        assert shown[-1].seq <= position
    assert views.history(after=position) == views.of_kinds(["vote-cast"], after=position) == []


@pytest.mark.parametrize("column", ["topic = 'stimmbuch.nonsense.v1'", "state = CAST('[]' AS BLOB)"])
def test_an_entry_that_cannot_be_read_is_reported_as_damage(sqlite_place: Place, column: str) -> None:
    """Somebody wrote into the log after it was followed: a typed error, and no traceback."""
    with sqlite_place.open() as store, closing(open_views(store)) as views:
        town = a_town(store)
        with closing(town.ledger):
            Follower(town.ledger, views).catch_up()
            with closing(sqlite3.connect(sqlite_place.home / "ledger.sqlite")) as other:
                other.execute(f"UPDATE ledger_events SET {column} WHERE notification_id = 3")
                other.commit()
            with pytest.raises(ProofError):
                views.history()
            assert [row.seq for row in views.history(after=2, limit=2)] == [3, 4]


def test_overdue_are_the_open_ones_whose_deadline_has_come(town: LedgerBuilder, views: FollowedViews) -> None:
    """At exactly the deadline a procedure can be closed, so it is overdue."""
    late, later, closed = (
        town.open(name, closes_in=seconds) for name, seconds in (("a", 60), ("b", 120), ("c", 30))
    )
    town.open("without a deadline")
    town.clock.advance(58)
    town.close(closed, "service")
    Follower(town.ledger, views).catch_up()
    deadlines = [view.closes_at for view in views.procedures()][:2]
    assert deadlines[0] is not None
    assert deadlines[1] is not None
    assert list(views.overdue(deadlines[0])) == [late]
    assert list(views.overdue(deadlines[1])) == [late, later]
    assert list(views.overdue(deadlines[0].replace(".000Z", ".000A"))) == []


def test_many_threads_may_read_at_once(opened: list[str], views: FollowedViews) -> None:
    """A request has a thread of its own, and no connection of another one's."""
    expected = views.votes(opened[1])
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(views.votes(opened[1]))) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 24


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_payload_with_every_awkward_character_is_shown_as_it_was_signed(
    town: LedgerBuilder, views: FollowedViews, *, rebuilt: bool
) -> None:
    """The history is written in bulk: nothing that stands in a statement may be taken for its markup."""
    basis = 'a "quoted" \\ backslash \\N \\. a tab\t a line\n end\r § 🗳 \x7f'
    motion = town.open("awkward", profile={**complete("simple-majority"), "legal_basis": basis})
    follower = Follower(town.ledger, views)
    follower.rebuild() if rebuilt else follower.catch_up()
    [opening] = views.history(motion)
    assert opening.payload["profile"]["legal_basis"] == basis
    [reading] = town.ledger.history(UUID(motion))
    assert opening.payload == reading.payload


def test_votes_after_a_rebuild_are_shown_like_those_before(town: LedgerBuilder, views: FollowedViews) -> None:
    """A rebuilt history gets its keys at the end; it must go on to take entries, and each only once."""
    motion = town.open("before and after")
    town.vote(motion, "m1", "yes")
    follower = Follower(town.ledger, views)
    follower.rebuild()
    town.vote(motion, "m2", "no")
    follower.catch_up()
    assert [row.seq for row in views.history()] == list(range(town.ledger.head() + 1))
    assert [vote.member for vote in views.votes(motion)] == ["m1", "m2"]


def test_a_procedure_and_its_tally_come_from_one_query(opened: list[str], views: FollowedViews) -> None:
    """With several items too; of two queries the second could be newer than the first."""
    for name in opened:
        found = views.tallied(name)
        assert found is not None
        assert (found.procedure, found.items) == (views.procedure(name), views.tally(name))
        assert views.tallied(name) is found
    assert views.tallied(NOBODY) is None


def test_other_rows_are_another_tally(town: LedgerBuilder, opened: list[str], views: FollowedViews) -> None:
    """What is remembered under a tally must not outlive it."""
    before = views.tallied(opened[-1])
    town.vote(opened[-1], "m1", {"1": "no", "2": "no"})
    Follower(town.ledger, views).catch_up()
    after = views.tallied(opened[-1])
    assert after is not None
    assert after is not before
    assert (after.procedure, after.items) == (views.procedure(opened[-1]), views.tally(opened[-1]))
