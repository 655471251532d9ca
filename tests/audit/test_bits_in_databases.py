"""Is a changed bit in a real database file, or in a row of PostgreSQL, found by whoever reads it from there?

`test_every_bit.py` shows every bit of every column to the checks; here the databases return it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import psycopg

from ledger.audit import audit_store
from ledger.audit.beside import Beside
from ledger.audit.columns import compare_columns
from ledger.errors import StimmbuchError
from ledger.mapper import read_entry
from ledger.proof.disclosure import disclose
from ledger.proof.merkle import hash_leaf
from ledger.redaction import digest_bytes
from ledger.storage import Store, open_store
from ledger.storage.recorder import Row
from tests.support.audited import LAST, audit
from tests.support.builders import a_town
from tests.support.databases import SCHEMA, Database
from tests.support.flips import flipped, flips
from tests.support.places import Place
from tests.support.texts import Texts

TABLE, TEXTS = f"{SCHEMA}.ledger_events", f"{SCHEMA}.ledger_disclosures"
TITLE = disclose("title", "New roof", bytes(16))

COLUMNS = "notification_id, originator_id, originator_version, topic, state, statement"


def test_bits_of_the_database_file_are_found_or_change_nothing(folder: Path) -> None:
    """Two hundred bits anywhere in the file: a failure, an error that says so, or all rows are as before.

    A bit that changes nothing lies in space that is not in use, in a counter, or in an index.
    """
    with closing(open_store(str(folder))) as store:
        rows = store.recorder.read(-1, LAST + 1)
    path, luck = folder / "ledger.sqlite", random.Random(1)
    data = path.read_bytes()
    seen = 0
    for _ in range(200):
        at = luck.randrange(len(data))
        path.write_bytes(flipped(data, at, luck.randrange(8)))
        try:
            holds = audit(folder).holds
            with closing(open_store(str(folder))) as store:
                same = store.recorder.read(-1, LAST + 2) == rows and len(store.disclosures.page(b"", 9)) == 1
        except StimmbuchError:
            seen += 1
            continue
        seen += not holds
        assert not holds or same, at
    assert seen > 50


def _told(place: Place) -> None:
    """A small ledger with a text."""
    with closing(place.open()) as store:
        town = a_town(store, members=1)
        town.vote(town.open(title=TITLE.digest), "m1", "yes")
        town.ledger.disclose([TITLE.encoded])


def test_every_bit_of_every_row_in_postgresql(postgres_place: Place, database: Database) -> None:
    """Written, read back, and found, unless the database refuses it by itself. Each change is rolled back."""
    _told(postgres_place)
    with psycopg.connect(database.admin) as connection:
        stored = _rows(connection)
        for row in stored:
            reading, leaf = read_entry(row.state), hash_leaf(row.state)
            for column, value in _changes(row):
                found = _written(connection, row.seq, column, value)
                if found is None:
                    assert column in {"originator_id", "originator_version"}
                elif column == "state":
                    assert hash_leaf(found.state) != leaf
                else:
                    failed = compare_columns(found, row.seq, (reading.entry, reading.statement))
                    assert [(one.check, one.seq) for one in failed] == [("6.1", row.seq)]
        assert _rows(connection) == stored


def _rows(connection: psycopg.Connection) -> list[Row]:
    return [_row(one) for one in connection.execute(f"SELECT {COLUMNS} FROM {TABLE} ORDER BY 1")]


def _written(connection: psycopg.Connection, seq: int, column: str, value: Any) -> Row | None:
    """The row with another value, as it is read back; None if a unique key does not allow it."""
    order = f"UPDATE {TABLE} SET {column} = %s WHERE notification_id = %s RETURNING {COLUMNS}"
    try:
        return _row(connection.execute(order.encode(), (value, seq + 1)).fetchone())
    except psycopg.errors.UniqueViolation:
        return None
    finally:
        connection.rollback()


def _row(columns: Any) -> Row:
    number, stream, pos, topic, state, statement = columns
    return Row(number - 1, stream, pos, topic, state, statement)


def _changes(row: Row) -> Iterator[tuple[str, Any]]:
    """Column and value with one bit changed; a text that PostgreSQL does not take is no text."""
    for _, state in flips(row.state):
        yield "state", state
    for _, digest in flips(row.statement):
        yield "statement", digest
    for _, stream in flips(row.stream.bytes):
        yield "originator_id", UUID(bytes=stream)
    for bit in range(31):
        yield "originator_version", row.pos ^ 1 << bit
    for _, topic in flips(row.topic.encode()):
        if b"\0" not in topic and topic.isascii():
            yield "topic", topic.decode()


def test_every_bit_of_every_text_in_postgresql(postgres_place: Place, database: Database) -> None:
    """Its name is its digest: whichever of the two is changed, they do not fit. Each is rolled back."""
    _told(postgres_place)
    order = f"UPDATE {TEXTS} SET digest = %s, body = %s RETURNING digest, body".encode()
    with psycopg.connect(database.admin) as connection, closing(postgres_place.open()) as store:
        [kept] = connection.execute(f"SELECT digest, body FROM {TEXTS}")
        assert kept == (digest_bytes(TITLE.digest), TITLE.encoded.encode())
        digest, body = kept
        assert _said(store, [kept]) == []
        changes = [(changed, body) for _, changed in flips(digest)] + [
            (digest, one) for _, one in flips(body)
        ]
        for change in changes:
            found = connection.execute(order, change).fetchall()
            assert found == [change]
            assert _said(store, found) == [("7.3", None)]
            connection.rollback()


def _said(store: Store, texts: list[tuple[bytes, bytes]]) -> list[tuple[str, int | None]]:
    looked = Beside(named={TITLE.digest: 0})
    looked.check(store.documents, Texts(texts))
    return [(one.check, one.seq) for one in looked.failures]


def test_whole_audits_find_bits_of_rows_in_postgresql(postgres_place: Place, database: Database) -> None:
    """A bit of each tenth byte of columns, of fewer of entries, one of a text: named, nothing breaks off."""
    _told(postgres_place)
    stored = database.ask(f"SELECT notification_id, topic, state, statement FROM {TABLE} ORDER BY 1")
    for number, topic, state, statement in cast("list[tuple[int, str, bytes, bytes]]", stored):
        for column, value in (("topic", topic.encode()), ("state", state), ("statement", statement)):
            for at in range(0, len(value), 10 if column != "state" else 161):
                changed = flipped(value, at)
                _put(database, column, number, changed.decode() if column == "topic" else changed)
                with closing(postgres_place.open()) as store:
                    failed = audit_store(store).failures
                assert {one.seq for one in failed} & {number - 1, number}, (number, column, at)
            _put(database, column, number, value.decode() if column == "topic" else value)
    with closing(postgres_place.open()) as store:
        assert audit_store(store).failures == []
    database.do(f"UPDATE {TEXTS} SET body = %s", flipped(TITLE.encoded.encode(), 30))
    with closing(postgres_place.open()) as store:
        assert [one.check for one in audit_store(store).failures] == ["7.3"]


def _put(database: Database, column: str, number: int, value: Any) -> None:
    database.do(f"UPDATE {TABLE} SET {column} = %s WHERE notification_id = %s", value, number)
