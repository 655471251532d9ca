"""Is a connection lent to one thread at a time, used again, and closed in the end?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from ledger.errors import StoreUnavailable
from ledger.storage import pool as module
from ledger.storage.pool import Behaviour, Pool

Lent = Pool[sqlite3.Connection]


def works(connection: sqlite3.Connection) -> bool:
    """Whether a connection is open."""
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def a_pool(*, recover: bool = False) -> Lent:
    """A pool of at most two connections."""
    connect = Behaviour(lambda: sqlite3.connect(":memory:"), works, lambda _, __: recover)
    return Pool(connect, limit=2, patience=0.05)


@pytest.fixture
def pool() -> Iterator[Lent]:
    """A pool, closed afterwards."""
    pool = a_pool()
    yield pool
    pool.close()


def test_a_connection_is_used_again(pool: Lent) -> None:
    """Making one is what costs."""
    with pool.lend() as first:
        pass
    with pool.lend() as second:
        assert second is first


def test_two_at_once_get_two(pool: Lent) -> None:
    """A connection is never shared; a third caller waits, and is told."""
    with pool.lend() as first, pool.lend() as second:
        assert first is not second
        with pytest.raises(StoreUnavailable, match="in use"), pool.lend():
            pytest.fail("more than the limit")
    with pool.lend() as third:
        assert third in (first, second)


def test_an_idle_connection_that_broke_is_replaced(pool: Lent) -> None:
    """Whoever needs one gets one that works."""
    with pool.lend() as first:
        pass
    first.close()
    with pool.lend() as second:
        assert works(second)


@pytest.mark.parametrize("recovers", [True, False])
def test_after_an_error_the_backend_decides(recovers: bool) -> None:
    """What cannot be brought back to its idle state is closed."""
    pool = a_pool(recover=recovers)
    with pytest.raises(ZeroDivisionError), pool.lend() as connection:
        raise ZeroDivisionError
    assert works(connection) is recovers
    with pool.lend() as next_one:
        assert (next_one is connection) is recovers
    pool.close()


def test_what_is_in_use_when_the_pool_closes_is_closed_afterwards(pool: Lent) -> None:
    """Closing it under a thread that uses it would crash the interpreter."""
    with pool.lend() as idle:
        pass
    with pool.lend() as used:
        assert used is idle
        pool.close()
        assert works(used)
        with pytest.raises(StoreUnavailable, match="closed"), pool.lend():
            pytest.fail("lent by a closed pool")
    assert not works(used)


def test_a_connection_that_nobody_needs_is_closed(pool: Lent, monkeypatch: pytest.MonkeyPatch) -> None:
    """A burst of readers does not hold its connections for ever."""
    with pool.lend() as first, pool.lend() as second:
        pass
    assert works(first)
    monkeypatch.setattr(module, "MAX_IDLE", -1.0)
    with pool.lend():
        pass
    assert not works(first)
    assert not works(second)


def test_a_failure_to_connect_gives_its_place_back() -> None:
    """After an outage as many as before may be in use."""
    answers = iter([sqlite3.OperationalError(), sqlite3.OperationalError(), sqlite3.OperationalError()])

    def connect() -> sqlite3.Connection:
        for error in answers:
            raise error
        return sqlite3.connect(":memory:")

    pool = Pool(Behaviour(connect, works, lambda _, __: False), limit=1, patience=0.05)
    for _ in range(3):
        with pytest.raises(sqlite3.OperationalError), pool.lend():
            pytest.fail("there was none")
    with pool.lend() as connection:
        assert works(connection)
    pool.close()
