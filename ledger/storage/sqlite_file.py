"""The file `ledger.sqlite`: what is in it, how it is told from other files, what its errors mean.

There are no triggers against UPDATE and DELETE: whoever owns a file can drop them. That nothing was
changed is shown by proof (`stimmbuch verify`), not by permission.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

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
from ledger.sentence import PATH_AND_REASON
from ledger.storage import sentences
from ledger.storage.directories import locked_directory, sync_directory
from ledger.storage.recorder import Conflict

APPLICATION_ID = 0x53744275
"""`StBu` in ASCII, in the file's header (bytes 68-71): tells a ledger from any other SQLite file."""

FORMAT = 1
"""The `user_version` (bytes 60-63) that this program writes, and the highest one that it reads."""

NO_CODE = 0
"""For the one operational error of Python's own: a value that is said to be text, and is not."""

TABLES = (
    # INTEGER PRIMARY KEY makes the id the rowid itself, so that VACUUM cannot renumber it.
    """CREATE TABLE ledger_events (
        notification_id INTEGER PRIMARY KEY CHECK (notification_id > 0),
        originator_id BLOB NOT NULL CHECK (typeof(originator_id) = 'blob' AND length(originator_id) = 16),
        originator_version INTEGER NOT NULL CHECK (typeof(originator_version) = 'integer'),
        topic TEXT NOT NULL,
        state BLOB NOT NULL CHECK (typeof(state) = 'blob'),
        statement BLOB NOT NULL UNIQUE CHECK (typeof(statement) = 'blob' AND length(statement) = 32),
        UNIQUE (originator_id, originator_version)
    )""",
    """CREATE TABLE ledger_disclosures (
        digest BLOB NOT NULL PRIMARY KEY CHECK (typeof(digest) = 'blob' AND length(digest) = 32),
        body BLOB NOT NULL CHECK (typeof(body) = 'blob')
    )""",
)

PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit returns after its fsync
    "PRAGMA fullfsync = ON",  # macOS: fsync alone does not reach the disk there
    "PRAGMA secure_delete = ON",  # erased disclosures are overwritten, not only unlinked
    "PRAGMA trusted_schema = OFF",  # a foreign file's schema must not run functions
    "PRAGMA cell_size_check = ON",  # a damaged page is reported instead of followed
)


def connect(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection in autocommit mode; the file must exist. `timeout`: seconds to wait for locks."""
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=timeout,
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def create_file(path: Path, timeout: float) -> None:
    """Makes a new ledger in one transaction. Raises `StoreExists` if there is one, or anything else.

    Of many processes that try at once, one succeeds. A crash leaves a file without tables, which
    counts as none: it is not opened, and the next attempt completes it.
    """
    with typed_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Founders take turns: SQLite refuses at once when two switch a file to its write-ahead log.
        with locked_directory(path.parent):
            path.touch(mode=0o600)
            with closing(connect(path, timeout)) as connection:
                if not _is_vacant(connection):
                    raise StoreExists(sentences.DATABASE_EXISTS, path=path)
                _lay_out(connection)
        sync_directory(path.parent)


def _lay_out(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for statement in TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def check_file(path: Path, timeout: float) -> None:
    """Raises `StoreNotFound`, `NotALedger` or `StoreTooNew` unless this is a ledger that we can use."""
    with typed_errors(path):
        if not path.exists():
            raise _missing(path)
    with typed_errors(path), closing(connect(path, timeout)) as connection:
        if _is_vacant(connection):
            raise _missing(path)
        if _pragma(connection, "application_id") != APPLICATION_ID:
            raise NotALedger(sentences.FOREIGN_FILE, path=path)
        version = _pragma(connection, "user_version")
        if version > FORMAT:
            raise StoreTooNew(sentences.NEWER_FORMAT, path=path, version=version, known=FORMAT)
        connection.execute("SELECT notification_id, statement FROM ledger_events LIMIT 1")
        connection.execute("SELECT digest, body FROM ledger_disclosures LIMIT 1")


@contextmanager
def typed_errors(path: Path, *, committing: bool = False) -> Iterator[None]:
    """Turns SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, path, committing) from error
    except UnicodeDecodeError as error:  # of a message in which SQLite quotes damaged names
        raise NotALedger(sentences.SCHEMA_NO_TEXT, path=path) from error
    except OSError as error:
        raise StoreUnavailable(PATH_AND_REASON, path=path, reason=error.strerror) from error


def _translate(error: sqlite3.Error, path: Path, committing: bool) -> StorageError:
    if isinstance(error, sqlite3.ProgrammingError):  # the module's own: used after closing
        return StoreUnavailable(PATH_AND_REASON, path=path, reason=error)
    code = getattr(error, "sqlite_errorcode", NO_CODE) & 0xFF
    if code == sqlite3.SQLITE_CONSTRAINT:
        return Conflict(f"a row is refused: {error}")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return StoreLocked(sentences.PROGRAM_HOLDS_LOCK, path=path)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, NO_CODE):
        return NotALedger(sentences.NO_LEDGER_OR_DAMAGED, path=path, error=error)
    if committing and code == sqlite3.SQLITE_IOERR:
        # The frames may have reached the log file although its fsync failed: a crash can bring them back.
        return OutcomeUnknown(sentences.DISK_FAILED, path=path, error=error)
    return StoreUnavailable(PATH_AND_REASON, path=path, reason=error)


def _is_vacant(connection: sqlite3.Connection) -> bool:
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return tables == 0 and _pragma(connection, "application_id") == 0


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _missing(path: Path) -> StoreNotFound:
    return StoreNotFound(sentences.NO_LEDGER, path=path.parent)
