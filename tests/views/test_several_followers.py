"""What happens when several followers want to write the same views?"""

from __future__ import annotations

import threading
from contextlib import closing
from typing import Any

import pytest

from ledger.errors import StoreLocked
from projections import follower as follower_module
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.open import open_views
from projections.replay import Replay
from tests.support import followers
from tests.support.builders import LedgerBuilder
from tests.support.followers import PATIENCE, until
from tests.support.histories import play
from tests.support.places import Place
from tests.support.processes import ending
from tests.support.view_tables import dump


def test_a_batch_is_never_written_twice(town: LedgerBuilder, views: FollowedViews) -> None:
    """Whatever two followers believe about the lead: the position decides."""
    motion = town.open()
    town.vote(motion, "m1")
    first, second = (Replay(town.ledger, -1).next(1000) for _ in range(2))
    assert first is not None
    assert second is not None
    assert views.write(first)
    before = dump(views)
    assert not views.write(second)
    assert dump(views) == before


def test_a_batch_that_leaves_something_out_is_not_written(town: LedgerBuilder, views: FollowedViews) -> None:
    """The position never runs ahead of what was written."""
    later = Replay(town.ledger, 3).next(1000)
    assert later is not None
    assert not views.write(later)
    assert views.position() == -1
    assert views.history() == []


def test_only_one_has_the_lead_and_the_next_one_gets_it(place: Place, views: FollowedViews) -> None:
    """Two processes on one ledger do the work once."""
    with place.open() as store, closing(open_views(store)) as others:
        assert views.lead()
        assert views.lead()
        assert not others.lead()
        views.release()
        assert others.lead()
        assert not views.lead()
    assert views.lead()


def test_when_the_leading_process_is_killed_another_one_goes_on(
    place: Place, town: LedgerBuilder, views: FollowedViews
) -> None:
    """Readers see new votes soon, whichever process dies."""
    motion = town.open()
    with ending(followers.start(place, "run")) as first, ending(followers.start(place, "run")) as second:
        for number, process in enumerate((first, second), start=1):
            assert process.stdout is not None
            assert process.stdout.readline() == "following\n"
            town.vote(motion, f"m{number}")
            until(lambda: views.position() == town.ledger.head())
            if process is first:
                followers.kill(first)
        town.vote(motion, "m3")
        until(lambda: views.position() == town.ledger.head())
        assert followers.finish(second) == ""
    followed = dump(views)
    Follower(town.ledger, views).rebuild()
    assert dump(views) == followed


def test_a_thread_follows_until_it_is_told_to_stop(town: LedgerBuilder, views: FollowedViews) -> None:
    """The service keeps its views with one thread, and gives up the lead when it ends."""
    motion = town.open()
    with followers.following(Follower(town.ledger, views)):
        for number in range(1, 6):
            receipt = town.vote(motion, f"m{number}")
            until(lambda seq=receipt.seq: views.position() >= seq)  # type: ignore[misc]
            assert views.tally(motion)[0].counts["yes"] == number
    with closing(open_views(town.ledger.store)) as others:
        assert others.lead()


def test_many_followers_at_once_make_the_views_of_one(
    place: Place, town: LedgerBuilder, views: FollowedViews
) -> None:
    """Threads of one follower, other followers, and writing all the while."""
    stores = [place.open() for _ in range(2)]
    others = [open_views(store) for store in stores]
    crowd = [Follower(town.ledger, one, batch=3) for one in (views, *others)]
    stop, failures = threading.Event(), []

    def chase(one: Follower) -> None:
        try:
            while not stop.is_set():
                one.catch_up()
        except Exception as error:  # noqa: BLE001 shown below
            failures.append(error)

    threads = [threading.Thread(target=chase, args=(one,)) for one in (*crowd, crowd[0])]
    for thread in threads:
        thread.start()
    play(town, rounds=1)
    stop.set()
    for thread in threads:
        thread.join()
    for one, store in zip(others, stores, strict=True):
        one.close()
        store.close()
    assert failures == []
    Follower(town.ledger, views).catch_up()
    followed = dump(views)
    Follower(town.ledger, views).rebuild()
    assert dump(views) == followed


def test_catch_up_waits_for_the_one_who_has_the_lead(
    place: Place, town: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who needs fresh views gets them from the other process, or an error that says whom to look at."""
    with place.open() as store, closing(open_views(store)) as leader:
        assert leader.lead()
        waiting: dict[str, Any] = {}
        thread = threading.Thread(
            target=lambda: waiting.update(position=Follower(town.ledger, views).catch_up())
        )
        thread.start()
        while changes := Replay(town.ledger, leader.position()).next(4):
            assert leader.write(changes)
        thread.join(PATIENCE)
        assert waiting == {"position": town.ledger.head()}
        town.open()
        monkeypatch.setattr(follower_module, "PATIENCE", 0.1)
        with pytest.raises(StoreLocked):
            Follower(town.ledger, views).catch_up()
