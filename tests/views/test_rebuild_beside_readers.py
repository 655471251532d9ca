"""Does a rebuild come into use beside readers, whatever they are reading, without an error for anybody?"""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import psycopg

from ledger.storage.migrate import SERVICE
from projections.follower import Follower
from projections.open import open_views
from projections.postgres_schema import prepare_views
from tests.support.builders import a_town
from tests.support.databases import MEMBER, OWNER, SCHEMA, Database
from tests.support.followers import PATIENCE, until
from tests.support.places import Place

WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'stimmbuch_views.view_tallies'::regclass"
SHARE = "LOCK TABLE stimmbuch_views.{} IN ACCESS SHARE MODE"
"""As every query takes it on each of its tables, one after the other."""


def test_a_rebuild_gives_way_to_a_reader_of_two_tables(database: Database, tmp_path: Path) -> None:
    """The reader has one table and the swap the other: each would wait for ever, and one would be ended."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    with (
        Place(database.service, database.owner, tmp_path).open() as store,
        closing(a_town(store).ledger) as ledger,
        closing(open_views(store)) as views,
    ):
        follower = Follower(ledger, views)
        follower.catch_up()
        thread = threading.Thread(target=follower.rebuild)  # an error in it is an error of the test
        with psycopg.connect(database.conninfo(MEMBER)) as reader:
            reader.execute(SHARE.format("view_tallies"))
            thread.start()
            until(lambda: bool(database.ask(WAITING)))
            reader.execute(SHARE.format("view_position"))
        thread.join(PATIENCE)
        assert not thread.is_alive()
        assert views.position() == ledger.head()
