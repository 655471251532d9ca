"""Does a vote cost PostgreSQL the same, however often its member has changed it?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from ledger.storage.migrate import SERVICE
from projections.follower import Follower
from projections.open import open_views
from projections.postgres_schema import prepare_views
from tests.support.builders import a_town
from tests.support.databases import OWNER, SCHEMA, Database
from tests.support.followers import until
from tests.support.places import Place

WRITTEN = """SELECT coalesce(sum(n_tup_ins), 0), coalesce(sum(n_tup_upd), 0), coalesce(sum(n_tup_del), 0)
    FROM pg_stat_user_tables WHERE schemaname = 'stimmbuch_views' AND relname = 'view_votes'"""
MEMBERS, ROUNDS = 4, 5


def test_a_changed_vote_is_written_over_the_old_one(database: Database, tmp_path: Path) -> None:
    """Removed and inserted it left dead rows, by whose number the server planned: at times very badly."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    with Place(database.service, database.owner, tmp_path).open() as store:
        town = a_town(store, members=MEMBERS)
        motion = town.open()
        with closing(town.ledger), closing(open_views(store)) as views:
            follower = Follower(town.ledger, views)
            for _ in range(ROUNDS):
                for number in range(1, MEMBERS + 1):
                    town.vote(motion, f"m{number}")
                follower.catch_up()
            town.withdraw(motion, "m1")
            follower.catch_up()
    # The server counts what a session did some time after its end.
    until(lambda: _all_written(*database.ask(WRITTEN)[0]))
    assert database.ask(WRITTEN) == [(MEMBERS, MEMBERS * (ROUNDS - 1), 1)]


def _all_written(inserted: Any, updated: Any, deleted: Any) -> bool:
    return bool(inserted + updated >= MEMBERS * ROUNDS and deleted)
