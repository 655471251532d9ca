"""Does the fallback server keep what the service promises under granian?"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.builders import ORIGIN, LedgerBuilder
from tests.support.followers import until
from tests.support.gunicorn import RunningUnderGunicorn
from tests.support.places import Place
from tests.support.raw import is_read

LEDGER = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}"


def test_votes_get_receipts_and_all_workers_count_together(
    sqlite_place: Place, town: LedgerBuilder, tmp_path: Path
) -> None:
    """The first vote too: no publisher is waited for. What they count in is gone in the end."""
    motion = town.open()
    with RunningUnderGunicorn(sqlite_place, tmp_path / "log") as service:
        for number in range(1, 6):
            vote = town.statement(
                "vote-cast", f"m{number}", procedure=motion, member=f"m{number}", choices={"1": "yes"}
            )
            status, receipt = service.call("POST", f"{LEDGER}/statements", vote.envelope.to_dict())
            assert status == 201, receipt
        route = f'method="POST",route="{LEDGER.replace("town", "{ledger}")}/statements",status="201"'
        counted = f"stimmbuch_requests_total{{{route}}} 5.0"
        # Every process looks at what it answered twice a second.
        until(lambda: counted in service.fetch("/metrics")[1].decode())
        assert list(tmp_path.glob("stimmbuch-metrics-*/counter_*.db"))
    assert list(tmp_path.glob("stimmbuch-metrics-*")) == []
    log = (tmp_path / "log").read_text("utf-8")
    assert "Traceback" not in log


@pytest.mark.usefixtures("town")
def test_the_limit_is_that_of_all_workers(sqlite_place: Place, tmp_path: Path) -> None:
    """As under granian."""
    settings = "[limits]\nrate = 0.001\nburst = 10"
    with RunningUnderGunicorn(sqlite_place, tmp_path / "log", settings) as service:
        answers = Counter(service.fetch("/v1/openapi.json")[0] for _ in range(40))
        assert answers == {200: 10, 429: 30}


def test_a_stop_answers_who_is_waiting(sqlite_place: Place, town: LedgerBuilder, tmp_path: Path) -> None:
    """A long poll ends with an empty answer, and the service with 0: no connection is broken."""
    head = town.ledger.head()
    with (
        RunningUnderGunicorn(sqlite_place, tmp_path / "log") as service,
        closing(service.connect()) as connection,
    ):
        connection.request("GET", f"{LEDGER}/events?after={head}&wait=25")
        until(lambda: is_read(connection.sock))
        assert service.stop() == 0
        answer = connection.getresponse()
        assert (answer.status, json.load(answer)["data"]) == (200, [])
