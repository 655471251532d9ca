"""Is nothing left of an erased text: in the database's files, its free pages, its log, views, documents?"""

from __future__ import annotations

import hashlib
import io
import random
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from ledger.errors import StoreLocked
from ledger.proof.disclosure import Disclosure, disclose
from ledger.storage.migrate import SERVICE
from projections.follower import Follower
from projections.open import open_views
from projections.postgres_schema import prepare_views
from tests.support.builders import CHAIR, CLERK, LedgerBuilder, a_town, item
from tests.support.databases import MEMBER, OWNER, SCHEMA, Cluster, Database
from tests.support.places import Place
from tests.support.postgres import QUICK, Server
from tests.support.remains import remains

LONG = 20_000
"""Letters of a text that does not fit into a page of either database."""


def words(count: int) -> str:
    """A text of this length that nobody else wrote."""
    chance = random.Random(secrets.token_bytes(16))
    return "".join(chance.choice("abcdefghijklmnopqrstuvwxyzäöüß ") for _ in range(count))


def made(name: str, length: int) -> Disclosure:
    """A text with a salt of its own."""
    return disclose(name, words(length), secrets.token_bytes(16))


@pytest.fixture
def texts() -> list[Disclosure]:
    """Short and long ones, of which some stay: `[title, wording, ground, kept, kept too]`."""
    return [made("title", 60), made("wording", LONG), made("ground", 300), made("x", 80), made("y", LONG)]


@pytest.fixture
def paper() -> bytes:
    """A document."""
    return words(100_000).encode()


def played(town: LedgerBuilder, texts: list[Disclosure], paper: bytes) -> str:
    """A procedure with these texts and this document, and one with the texts that stay."""
    ledger, (title, wording, *_, kept, too) = town.ledger, texts
    for text in (kept, title, wording, too):  # between others, and as the newest of its table
        ledger.disclose([text.encoded])
    sha256 = hashlib.sha256(paper).hexdigest()
    ledger.put_document(sha256, io.BytesIO(paper), limit=len(paper))
    document = {"sha256": sha256, "size": len(paper), "media_type": "text/plain", "item": None}
    paragraph = {**item("1"), "wording": wording.digest}
    motion = town.open("motion", title=title.digest, items=[paragraph], documents=[document])
    town.open("other", title=kept.digest, items=[{**item("1"), "wording": too.digest}])
    town.vote(motion, "m1")
    return motion


def erased(town: LedgerBuilder, motion: str, texts: list[Disclosure], paper: bytes) -> None:
    """Everything of the procedure is redacted."""
    digests = [text.digest for text in texts[:2]]
    documents = [hashlib.sha256(paper).hexdigest()]
    town.put(
        "redacted",
        CLERK,
        stream=motion,
        digests=digests,
        documents=documents,
        legal_basis="gdpr-17-1-a",
        authority=CHAIR,
    )


# ── SQLite ─────────────────────────────────────────────────────────────────────────────────────


def test_nothing_of_an_erased_text_is_left_in_a_directory(
    sqlite_place: Place, texts: list[Disclosure], paper: bytes
) -> None:
    """The file with its free pages, the write-ahead log, the index of it, the views, the documents: all read.

    With the ledger and the views open, as the service has them.
    """
    town = a_town(sqlite_place.open())
    with closing(open_views(town.ledger.store)) as views, closing(town.ledger):
        follower = Follower(town.ledger, views)
        motion = played(town, texts, paper)
        follower.catch_up()
        gone: list[Disclosure | bytes] = [*texts[:2], paper]
        assert remains(sqlite_place.home, gone)
        erased(town, motion, texts, paper)
        follower.catch_up()
        assert remains(sqlite_place.home, gone) == {}
        assert remains(sqlite_place.home, texts[3:])
        assert town.ledger.disclosures(text.digest for text in texts).keys() == {
            text.digest for text in texts[3:]
        }
    assert remains(sqlite_place.home, gone) == {}


def test_the_search_finds_what_lies_in_free_pages(sqlite_place: Place, texts: list[Disclosure]) -> None:
    """What another program deletes, without our settings, stays in the file: so only we delete.

    This shows that the search finds what lies in free pages.
    """
    with sqlite_place.open() as store:
        store.disclosures.put(bytes.fromhex("00" * 32), texts[1].encoded.encode())
    with closing(sqlite3.connect(sqlite_place.home / "ledger.sqlite")) as other:
        other.execute("PRAGMA secure_delete = OFF")
        other.execute("DELETE FROM ledger_disclosures")
        other.commit()
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "ledger.sqlite" in remains(sqlite_place.home, [texts[1]])


# ── PostgreSQL ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def server() -> Iterator[tuple[Server, Database]]:
    """A server of our own that does not use old WAL files again, and a ledger in it."""
    server = Server(*QUICK, "wal_recycle=off", "autovacuum=off")
    try:
        server.start()
        cluster = Cluster(server.admin)
        database = cluster.create()
        prepare_views(database.conninfo(OWNER), SCHEMA, SERVICE)
        yield server, database
        cluster.leave()
    finally:
        server.remove()


def data(server: Server) -> Path:
    """The server's files."""
    return server.folder / "data"


def outside_wal(server: Server, gone: list[Disclosure | bytes]) -> dict[str, int]:
    """What is found in tables and everywhere else, but not in the write-ahead log."""
    return {path: n for path, n in remains(data(server), gone).items() if not path.startswith("pg_wal/")}


def test_nothing_of_an_erased_text_is_left_in_a_servers_tables(
    server: tuple[Server, Database], tmp_path: Path, texts: list[Disclosure], paper: bytes
) -> None:
    """Neither in the table nor in its TOAST, nor in the views; and in the WAL until it is removed.

    Vacuum alone leaves the bytes in the free space of a page: the table is written anew. WAL and its
    archive keep what was written, as long as they are kept.
    """
    running, database = server
    place = Place(database.service, database.owner, tmp_path / "ledger")
    town = a_town(place.open())
    with closing(open_views(town.ledger.store)) as views, closing(town.ledger):
        follower = Follower(town.ledger, views)
        motion = played(town, texts, paper)
        follower.catch_up()
        gone: list[Disclosure | bytes] = [*texts[:2]]
        database.do("CHECKPOINT")
        assert outside_wal(running, gone)
        erased(town, motion, texts, paper)
        follower.catch_up()
        database.do("CHECKPOINT")
        assert outside_wal(running, gone) == {}
        assert outside_wal(running, [*texts[3:]])
        assert town.ledger.disclosures(text.digest for text in texts).keys() == {
            text.digest for text in texts[3:]
        }
    assert remains(place.home, [*gone, paper]) == {}
    assert remains(data(running), gone), "the WAL should still hold it: this test looks in the wrong place"
    for number in range(3):
        database.do("SELECT pg_switch_wal()")
        database.do(f"CREATE TABLE something_{number} ()")
        database.do("CHECKPOINT")
    assert remains(data(running), gone) == {}


def test_a_transaction_that_began_earlier_keeps_no_erased_text_alive(
    server: tuple[Server, Database], tmp_path: Path, texts: list[Disclosure], paper: bytes
) -> None:
    """A report that runs for hours in the same database: vacuum would have to spare what it could see."""
    running, database = server
    with psycopg.connect(database.admin) as report:
        report.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        town = a_town(Place(database.service, database.owner, tmp_path / "ledger").open())
        with closing(town.ledger):
            motion = played(town, texts, paper)
            report.execute("SELECT count(*) FROM pg_class")
            erased(town, motion, texts, paper)
        database.do("CHECKPOINT")
        assert outside_wal(running, [*texts[:2]]) == {}


def test_a_reader_of_the_table_is_waited_for_and_told(
    server: tuple[Server, Database], tmp_path: Path, texts: list[Disclosure]
) -> None:
    """A backup holds the table: the text is gone for everybody else, and erased again once it is over."""
    running, database = server
    place = Place(database.service, database.owner, tmp_path / "ledger")
    key = bytes.fromhex("00" * 32)
    with place.open() as store, psycopg.connect(database.admin) as backup:
        store.disclosures.put(key, texts[1].encoded.encode())
        backup.execute("LOCK TABLE stimmbuch.ledger_disclosures IN ACCESS SHARE MODE")
        with (
            place.open(lock_timeout=0.3) as impatient,
            pytest.raises(StoreLocked, match="erased, but a reader"),
        ):
            impatient.disclosures.erase([key])
        assert database.ask("SELECT count(*) FROM stimmbuch.ledger_disclosures") == [(0,)]
        backup.rollback()
        store.disclosures.erase([key])
    database.do("CHECKPOINT")
    assert outside_wal(running, [texts[1]]) == {}


def test_vacuum_alone_would_not_do(server: tuple[Server, Database], texts: list[Disclosure]) -> None:
    """Why the table is written anew: after DELETE and VACUUM the text still stands in the file."""
    running, database = server
    for number, text in enumerate((texts[3], texts[0])):
        body = text.encoded.encode()
        database.do("INSERT INTO stimmbuch.ledger_disclosures VALUES (%b, %b)", bytes([number]) * 32, body)
    database.do("DELETE FROM stimmbuch.ledger_disclosures WHERE digest = %b", b"\x01" * 32)
    database.do("VACUUM stimmbuch.ledger_disclosures")
    database.do("CHECKPOINT")
    assert outside_wal(running, [texts[0]])


def test_the_service_may_write_the_table_anew_and_do_nothing_else_to_it(database: Database) -> None:
    """The function runs with the owner's rights; the role itself may not alter anything."""
    with psycopg.connect(database.conninfo(MEMBER), autocommit=True) as service:
        service.execute("SELECT stimmbuch.stimmbuch_scrub(1000)")
        for order in (b"ALTER TABLE %b ADD x int", b"TRUNCATE %b", b"DROP TABLE %b"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                service.execute(order % b"stimmbuch.ledger_disclosures")
