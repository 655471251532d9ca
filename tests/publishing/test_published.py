"""Is everybody who waits for a checkpoint told when it is there, and what is in the way when it is not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import NotFound, NotPublished, StimmbuchError
from ledger.publish.folder import LogFolder
from ledger.publish.published import Published
from ledger.publish.sizes import Sizes
from ledger.sentence import Sentence
from ledger.storage import open_store
from tests.support.chained import grow
from tests.support.followers import until
from tests.support.publishing import ALog


def waiting(published: Published, seq: int) -> list[StimmbuchError | None]:
    """A list into which the answer comes."""
    answers: list[StimmbuchError | None] = []
    published.when(seq, answers.append)
    return answers


def test_who_waits_is_told_when_the_entry_is_published(tmp_path: Path) -> None:
    """Each for himself, and not before."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        log = ALog(store)
        published = Published(log.folder, lambda: None)
        first, second = waiting(published, 2), waiting(published, 5)
        grow(store, 3)
        log.publisher().publish()
        until(lambda: bool(first))
        assert (first, second) == ([None], [])
        assert (published.size(), published.covering(0), published.covering(2)) == (3, 3, 3)
        with pytest.raises(NotFound):
            published.covering(3)
        grow(store, 6)
        log.publisher().publish()
        until(lambda: bool(second))
        assert second == [None]
        assert [published.covering(seq) for seq in range(6)] == [3, 3, 3, 6, 6, 6]
        published.close()


def test_who_waits_too_long_is_told_what_is_in_the_way(tmp_path: Path) -> None:
    """The entry is stored all the same, and the answer says so."""
    published = Published(
        LogFolder(tmp_path),
        lambda: Sentence("two witnesses are missing", "zwei Zeugen fehlen"),
        patience=0.05,
    )
    answers = waiting(published, 0)
    until(lambda: bool(answers))
    assert isinstance(answers[0], NotPublished)
    assert str(answers[0]) == "entry 0 is stored but not published yet: two witnesses are missing"
    published.close()


def test_a_thousand_may_wait_at_a_time(tmp_path: Path) -> None:
    """Nobody is forgotten, whatever the order."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        log = ALog(store)
        published = Published(log.folder, lambda: None)
        answers = [waiting(published, seq) for seq in reversed(range(1000))]
        publisher = log.publisher()
        for size in (1, 400, 1000):
            grow(store, size)
            publisher.publish()
        until(lambda: all(answers))
        assert answers == [[None]] * 1000
        published.close()


def test_closing_waits_for_those_who_wait(tmp_path: Path) -> None:
    """A service that stops answers what it has accepted."""
    published = Published(LogFolder(tmp_path), lambda: None, patience=0.1)
    answers = [waiting(published, seq) for seq in range(3)]
    published.close()
    assert [type(answer[0]) for answer in answers] == [NotPublished] * 3


def test_sizes_that_a_crash_left_half_written_are_made_again(tmp_path: Path) -> None:
    """The file says nothing that the checkpoints do not say."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        log = ALog(store)
        publisher = log.publisher()
        for size in (1, 2, 300):
            grow(store, size)
            publisher.publish()
        path = log.folder.path / "checkpoints" / "sizes"
        whole = path.read_bytes()
        for damaged in (whole[:-5], whole[:16], b"", whole[:-16] + bytes(16), whole[:5] + b"x" + whole[6:]):
            path.write_bytes(damaged)
            log.publisher()
            assert path.read_bytes() == whole
        path.unlink()
        log.publisher()
        assert path.read_bytes() == whole
        assert Sizes(log.folder.path).covering(2) == 300
