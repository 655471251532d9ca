"""Connections to the file of the views."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import StorageError, StoreLocked, StoreUnavailable
from ledger.sentence import PATH_AND_REASON
from projections import sentences

PATIENCE = 30.0
"""Seconds to wait for another writer: a batch, or a swap that drops large tables."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode, for any thread, one at a time."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    connection.execute("PRAGMA synchronous = NORMAL")
    # Some builds of SQLite overwrite what is deleted. Nothing is erased here that does not stand in the log.
    connection.execute("PRAGMA secure_delete = OFF")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Takes the file's write lock; commits at the end, rolls back on an exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def typed_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreLocked(sentences.FILE_LOCKED, path=path) from error
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise StorageError(sentences.DAMAGED_VIEWS, path=path, error=error) from error
        raise StoreUnavailable(PATH_AND_REASON, path=path, reason=error) from error
    except OSError as error:
        raise StoreUnavailable(PATH_AND_REASON, path=path, reason=error.strerror) from error
