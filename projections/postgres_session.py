"""Locks and transactions of a session that writes views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]


def try_lock(connection: Connection, name: str) -> bool:
    """Takes a lock that the session keeps until it ends, if nobody else has it. Never waits."""
    row = connection.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (name,)).fetchone()
    return bool(row and row[0])


def unlock(connection: Connection) -> None:
    """Gives the session's locks back. Said before it ends: the server takes its time to notice that."""
    connection.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One transaction whose commit does not wait for the disk, nor for a standby."""
    with connection.transaction():
        connection.execute("SET LOCAL synchronous_commit = off")
        yield
