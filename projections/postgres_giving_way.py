"""Taking tables of the views away from those who read them: all at once, and without a deadlock.

A reader may have one table and want the next, while whoever takes them away has that one and wants the
other: each would wait for ever, and the server would end one of the two. So this one lets go of all of them,
and tries again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from ledger.errors import StoreLocked
from projections.postgres_session import Connection

GIVE_WAY = b"SET LOCAL lock_timeout = '90ms'"
"""Said in such a transaction before the first table is taken: for so long it waits for each of them. Ten
tables take less than the second after which the server looks for deadlocks by itself."""

ATTEMPTS, PAUSE = 600, 0.05
"""How often it is tried again, and after how many seconds."""

TOLD_EVERY = 40
"""Attempts, at least 5 seconds, after which the log says once more that it waits."""

_HOLDING = """
    SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE l.granted AND l.pid <> pg_backend_pid() AND c.relnamespace = to_regnamespace(quote_ident(%s))
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY l.pid
"""

Done = TypeVar("Done")

log = logging.getLogger(__name__)


def giving_way(connection: Connection, schema: str, take: Callable[[], Done]) -> Done:
    """What `take` returns, which takes tables of the schema away in one transaction of the connection.

    Tried again as long as it raises `StoreLocked`, for a minute at least; then this is raised.
    """
    for attempt in range(1, ATTEMPTS + 1):
        with suppress(StoreLocked):
            return take()
        if attempt % TOLD_EVERY == 0:
            pids = ", ".join(str(pid) for (pid,) in connection.execute(_HOLDING, (schema,)).fetchall())
            log.warning("other tables for %s wait for who uses the old ones: sessions %s", schema, pids)
        time.sleep(PAUSE)
    return take()
