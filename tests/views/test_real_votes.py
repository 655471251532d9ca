"""Do the views show of real votes what their sources published, vote by vote?"""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from api.clock import utc_now
from ledger.application import VotingLedger
from ledger.founding import replay_secret
from ledger.proof.statement import procedure_id
from ledger.rollcalls.people import People
from projections.follower import Follower
from projections.open import open_views
from tests.support.imports import found_at, imported, recounted, written
from tests.support.places import Place
from tests.support.rollcalls import SOURCES

CALLS = 12
"""Roll calls of each source: thousands of votes, in some seconds. All of them are counted in `journeys`."""


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", SOURCES)
def test_the_views_of_real_votes_say_what_a_naive_count_says(
    shared: Path, sqlite_place: Place, tmp_path: Path, name: str
) -> None:
    """Counts, outcomes and the roll call, each member with the published vote; and a rebuild agrees."""
    source = SOURCES[name]
    calls = list(islice(source.convert(shared / "votes" / source.folder), CALLS))
    assert calls
    found_at(sqlite_place)
    imported(sqlite_place, written(calls, tmp_path / "calls.jsonl"))
    with (
        closing(VotingLedger(sqlite_place.open(), clock=utc_now)) as ledger,
        closing(open_views(ledger.store)) as views,
    ):
        follower = Follower(ledger, views)
        follower.catch_up()
        people = People(replay_secret(sqlite_place.home))
        expected = recounted(calls)
        for call in calls:
            view = views.procedure(str(procedure_id(ledger.origin, call["id"])))
            assert view is not None
            [tally] = views.tally(view.id)
            assert (tally.counts, tally.result) == expected[call["id"]]
            members = views.members(view, limit=10_000)
            ids = {one["id"]: people.pseudonym(view.body, one["id"]) for one in call["members"]}
            assert [one.member for one in members] == sorted(ids.values())
            assert {one.member: one.vote.choices["1"] for one in members if one.vote} == {
                ids[cast["member"]]: cast["choice"] for cast in call["casts"]
            }
            assert (view.members, view.voted) == (len(call["members"]), len(call["casts"]))
        assert follower.compare().wrong == 0
