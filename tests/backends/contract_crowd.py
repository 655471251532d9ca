"""Do many processes at one ledger leave one log, and does every follower see all of it?"""

from __future__ import annotations

import json

import pytest

from ledger.storage import Store
from tests.support import crowd
from tests.support.places import Place
from tests.support.processes import ending


class CrowdContract:
    """Promises 2 and 3, with processes instead of threads."""

    WRITERS = 4
    BATCHES = 30
    VISITS = 10

    def test_many_processes_write_one_log_and_followers_see_all_of_it(
        self, place: Place, store: Store
    ) -> None:
        """No gap, no fork, no lost row; a follower that reads and waits never misses an entry."""
        total = self.WRITERS * sum(number % 3 + 1 for number in range(self.BATCHES))
        followers = [crowd.start(place, "follow", total) for _ in range(2)]
        writers = [crowd.start(place, "write", f"writer-{n}", self.BATCHES) for n in range(self.WRITERS)]
        for seen in crowd.finish(writers + followers)[self.WRITERS :]:
            assert json.loads(seen) == list(range(total))
        log = store.recorder.read(-1, 10 * total)
        assert len(log) == total
        assert crowd.is_chained(log)
        shared = store.recorder.stream(crowd.SHARED_STREAM)
        assert [row.pos for row in shared] == list(range(1, self.WRITERS * self.BATCHES + 1))

    def test_processes_that_come_and_go_do_not_disturb_each_other(self, place: Place, store: Store) -> None:
        """Opening and closing is safe beside others who write; nobody is refused by a passing lock."""
        store.close()  # so that every visitor may be the last one out
        visitors = [crowd.start(place, "visit", f"visitor-{n}", self.VISITS) for n in range(4)]
        crowd.finish(visitors)
        with place.open() as again:
            log = again.recorder.read(-1, 1000)
        assert len(log) == 4 * self.VISITS
        assert crowd.is_chained(log)

    def test_a_writer_that_is_killed_leaves_nothing_and_no_lock(self, place: Place, store: Store) -> None:
        """5: kill -9 in the middle of a batch is a batch that never was."""
        with ending(crowd.start(place, "hang")) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "holding\n"
        with store.recorder.batch() as batch:
            assert batch.head == -1
            batch.append([crowd.make_row(0, crowd.SHARED_STREAM, 1, b"", "next")])
        assert store.recorder.head() == 0

    def test_the_check_of_the_chain_can_fail(self, store: Store) -> None:
        """What the first test of this class relies on finds a gap and a fork."""
        first = crowd.make_row(0, crowd.SHARED_STREAM, 1, b"", "a")
        second = crowd.make_row(1, crowd.SHARED_STREAM, 2, first.state, "a")
        fork = crowd.make_row(1, crowd.SHARED_STREAM, 2, b"another", "b")
        assert crowd.is_chained([first, second])
        assert not crowd.is_chained([first, fork])
        assert not crowd.is_chained([second])


class FoundingContract:
    """Many processes try to make the same ledger."""

    @pytest.fixture
    def empty_place(self) -> Place:
        """A place without a ledger: each backend's own."""
        raise NotImplementedError

    def test_of_many_founders_one_succeeds(self, empty_place: Place) -> None:
        """The others are told that there is a ledger, and it is whole."""
        founders = [crowd.start(Place(empty_place.founder, "", empty_place.home), "create") for _ in range(5)]
        assert sorted(crowd.finish(founders)) == ["made"] + ["store-exists"] * 4
        with empty_place.open() as store:
            store.recorder.check()
            assert store.recorder.head() == -1
