"""Does one SQLite file keep the contract, and is it told from everything that is not a ledger?"""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.tests import persistence as shipped

from ledger.errors import (
    NotALedger,
    OutcomeUnknown,
    StorageError,
    StoreExists,
    StoreLocked,
    StoreNotFound,
    StoreTooNew,
    StoreUnavailable,
)
from ledger.storage import LedgerRecorder, Store, open_store
from ledger.storage.sqlite_file import APPLICATION_ID, create_file
from tests.backends.contract import BatchContract, ReadingContract
from tests.backends.contract_crowd import CrowdContract, FoundingContract
from tests.backends.contract_store import DisclosureContract, StoreContract
from tests.support.places import Place
from tests.support.rows import a_row, rows


class TestSQLite(
    BatchContract, ReadingContract, CrowdContract, FoundingContract, StoreContract, DisclosureContract
):
    """The contract, on SQLite."""

    VISITS = 40  # opening is quick, and a mistake showed once in a hundred visits

    @pytest.fixture
    def place(self, sqlite_place: Place) -> Place:
        """An empty ledger."""
        return sqlite_place

    @pytest.fixture
    def empty_place(self, tmp_path: Path) -> Place:
        """A directory that is not there yet."""
        folder = tmp_path / "below" / "none"
        return Place(str(folder), str(folder), folder)


class TestShippedSQLite(shipped.ApplicationRecorderTestCase[LedgerRecorder]):
    """The library's own tests of an application recorder.

    Left out: `test_performance`, which prints and cannot fail; and AggregateRecorderTestCase, which
    wants a recorder without positions (`insert_events` must return None there).
    """

    test_performance = None  # type: ignore[assignment]

    @pytest.fixture(autouse=True)
    def _open(self, sqlite_place: Place) -> Iterator[None]:
        with sqlite_place.open() as self.store:
            yield

    def create_recorder(self) -> LedgerRecorder:
        """The recorder of an empty ledger."""
        return self.store.recorder

    def test_insert_subscribe(self) -> None:
        """The library's SQLite cannot subscribe; ours can."""
        self.optional_test_insert_subscribe()


@pytest.fixture
def file(sqlite_place: Place) -> Path:
    """The file of an empty ledger."""
    return sqlite_place.home / "ledger.sqlite"


@pytest.fixture
def store(sqlite_place: Place) -> Iterator[Store]:
    """An open, empty ledger."""
    with sqlite_place.open() as store:
        yield store


@pytest.fixture
def impatient(sqlite_place: Place) -> Iterator[Store]:
    """The same ledger, by somebody who gives up on its lock soon: only for a lock that nobody lets go."""
    with sqlite_place.open(lock_timeout=0.2) as impatient:
        yield impatient


@contextmanager
def stranger(file: Path, *statements: str) -> Iterator[sqlite3.Connection]:
    """Another program at the file, which has executed these statements."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        yield connection


def test_the_file_says_what_it_is(file: Path, store: Store) -> None:
    """Application id and version stand in the header, where `file` and any other tool find them."""
    header = file.read_bytes()[:100]
    assert header[68:72] == b"StBu" == APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(header[60:64], "big") == 1
    with store.recorder.datastore.locked() as connection:  # type: ignore[attr-defined]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_the_module_is_a_persistence_module_of_the_library() -> None:
    """It names exactly one factory; two would stop every application."""
    with pytest.raises(StoreNotFound):
        InfrastructureFactory.construct(
            {"PERSISTENCE_MODULE": "ledger.storage.sqlite", "SQLITE_DBNAME": "no"}
        )


@pytest.mark.parametrize(
    "content", [b"something else entirely\n" * 100, b"SQLite format 3\0" + b"\xff" * 4080]
)
def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path, content: bytes) -> None:
    """Neither opened nor overwritten."""
    (tmp_path / "ledger.sqlite").write_bytes(content)
    for create in (False, True):
        with pytest.raises(NotALedger):
            open_store(str(tmp_path), create=create)
    assert (tmp_path / "ledger.sqlite").read_bytes() == content


def test_the_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    """A file with tables of somebody else is no ledger, and none is made in it."""
    with stranger(tmp_path / "ledger.sqlite", "CREATE TABLE t (x)"):
        pass
    with pytest.raises(NotALedger):
        open_store(str(tmp_path))
    with pytest.raises(StoreExists):
        open_store(str(tmp_path), create=True)


def test_a_ledger_of_another_program_is_not_a_ledger(file: Path) -> None:
    """The same tables under another application's number mean something else."""
    with stranger(file, "PRAGMA application_id = 7"):
        pass
    with pytest.raises(NotALedger, match="another program"):
        open_store(str(file.parent))


def test_founders_in_a_rush_do_not_disturb_each_other(tmp_path: Path) -> None:
    """SQLite refuses at once when two switch a file to its write-ahead log, whatever the timeout."""
    together = Barrier(6)

    def found(path: Path) -> str:
        together.wait(60)
        try:
            create_file(path, 5.0)
        except StoreExists:
            return "exists"
        return "made"

    with ThreadPoolExecutor(6) as threads:
        for number in range(30):
            answers = threads.map(found, [tmp_path / str(number) / "ledger.sqlite"] * 6)
            assert sorted(answers) == ["exists"] * 5 + ["made"]


def test_a_file_instead_of_a_directory_is_not_a_ledger(file: Path) -> None:
    """The ledger is the directory."""
    with pytest.raises(NotALedger):
        open_store(str(file))


def test_a_newer_format_is_left_alone(file: Path) -> None:
    """An old program does not guess."""
    with stranger(file, "PRAGMA user_version = 2"):
        pass
    with pytest.raises(StoreTooNew):
        open_store(str(file.parent))


def test_a_ledger_without_its_tables_is_not_a_ledger(file: Path) -> None:
    """The header alone does not make one."""
    with stranger(file, "DROP TABLE ledger_events"):
        pass
    with pytest.raises(NotALedger):
        open_store(str(file.parent))


def test_a_damaged_page_is_reported(file: Path, store: Store) -> None:
    """What cannot be read is not silently missing."""
    with store.recorder.batch() as batch:
        batch.append(rows(0, 200))
    store.close()
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(b"\xff" * (file.stat().st_size - 4096))
    with pytest.raises(NotALedger), open_store(str(file.parent)) as again:
        again.recorder.read(-1, 1000)


def test_an_entry_of_another_type_is_named(file: Path, store: Store) -> None:
    """Bytes that became text, or a number, are not handed out as an entry; the message says which."""
    with store.recorder.batch() as batch:
        batch.append(rows(0, 5))
    disguise = "UPDATE ledger_events SET state = CAST(state AS TEXT) WHERE notification_id = 4"
    with stranger(file, "PRAGMA ignore_check_constraints = ON", disguise):
        pass
    assert store.recorder.read(-1, 3) == rows(0, 3)
    for read in (store.recorder.read, store.recorder.columns):
        with pytest.raises(NotALedger, match="seq 3 is damaged"):
            read(-1, 5, until=5)


def test_a_flipped_bit_gives_no_other_error_than_ours(file: Path, store: Store) -> None:
    """Wherever it is: a typed error, or rows of the right types, which the proofs then judge."""
    with store.recorder.batch() as batch:
        batch.append(rows(0, 40))
    store.close()
    sound = file.read_bytes()
    refused = 0
    for bit in range(0, 8 * len(sound), 397):
        damaged = bytearray(sound)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        try:
            with open_store(str(file.parent)) as again:
                found = again.recorder.read(-1, 100)
        except StorageError:
            refused += 1
        else:
            assert all(type(row.state) is bytes and type(row.topic) is str for row in found)
    assert refused > 10


def test_an_interrupted_founding_is_completed(tmp_path: Path) -> None:
    """A crash between making the file and making the tables leaves no ledger, and is no obstacle."""
    with stranger(tmp_path / "ledger.sqlite", "PRAGMA journal_mode = WAL"):
        pass
    with pytest.raises(StoreNotFound):
        open_store(str(tmp_path))
    open_store(str(tmp_path), create=True).close()
    open_store(str(tmp_path)).close()


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_the_lock_of_a_foreign_program_is_reported(
    file: Path, store: Store, impatient: Store, lock: str
) -> None:
    """Somebody's open shell is waited for, then named as the reason; reading goes on."""
    with stranger(file, lock):
        with pytest.raises(StoreLocked), impatient.recorder.batch():
            pytest.fail("the lock was not held")
        assert store.recorder.head() == -1
    with store.recorder.batch() as batch:
        batch.append([a_row(0)])


def test_vacuum_does_not_renumber(file: Path, store: Store) -> None:
    """The place in the log is the row's key, not a hidden number that VACUUM may change."""
    with store.recorder.batch() as batch:
        batch.append(rows(0, 50))
    with stranger(file, "DELETE FROM ledger_events WHERE notification_id BETWEEN 5 AND 9", "VACUUM"):
        pass
    assert [row.seq for row in store.recorder.read(-1, 100)] == [*range(4), *range(9, 50)]


def test_an_erased_text_is_gone_from_the_disk(file: Path, store: Store) -> None:
    """Not from the table only: neither the file nor its write-ahead log holds the bytes."""
    small, large = b"a name that is to be erased", b"a long text, to be erased " * 1000
    store.disclosures.put_all({b"k" * 32: small, b"l" * 32: large})

    def found(text: bytes) -> bool:
        return any(text in path.read_bytes() for path in file.parent.glob("ledger.sqlite*"))

    assert found(small)
    assert found(large[:500])
    store.disclosures.erase([b"k" * 32, b"l" * 32])
    assert not found(small)
    assert not found(large[:26])


def test_a_reader_that_keeps_an_erased_text_alive_is_reported(
    file: Path, store: Store, impatient: Store
) -> None:
    """The erasure counts, but the old copy is still there: the caller erases again later."""
    store.disclosures.put(b"k" * 32, b"a name")
    with stranger(file, "BEGIN", "SELECT * FROM ledger_disclosures"):
        with pytest.raises(StoreLocked):
            impatient.disclosures.erase([b"k" * 32])
        assert store.disclosures.get([b"k" * 32]) == {}
    store.disclosures.erase([b"k" * 32])


def test_a_full_disk_stores_nothing(store: Store) -> None:
    """A batch that does not fit is refused as a whole; what is there stays readable, and room heals it."""
    with store.recorder.batch() as batch:
        batch.append(rows(0, 3))
    datastore = store.recorder.datastore  # type: ignore[attr-defined]
    with datastore.locked() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailable), store.recorder.batch() as batch:
        batch.append(rows(3, 200))
    assert store.recorder.head() == 2
    with store.recorder.batch() as batch:
        batch.append(rows(3, 200))
    assert store.recorder.head() == 202


def test_a_disk_that_fails_during_the_commit_leaves_the_outcome_open(file: Path, store: Store) -> None:
    """After a failed write or fsync nobody knows what a crash would bring back: ask again."""
    with store.recorder.batch() as batch:
        batch.append(rows(0, 3))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    written = file.with_name("ledger.sqlite-wal").stat().st_size

    def fails_to_commit() -> None:
        with store.recorder.batch() as batch:
            batch.append(rows(3, 20))
            resource.setrlimit(resource.RLIMIT_FSIZE, (written, limits[1]))

    try:
        with pytest.raises(OutcomeUnknown):
            fails_to_commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert store.recorder.find([a_row(3).statement]) == {}
    with store.recorder.batch() as batch:
        batch.append(rows(3, 20))
    assert store.recorder.read(-1, 100) == rows(0, 23)
