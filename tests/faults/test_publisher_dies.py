"""Who publishes when the publisher is killed, or stands still?"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from ledger.proof.statement import Statement
from ledger.publish.signer import FOLDER as SIGNER
from tests.support.builders import ORIGIN, LedgerBuilder, a_town
from tests.support.places import Place
from tests.support.running import RunningService, published

LEDGER = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}"


def a_vote(town: LedgerBuilder, motion: str, number: int) -> Statement:
    """A signed vote, not sent."""
    return town.statement(
        "vote-cast", f"m{number}", procedure=motion, member=f"m{number}", choices={"1": "yes"}
    )


def post(service: RunningService, vote: Statement) -> tuple[int, Any]:
    """Sends a vote."""
    return service.call("POST", f"{LEDGER}/statements", vote.envelope.to_dict())


def acknowledged(service: RunningService, vote: Statement) -> tuple[int, Any]:
    """Sends a vote, and again as long as the answer is that it is stored but not published yet."""
    return published(lambda: post(service, vote))


def test_when_the_publisher_is_killed_a_worker_goes_on(place: Place, tmp_path: Path) -> None:
    """The lock falls back to the system; votes wait for a moment and lose nothing."""
    with place.open() as store:
        town = a_town(store, members=6)
        motion = town.open()
        votes = [a_vote(town, motion, number) for number in range(1, 7)]
    with RunningService(place, tmp_path / "log") as service:
        assert acknowledged(service, votes[0])[0] in {200, 201}
        os.kill(service.led_by_the_publisher(place.home / SIGNER / "lead"), signal.SIGKILL)
        receipts = [acknowledged(service, vote) for vote in votes[1:]]
        assert {status for status, _ in receipts} <= {200, 201}
    with RunningService(place, tmp_path / "log") as service:
        assert [acknowledged(service, vote) for vote in votes[1:]] == [
            (200, receipt) for _, receipt in receipts
        ]


def test_while_the_publisher_stands_still_votes_are_stored_and_not_acknowledged(
    place: Place, tmp_path: Path
) -> None:
    """503 says that the vote is stored; when the publisher goes on, the same envelope gets its receipt."""
    with place.open() as store:
        town = a_town(store, members=2)
        motion = town.open()
        first, vote = a_vote(town, motion, 1), a_vote(town, motion, 2)
    with RunningService(place, tmp_path / "log") as service:
        assert acknowledged(service, first)[0] in {200, 201}
        publisher = service.led_by_the_publisher(place.home / SIGNER / "lead")
        os.kill(publisher, signal.SIGSTOP)
        try:
            status, problem = post(service, vote)
            assert (status, problem["code"]) == (503, "not-published")
            assert "is stored but not published yet" in problem["detail"]
        finally:
            os.kill(publisher, signal.SIGCONT)
        status, receipt = acknowledged(service, vote)
        assert status == 200
        assert receipt["proof"].startswith("c2sp.org/tlog-proof@v1\n")
