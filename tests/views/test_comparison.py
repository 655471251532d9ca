"""Is a view that is wrong found, whatever is wrong with it, while people read and vote?"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import main
from projections.comparison import KEYS, Comparison, Difference
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.open import open_views
from projections.tables import TABLES
from tests.support.builders import LedgerBuilder
from tests.support.histories import play
from tests.support.places import Place
from tests.support.view_tables import damage, dump
from tests.views.test_rebuilding import busy

BROKEN = {
    "view_position": "UPDATE {view_position} SET leaf = 'x'",
    "view_procedures": "UPDATE {view_procedures} SET voted = voted + 1 WHERE opened_seq ="
    " (SELECT min(opened_seq) FROM {view_procedures})",
    "view_tallies": "UPDATE {view_tallies} SET counts = '{{}}' WHERE number = 1",
    "view_votes": "DELETE FROM {view_votes} WHERE member = 'm2'",
    "view_conduct": "INSERT INTO {view_conduct} VALUES ('p', 'm1', NULL, NULL, NULL, NULL, '[]', NULL, NULL,"
    " '[]', NULL)",
    "view_bodies": "UPDATE {view_bodies} SET since = 1",
    "view_seats": "UPDATE {view_seats} SET ended = NULL",
    "view_keys": "UPDATE {view_keys} SET ended = NULL, ended_by = NULL",
    "view_acts": "DELETE FROM {view_acts} WHERE kind = 'procedure-closed'",
    "view_streams": "DELETE FROM {view_streams} WHERE seq = 30",
}
"""Table → an order that makes it say something else than the log."""


@pytest.fixture
def followed(town: LedgerBuilder, views: FollowedViews) -> Follower:
    """A follower of views in which every table has rows."""
    play(town, rounds=1)
    follower = Follower(town.ledger, views, batch=20)
    follower.catch_up()
    return follower


def test_every_table_is_compared() -> None:
    """A table that nobody compares could say anything."""
    assert list(KEYS) == list(TABLES) == list(BROKEN)


def test_sound_views_do_not_differ(followed: Follower, views: FollowedViews) -> None:
    """And are untouched by the comparison."""
    before = dump(views)
    found = followed.compare()
    assert (found.position, found.wrong, found.differences) == (views.position(), 0, [])
    assert found.rows == sum(len(rows) for rows in before.values())
    assert dump(views) == before


@pytest.mark.parametrize("table", BROKEN)
def test_a_broken_view_is_found(followed: Follower, views: FollowedViews, table: str) -> None:
    """In the table where it is broken, and nowhere else; a rebuild says so too, and mends it."""
    before = dump(views)
    damage(views, BROKEN[table])
    damaged = dump(views)
    assert damaged != before
    found = followed.compare()
    assert {one.table for one in found.differences} == {table}
    assert found.wrong == len(set(before[table]) ^ set(damaged[table])) / (
        2 if "UPDATE" in BROKEN[table] else 1
    )
    told: list[Comparison] = []
    followed.rebuild(compared=told.append)
    assert told == [found]
    assert dump(views) == before
    assert followed.compare().wrong == 0


def test_a_difference_is_told_with_its_place_and_both_values(
    followed: Follower, views: FollowedViews
) -> None:
    """So that an operator knows what was shown wrongly."""
    damage(views, "UPDATE {view_acts} SET kind = 'x' WHERE seq = 0")
    last = "SELECT max(seq) FROM {view_votes} WHERE member = 'm3'"
    damage(views, f"DELETE FROM {{view_votes}} WHERE member = 'm3' AND seq = ({last})")
    damage(views, "INSERT INTO {view_bodies} VALUES ('a body', 3)")
    found = {one.table: one for one in followed.compare().differences}
    assert found["view_acts"] == Difference(
        "view_acts", {"seq": 0}, {"kind": ("x", "ledger-created")}, "differs"
    )
    assert found["view_acts"].sentence().en == "view_acts, seq 0: differs: kind is 'x', not 'ledger-created'"
    assert (found["view_votes"].what, found["view_votes"].key["member"]) == ("missing", "m3")
    assert (found["view_bodies"].what, found["view_bodies"].key) == ("unexpected", {"body": "a body"})


def test_views_that_go_further_than_the_log_differ(followed: Follower, views: FollowedViews) -> None:
    """As after an old backup of the log was restored: the comparison ends, and says so."""
    damage(views, "UPDATE {view_position} SET position = position + 5")
    found = followed.compare()
    assert [one.table for one in found.differences] == ["view_position"]


def test_votes_that_arrive_meanwhile_are_no_difference(
    place: Place, town: LedgerBuilder, views: FollowedViews
) -> None:
    """The comparison runs beside the service: both sets are looked at as of one entry."""
    found: list[Comparison] = []
    with place.open() as store, closing(open_views(store)) as others:
        follower, comparing = Follower(town.ledger, views, batch=3), Follower(town.ledger, others, batch=5)
        with busy(follower.catch_up, lambda: found.append(comparing.compare())) as failures:
            play(town, rounds=1)
        assert failures == []
    assert found
    assert {one.wrong for one in found} == {0}


@pytest.fixture
def typed(place: Place) -> Callable[..., tuple[int, str]]:
    """A command on this ledger: its exit code and what it printed."""

    def run(name: str, *options: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, [name, "--store", place.where, "--home", str(place.home), *options])
        assert not isinstance(result.exception, Exception), result.exception
        return result.exit_code, result.stdout

    return run


def test_the_commands_end_with_1_where_a_view_is_wrong(
    followed: Follower, views: FollowedViews, typed: Callable[..., tuple[int, str]]
) -> None:
    """For a timer that alarms somebody; after `rebuild --compare` all is well."""
    followed.catch_up()
    assert typed("compare") == (0, typed("compare")[1])
    assert "✓ all are as the log says" in typed("compare")[1]
    damage(views, "UPDATE {view_tallies} SET result = 'adopted!' WHERE number = 0")
    code, text = typed("compare")
    assert (code, "result is 'adopted!'" in text) == (1, True)
    code, text = typed("compare", "--json")
    told: dict[str, Any] = json.loads(text)
    assert (code, told["different"] > 0, told["differences"][0]["table"]) == (1, True, "view_tallies")
    code, text = typed("rebuild", "--compare")
    assert (code, "differ from the log" in text) == (1, True)
    assert typed("rebuild", "--compare")[0] == typed("compare")[0] == 0


def test_the_lag_is_a_number_of_entries_and_a_time(town: LedgerBuilder, views: FollowedViews) -> None:
    """For a metric: how old is what readers see?"""
    follower = Follower(town.ledger, views)
    follower.catch_up()
    assert (follower.lag().entries, follower.lag().seconds) == (0, 0.0)
    motion = town.open()
    town.vote(motion, "m1")
    town.clock.advance(10)
    lag = follower.lag()
    assert (lag.entries, lag.seconds, lag.head - lag.position) == (2, 11.0, 2)
    follower.catch_up()
    assert follower.lag().seconds == 0.0
