"""Are refused attempts evidence, and never more than that?"""

from __future__ import annotations

from queue import Queue
from uuid import UUID

import pytest

from ledger import attempts
from ledger.domain.procedure import Procedure
from ledger.errors import AlreadyClosed, NotEntitled, StaleReplaces, TooLate
from ledger.storage import Store
from tests.support.builders import SERVICE, LedgerBuilder, a_town
from tests.support.followers import PATIENCE


@pytest.fixture
def town(store: Store) -> LedgerBuilder:
    """A council whose service records refused attempts."""
    town = a_town(store)
    town.ledger.note_attempts(SERVICE, town.key(SERVICE))
    return town


def procedure(town: LedgerBuilder, motion: str) -> Procedure:
    """As it stands."""
    return town.ledger.procedure(UUID(motion))


def test_a_late_vote_is_refused_and_on_record_without_its_content(town: LedgerBuilder) -> None:
    """The code and the digest of what was sent: nothing tells yes from no."""
    motion = town.open(closes_in=60)
    late = town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    town.clock.advance(60)
    with pytest.raises(TooLate):
        town.send(late)
    [*_, last] = town.ledger.history(UUID(motion))
    assert last.statement.kind == "attempt-refused"
    members = {"code", "statement", "procedure"}
    assert {name: last.payload[name] for name in members} == {
        "code": "too-late",
        "statement": late.envelope.digest.hex(),
        "procedure": motion,
    }
    assert procedure(town, motion).tally() == {"1": {"yes": 0, "no": 0, "abstain": 0}}


def test_an_attempt_after_the_closing_is_on_record_too(town: LedgerBuilder) -> None:
    """The seal is older than it, and stays true."""
    motion = town.open()
    vote = town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    town.close(motion)
    with pytest.raises(AlreadyClosed):
        town.send(vote)
    assert procedure(town, motion).conduct.attempts == {"already-closed": 1}


def test_a_mistake_is_no_evidence(town: LedgerBuilder) -> None:
    """A stale `replaces` is a client that has to ask again, not somebody who tried something."""
    motion = town.open()
    town.vote(motion, "m1")
    with pytest.raises(StaleReplaces):
        town.vote(motion, "m1", "no", replaces=None)
    assert procedure(town, motion).conduct.attempts == {}


def test_a_second_closing_is_no_evidence(town: LedgerBuilder) -> None:
    """Two processes of the service close at the same instant: one is refused, and nobody tried anything."""
    motion = town.open(closes_in=60)
    town.clock.advance(60)
    first, second = (town.statement("procedure-closed", SERVICE, procedure=motion) for _ in range(2))
    town.send(first)
    with pytest.raises(AlreadyClosed):
        town.send(second)
    assert procedure(town, motion).conduct.attempts == {}


def test_a_signer_cannot_fill_the_log(town: LedgerBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few attempts an hour the rest is refused without an entry."""
    motion = town.open()
    for _ in range(attempts.PER_SIGNER + 3):
        with pytest.raises(NotEntitled):
            town.vote(motion, "chair")
    assert procedure(town, motion).conduct.attempts == {"not-entitled": attempts.PER_SIGNER}
    monkeypatch.setattr(town.ledger.attempts, "_clock", lambda: 1e12)
    with pytest.raises(NotEntitled):
        town.vote(motion, "chair")
    assert procedure(town, motion).conduct.attempts == {"not-entitled": attempts.PER_SIGNER + 1}


def test_the_same_statement_is_on_record_once(town: LedgerBuilder) -> None:
    """Sent again and again it is one attempt."""
    motion = town.open()
    vote = town.statement("vote-cast", "chair", procedure=motion, member="chair", choices={"1": "yes"})
    for _ in range(3):
        with pytest.raises(NotEntitled):
            town.send(vote)
    assert procedure(town, motion).conduct.attempts == {"not-entitled": 1}


def test_an_attempt_is_on_record_before_an_answer_that_comes_later(town: LedgerBuilder) -> None:
    """Where no thread waits for the answer: not in the one that everybody's receipts come from."""
    motion = town.open()
    vote = town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    town.close(motion)
    told: Queue[tuple[object, str]] = Queue()

    def answer(answered: object) -> None:
        [*_, last] = town.ledger.history(UUID(motion))
        told.put((answered, last.statement.kind))

    town.ledger.submit_then(vote.envelope, lambda _: None, answer)
    answered, last = told.get(timeout=PATIENCE)
    assert isinstance(answered, AlreadyClosed)
    assert last == "attempt-refused"
