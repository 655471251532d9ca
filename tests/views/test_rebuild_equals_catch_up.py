"""Are the views the same, byte for byte, however they were made?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ledger.application import VotingLedger
from projections import replay
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.open import open_views
from projections.sqlite import SqliteViews
from tests.support.builders import LedgerBuilder, a_town
from tests.support.histories import play
from tests.support.places import Place
from tests.support.view_tables import Dump, dump


@pytest.fixture
def played(town: LedgerBuilder) -> LedgerBuilder:
    """The town after a history in which everything happens."""
    play(town)
    return town


@contextmanager
def _other_views(path: Path, log: VotingLedger) -> Iterator[FollowedViews]:
    with closing(SqliteViews(path, log.store.recorder)) as views:
        yield views


def test_the_size_of_the_batches_leaves_no_trace(
    played: LedgerBuilder, views: FollowedViews, tmp_path: Path
) -> None:
    """Where a batch ends is chance: what readers see must not depend on it."""
    dumps: list[Dump] = []
    for batch in (1, 7, 1000):
        follower = Follower(played.ledger, views, batch=batch)
        assert follower.catch_up() == played.ledger.head()
        dumps.append(dump(views))
        follower.rebuild()
        dumps.append(dump(views))
        with _other_views(tmp_path / f"other-{batch}.sqlite", played.ledger) as other:
            Follower(played.ledger, other, batch=batch).catch_up()
            dumps.append(dump(other))
    assert len(dumps[0]["view_streams"]) == played.ledger.head() + 1
    assert all(one == dumps[0] for one in dumps[1:])


def test_a_follower_that_starts_anew_at_every_batch_makes_the_same_views(
    played: LedgerBuilder, views: FollowedViews
) -> None:
    """In the middle of the log a follower loads register and procedures from the log, and nothing else."""
    while views.position() < played.ledger.head():
        before = views.position()
        Follower(played.ledger, views, batch=11).catch_up(before + 1)
        assert views.position() <= before + 11
    followed = dump(views)
    Follower(played.ledger, views).rebuild()
    assert dump(views) == followed


def test_procedures_that_left_the_memory_come_back_as_they_were(
    played: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More procedures than fit into the memory make the follower slower, and nothing else."""
    follower = Follower(played.ledger, views, batch=5)
    follower.catch_up()
    followed = dump(views)
    monkeypatch.setattr(replay, "KEEP", 5)
    monkeypatch.setattr("ledger.state.MAX_PROCEDURES", 1)
    follower.rebuild()
    assert dump(views) == followed


def test_both_databases_hold_the_same_rows(new_place: Callable[[], Place], tmp_path: Path) -> None:
    """The same log gives the same views on SQLite and on PostgreSQL."""
    with new_place().open() as store, closing(open_views(store)) as views:
        town = a_town(store)
        with closing(town.ledger), _other_views(tmp_path / "other.sqlite", town.ledger) as other:
            play(town, rounds=1)
            Follower(town.ledger, views).catch_up()
            Follower(town.ledger, other).catch_up()
            assert dump(views) == dump(other)


def test_progress_counts_the_entries_up_to_the_last_one(played: LedgerBuilder, views: FollowedViews) -> None:
    """A progress bar needs numbers that grow and end at the total."""
    told: list[int] = []
    Follower(played.ledger, views, batch=10).rebuild(told.append)
    assert told == sorted(told)
    assert told[-1] == played.ledger.head() + 1 == views.position() + 1
