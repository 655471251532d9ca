"""What may the service's role do, and what could an owner break by accident?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from psycopg.conninfo import conninfo_to_dict

from ledger.errors import StorageError
from ledger.storage import Store
from tests.support.databases import MEMBER, OWNER, PASSWORD, Database
from tests.support.places import Place
from tests.support.rows import a_row, rows

APPEND = "SELECT stimmbuch.stimmbuch_append(%s::bigint, %s, %s::bigint[], %s, %b::bytea[], %b::bytea[])"

FORBIDDEN = """
INSERT INTO stimmbuch.ledger_events VALUES (4, gen_random_uuid(), 1, 't', '', sha256(''))
UPDATE stimmbuch.ledger_events SET state = ''
DELETE FROM stimmbuch.ledger_events
TRUNCATE stimmbuch.ledger_events
ALTER TABLE stimmbuch.ledger_events DROP COLUMN state
DROP TABLE stimmbuch.ledger_events
CREATE TRIGGER t BEFORE INSERT ON stimmbuch.ledger_events EXECUTE FUNCTION tsvector_update_trigger()
UPDATE stimmbuch.ledger_disclosures SET body = ''
TRUNCATE stimmbuch.ledger_disclosures
DELETE FROM stimmbuch.ledger_migrations
INSERT INTO stimmbuch.ledger_migrations VALUES (99, '', '')
CREATE TABLE stimmbuch.mine (x int)
CREATE TABLE public.mine (x int)
CREATE FUNCTION stimmbuch.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE SCHEMA mine
CREATE ROLE mine
DROP FUNCTION stimmbuch.stimmbuch_lock(integer)
CREATE OR REPLACE FUNCTION stimmbuch.stimmbuch_lock(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 0'
SET ROLE stimmbuch_test_owner
BEGIN; LOCK TABLE stimmbuch.ledger_events IN EXCLUSIVE MODE
BEGIN; LOCK TABLE stimmbuch.ledger_lock IN EXCLUSIVE MODE
"""


@pytest.fixture
def store(postgres_place: Place) -> Iterator[Store]:
    """A ledger with three entries, opened as the service."""
    with postgres_place.open() as store:
        with store.recorder.batch() as batch:
            batch.append(rows(0, 3))
        yield store


@pytest.fixture
def service(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A session of the service's role in that database, as somebody at a console has it."""
    with psycopg.connect(database.conninfo(MEMBER), autocommit=True) as connection:
        yield connection


def test_the_service_may_read_and_append_and_nothing_else(
    service: psycopg.Connection[Any], store: Store
) -> None:
    """Nothing else is granted, so nothing else can be done by whoever takes the service over."""
    done = []
    for order in FORBIDDEN.strip().splitlines():
        try:
            service.execute(order.encode())
        except psycopg.errors.InsufficientPrivilege:
            service.rollback()
        else:
            done.append(order)
    assert done == []
    assert store.recorder.read(-1, 10) == rows(0, 3)


def test_nobody_else_may_append_or_read(database: Database, store: Store) -> None:
    """A role that is no member of the group has no way in."""
    database.do("CREATE ROLE stimmbuch_test_stranger LOGIN")
    try:
        stranger = database.conninfo("stimmbuch_test_stranger")
        with psycopg.connect(stranger, autocommit=True) as connection:
            for order in ("TABLE stimmbuch.ledger_events", "SELECT stimmbuch.stimmbuch_lock(1)"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(order.encode())
        with pytest.raises(StorageError, match="service role"):
            Place(database.url("stimmbuch_test_stranger"), "", Path("unused")).open()
    finally:
        database.do("DROP ROLE stimmbuch_test_stranger")
    assert store.recorder.head() == 2


def test_the_append_function_refuses_another_place(service: psycopg.Connection[Any], store: Store) -> None:
    """Even called by hand, it continues the log without a gap or not at all."""
    row = a_row(3)
    values = ([row.stream], [row.pos], [row.topic], [row.state], [row.statement])
    for first in (0, 1, 3, 5, 99, None):
        with pytest.raises(psycopg.Error) as refused:
            service.execute(APPEND, (first, *values))
        assert refused.value.sqlstate == "STB01"
    assert store.recorder.head() == 2
    service.execute(APPEND, (4, *values))
    assert store.recorder.read(2, 10) == [row]


def test_the_append_function_refuses_columns_of_different_lengths(
    service: psycopg.Connection[Any], store: Store
) -> None:
    """A row without a state is no row."""
    row = a_row(3)
    with pytest.raises(psycopg.errors.NotNullViolation):
        service.execute(APPEND, (4, [row.stream], [row.pos], [row.topic], [], [row.statement]))
    assert store.recorder.head() == 2


def test_a_table_of_the_service_s_own_does_not_mislead_the_functions(
    service: psycopg.Connection[Any], store: Store
) -> None:
    """A temporary table of the same name comes first in a careless search path."""
    assert store.recorder.head() == 2
    service.execute("CREATE TEMP TABLE ledger_events (notification_id bigint)")
    service.execute("INSERT INTO ledger_events VALUES (41)")
    assert service.execute("SELECT stimmbuch.stimmbuch_lock(1000)").fetchone() == (3,)


class Foreign(Aggregate):
    """An aggregate of a stock application."""


class Ledger(Application[UUID]):
    """A stock application whose tables would have the names of ours."""

    name = "ledger"


def test_an_owner_who_starts_a_stock_application_replaces_nothing(database: Database, store: Store) -> None:
    """The library then makes its own function anew, unlocked and without the owner's rights.

    Ours has another name and stays as it is; the service goes on appending.
    """
    given = conninfo_to_dict(database.conninfo(OWNER))
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(given["dbname"]),
        "POSTGRES_HOST": str(given["host"]),
        "POSTGRES_PORT": str(given.get("port") or 5432),
        "POSTGRES_USER": OWNER,
        "POSTGRES_PASSWORD": PASSWORD,
        "POSTGRES_SCHEMA": "stimmbuch",
    }
    with Ledger(env=env) as stock, pytest.raises(Exception, match="null value in column"):
        stock.save(Foreign())
    made = database.ask("SELECT count(*) FROM pg_proc WHERE proname = 'es_insert_events_uuid'")
    assert made == [(1,)]  # it did what it does
    store.recorder.check()
    with store.recorder.batch() as batch:
        batch.append([a_row(3)])
    assert store.recorder.read(-1, 10) == rows(0, 4)


REPLACED = "RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 0::bigint'"


@pytest.mark.parametrize(
    "damage",
    [
        "ALTER FUNCTION stimmbuch.stimmbuch_lock(integer) SECURITY INVOKER",
        f"CREATE OR REPLACE FUNCTION stimmbuch.stimmbuch_lock(patience_ms integer) {REPLACED}",
        f"CREATE FUNCTION stimmbuch.stimmbuch_lock(patience_ms bigint) {REPLACED}",
        "DROP FUNCTION stimmbuch.stimmbuch_lock(integer)",
    ],
)
def test_replaced_functions_are_noticed(
    database: Database, store: Store, postgres_place: Place, damage: str
) -> None:
    """A readiness check names them, and the ledger is not opened."""
    database.do(damage)
    with pytest.raises(StorageError, match="not those of the migrations"):
        store.recorder.check()
    with pytest.raises(StorageError, match="not those of the migrations"):
        postgres_place.open()
