"""What do the views look like when their follower dies, fails, or meets an entry that makes no sense?"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ledger.errors import ProofError, StorageError
from projections import follower as follower_module
from projections.changes import Changes
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.open import open_views
from projections.replay import Replay
from tests.support import followers
from tests.support.builders import LedgerBuilder, a_town
from tests.support.followers import following, until
from tests.support.histories import play
from tests.support.places import Place
from tests.support.processes import ending
from tests.support.recount import lines
from tests.support.view_tables import dump
from tests.views.test_random_histories import assert_shown

KILLS = 4


def test_a_batch_that_fails_in_the_middle_leaves_nothing(town: LedgerBuilder, views: FollowedViews) -> None:
    """The history is written before the votes: none of it may stay when the votes cannot be written."""
    play(town, rounds=1)
    Follower(town.ledger, views, batch=21).catch_up(20)
    before = dump(views)
    changes = Replay(town.ledger, 20).next(1000)
    assert changes is not None
    procedure, member, _, *more = changes.voted[0]
    changes.voted.append((procedure, member, None, *more))
    with pytest.raises(StorageError):
        views.write(changes)
    assert dump(views) == before
    changes.voted.pop()
    assert views.write(changes)
    assert views.position() == town.ledger.head()


def test_a_follower_that_is_killed_again_and_again_leaves_views_as_of_their_position(
    place: Place, town: LedgerBuilder, views: FollowedViews
) -> None:
    """Wherever the process dies, a recount up to the position gives what the views say."""
    play(town, rounds=6)
    log = lines([row.state for row in town.ledger.entries(-1, 10_000)])
    for _ in range(KILLS):
        target = views.position() + 10
        # It cannot come to the end of the log, however late we are.
        with ending(followers.start(place, "catch-up", 1, target + 10)) as process:
            until(lambda: views.position() >= target or process.poll() is not None)  # noqa: B023 called here
        until(views.lead)  # its session is over: no commit that it has sent comes later
        views.release()
        assert target <= views.position() < town.ledger.head()
        assert_shown(views, log[: views.position() + 1])
    assert followers.finish(followers.start(place, "catch-up", 100)) == str(town.ledger.head())
    followed = dump(views)
    Follower(town.ledger, views).rebuild()
    assert dump(views) == followed


def test_what_a_failed_batch_left_in_the_memory_is_forgotten(
    town: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that could not write a batch must not leave its votes out, nor count them twice."""
    motion = town.open()
    failures: list[Changes] = []
    write = type(views).write

    def fail_once(self: FollowedViews, changes: Changes) -> bool:
        if changes.voted and not failures:
            failures.append(changes)
            raise StorageError("the disk is full")
        return write(self, changes)

    monkeypatch.setattr(follower_module, "AFTER_FAILURE", 0.01)
    monkeypatch.setattr(type(views), "write", fail_once)
    with following(Follower(town.ledger, views)):
        until(lambda: views.position() == town.ledger.head())
        for number in range(1, 4):
            town.vote(motion, f"m{number}")
        until(lambda: views.position() == town.ledger.head())
    assert len(failures) == 1
    assert views.tally(motion)[0].counts == {"yes": 3, "no": 0, "abstain": 0}
    assert [row.seq for row in views.history(motion)] == [row.seq for row in views.history(limit=1000)][-4:]


@pytest.mark.parametrize("damage", [b'{"at":"not an entry"}', b""])
def test_a_damaged_entry_stops_the_views_before_it(sqlite_place: Place, damage: bytes) -> None:
    """Views of a log that was tampered with stand still and say where, instead of showing nonsense."""
    with sqlite_place.open() as store:
        town = a_town(store)
        motion = town.open()
        town.vote(motion, "m1")
        with closing(town.ledger), closing(open_views(store)) as views:
            follower = Follower(town.ledger, views, batch=1)
            with closing(sqlite3.connect(sqlite_place.home / "ledger.sqlite")) as file, file:
                file.execute(
                    "UPDATE ledger_events SET state = ? WHERE notification_id = ?",
                    (damage, town.ledger.head() + 1),
                )
            with pytest.raises(ProofError):
                follower.catch_up()
            assert views.position() == town.ledger.head() - 1
            assert views.tally(motion)[0].counts["yes"] == 0
