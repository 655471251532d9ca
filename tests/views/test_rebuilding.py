"""Can the views be rebuilt while people read them, and while votes arrive?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from ledger.errors import StorageError, StoreLocked
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.open import open_views
from projections.replay import Replay
from tests.support.builders import LedgerBuilder, a_town
from tests.support.histories import play
from tests.support.places import Place
from tests.support.recount import lines
from tests.support.view_tables import dump
from tests.views.conftest import NewPlace
from tests.views.test_random_histories import assert_shown


@contextmanager
def busy(*doing: object) -> Iterator[list[BaseException]]:
    """Calls each function again and again in a thread of its own, at least once; collects what they raise."""
    stop, failures = threading.Event(), []

    def repeat(one: object) -> None:
        try:
            assert callable(one)
            one()
            while not stop.is_set():
                one()
        except BaseException as error:  # noqa: BLE001 the test shows it
            failures.append(error)

    threads = [threading.Thread(target=repeat, args=(one,)) for one in doing]
    for thread in threads:
        thread.start()
    try:
        yield failures
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_readers_never_see_half_a_rebuild(town: LedgerBuilder, views: FollowedViews) -> None:
    """The new tables take the place of the old ones at once: no reader finds them empty or missing."""
    opened = play(town, rounds=1)
    follower = Follower(town.ledger, views, batch=7)
    head = follower.catch_up()
    tallies = {procedure: views.tally(procedure) for procedure in opened}

    def read() -> None:
        assert views.position() == head
        assert [view.id for view in views.procedures()] == opened
        for procedure, tally in tallies.items():
            assert views.tally(procedure) == tally
            assert views.votes(procedure)
        assert len(views.history(opened[0], limit=1000)) > 5

    with busy(read, read, read) as failures:
        for _ in range(8):
            follower.rebuild()
    assert failures == []


def test_votes_that_arrive_during_a_rebuild_are_in_the_views_afterwards(
    place: Place, town: LedgerBuilder, views: FollowedViews
) -> None:
    """The old tables are followed until the swap, and the new ones go at least as far."""
    seen = [-1]

    def look() -> None:
        position = views.position()
        assert seen[0] <= position <= town.ledger.head()
        seen[0] = position

    with place.open() as store, closing(open_views(store)) as others:
        follower, rebuilder = Follower(town.ledger, views, batch=3), Follower(town.ledger, others, batch=5)
        with busy(follower.catch_up, look, rebuilder.rebuild) as failures:
            play(town, rounds=1)
        assert failures == []
    follower.catch_up()
    assert_shown(views, lines([row.state for row in town.ledger.entries(-1, 10_000)]))


def test_a_rebuild_that_breaks_off_leaves_the_views_as_they_were(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """Nobody reads the new tables before they are complete."""
    play(town, rounds=1)
    follower = Follower(town.ledger, views, batch=5)
    follower.catch_up()
    before = dump(views)

    def stop_it(done: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follower.rebuild(stop_it)
    assert dump(views) == before
    follower.rebuild()
    assert dump(views) == before


def test_there_is_one_rebuild_at_a_time(place: Place, town: LedgerBuilder, views: FollowedViews) -> None:
    """Two rebuilds would write into the same new tables."""
    with place.open() as store, closing(open_views(store)) as others:
        with views.fresh(), pytest.raises(StoreLocked):
            Follower(town.ledger, others).rebuild()
        Follower(town.ledger, others).rebuild()


def test_new_tables_that_are_behind_do_not_replace_those_in_use(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """Readers would see the past again."""
    Follower(town.ledger, views).catch_up()
    with views.fresh() as fresh:
        changes = Replay(town.ledger, -1).next(3)
        assert changes is not None
        fresh.write(changes)
        assert not fresh.swap()
        assert views.position() == town.ledger.head()
        with pytest.raises(StorageError):
            fresh.write(changes)  # the same batch again


def test_views_of_another_history_are_made_anew(new_place: NewPlace, views: FollowedViews) -> None:
    """After an old backup was restored the log is another one: the views must not mix the two."""
    with new_place().open() as store, new_place().open() as restored:
        first, second = a_town(store, members=9), a_town(restored, members=2, seed="another")
        with closing(first.ledger), closing(second.ledger):
            play(first, rounds=1)
            motion = second.open("another")
            second.vote(motion, "m1")
            Follower(first.ledger, views).catch_up()
            views.log = restored.recorder  # as when they are opened beside the restored ledger
            Follower(second.ledger, views).catch_up()
            assert views.position() == second.ledger.head() < first.ledger.head()
            assert_shown(views, lines([row.state for row in second.ledger.entries(-1, 1000)]))
