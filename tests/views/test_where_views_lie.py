"""Where do the views lie, who may write them, and what if they are missing, old, or damaged?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from ledger.errors import StorageError
from ledger.storage.migrate import SERVICE
from ledger.storage.recorder import LedgerRecorder
from projections.follower import Follower
from projections.open import FILE, open_views
from projections.postgres import PostgresViews
from projections.postgres_schema import prepare_views, views_schema
from projections.rows import OPENED
from projections.tables import TABLES
from tests.support.builders import a_town
from tests.support.databases import MEMBER, OWNER, SCHEMA, Database
from tests.support.places import Place
from tests.support.view_tables import damage


@pytest.fixture
def log(postgres_place: Place) -> Iterator[LedgerRecorder]:
    """The log of an empty ledger on PostgreSQL."""
    with postgres_place.open() as store:
        yield store.recorder


def test_they_are_a_file_beside_the_ledger(sqlite_place: Place) -> None:
    """Disposable things lie apart: deleting the views must not touch the ledger. Others may not read them."""
    with sqlite_place.open() as store, closing(open_views(store)) as views:
        assert views.position() == -1
        found = sqlite_place.home / FILE
        assert found.stat().st_mode & 0o077 == 0


def test_a_deleted_file_comes_back_with_the_same_content(sqlite_place: Place) -> None:
    """The way out of every doubt: stop, delete, start."""
    with sqlite_place.open() as store:
        town = a_town(store)
        with closing(town.ledger):
            for _ in range(2):
                with closing(open_views(store)) as views:
                    assert Follower(town.ledger, views).catch_up() == town.ledger.head()
                for leftover in sqlite_place.home.glob(f"{FILE}*"):
                    leftover.unlink()


def test_a_damaged_file_is_reported_with_what_to_do(sqlite_place: Place) -> None:
    """An operator reads which file to delete, and no traceback of the database."""
    (sqlite_place.home / FILE).write_bytes(b"this is no database" * 1000)
    with sqlite_place.open() as store, pytest.raises(StorageError, match="delete"):
        open_views(store)


def test_tables_of_another_format_are_filled_anew(place: Place, database: Database) -> None:
    """After an update of the program nobody has to run anything, and nothing old is left lying about."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    catalogue = "sqlite_master WHERE type = 'table' AND name LIKE 'view%'"
    if place.where.startswith("postgresql:"):
        catalogue = "(SELECT tablename AS name FROM pg_tables WHERE schemaname = 'stimmbuch_views') AS t"
    for _ in range(2):
        with place.open() as store, closing(open_views(store)) as views:
            assert views.position() == -1
            assert {name for (name,) in views.ask(f"SELECT name FROM {catalogue}")} == set(TABLES)
            damage(views, "UPDATE {view_position} SET format = 0, position = 7")
            damage(views, "ALTER TABLE {view_votes} RENAME TO view_of_old")


def test_an_older_process_cannot_write_rows_without_the_newer_columns(
    place: Place, database: Database
) -> None:
    """It would leave them as if nothing had ever been public, and nobody would write them again."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    older = ", ".join(name for name in OPENED if name != "public")
    values = ", ".join("'1'" for _ in older.split(", "))
    with place.open() as store, closing(open_views(store)) as views:
        with pytest.raises((StorageError, sqlite3.IntegrityError), match=r"public"):
            damage(views, f"INSERT INTO {{view_procedures}} ({older}) VALUES ({values})")
        damage(views, f"INSERT INTO {{view_procedures}} ({older}, public) VALUES ({values}, true)")


def test_the_tables_belong_to_the_service_and_not_to_one_login(database: Database, tmp_path: Path) -> None:
    """Every login of the service's group can rebuild, whichever of them came first."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    second = f"{MEMBER}_2"
    database.do(f"CREATE ROLE {second} LOGIN PASSWORD 'stimmbuch' IN ROLE {SERVICE}")
    try:
        with Place(database.service, database.owner, tmp_path).open() as store:
            town = a_town(store)
            with closing(town.ledger), closing(open_views(store)) as views:
                Follower(town.ledger, views).catch_up()
                with closing(PostgresViews(database.conninfo(second), SCHEMA, store.recorder)) as others:
                    Follower(town.ledger, others).rebuild()
                town.open()
                assert Follower(town.ledger, views).catch_up() == town.ledger.head()
                Follower(town.ledger, views).rebuild()
        owners = database.ask(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'stimmbuch_views'"
        )
        assert owners == [(SERVICE,)]
    finally:
        database.do(f"DROP ROLE {second}")


def test_without_the_owners_preparation_the_service_says_what_is_missing(
    database: Database, log: LedgerRecorder
) -> None:
    """The service cannot make a schema, and should not be able to."""
    with pytest.raises(StorageError, match="owner has to prepare"):
        PostgresViews(database.conninfo(MEMBER), SCHEMA, log)


def test_an_owner_needs_no_preparation_and_does_not_get_into_the_services_way(
    database: Database, log: LedgerRecorder
) -> None:
    """Whoever may make the schema does it with the first use; preparing afterwards is harmless."""
    assert views_schema(SCHEMA) == "stimmbuch_views"
    with closing(PostgresViews(database.conninfo(OWNER), SCHEMA, log)) as views:
        assert views.position() == -1
    with pytest.raises(StorageError, match="a right is missing"):
        PostgresViews(database.conninfo(MEMBER), SCHEMA, log)
    for _ in range(2):
        prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
        with closing(PostgresViews(database.conninfo(MEMBER), SCHEMA, log)) as views:
            assert views.position() == -1
            assert views.lead()


def test_views_give_the_service_no_right_on_the_ledger(database: Database) -> None:
    """The tables of the log stay out of reach for everybody who may write views."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    with (
        psycopg.connect(database.conninfo(MEMBER), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM stimmbuch.ledger_events")


def test_an_interrupted_session_costs_the_lead_and_nothing_else(database: Database, tmp_path: Path) -> None:
    """When the server ends the writing session, the follower goes on with a new one."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    with Place(database.service, database.owner, tmp_path).open() as store:
        town = a_town(store)
        with closing(town.ledger), closing(open_views(store)) as views:
            assert views.lead()
            database.do(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database() AND backend_type = 'client backend'"
            )
            follower = Follower(town.ledger, views)
            with pytest.raises(StorageError):
                follower.catch_up()
            assert follower.catch_up() == town.ledger.head()


def test_what_is_ordered_or_compared_is_so_by_its_bytes(database: Database, log: LedgerRecorder) -> None:
    """A database with a language of its own would sort members as its dictionary does."""
    prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
    with closing(PostgresViews(database.conninfo(MEMBER), SCHEMA, log)):
        found = database.ask(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'stimmbuch_views' AND collation_name = 'C'"
        )
    compared = {
        "view_votes.procedure",
        "view_votes.member",
        "view_procedures.closes_at",
        "view_streams.stream",
    }
    assert compared <= {str(row[0]) for row in found}
