"""What does a caller learn when the database goes away, and is it true?"""

from __future__ import annotations

import hashlib
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import Diagnostic, QueryCanceled

from ledger.errors import OutcomeUnknown, StoreUnavailable
from ledger.storage import LedgerRecorder, Store
from ledger.storage.postgres import PostgresLedgerRecorder
from ledger.storage.postgres_batch import PostgresBatch
from ledger.storage.postgres_datastore import LedgerDatastore, Limits, alive
from tests.support.databases import MEMBER, OWNER, Cluster, Database
from tests.support.places import Place
from tests.support.postgres import Server
from tests.support.proxy import Proxy
from tests.support.rows import a_row, rows

KILL = (
    "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = %s AND pid <> pg_backend_pid()"
)


@pytest.fixture
def store(postgres_place: Place) -> Iterator[Store]:
    """A ledger with three entries."""
    with postgres_place.open() as store:
        with store.recorder.batch() as batch:
            batch.append(rows(0, 3))
        yield store


def test_a_connection_that_dies_in_the_block_has_stored_nothing(database: Database, store: Store) -> None:
    """Nothing had been sent to commit, so `StoreUnavailable` is known to be true; the next batch works."""
    with pytest.raises(StoreUnavailable):
        append_and(store.recorder, lambda: database.do(KILL, MEMBER))
    assert store.recorder.find([a_row(3).statement]) == {}
    with store.recorder.batch() as batch:
        batch.append([a_row(3)])
    assert store.recorder.head() == 3


def test_idle_connections_that_died_are_not_noticed_by_callers(database: Database, store: Store) -> None:
    """After a restart of the server the pool holds dead connections: none is given to a caller."""
    for seq in range(3, 6):
        database.do(KILL, MEMBER)
        assert store.recorder.head() == seq - 1
        database.do(KILL, MEMBER)
        with store.recorder.batch() as batch:
            batch.append([a_row(seq)])


@pytest.fixture
def wire(database: Database) -> Iterator[Proxy]:
    """A way to the database that can be cut."""
    with Proxy(database.conninfo(MEMBER)) as wire:
        yield wire


@pytest.fixture
def far(wire: Proxy, store: Store) -> Iterator[PostgresLedgerRecorder]:
    """The recorder behind that wire."""
    assert store.recorder.head() == 2
    recorder = PostgresLedgerRecorder(LedgerDatastore(wire.conninfo, "stimmbuch", Limits()))
    yield recorder
    recorder.close()


def append_and(recorder: LedgerRecorder, happens: Callable[[], None]) -> None:
    """Appends a row; something happens before the block is left."""
    with recorder.batch() as batch:
        batch.append([a_row(3)])
        happens()


def test_a_lost_acknowledgement_is_an_unknown_outcome_and_the_row_is_found(
    wire: Proxy, far: PostgresLedgerRecorder
) -> None:
    """The commit arrived, its answer did not: only `find` can tell, and it does."""
    with pytest.raises(OutcomeUnknown):
        append_and(far, wire.lose_answer)
    assert far.find([a_row(3).statement]) == {a_row(3).statement: a_row(3)}
    with far.batch() as batch:
        assert batch.since(2) == [a_row(3)]
        batch.append([a_row(4)])
    assert far.head() == 4


def test_a_lost_commit_is_an_unknown_outcome_and_the_row_is_not_found(
    wire: Proxy, far: PostgresLedgerRecorder
) -> None:
    """The same error, the other truth: nothing arrived, and the same rows can be stored again."""
    with pytest.raises(OutcomeUnknown):
        append_and(far, wire.lose_request)
    assert far.find([a_row(3).statement]) == {}
    with far.batch() as batch:
        batch.append([a_row(3)])
    assert far.head() == 3


def test_a_connection_lost_before_the_lock_has_stored_nothing(
    wire: Proxy, far: PostgresLedgerRecorder
) -> None:
    """Whatever breaks before the rows are sent is no reason for doubt."""
    assert far.head() == 2
    wire.lose_answer()
    with pytest.raises(StoreUnavailable), far.batch():
        pytest.fail("there was no lock")
    assert far.head() == 2


def test_a_read_on_a_broken_connection_is_repeated_once(wire: Proxy, far: PostgresLedgerRecorder) -> None:
    """A read may be repeated without harm, so nobody hears of one lost answer."""
    assert far.head() == 2
    wire.lose_answer()
    assert far.read(-1, 10) == rows(0, 3)


def test_a_listener_that_lost_its_connection_listens_again(database: Database, store: Store) -> None:
    """Who waits is woken in spite of it, and the new connection hears later commits."""
    assert store.recorder.wait(2, 0.1) is False
    for seq in (3, 4):
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(store.recorder.wait, seq - 1, 60)
            database.do(KILL, MEMBER)
            with store.recorder.batch() as batch:
                batch.append([a_row(seq)])
            assert waiting.result() is True


@pytest.fixture(scope="module")
def durable_database(durable_server: Server) -> Database:
    """A database on a server that may be stopped."""
    durable_server.start()
    cluster = Cluster(durable_server.admin)
    database = cluster.create()
    cluster.leave()
    return database


@pytest.fixture
def fragile(durable_server: Server, durable_database: Database, tmp_path: Path) -> Place:
    """A ledger of its own there: its schema is named after the test's folder."""
    durable_server.start()
    schema = "l" + hashlib.sha256(str(tmp_path).encode()).hexdigest()[:16]
    service, owner = (durable_database.url(role, schema) for role in (MEMBER, OWNER))
    place = Place(service, owner, tmp_path / "ledger")
    place.create().close()
    return place


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL])
def test_a_server_that_is_down_is_unavailable_and_what_was_acknowledged_is_there_afterwards(
    durable_server: Server, fragile: Place, how: signal.Signals
) -> None:
    """Stopped in order, at once, or killed: typed errors while it is away, every entry when it is back."""
    with fragile.open() as store:
        recorder = store.recorder
        with recorder.batch() as batch:
            batch.append(rows(0, 5))
        durable_server.stop(how)
        with pytest.raises(StoreUnavailable), recorder.batch():
            pytest.fail("there was no lock")
        with pytest.raises(StoreUnavailable):
            recorder.head()
        with pytest.raises(StoreUnavailable):
            recorder.wait(4, 60)
        with pytest.raises(StoreUnavailable):
            fragile.open()
        with pytest.raises(StoreUnavailable):
            store.disclosures.put(b"k" * 32, b"a name")
        durable_server.start()
        assert recorder.read(-1, 10) == rows(0, 5)
        with recorder.batch() as batch:
            batch.append([a_row(5)])


def test_a_server_that_is_killed_in_a_batch_has_stored_nothing_of_it(
    durable_server: Server, fragile: Place
) -> None:
    """The rows were never sent, so there is nothing to find after the restart."""
    with fragile.open() as store:

        def dies() -> None:
            with store.recorder.batch() as batch:
                assert isinstance(batch, PostgresBatch)
                batch.append(rows(0, 5))
                durable_server.stop(signal.SIGKILL)
                while alive(batch._connection):  # its own process outlives the killed one for a moment
                    time.sleep(0.01)

        with pytest.raises(StoreUnavailable):
            dies()
        durable_server.start()
        assert store.recorder.head() == -1


def test_a_commit_that_waits_for_a_missing_standby_is_an_unknown_outcome(
    durable_server: Server, fragile: Place
) -> None:
    """PostgreSQL would wait for ever, and answers "committed" with a warning when it is told to stop.

    The entry is stored here but perhaps nowhere else: after a failover it may be gone.
    """
    with fragile.open() as store, closing(impatient(store)) as recorder:
        with store.recorder.batch() as batch:
            batch.append([a_row(0)])
        set_standby(durable_server, "FIRST 1 (absent)")
        try:
            with pytest.raises(OutcomeUnknown, match="01000"), recorder.batch() as batch:
                batch.append([a_row(1)])
            assert recorder.find([a_row(1).statement]) == {a_row(1).statement: a_row(1)}
        finally:
            set_standby(durable_server, "")
        with store.recorder.batch() as batch:
            batch.append([a_row(2)])


def test_a_standby_is_not_written_to(durable_server: Server, fragile: Place) -> None:
    """A server that only reads is reported as such, by a batch and by the readiness check."""
    with fragile.open() as store:
        store.recorder.check()
        durable_server.stop()
        signal_file = durable_server.folder / "data" / "standby.signal"
        signal_file.touch()
        try:
            durable_server.start()
            assert store.recorder.head() == -1
            with pytest.raises(StoreUnavailable, match="standby"), store.recorder.batch():
                pytest.fail("there was no lock")
            with pytest.raises(StoreUnavailable, match="standby"):
                store.recorder.check()
        finally:
            durable_server.stop()
            signal_file.unlink()


def impatient(store: Store) -> PostgresLedgerRecorder:
    """Another recorder on that store, which gives up on a commit: only for one that never ends.

    Told to stop before it comes to wait, it would rightly say that nothing is stored.
    """
    limits = Limits(commit=3.0)
    datastore = LedgerDatastore(store.env["POSTGRES_CONNINFO"], store.env["POSTGRES_SCHEMA"], limits)
    return PostgresLedgerRecorder(datastore)


def set_standby(server: Server, names: str) -> None:
    """Sets `synchronous_standby_names`, and returns when commits wait, or no longer wait, for a standby.

    A session that shows the new value says nothing: commits go by what the checkpointer has told all
    sessions, and it takes the value up when its turn comes.
    """
    with psycopg.connect(server.admin, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = local")
        connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        connection.execute("SELECT pg_reload_conf()")
    while a_commit_waits(server) is not bool(names):
        pass


def a_commit_waits(server: Server) -> bool | None:
    """Tries a commit, and tells it to stop if it takes long: it warns if a standby was what it waited for.

    None: it was stopped before it waited for anything, and nothing is known.
    """
    warnings: list[Diagnostic] = []
    with psycopg.connect(server.admin, autocommit=True) as connection, ThreadPoolExecutor(1) as pool:
        connection.add_notice_handler(warnings.append)
        commit = pool.submit(connection.execute, "SELECT pg_logical_emit_message(true, 'tests', '')")
        while not wait([commit], timeout=0.05).done:
            connection.cancel()
        try:
            commit.result()
        except QueryCanceled:
            return None
    return bool(warnings)
