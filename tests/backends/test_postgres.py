"""Does a schema of PostgreSQL keep the contract, opened as the service that may only read and append?"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, StoredEvent
from eventsourcing.tests import persistence as shipped

from ledger.errors import StoreUnavailable
from ledger.storage import Conflict, LedgerRecorder, Store
from tests.backends.contract import BatchContract, ReadingContract
from tests.backends.contract_crowd import CrowdContract, FoundingContract
from tests.backends.contract_store import DisclosureContract, StoreContract
from tests.support.databases import MEMBER, OWNER, Database
from tests.support.places import Place
from tests.support.rows import a_row, rows


class TestPostgres(
    BatchContract, ReadingContract, CrowdContract, FoundingContract, StoreContract, DisclosureContract
):
    """The contract, on PostgreSQL."""

    @pytest.fixture
    def place(self, postgres_place: Place) -> Place:
        """An empty ledger."""
        return postgres_place

    @pytest.fixture
    def empty_place(self, empty_database: Database, tmp_path: Path) -> Place:
        """A database in which the owner has not made the ledger yet."""
        return Place(empty_database.service, empty_database.owner, tmp_path / "ledger")


class TestShippedPostgres(shipped.ApplicationRecorderTestCase[LedgerRecorder]):
    """The library's own tests of an application recorder.

    Left out: `test_performance`, which prints and cannot fail; and AggregateRecorderTestCase, which
    wants a recorder without positions (`insert_events` must return None there).
    """

    test_performance = None  # type: ignore[assignment]

    @pytest.fixture(autouse=True)
    def _open(self, postgres_place: Place) -> Iterator[None]:
        with postgres_place.open() as self.store:
            yield

    def create_recorder(self) -> LedgerRecorder:
        """The recorder of an empty ledger."""
        return self.store.recorder

    def test_insert_subscribe(self) -> None:
        """Optional in the library, kept here."""
        self.optional_test_insert_subscribe()


@pytest.fixture
def store(postgres_place: Place) -> Iterator[Store]:
    """An open, empty ledger."""
    with postgres_place.open() as store:
        yield store


def test_the_module_is_a_persistence_module_of_the_library() -> None:
    """It names exactly one factory; two would stop every application."""
    nowhere = {"PERSISTENCE_MODULE": "ledger.storage.postgres", "POSTGRES_CONNINFO": "host=/nowhere"}
    with pytest.raises(StoreUnavailable):
        InfrastructureFactory.construct(nowhere)


def test_the_library_makes_nothing_even_if_the_owner_lets_it(database: Database, tmp_path: Path) -> None:
    """Tables and functions come from the migrations alone, whatever `CREATE_TABLE` says."""
    made = "SELECT relname FROM pg_class WHERE relnamespace = 'stimmbuch'::regnamespace ORDER BY 1"
    before = database.ask(made)
    with Place(database.owner, "", tmp_path).open() as store:
        env = {**store.env, "CREATE_TABLE": "yes"}
        with Application[UUID](env=env) as application:
            application.recorder.insert_events([StoredEvent(UUID(int=1), 1, "test.v1", b"state")])
    assert database.ask(made) == before
    assert database.ask("SELECT proname FROM pg_proc WHERE proname LIKE 'es_%'") == []


@pytest.mark.parametrize("task", ["VACUUM (FREEZE)", "ANALYZE"])
def test_maintenance_does_not_stop_the_voting(database: Database, store: Store, task: str) -> None:
    """VACUUM and ANALYZE lock the log against the lock that eventsourcing takes, for as long as they run.

    A session that holds their lock mode stands for a long run of theirs.
    """
    with store.recorder.batch() as batch:
        batch.append(rows(0, 20))
    with psycopg.connect(database.admin) as maintenance:
        maintenance.execute("LOCK TABLE stimmbuch.ledger_events IN SHARE UPDATE EXCLUSIVE MODE")
        with store.recorder.batch() as batch:
            batch.append([a_row(20)])
    database.do(f"{task} stimmbuch.ledger_events")
    assert store.recorder.read(-1, 100) == rows(0, 21)


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
def test_a_default_isolation_does_not_hide_the_head(
    database: Database, postgres_place: Place, isolation: str
) -> None:
    """A snapshot from before the lock would show an old head: each batch says what it needs."""
    database.do(f"ALTER ROLE {MEMBER} SET default_transaction_isolation = '{isolation}'")
    try:
        with postgres_place.open() as one, postgres_place.open() as other:
            for seq, store in enumerate([one, other, one, other]):
                with store.recorder.batch() as batch:
                    assert batch.head == seq - 1
                    batch.append([a_row(seq)])
    finally:
        database.do(f"ALTER ROLE {MEMBER} RESET default_transaction_isolation")


def test_the_lock_function_refuses_an_old_snapshot(database: Database) -> None:
    """Whoever calls the function by hand in another isolation gets an error instead of an old head."""
    with psycopg.connect(database.conninfo(MEMBER)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(psycopg.Error, match="READ COMMITTED"):
            connection.execute("SELECT stimmbuch.stimmbuch_lock(1000)")


def test_a_commit_is_durable_whatever_the_role_s_setting_says(database: Database) -> None:
    """`synchronous_commit = off` would acknowledge what a crash then loses."""
    with psycopg.connect(database.conninfo(MEMBER)) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("SELECT stimmbuch.stimmbuch_lock(1000)")
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        connection.rollback()
        connection.execute("SET synchronous_commit = remote_apply")
        connection.execute("SELECT stimmbuch.stimmbuch_lock(1000)")
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("remote_apply",)


def test_every_commit_is_announced(database: Database, store: Store) -> None:
    """Who listens hears of a commit when it is visible, and of nothing else."""
    with psycopg.connect(database.conninfo(MEMBER), autocommit=True) as listener:
        listener.execute('LISTEN "ledger:stimmbuch"')
        with store.recorder.batch():
            pass
        with pytest.raises(Conflict), store.recorder.batch() as batch:
            batch.append([a_row(0)._replace(statement=b"short")])
        for seq in range(3):
            with store.recorder.batch() as batch:
                batch.append([a_row(seq)])
            assert len(list(listener.notifies(timeout=60, stop_after=1))) == 1
            assert listener.execute(
                "SELECT max(notification_id) FROM stimmbuch.ledger_events"
            ).fetchone() == (seq + 1,)
        assert list(listener.notifies(timeout=0)) == []


def test_two_ledgers_in_one_database_do_not_meet(database: Database, tmp_path: Path) -> None:
    """A schema is a ledger: own lock, own positions, own notifications."""
    address = database.url(OWNER, "second")
    second = Place(address, address, tmp_path / "second")
    with second.create() as other, Place(database.service, "", tmp_path / "first").open() as first:
        with first.recorder.batch() as batch, other.recorder.batch() as another:
            batch.append(rows(0, 2))
            another.append(rows(0, 3))
        assert (first.recorder.head(), other.recorder.head()) == (1, 2)
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(first.recorder.wait, 1, 0.3)
            with other.recorder.batch() as batch:
                batch.append(rows(3, 1))
            assert waiting.result() is False


def test_vacuum_full_keeps_the_positions(database: Database, store: Store) -> None:
    """The place in the log is a key of the row."""
    with store.recorder.batch() as batch:
        batch.append(rows(0, 30))
    database.do("VACUUM FULL stimmbuch.ledger_events")
    assert store.recorder.read(-1, 100) == rows(0, 30)
