"""What the ledger is compared with: a plain Flask endpoint that does one unsigned INSERT for each request.

For reading, one that answers a small JSON object.

``python -m scripts.baseline_app KIND WHERE PORT WORKERS THREADS``. KIND is `sqlite` (WHERE: a file; one
connection for each thread), `postgres` (WHERE: a connection string; the same) or `postgres-pool`. The
server and its settings are those of the ledger's service, and so is what a commit waits for: the disk.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

import psycopg
from flask import Flask, request
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer
from psycopg_pool import ConnectionPool

COLUMNS = "procedure text NOT NULL, member text NOT NULL, choice text NOT NULL"
SQLITE_TABLE = f"CREATE TABLE IF NOT EXISTS votes (id integer PRIMARY KEY, {COLUMNS})"
POSTGRES_TABLE = f"CREATE TABLE IF NOT EXISTS votes (id bigserial PRIMARY KEY, {COLUMNS})"
SQLITE_INSERT = "INSERT INTO votes (procedure, member, choice) VALUES (?, ?, ?) RETURNING id"
POSTGRES_INSERT = "INSERT INTO votes (procedure, member, choice) VALUES (%s, %s, %s) RETURNING id"

Insert = Callable[[tuple[str, str, str]], int]
_OF_THIS_THREAD = threading.local()


def connect_sqlite(file: str) -> sqlite3.Connection:
    """A connection that waits for the lock, and whose commit reaches the disk."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=60)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def insert_sqlite(file: str) -> Insert:
    """One connection for each thread."""

    def insert(vote: tuple[str, str, str]) -> int:
        if not hasattr(_OF_THIS_THREAD, "connection"):
            _OF_THIS_THREAD.connection = connect_sqlite(file)
        [row] = _OF_THIS_THREAD.connection.execute(SQLITE_INSERT, vote).fetchall()
        return int(row[0])

    return insert


def insert_postgres(conninfo: str) -> Insert:
    """One connection for each thread; each INSERT is a transaction."""

    def insert(vote: tuple[str, str, str]) -> int:
        if not hasattr(_OF_THIS_THREAD, "connection"):
            _OF_THIS_THREAD.connection = psycopg.connect(conninfo, autocommit=True)
        row = _OF_THIS_THREAD.connection.execute(POSTGRES_INSERT, vote).fetchone()
        return int(row[0])

    return insert


def insert_pooled(conninfo: str, threads: int) -> Insert:
    """A pool with as many connections as threads."""
    pool = ConnectionPool(
        conninfo, min_size=threads, max_size=threads, kwargs={"autocommit": True}, open=True
    )

    def insert(vote: tuple[str, str, str]) -> int:
        with pool.connection() as connection:
            row: Any = connection.execute(POSTGRES_INSERT, vote).fetchone()
        return int(row[0])

    return insert


def make_table(kind: str, where: str) -> None:
    """The table, before the workers start."""
    if kind == "sqlite":
        with closing(connect_sqlite(where)) as database:
            database.execute(SQLITE_TABLE)
    else:
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(POSTGRES_TABLE)


def load(kind: str, where: str, threads: int) -> Flask:
    """The application of one worker."""
    inserts: dict[str, Callable[[], Insert]] = {
        "sqlite": partial(insert_sqlite, where),
        "postgres": partial(insert_postgres, where),
        "postgres-pool": partial(insert_pooled, where, threads),
    }
    insert = inserts[kind]()
    app = Flask("baseline")

    @app.post("/votes")
    def vote() -> tuple[dict[str, int], int]:
        data = request.get_json()
        return {"id": insert((data["procedure"], data["member"], data["choice"]))}, 201

    @app.get("/hello")
    def hello() -> dict[str, str]:
        return {"hello": "world"}

    return app


def main(kind: str, where: str, port: str, workers: str, threads: str) -> None:
    """Serves until SIGTERM."""
    make_table(kind, where)
    server = MPServer(
        "baseline",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        http1_settings=HTTP1Settings(header_read_timeout=30_000),
    )
    server.serve(target_loader=partial(load, kind, where, int(threads)), wrap_loader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
