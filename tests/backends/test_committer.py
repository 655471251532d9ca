"""What gets into a batch, and does everybody get an answer of their own?"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Queue

import pytest

from ledger.errors import StoreLocked, UnknownOption
from ledger.proof.statement import Statement
from ledger.receipt import Receipt
from tests.support.builders import LedgerBuilder, a_town
from tests.support.followers import PATIENCE, until
from tests.support.places import Place

MEMBERS = 6


@pytest.fixture
def town(request: pytest.FixtureRequest, place: Place) -> Iterator[LedgerBuilder]:
    """A town whose council votes. It waits so many seconds for the ledger's lock, or as long as it takes."""
    with place.open(lock_timeout=getattr(request, "param", PATIENCE)) as store:
        town = a_town(store, members=MEMBERS)
        yield town
        town.ledger.close()


def votes(town: LedgerBuilder) -> list[Statement]:
    """A vote of each member on a new motion."""
    motion = town.open()
    names = [f"m{number}" for number in range(1, MEMBERS + 1)]
    return [
        town.statement("vote-cast", name, procedure=motion, member=name, choices={"1": "yes"})
        for name in names
    ]


def submitted(
    town: LedgerBuilder, threads: ThreadPoolExecutor, statements: list[Statement]
) -> list[Future[Receipt]]:
    """Submits statements while another one holds the lock; returns when all are in the queue, or answered."""
    answers = [threads.submit(town.ledger.submit, one.envelope) for one in statements]
    queue = town.ledger.committer._queue
    until(lambda: len(queue) + sum(answer.done() for answer in answers) == len(statements))
    return answers


def test_what_comes_while_the_lock_is_waited_for_gets_into_the_batch(
    town: LedgerBuilder, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn at the lock is used for everybody who is there then: one transaction, not one for each."""
    statements, batch = votes(town), town.ledger.store.recorder.batch
    turns: list[int | None] = []

    def counted(after: int | None = None) -> object:
        turns.append(after)
        return batch(after)

    monkeypatch.setattr(town.ledger.store.recorder, "batch", counted)
    with place.open() as other, ThreadPoolExecutor(MEMBERS) as threads:
        with other.recorder.batch():
            answers = submitted(town, threads, statements)
            assert not any(answer.done() for answer in answers)
        seqs = sorted(answer.result().seq for answer in answers)
    assert len(turns) == 1
    assert seqs == list(range(seqs[0], seqs[0] + MEMBERS))


def test_a_refused_statement_fails_alone(town: LedgerBuilder, place: Place) -> None:
    """The others of its batch are recorded, and each caller hears what became of their own."""
    *good, last = votes(town)
    bad = town.statement(
        "vote-cast", "m6", procedure=last.payload["procedure"], member="m6", choices={"1": "maybe"}
    )
    with place.open() as other, ThreadPoolExecutor(MEMBERS) as threads:
        with other.recorder.batch():
            answers = submitted(town, threads, [*good, bad])
        with pytest.raises(UnknownOption):
            answers[-1].result()
        receipts = [answer.result() for answer in answers[:-1]]
    for statement, receipt in zip(good, receipts, strict=True):
        assert town.ledger.receipt(statement.envelope.digest) == receipt


@pytest.mark.parametrize("town", [1.0], indirect=True, ids=["a second"])
def test_everybody_is_told_when_the_lock_cannot_be_had(town: LedgerBuilder, place: Place) -> None:
    """Nobody waits for ever, nothing is stored, and the next one is served again."""
    statements = votes(town)
    head = town.ledger.head()
    with place.open() as other, ThreadPoolExecutor(MEMBERS) as threads, other.recorder.batch():
        for answer in submitted(town, threads, statements):
            with pytest.raises(StoreLocked):
                answer.result(PATIENCE)
    assert town.ledger.head() == head
    assert town.ledger.submit(statements[0].envelope).seq == head + 1


def test_an_answer_that_cannot_be_given_keeps_nobody_from_theirs(
    town: LedgerBuilder, caplog: pytest.LogCaptureFixture
) -> None:
    """Answers of a batch are given one after the other, in one thread."""
    statements, given = votes(town), Queue[object]()

    def broken(answered: object) -> None:
        given.put(answered)
        raise ValueError("the connection is gone")

    for one in statements:
        town.ledger.submit_then(one.envelope, lambda _: None, broken)
    assert all(isinstance(given.get(timeout=PATIENCE), Receipt) for _ in statements)
    until(lambda: caplog.text.count("an answer could not be given") == MEMBERS)
