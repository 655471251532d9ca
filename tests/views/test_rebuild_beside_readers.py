"""Do new tables come into use beside readers, whatever they are reading, without an error for anybody?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from ledger.storage.migrate import SERVICE
from projections import postgres_giving_way
from projections.follower import Follower
from projections.open import open_views
from projections.postgres_schema import prepare_views
from projections.tables import TABLES
from tests.support.builders import a_town
from tests.support.databases import MEMBER, OWNER, SCHEMA, Database
from tests.support.followers import PATIENCE, until
from tests.support.places import Place
from tests.support.view_tables import damage

WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'stimmbuch_views.view_tallies'::regclass"
SHARE = "LOCK TABLE stimmbuch_views.{} IN ACCESS SHARE MODE"
"""As every query takes it on each of its tables, one after the other."""


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    """An empty ledger on PostgreSQL, whose service may make views."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    return Place(database.service, database.owner, tmp_path)


@contextmanager
def reading(database: Database, taking: Callable[[], object]) -> Iterator[psycopg.Connection[object]]:
    """A reader of tallies whose table `taking` waits for in a thread, whose errors are the test's."""
    thread = threading.Thread(target=taking)
    with psycopg.connect(database.conninfo(MEMBER)) as reader:
        reader.execute(SHARE.format("view_tallies"))
        thread.start()
        until(lambda: bool(database.ask(WAITING)))
        yield reader
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_a_rebuild_gives_way_to_a_reader_of_two_tables(database: Database, place: Place) -> None:
    """The reader has one table and the swap the other: each would wait for ever, and one would be ended."""
    with (
        place.open() as store,
        closing(a_town(store).ledger) as ledger,
        closing(open_views(store)) as views,
    ):
        follower = Follower(ledger, views)
        follower.catch_up()
        with reading(database, follower.rebuild) as reader:
            reader.execute(SHARE.format("view_position"))
        assert views.position() == ledger.head()


def test_tables_of_another_format_give_way_to_a_reader_of_an_older_process(
    database: Database, place: Place
) -> None:
    """While processes are updated one by one, neither the reads of the old nor the start of the new fail."""
    with place.open() as store, closing(open_views(store)) as older:
        damage(older, "UPDATE {view_position} SET format = 0, position = 7")
        with reading(database, lambda: open_views(store).close()) as reader:
            for table in TABLES:
                reader.execute(SHARE.format(table))
        assert older.position() == -1


def test_who_waits_long_for_a_reader_says_for_whom(
    database: Database,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A start that hangs behind somebody's forgotten transaction would be a riddle otherwise."""
    monkeypatch.setattr(postgres_giving_way, "TOLD_EVERY", 1)
    with (
        place.open() as store,
        closing(a_town(store).ledger) as ledger,
        closing(open_views(store)) as views,
        reading(database, Follower(ledger, views).rebuild) as reader,
    ):
        until(lambda: f"sessions {reader.info.backend_pid}" in caplog.text)
