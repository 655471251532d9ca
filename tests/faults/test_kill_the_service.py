"""What remains when the service is killed while people vote?"""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ledger.audit import audit_store
from ledger.proof.statement import Statement
from ledger.receipt import receipt_of
from tests.support.builders import ORIGIN, LedgerBuilder, a_town
from tests.support.places import Place
from tests.support.running import RunningService, published, send

ROUNDS = 20
MEMBERS = 120
VOTERS = 6
"""Connections that send at the same time."""

STATEMENTS = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}/statements"

Receipts = dict[bytes, tuple[int, str]]
"""Statement digest → number and leaf hash of the entry, as the service answered."""


def test_twenty_kills_lose_no_acknowledged_vote_and_count_none_twice(place: Place, tmp_path: Path) -> None:
    """What was answered stays, what was not can be sent again, and the log verifies."""
    with place.open() as store:
        rounds = _votes(a_town(store, members=MEMBERS))
    chance, answered, interrupted = random.Random(20), Receipts(), 0
    waiting: list[Statement] = []
    for votes in rounds:
        waiting = [vote for vote in [*waiting, *votes] if vote.envelope.digest not in answered]
        with RunningService(place, tmp_path / "log") as service:
            _send_until_killed(service, waiting, answered, after=chance.randint(1, MEMBERS * 3 // 4))
        interrupted += any(vote.envelope.digest not in answered for vote in waiting)
    assert interrupted > ROUNDS // 2, "the kills came too late to interrupt anything"

    with RunningService(place, tmp_path / "log") as service:
        everything = [vote for votes in rounds for vote in votes]
        again = Receipts()
        _send_all(service, everything, again, threading.Event())
    assert {digest: again[digest] for digest in answered} == answered
    _check_the_store(place, everything, again)


def _votes(town: LedgerBuilder) -> list[list[Statement]]:
    """For each round a procedure, and the vote of every member in it: signed, not sent."""
    rounds = []
    for number in range(ROUNDS):
        motion = town.open(f"motion {number}")
        rounds.append([_vote(town, motion, f"m{member}") for member in range(1, MEMBERS + 1)])
    return rounds


def _vote(town: LedgerBuilder, motion: str, member: str) -> Statement:
    return town.statement("vote-cast", member, procedure=motion, member=member, choices={"1": "yes"})


def _send_until_killed(
    service: RunningService, votes: Sequence[Statement], answered: Receipts, *, after: float
) -> None:
    """Kills the service after so many new answers, wherever it is with the others."""
    killed, enough = threading.Event(), len(answered) + after
    sending = threading.Thread(target=_send_all, args=(service, votes, answered, killed))
    sending.start()
    while len(answered) < enough and sending.is_alive():
        time.sleep(0.001)
    killed.set()
    service.kill()
    sending.join()


def _send_all(
    service: RunningService, votes: Sequence[Statement], answered: Receipts, killed: threading.Event
) -> None:
    threads = [
        threading.Thread(target=_send, args=(service, votes[number::VOTERS], answered, killed))
        for number in range(VOTERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _send(
    service: RunningService, votes: Sequence[Statement], answered: Receipts, killed: threading.Event
) -> None:
    connection = service.connect()
    try:
        for vote in votes:
            envelope = vote.envelope.to_dict()
            status, receipt = published(partial(send, connection, "POST", STATEMENTS, envelope))
            assert status in (200, 201), receipt
            answered[vote.envelope.digest] = receipt["seq"], receipt["leaf"]
    except (OSError, http.client.HTTPException, ValueError):
        if not killed.is_set():
            raise
    finally:
        connection.close()


def _check_the_store(place: Place, votes: Sequence[Statement], answered: Receipts) -> None:
    """Every vote stands where its receipt says, once, and the whole log verifies."""
    with place.open() as store:
        rows = store.recorder.find([vote.envelope.digest for vote in votes])
        stored = {digest: receipt_of(row) for digest, row in rows.items()}
        assert {digest: (one.seq, one.leaf) for digest, one in stored.items()} == answered
        audit = audit_store(store)
    assert audit.holds, audit.failures[:3]
    assert audit.by_kind["vote-cast"] == len(votes) == ROUNDS * MEMBERS
