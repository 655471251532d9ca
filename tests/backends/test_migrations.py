"""Are the tables made once, by the owner, from files that nobody changed afterwards?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.errors import NotALedger, StorageError, StoreNotFound, StoreTooNew
from ledger.storage import open_store
from ledger.storage.migrate import SERVICE, migrate, migrations
from tests.support.databases import MEMBER, OWNER, SCHEMA, Database
from tests.support.places import Place

FROZEN = {
    1: "0001_ledger_events.sql",
    2: "0002_append_functions.sql",
    3: "0003_ledger_disclosures.sql",
    4: "0004_scrub_function.sql",
}


def test_the_migrations_are_numbered_without_a_gap() -> None:
    """Their order is their number; a released one keeps its name."""
    found = migrations()
    assert {migration.number: migration.name for migration in found} == FROZEN
    assert [migration.number for migration in found] == list(range(1, len(found) + 1))


def test_migrating_twice_changes_nothing(empty_database: Database) -> None:
    """The second run finds everything in place."""
    owner = empty_database.conninfo(OWNER)
    assert migrate(owner, SCHEMA) == list(FROZEN.values())
    assert migrate(owner, SCHEMA) == []
    applied = empty_database.ask("SELECT number, name, checksum FROM stimmbuch.ledger_migrations ORDER BY 1")
    assert applied == [(m.number, m.name, m.checksum) for m in migrations()]


def test_many_who_migrate_at_once_do_it_once(empty_database: Database) -> None:
    """The others wait, and then find nothing to do."""
    owner = empty_database.conninfo(OWNER)
    with ThreadPoolExecutor(6) as threads:
        done = list(threads.map(lambda _: migrate(owner, SCHEMA), range(6)))
    assert sorted(done) == [[]] * 5 + [list(FROZEN.values())]


def test_an_interrupted_migration_leaves_nothing(empty_database: Database) -> None:
    """All files go down in one transaction: a failing last one takes the first with it."""
    empty_database.do("CREATE ROLE stimmbuch_test_absent NOLOGIN")
    empty_database.do("CREATE SCHEMA stimmbuch AUTHORIZATION stimmbuch_test_owner")
    empty_database.do(
        "CREATE FUNCTION stimmbuch.stimmbuch_lock(integer) RETURNS int LANGUAGE sql AS 'SELECT 1'"
    )
    try:
        with pytest.raises(StorageError):
            migrate(empty_database.conninfo(OWNER), SCHEMA, "stimmbuch_test_absent")
        assert empty_database.ask("SELECT relname FROM pg_class WHERE relname LIKE 'ledger%'") == []
    finally:
        empty_database.do("DROP ROLE stimmbuch_test_absent")


def test_a_file_that_was_changed_afterwards_is_refused(database: Database, postgres_place: Place) -> None:
    """What stands in the database is not what the file says any more: neither opened nor migrated."""
    database.do("UPDATE stimmbuch.ledger_migrations SET checksum = repeat('0', 64) WHERE number = 2")
    with pytest.raises(StorageError, match=r"0002_append_functions\.sql was changed"):
        postgres_place.open()
    with pytest.raises(StorageError, match=r"0002_append_functions\.sql was changed"):
        migrate(database.conninfo(OWNER), SCHEMA)


def test_a_newer_schema_is_left_alone(database: Database, postgres_place: Place) -> None:
    """An old program does not guess what a newer one has done."""
    database.do("INSERT INTO stimmbuch.ledger_migrations VALUES (99, '0099_from_the_future.sql', '')")
    with pytest.raises(StoreTooNew):
        postgres_place.open()
    with pytest.raises(StoreTooNew):
        migrate(database.conninfo(OWNER), SCHEMA)


def test_an_older_schema_says_what_to_do(database: Database, postgres_place: Place) -> None:
    """The service may not migrate; the message names what is missing and who can."""
    database.do("DROP TABLE stimmbuch.ledger_disclosures")
    database.do("DELETE FROM stimmbuch.ledger_migrations WHERE number = 3")
    with pytest.raises(StorageError, match=r"lacks 0003_ledger_disclosures\.sql: migrate it as its owner"):
        postgres_place.open()
    assert migrate(database.conninfo(OWNER), SCHEMA) == ["0003_ledger_disclosures.sql"]
    with postgres_place.open() as store:
        store.disclosures.put(b"k" * 32, b"a name")


def test_the_tables_of_another_program_are_left_alone(empty_database: Database) -> None:
    """A schema that is in use is not filled up with ours."""
    empty_database.do("CREATE SCHEMA used AUTHORIZATION stimmbuch_test_owner")
    empty_database.do("CREATE TABLE used.something (x int)")
    with pytest.raises(NotALedger):
        migrate(empty_database.conninfo(OWNER), "used")


def test_a_missing_service_role_is_made_or_asked_for(empty_database: Database) -> None:
    """Whoever may not create roles is told the order that an administrator has to run."""
    role = "stimmbuch_test_group"
    empty_database.do("ALTER ROLE stimmbuch_test_owner NOCREATEROLE")
    try:
        with pytest.raises(StorageError, match=f'CREATE ROLE "{role}" NOLOGIN'):
            migrate(empty_database.conninfo(OWNER), SCHEMA, role)
        with pytest.raises(StoreNotFound):
            open_store(empty_database.owner, home=Path("unused"))
        empty_database.do("ALTER ROLE stimmbuch_test_owner CREATEROLE")
        migrate(empty_database.conninfo(OWNER), SCHEMA, role)
        made = empty_database.ask("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", role)
        assert made == [(False,)]
    finally:
        empty_database.do("ALTER ROLE stimmbuch_test_owner CREATEROLE")
        empty_database.do(f"DROP OWNED BY {role}")
        empty_database.do(f"DROP ROLE {role}")


def test_the_service_role_is_a_group_without_a_login(database: Database) -> None:
    """Login roles come and go; the rights hang on the group."""
    assert database.ask("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", SERVICE) == [(False,)]
    assert database.ask("SELECT pg_has_role(%s, %s, 'MEMBER')", MEMBER, SERVICE) == [(True,)]


def test_a_member_of_the_service_cannot_migrate(empty_database: Database) -> None:
    """Making tables takes the owner's rights."""
    with pytest.raises(StorageError, match="permission denied"):
        migrate(empty_database.conninfo(MEMBER), SCHEMA)
