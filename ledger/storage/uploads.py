"""What was sent over HTTP to lie beside the log, by whom and when: so that it can be bounded, and swept.

A file of its own in the ledger's home, `uploads.sqlite`. A row says that something was sent, and not yet
that a statement names it: that is found out from the log (`ledger.sweeping`). A row that a crash forgets
keeps its text or document for ever; nothing else depends on this file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from ledger.errors import QuotaExceeded, StoreUnavailable
from ledger.storage import sentences

FILE = "uploads.sqlite"
WAIT = 10.0
"""Seconds for which a writer waits for another one, or for a sweep."""

_TABLE = """CREATE TABLE IF NOT EXISTS uploads (
    digest TEXT PRIMARY KEY, client TEXT NOT NULL, size INTEGER NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID"""
# Who says another length the second time does not make what lies there smaller.
_NOTE = """INSERT INTO uploads (digest, client, size, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (digest) DO UPDATE SET at = excluded.at, size = max(size, excluded.size)"""
_SUM = "SELECT count(*), coalesce(sum(size), 0) FROM uploads WHERE digest <> ?"


class Upload(NamedTuple):
    """What is sent. The digest as statements write it, the time as entries do."""

    digest: str
    client: str
    size: int
    """Bytes."""
    at: str


class Uploads:
    """Of one ledger. Safe for many processes."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def note(self, upload: Upload, *, each: tuple[int, int], together: tuple[int, int]) -> bool:
        """Something is about to be stored: whether it was not noted before. If it was, it is young again.

        `each` and `together` are a number of uploads and of bytes. Raises `QuotaExceeded` where that would be
        more than one client, or all of them, may have.
        """
        with self._alone() as journal:
            for most, more, whose in ((each, " AND client = ?", [upload.client]), (together, "", [])):
                count, total = journal.execute(_SUM + more, [upload.digest, *whose]).fetchone()
                if count + 1 > most[0] or total + upload.size > most[1]:
                    what = sentences.TOO_MUCH_OF_A_CLIENT if whose else sentences.TOO_MUCH_OF_ALL
                    raise QuotaExceeded(what, count=count, size=total, most=most[0], bytes=most[1])
            there = journal.execute("SELECT 1 FROM uploads WHERE digest = ?", (upload.digest,)).fetchone()
            journal.execute(_NOTE, upload)
        return there is None

    def measure(self, digest: str, size: int) -> None:
        """How large it is, where that was not announced."""
        with self._alone() as journal:
            journal.execute("UPDATE uploads SET size = ? WHERE digest = ?", (size, digest))

    def all(self, before: str = "9999") -> list[str]:
        """The digests of what was sent before this time, and last then."""
        with self._alone() as journal:
            rows = journal.execute("SELECT digest FROM uploads WHERE at < ?", (before,)).fetchall()
        return [digest for (digest,) in rows]

    def forget(self, digests: Iterable[str]) -> None:
        """These are named, or were never stored."""
        with self._alone() as journal:
            journal.executemany("DELETE FROM uploads WHERE digest = ?", ((digest,) for digest in digests))

    @contextmanager
    def claimed(self, before: str) -> Iterator[list[str]]:
        """What was sent before this time: forgotten if the block succeeds. Who sends it again waits."""
        with self._alone() as journal:
            rows = journal.execute("SELECT digest FROM uploads WHERE at < ?", (before,)).fetchall()
            yield [digest for (digest,) in rows]
            journal.execute("DELETE FROM uploads WHERE at < ?", (before,))

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        """A transaction, which closing the file takes back where the block fails."""
        try:
            with closing(sqlite3.connect(self._path, timeout=WAIT, isolation_level=None)) as journal:
                journal.execute("BEGIN IMMEDIATE")
                journal.execute(_TABLE)
                yield journal
                journal.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreUnavailable(sentences.UPLOADS_UNUSABLE, path=self._path, reason=error) from error
