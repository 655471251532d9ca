"""What PostgreSQL's errors mean for a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from ledger.errors import NotALedger, StorageError, StoreLocked, StoreNotFound, StoreUnavailable
from ledger.storage import sentences
from ledger.storage.recorder import Conflict

OUT_OF_ORDER = "STB01"
"""Raised by `stimmbuch_append` when the rows do not continue the log."""

_BY_STATE: dict[str, tuple[type[StorageError], str]] = {
    OUT_OF_ORDER: (Conflict, "the rows do not continue the log"),
    "55P03": (StoreLocked, "another program holds the ledger's lock"),
    "40P01": (StoreLocked, "another program holds a lock that waits for ours"),
    "3F000": (StoreNotFound, "there is no such schema"),
    "42P01": (NotALedger, "a table of the ledger is missing"),
    "42883": (NotALedger, "a function of the ledger is missing"),
    "42501": (StorageError, "a right is missing: make the role a member of the ledger's service role"),
    "25006": (StoreUnavailable, "this server is a standby, which only reads"),
    "57014": (StoreUnavailable, "the statement was cancelled"),
}


def translate(error: psycopg.Error) -> StorageError:
    """Our error for one that arrived before a commit was sent: nothing was stored."""
    state = error.sqlstate or ""
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    if state in _BY_STATE:
        kind, meaning = _BY_STATE[state]
        return kind(f"{meaning} ({text})")
    if state.startswith("23"):
        return Conflict(f"a row is refused: {text}")
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreUnavailable(sentences.DATABASE_SILENT, reason=text)
    return StorageError(sentences.DATABASE_REFUSES, reason=text)


def ends_the_session(error: psycopg.Error) -> bool:
    """Whether the error leaves open what became of the last statement: no answer, or a dying server."""
    return error.sqlstate is None or error.diag.severity_nonlocalized in ("FATAL", "PANIC")


@contextmanager
def typed_errors() -> Iterator[None]:
    """Turns psycopg's errors into ours, as `translate` does."""
    try:
        yield
    except psycopg.Error as error:
        raise translate(error) from error
