"""What an auditor keeps from one audit to the next, so that only what is new has to be verified.

A directory of the auditor's own, with one SQLite file:

* the checkpoint that was verified, the head of the chain, and the right edge of the tree
* the digests of all statements, so that none is recorded twice
* of each stream its last link, and the numbers of its entries: where a new entry touches an old stream, its
  entries are read again, and must be those that were verified, link by link

Nothing in it is secret, and nobody else may write to it: what stands here is believed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from ledger.audit import sentences
from ledger.audit.tree import Rows
from ledger.errors import BadState
from ledger.proof.lines import HASH_BYTES
from ledger.proof.tiles import HEIGHT, WIDTH

FILE = "verified.sqlite"
FORMAT = 1

AT_ONCE = 500
"""Digests in one query: below the 999 parameters that the oldest SQLite allows."""

_TABLES = """
CREATE TABLE IF NOT EXISTS verified (
    format INTEGER NOT NULL, origin TEXT NOT NULL, size INTEGER NOT NULL, head TEXT NOT NULL,
    at TEXT NOT NULL, checkpoint BLOB NOT NULL, edge BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS statements (digest BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS streams (
    stream BLOB NOT NULL PRIMARY KEY, pos INTEGER NOT NULL, leaf TEXT NOT NULL, last INTEGER NOT NULL,
    numbers BLOB NOT NULL
) WITHOUT ROWID;
"""


_ADD_STREAM = """
INSERT INTO streams VALUES (?, ?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE
SET pos = excluded.pos, leaf = excluded.leaf, last = excluded.last, numbers = numbers || excluded.numbers
"""


class Verified(NamedTuple):
    """How far a log was verified."""

    origin: str
    size: int
    head: str
    """Leaf hash of entry `size` - 1, base64."""
    at: str
    """Its time."""
    checkpoint: bytes
    """The checkpoint of this size, with its signatures."""
    rows: Rows
    """The right edge of the tree: the hashes of the last tile of each level."""


class Stream(NamedTuple):
    """A stream as far as it was verified."""

    pos: int
    leaf: str
    """Leaf hash of its last entry, base64."""
    numbers: list[int]
    """Of its entries, in order."""


@dataclass
class News:
    """What an audit adds: streams as they stand now, the numbers of their new entries, new digests."""

    places: Mapping[str, tuple[int, str]]
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    digests: Iterable[bytes] = ()


class KeptState:
    """The state in a directory. Whatever is wrong with its file is a `BadState`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._database: sqlite3.Connection | None = None

    def read(self) -> Verified | None:
        """How far the log was verified; None if nothing was kept yet. Raises `BadState`."""
        if not self._path.exists():
            return None
        row = self._one("SELECT format, origin, size, head, at, checkpoint, edge FROM verified")
        if row is None or row[0] != FORMAT:
            raise BadState(sentences.NOT_OURS, path=self._path)
        _, origin, size, head, at, checkpoint, edge = row
        return Verified(origin, size, head, at, checkpoint, _unpack_rows(edge, size))

    def knows_any(self, digests: Sequence[bytes]) -> bool:
        """Whether one of these statements was recorded among the verified entries."""
        pieces = (digests[at : at + AT_ONCE] for at in range(0, len(digests), AT_ONCE))
        return any(self._one(_known(len(piece)), *piece) is not None for piece in pieces)

    def stream(self, stream: str) -> Stream | None:
        """A stream as far as it was verified; None if it began later."""
        row = self._one("SELECT pos, leaf, numbers FROM streams WHERE stream = ?", UUID(stream).bytes)
        return None if row is None else Stream(row[0], row[1], list(unpack_numbers(row[2])))

    def keep(self, verified: Verified, news: News, *, anew: bool) -> None:
        """Adds what was verified, all of it or nothing; `anew`: in place of what was there."""
        with self._errors():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            database = self._open()
            database.executescript(_TABLES)
            with database:
                database.execute("BEGIN IMMEDIATE")
                if anew:
                    database.execute("DELETE FROM statements")
                    database.execute("DELETE FROM streams")
                database.executemany("INSERT INTO statements VALUES (?)", ((one,) for one in news.digests))
                database.executemany(_ADD_STREAM, map(self._row, news.numbers, repeat(news)))
                database.execute("DELETE FROM verified")
                values = (FORMAT, *verified[:5], _pack_rows(verified.rows))
                database.execute("INSERT INTO verified VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def close(self) -> None:
        """Closes the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _row(self, stream: str, news: News) -> tuple[bytes, int, str, int, bytes]:
        key, numbers = UUID(stream).bytes, news.numbers[stream]
        last = self._one("SELECT last FROM streams WHERE stream = ?", key)
        return key, *news.places[stream], numbers[-1], pack_numbers(numbers, -1 if last is None else last[0])

    def _one(self, sql: str, *parameters: bytes) -> tuple[Any, ...] | None:
        with self._errors():
            row: tuple[Any, ...] | None = self._open().execute(sql, parameters).fetchone()
            return row

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = sqlite3.connect(self._path, isolation_level=None)
        return self._database

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            raise BadState(sentences.UNUSABLE, path=self._path, error=error) from error


def _known(number: int) -> str:
    """The query for so many digests: one row if any of them is there."""
    marks = ",".join("?" * number)
    return f"SELECT 1 FROM statements WHERE digest IN ({marks}) LIMIT 1"  # noqa: S608 (marks only)


def pack_numbers(numbers: Iterable[int], before: int) -> bytes:
    """Rising numbers as differences to the one before, seven bits a byte: mostly one byte each."""
    packed = bytearray()
    for number in numbers:
        difference, before = number - before, number
        while difference > 0x7F:
            packed.append(difference & 0x7F | 0x80)
            difference >>= 7
        packed.append(difference)
    return bytes(packed)


def unpack_numbers(packed: bytes) -> Iterator[int]:
    """The numbers; the first one follows -1."""
    number, difference, shift = -1, 0, 0
    for byte in packed:
        difference |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            number += difference
            yield number
            difference, shift = 0, 0


def _pack_rows(rows: Rows) -> bytes:
    return b"".join(b"".join(row) for row in rows)


def _unpack_rows(packed: bytes, size: int) -> Rows:
    """How many hashes each level has follows from the size."""
    rows: Rows = []
    at = 0
    for level in range(max(1, -(-size.bit_length() // HEIGHT))):
        end = at + (size >> level * HEIGHT) % WIDTH * HASH_BYTES
        rows.append([packed[place : place + HASH_BYTES] for place in range(at, end, HASH_BYTES)])
        at = end
    if at != len(packed):
        raise BadState(sentences.ANOTHER_EDGE)
    return rows
