"""Prepared statements sent together and answered together: libpq's pipeline, without a cursor for each.

A batch is two such exchanges, and every vote waits for them. psycopg's own pipeline makes a cursor,
chooses adapters and waits for the socket once for each statement: 270 µs of work for a batch of one
row, this 60. Parameters and results are in PostgreSQL's binary formats, which are fixed by its protocol.
"""

from __future__ import annotations

import select
import struct
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakSet

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

from ledger.storage.recorder import Row

Connection = psycopg.Connection[Any]

INT8, TEXT, BYTEA, UUIDS = 20, 25, 17, 2950
"""Numbers of types (pg_type.oid), the same in every database."""

_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE, ExecStatus.NONFATAL_ERROR)


class Order(NamedTuple):
    """A statement that is prepared once on each connection. Parameters are called `$1`, `$2` and so on."""

    name: bytes
    sql: bytes


Call = tuple[Order, Sequence[bytes]]
"""An order and its parameters."""


class Pipeline:
    """The orders of one ledger, and the connections on which they are prepared."""

    def __init__(self, *orders: Order) -> None:
        self._orders = orders
        self._prepared: WeakSet[Connection] = WeakSet()

    def exchange(self, connection: Connection, answers: list[PGresult], *calls: Call) -> None:
        """Runs the calls in one round trip; their results are added to `answers` as they come.

        Raises the first failure as a `psycopg.Error`. If an answer is missing, the connection is closed.
        """
        wire = connection.pgconn
        if connection not in self._prepared:
            _run(connection, [], [partial(wire.send_prepare, *order) for order in self._orders])
            self._prepared.add(connection)
        _run(connection, answers, [partial(_send, wire, *call) for call in calls])


def _send(wire: PGconn, order: Order, parameters: Sequence[bytes]) -> None:
    wire.send_query_prepared(order.name, parameters, [Format.BINARY] * len(parameters), Format.BINARY)


def _run(connection: Connection, answers: list[PGresult], sends: Sequence[Callable[[], None]]) -> None:
    wire = connection.pgconn
    try:
        wire.enter_pipeline_mode()
        for send in sends:
            send()
        wire.pipeline_sync()
        _receive(wire, answers)
        wire.exit_pipeline_mode()
    except BaseException:
        connection.close()  # nobody could tell its answers from those that are still to come
        raise
    for result in answers:
        if result.status in _FAILED:
            raise error_from_result(result)


def _receive(wire: PGconn, answers: list[PGresult]) -> None:
    """The results of all statements up to the sync. Raises `OperationalError` if the server is gone."""
    poll = select.poll()
    poll.register(wire.socket, select.POLLIN | select.POLLOUT)
    while wire.flush():  # the server may want to be read before it reads on
        if any(event & ~select.POLLOUT for _, event in poll.poll()):
            wire.consume_input()
    poll.modify(wire.socket, select.POLLIN)
    while True:
        while wire.is_busy():
            poll.poll()
            wire.consume_input()
        result = wire.get_result()
        if result is None:  # between the results of two statements
            if wire.status == ConnStatus.BAD:
                raise psycopg.OperationalError("the connection was lost")
        elif result.status == ExecStatus.PIPELINE_SYNC:
            return
        else:
            answers.append(result)


def array(kind: int, items: Sequence[bytes]) -> bytes:
    """A one-dimensional array without nulls of items in binary format. `kind` is their type's number."""
    parts = [struct.pack("!5i", 1, 0, kind, len(items), 1)]
    for item in items:
        parts += (len(item).to_bytes(4, "big"), item)
    return b"".join(parts)


def int8(number: int) -> bytes:
    """A bigint."""
    return number.to_bytes(8, "big", signed=True)


def read_int8(result: PGresult) -> int:
    """The bigint that is the whole result."""
    return int.from_bytes(result.get_value(0, 0) or b"", "big", signed=True)


def read_rows(result: PGresult) -> list[Row]:
    """The entries in a result whose columns are those of `Row`."""
    columns = range(len(Row._fields))
    return [_row(*(result.get_value(n, column) or b"" for column in columns)) for n in range(result.ntuples)]


def _row(seq: bytes, stream: bytes, pos: bytes, topic: bytes, state: bytes, statement: bytes) -> Row:
    number, position = int.from_bytes(seq, "big"), int.from_bytes(pos, "big")
    return Row(number, _uuid(stream), position, topic.decode(), state, statement)


@lru_cache(maxsize=4096)
def _uuid(data: bytes) -> UUID:
    return UUID(bytes=data)
