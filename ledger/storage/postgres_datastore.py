"""Connections to the database of one ledger."""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, NamedTuple, Self

import psycopg
from eventsourcing import postgres as library
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import RowFactory, tuple_row
from psycopg.sql import Composed

from ledger.errors import BadEncoding, OutcomeUnknown, StoreUnavailable
from ledger.storage import sentences
from ledger.storage.listener import Listener
from ledger.storage.pool import Behaviour, Pool
from ledger.storage.postgres_errors import typed_errors
from ledger.storage.recorder import LOCK_TIMEOUT
from ledger.storage.watchdog import Watchdog

DEFAULTS: dict[str, str | int] = {
    "application_name": "stimmbuch",
    "connect_timeout": 5,  # seconds
    # A peer that vanished without a word is noticed within about half a minute.
    "keepalives_idle": 10,  # seconds
    "keepalives_interval": 5,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds
}
"""libpq's settings where the connection string has none."""


class Limits(NamedTuple):
    """How long to wait, and how many connections to hold."""

    lock: float = LOCK_TIMEOUT
    """Seconds for the ledger's lock, then `StoreLocked`."""
    connect: float = 5.0
    """Seconds for one of them to become free, then `StoreUnavailable`."""
    commit: float = 10.0
    """Seconds for the answer to a commit (a standby may be waited for), then `OutcomeUnknown`."""
    connections: int = 10
    """At most this many at once, for one process."""


def full_conninfo(conninfo: str) -> str:
    """The connection string with `DEFAULTS` where it says nothing. Raises `BadEncoding`."""
    try:
        given = conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError:
        # libpq's message may quote the string, and with it the password.
        raise BadEncoding(sentences.NO_CONNECTION_STRING) from None
    return make_conninfo(conninfo, **{name: value for name, value in DEFAULTS.items() if name not in given})


def alive(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has not ended an idle connection.

    Costs no round trip if it has not: then there is nothing to read. What there is to read on an idle
    connection are the server's last words, or something harmless, which asking it tells apart.
    """
    try:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        if poll.poll(0):
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


class LedgerDatastore(library.PostgresDatastore):
    """`connection` lends one in autocommit mode, `select` reads; both raise our errors.

    The library's pool stays unused: after an outage it waits longer and longer between its attempts to
    connect, and until then its callers wait for a timeout that does not say why.
    """

    def __init__(self, conninfo: str, schema: str, limits: Limits) -> None:
        super().__init__(dbname="", host="", port="", user="", password="", schema=schema)
        self.limits = limits
        self._pool = Pool(
            Behaviour(lambda: psycopg.connect(conninfo, autocommit=True), alive, _recover),
            limits.connections,
            limits.connect,
        )
        # Channels belong to the database, so each schema has its own.
        self.channel = f"ledger:{schema}"
        self.listener = Listener(conninfo, self.channel)
        self.watchdog = Watchdog(limits.commit)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def register_type_adapters(self) -> None:
        """Nothing: we use no composite types, and constructing a recorder should not connect."""

    def close(self) -> None:
        """Closes all connections, those in use when they are given back, and ends all threads."""
        super().close()
        if hasattr(self, "watchdog"):  # the library closes a datastore whose construction failed, too
            self._pool.close()
            self.listener.close()
            self.watchdog.close()

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection in autocommit mode. What is open after an exception is rolled back at once."""
        with ExitStack() as stack:
            with typed_errors():
                connection = stack.enter_context(self._pool.lend())
            yield connection

    def select(
        self, sql: bytes | Composed, parameters: Sequence[Any] = (), row_factory: RowFactory[Any] = tuple_row
    ) -> list[Any]:
        """The rows of one query. On a broken connection it is asked once more, on another one."""
        again = True
        while True:
            with self.connection() as connection, typed_errors():
                try:
                    cursor = connection.cursor(binary=True, row_factory=row_factory)
                    return cursor.execute(sql, parameters, prepare=True).fetchall()
                except psycopg.OperationalError:
                    if not (again and connection.closed):
                        raise
                    again = False


def _recover(connection: psycopg.Connection[Any], error: BaseException) -> bool:
    if isinstance(error, StoreUnavailable | OutcomeUnknown):
        return False  # broken, or to a server that only reads now: a new one may find another server
    wire = connection.pgconn
    if wire.transaction_status == TransactionStatus.IDLE:
        return True
    # Not by psycopg, which would forget, on the server too, whatever is prepared on the connection.
    return not connection.closed and wire.exec_(b"ROLLBACK").status == ExecStatus.COMMAND_OK
