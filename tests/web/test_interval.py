"""Does the interval between checkpoints reach who publishes, and does no vote wait too long because of it?"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.service.configuration import Configuration
from ledger.proof.statement import Statement
from ledger.publish.folder import FOLDER
from ledger.publish.publication import PATIENCE
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.sizes import Sizes
from tests.faults.test_publisher_dies import LEDGER, a_vote
from tests.support.audited import publish
from tests.support.builders import LedgerBuilder
from tests.support.gunicorn import RunningUnderGunicorn
from tests.support.places import Place
from tests.support.running import RunningService

[LONGEST] = (row.high for row in Configuration.rows() if row.name == "interval")
APART = 0.05
"""Seconds between two votes: without an interval each of them gets a checkpoint of its own."""


@pytest.fixture
def votes(town: LedgerBuilder) -> list[Statement]:
    """Signed, not sent; all before them is published, so that the first one waits for nothing."""
    motion = town.open()
    publish(town.ledger.store)
    return [a_vote(town, motion, number) for number in range(1, 6)]


def check_interval(service: RunningService, place: Place, votes: list[Statement], interval: float) -> None:
    """Votes shortly after one another share checkpoints, and all are answered with a receipt."""

    def post(vote: Statement) -> int:
        return service.call("POST", f"{LEDGER}/statements", vote.envelope.to_dict())[0]

    sizes, began = Sizes(place.home / FOLDER), time.monotonic()
    first, *others = votes
    assert post(first) == 201  # and the interval begins
    before = len(sizes.listed(2**53))
    with ThreadPoolExecutor(len(others)) as members:
        answers = []
        for vote in others:
            answers.append(members.submit(post, vote))
            time.sleep(APART)
        assert [answer.result() for answer in answers] == [201] * len(others)
    most = 1 + (time.monotonic() - began) / interval
    assert 1 <= len(sizes.listed(2**53)) - before <= most


def test_the_publisher_keeps_the_longest_interval_and_votes_still_get_their_receipts(
    sqlite_place: Place, votes: list[Statement], tmp_path: Path
) -> None:
    """Nobody gets 503 because of what an operator may set."""
    assert 2 * LONGEST <= PATIENCE  # a pass that begins late, and what it takes
    with RunningService(sqlite_place, tmp_path / "log", "--interval", str(LONGEST), workers=1) as service:
        service.led_by_the_publisher(sqlite_place.home / SIGNER / "lead")
        check_interval(service, sqlite_place, votes, LONGEST)


def test_a_worker_that_publishes_keeps_the_interval(
    sqlite_place: Place, votes: list[Statement], tmp_path: Path
) -> None:
    """Under gunicorn, where there is no publisher, as where it died."""
    settings = "[publishing]\ninterval = 1.0"
    with RunningUnderGunicorn(sqlite_place, tmp_path / "log", settings) as service:
        check_interval(service, sqlite_place, votes, 1.0)
