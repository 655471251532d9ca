"""Does a store keep what `ledger/storage/recorder.py` promises? Inherited by each backend's tests.

The numbers in the docstrings are those of the promises.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest

from ledger.errors import StorageError, StoreLocked
from ledger.storage import Conflict, Row, Store
from ledger.storage.recorder import Columns
from tests.support.places import Place
from tests.support.rows import a_row, rows


class BatchContract:
    """Writing: all or nothing, in order, one at a time."""

    @pytest.mark.parametrize("state", [b"", bytes(range(256)), b"x" * 32 * 1024])
    def test_the_bytes_of_an_entry_come_back_unchanged(self, store: Store, state: bytes) -> None:
        """1: what was hashed is what is read, whatever the bytes are."""
        row = a_row(0, state=state)
        with store.recorder.batch() as batch:
            batch.append([row])
        assert store.recorder.read(-1, 10) == [row]

    def test_a_batch_becomes_visible_as_a_whole_when_it_is_left(self, store: Store, place: Place) -> None:
        """5: a reader sees nothing of an open batch, and all of a finished one."""
        with place.open() as other:
            with store.recorder.batch() as batch:
                batch.append(rows(0, 2))
                batch.append(rows(2, 3))
                assert batch.head == 4
                assert other.recorder.head() == -1
                assert other.recorder.read(-1, 10) == []
            assert other.recorder.read(-1, 10) == rows(0, 5)

    def test_an_exception_in_the_block_leaves_nothing(self, store: Store) -> None:
        """5: the caller's own error passes through, and nothing was stored."""

        def fails_half_way() -> None:
            with store.recorder.batch() as batch:
                batch.append(rows(0, 3))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fails_half_way()
        assert store.recorder.head() == -1
        with store.recorder.batch() as batch:
            assert batch.head == -1
            batch.append(rows(0, 1))
        assert store.recorder.head() == 0

    def test_a_stored_entry_is_there_after_reopening(self, store: Store, place: Place) -> None:
        """5: a store that was closed and opened again holds what was committed."""
        with store.recorder.batch() as batch:
            batch.append(rows(0, 3))
        store.close()
        with place.open() as again:
            assert again.recorder.read(-1, 10) == rows(0, 3)

    @pytest.mark.parametrize("seqs", [[1], [3], [2, 4], [2, 2], [3, 2], [-1], [2, 3, 5]])
    def test_rows_that_do_not_continue_the_head_are_refused(self, store: Store, seqs: list[int]) -> None:
        """6: a gap, a repetition or another order than that of the log is never stored."""
        with store.recorder.batch() as batch:
            batch.append(rows(0, 2))
        with pytest.raises(Conflict), store.recorder.batch() as batch:
            batch.append([a_row(seq, stream="b", pos=k) for k, seq in enumerate(seqs)])
        assert store.recorder.read(-1, 10) == rows(0, 2)

    def test_a_statement_is_stored_once(self, store: Store) -> None:
        """6: a second row with the same statement takes its whole batch with it."""
        first = a_row(0)
        with store.recorder.batch() as batch:
            batch.append([first])
        with pytest.raises(Conflict) as refused, store.recorder.batch() as batch:
            batch.append([a_row(1, stream="b"), a_row(2, stream="c")._replace(statement=first.statement)])
        assert refused.value.code == "conflict"
        assert store.recorder.read(-1, 10) == [first]

    def test_a_place_in_a_stream_is_taken_once(self, store: Store) -> None:
        """6: two entries cannot both be version 1 of an aggregate."""
        with store.recorder.batch() as batch:
            batch.append([a_row(0)])
        with pytest.raises(Conflict), store.recorder.batch() as batch:
            batch.append([a_row(1, pos=1)._replace(statement=b"s" * 32)])
        assert store.recorder.head() == 0

    def test_two_equal_statements_in_one_batch_are_refused(self, store: Store) -> None:
        """6: the key holds inside a batch, too."""
        twin = a_row(1, stream="b")._replace(statement=a_row(0).statement)
        with pytest.raises(Conflict), store.recorder.batch() as batch:
            batch.append([a_row(0), twin])
        assert store.recorder.head() == -1

    @pytest.mark.parametrize("statement", [b"", b"x" * 31, b"x" * 33])
    def test_a_statement_digest_has_32_bytes(self, store: Store, statement: bytes) -> None:
        """6: something else in its place is refused by the table itself."""
        with pytest.raises(Conflict), store.recorder.batch() as batch:
            batch.append([a_row(0)._replace(statement=statement)])
        assert store.recorder.head() == -1

    def test_a_failure_that_the_caller_swallowed_is_still_a_failure(self, store: Store) -> None:
        """6: half a batch cannot be committed by ignoring the error about the other half."""

        def swallows() -> None:
            with store.recorder.batch() as batch:
                batch.append([a_row(0)])
                for row in (a_row(7), a_row(1)):
                    with pytest.raises(Conflict):
                        batch.append([row])

        with pytest.raises(Conflict):
            swallows()
        assert store.recorder.head() == -1

    def test_an_ended_batch_cannot_be_used(self, store: Store) -> None:
        """3: without the lock there is no head to rely on."""
        with store.recorder.batch() as batch:
            pass
        with pytest.raises(StorageError, match="ended"):
            batch.append([a_row(0)])
        with pytest.raises(StorageError, match="ended"):
            batch.since(-1)

    def test_a_batch_sees_what_others_have_stored(self, store: Store, place: Place) -> None:
        """4: under the lock the head is the head, whoever moved it."""
        with place.open() as other, other.recorder.batch() as batch:
            batch.append(rows(0, 3))
        with store.recorder.batch() as batch:
            assert batch.head == 2
            assert batch.since(-1) == rows(0, 3)
            assert batch.since(1) == [a_row(2)]
            assert batch.since(2) == []
            batch.append([a_row(3)])
            assert batch.since(1) == [a_row(2)]  # its own rows are not news

    @pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 230])
    @pytest.mark.parametrize("after", [-1, 0, 50])
    def test_what_was_announced_to_be_asked_for_is_answered_alike(
        self, store: Store, place: Place, after: int, count: int
    ) -> None:
        """4: rows may come along with the lock; whoever asks for others, or for many, gets those."""
        with place.open() as other, other.recorder.batch() as batch:
            batch.append(rows(0, count))
        with store.recorder.batch(after) as batch:
            assert batch.since(after) == rows(0, count)[after + 1 :]
            assert batch.since(after + 1) == rows(0, count)[after + 2 :]

    def test_an_empty_batch_is_harmless(self, store: Store) -> None:
        """3: a batch in which everything was refused stores nothing and gives the lock back."""
        for _ in range(3):
            with store.recorder.batch() as batch:
                batch.append([])
        assert store.recorder.head() == -1

    def test_a_lock_that_is_held_elsewhere_is_waited_for_and_then_reported(
        self, store: Store, place: Place
    ) -> None:
        """3, 7: `StoreLocked` means that nothing was stored; afterwards the lock can be had."""
        with place.open(lock_timeout=0.1) as other:
            with store.recorder.batch() as batch:
                with pytest.raises(StoreLocked), other.recorder.batch():
                    pytest.fail("two batches at once")
                batch.append([a_row(0)])
            with other.recorder.batch() as batch:
                assert batch.head == 0

    def test_a_second_thread_waits_for_the_first(self, store: Store) -> None:
        """3: the lock holds among the threads of one process as well."""
        entered, order = Event(), list[str]()

        def second() -> None:
            entered.wait(20)
            with store.recorder.batch() as batch:
                order.append("second")
                batch.append([a_row(batch.head + 1)])

        with ThreadPoolExecutor(1) as threads:
            with store.recorder.batch() as batch:
                waiting = threads.submit(second)
                entered.set()
                batch.append([a_row(0)])
                order.append("first")
            waiting.result(20)
        assert order == ["first", "second"]
        assert store.recorder.read(-1, 10) == rows(0, 2)

    def test_readers_go_on_while_a_batch_is_open(self, store: Store, place: Place) -> None:
        """4: whoever looks at a tally does not wait for whoever votes."""
        with store.recorder.batch() as batch:
            batch.append([a_row(0)])
        with place.open() as other, store.recorder.batch() as batch:
            batch.append([a_row(1)])
            assert other.recorder.head() == 0
            assert other.recorder.find([a_row(0).statement]) == {a_row(0).statement: a_row(0)}
            assert store.recorder.stream(a_row(0).stream) == [a_row(0)]


class ReadingContract:
    """Reading: the log, one stream, statements, and waiting for more."""

    @pytest.fixture
    def log(self, store: Store) -> list[Row]:
        """Ten entries of two streams, by turns."""
        log = [a_row(k, stream="ab"[k % 2], pos=k // 2 + 1) for k in range(10)]
        log = [row._replace(topic=f"test.{'even' if row.seq % 2 == 0 else 'odd'}.v1") for row in log]
        with store.recorder.batch() as batch:
            batch.append(log)
        return log

    def test_an_empty_ledger_has_no_head(self, store: Store) -> None:
        """2: -1 is the head of nothing, and eventsourcing's None."""
        assert store.recorder.head() == -1
        assert store.recorder.max_notification_id() is None
        assert store.recorder.read(-1, 10) == []
        assert store.recorder.find([b"x" * 32]) == {}
        assert store.recorder.at([0, 1]) == []

    def test_the_log_is_read_in_order_from_any_place(self, store: Store, log: list[Row]) -> None:
        """2: pages put together are the log."""
        read = store.recorder.read
        assert store.recorder.head() == 9
        assert read(-1, 100) == log
        assert read(-1, 4) + read(3, 4) + read(7, 4) == log
        assert read(2, 100, until=5) == log[3:6]
        assert read(9, 100) == []
        assert read(-1, 3, topics=["test.odd.v1"]) == log[1:6:2]

    def test_the_log_is_read_by_columns_as_by_rows(self, store: Store, log: list[Row]) -> None:
        """1: the same values, at the same place."""
        columns = store.recorder.columns
        assert columns(-1, 100, until=9) == Columns.of(log)
        assert columns(1, 3, until=9) == Columns.of(log[2:5])
        assert [columns(2, 100, until=5).row(at) for at in range(3)] == log[3:6]
        assert columns(9, 100, until=20) == Columns()

    def test_a_stream_is_read_by_versions(self, store: Store, log: list[Row]) -> None:
        """1: one aggregate's entries, without those of others."""
        stream = log[1].stream
        assert store.recorder.stream(stream) == log[1::2]
        assert store.recorder.stream(stream, 2) == log[5::2]
        assert store.recorder.stream(stream, 1, until=3) == log[3:6:2]
        assert store.recorder.stream(stream, newest_first=True, limit=2) == [log[9], log[7]]

    def test_entries_are_found_by_their_statements(self, store: Store, log: list[Row]) -> None:
        """7: this is how the outcome of a lost acknowledgement is found out, in any number."""
        asked = [row.statement for row in log[2:5]] + [bytes([n % 256, n // 256]) * 16 for n in range(1200)]
        assert store.recorder.find(asked) == {row.statement: row for row in log[2:5]}
        assert store.recorder.find([]) == {}

    def test_entries_are_found_by_their_numbers(self, store: Store, log: list[Row]) -> None:
        """1: the history of a procedure is read so, in any number; what is not there is left out."""
        asked = [row.seq for row in log[2:5]]
        assert store.recorder.at(asked[::-1]) == log[2:5]
        assert store.recorder.at([*range(5000, 3, -2), -1]) == log[4::2]
        assert store.recorder.at([]) == []

    def test_events_are_read_through_the_library_too(self, store: Store, log: list[Row]) -> None:
        """1: `notification_id` is `seq + 1`."""
        notifications = store.recorder.select_notifications(3, 4)
        assert [n.id for n in notifications] == [3, 4, 5, 6]
        assert [n.state for n in notifications] == [row.state for row in log[2:6]]
        events = store.recorder.select_events(log[0].stream, gt=1, lte=3, desc=True)
        assert [(e.originator_version, e.state) for e in events] == [(3, log[4].state), (2, log[2].state)]
        assert store.recorder.max_notification_id() == 10

    def test_waiting_ends_at_once_when_there_is_more(self, store: Store, log: list[Row]) -> None:
        """Nothing has to happen for what is there already."""
        assert store.recorder.wait(len(log) - 2, 0) is True
        assert store.recorder.wait(-1, 60) is True

    def test_waiting_ends_without_news_when_its_time_is_up(self, store: Store, log: list[Row]) -> None:
        """False is an answer, not an error."""
        assert store.recorder.wait(len(log) - 1, 0) is False
        assert store.recorder.wait(len(log) - 1, 0.05) is False

    def test_who_waits_is_woken_by_the_commit_of_another(self, store: Store, place: Place) -> None:
        """Several may wait at once; a commit through another store wakes all of them."""
        with place.open() as other, ThreadPoolExecutor(4) as threads:
            waiting = [threads.submit(store.recorder.wait, 0, 60) for _ in range(4)]
            for seq in range(2):
                with other.recorder.batch() as batch:
                    batch.append([a_row(seq)])
            assert [future.result() for future in waiting] == [True] * 4

    def test_waiting_can_be_ended_while_everything_else_goes_on(self, store: Store, log: list[Row]) -> None:
        """A publisher that has nothing more to publish does not keep a service from stopping."""
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(store.recorder.wait, len(log) - 1, 600)
            store.recorder.stop_waiting()
            assert waiting.result(60) is False
        assert store.recorder.wait(len(log) - 1, 600) is False
        assert store.recorder.wait(len(log) - 2, 600) is True
        with store.recorder.batch() as batch:
            batch.append([a_row(len(log))])
        assert store.recorder.head() == len(log)

    def test_closing_ends_the_waiting(self, place: Place) -> None:
        """A service that stops does not wait for its long polls."""
        store = place.open()
        with ThreadPoolExecutor(1) as threads:
            assert store.recorder.wait(-1, 0.05) is False  # whatever waiting needs has been started
            waiting = threads.submit(store.recorder.wait, -1, 600)
            while not waiting.running():
                pass
            store.close()
            with suppress(StorageError):  # when it came to look at the moment of closing: ended, too
                assert waiting.result(60) is False

    def test_closing_twice_is_harmless(self, place: Place) -> None:
        """Whoever cleans up need not know who did before."""
        store = place.open()
        store.close()
        store.close()
