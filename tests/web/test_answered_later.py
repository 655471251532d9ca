"""Is a request answered rightly when its thread has long gone on to other things?"""

from __future__ import annotations

import http.client
import json
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from ledger.proof.statement import Statement
from ledger.publish.signer import FOLDER as SIGNER
from tests.support.builders import ORIGIN, LedgerBuilder, a_town
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService

LEDGER = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}"
THREADS, MEMBERS = 2, 40
SHORT, LONG = "application/json", "application/json; charset=utf-8"
"""The first takes the way on which answers may come later (`api.fast_path`); both are JSON."""


@pytest.fixture
def town(sqlite_place: Place) -> Iterator[LedgerBuilder]:
    """A council, in the store that the service opens too."""
    town = a_town(sqlite_place.open(), members=MEMBERS)
    yield town
    town.ledger.close()


@pytest.fixture
def running(
    sqlite_place: Place,
    town: LedgerBuilder,  # noqa: ARG001  # founds it
    tmp_path: Path,
) -> Iterator[RunningService]:
    """One worker process with two threads."""
    with RunningService(sqlite_place, tmp_path / "log", workers=1, threads=THREADS) as service:
        yield service


def vote(town: LedgerBuilder, motion: str, number: int, **fields: Any) -> Statement:
    """The vote of a member, and what is odd about it."""
    name = f"m{number}"
    wanted = {"procedure": motion, "member": name, "choices": {"1": "yes"}, **fields}
    return town.statement("vote-cast", name, **wanted)


def begin(connection: http.client.HTTPConnection, statement: Statement, content_type: str = SHORT) -> None:
    """Sends a statement, and waits for no answer."""
    body = json.dumps(statement.envelope.to_dict())
    connection.request("POST", f"{LEDGER}/statements", body, {"Content-Type": content_type})


def told(answer: http.client.HTTPResponse) -> tuple[int, dict[str, str], Any]:
    """Everything about an answer but when it was given, and the number of its request, long or short."""
    headers = {name: value for name, value in answer.getheaders() if name not in {"date", "x-request-id"}}
    body = json.loads(answer.read())
    if body.pop("request_id", None):
        del headers["content-length"]
    return answer.status, headers, body


def answered(service: RunningService, statement: Statement, content_type: str) -> Any:
    """The answer to a statement, as `told`."""
    with closing(service.connect()) as connection:
        begin(connection, statement, content_type)
        return told(connection.getresponse())


def test_votes_that_wait_for_their_checkpoint_hold_no_thread(
    sqlite_place: Place, town: LedgerBuilder, running: RunningService
) -> None:
    """Twenty votes for each thread wait for a publisher that stands still, and the service goes on."""
    motion = town.open()
    votes = [vote(town, motion, number) for number in range(1, MEMBERS + 1)]
    head = town.ledger.head()
    publisher = running.led_by_the_publisher(sqlite_place.home / SIGNER / "lead")
    with ExitStack() as stack:
        os.kill(publisher, signal.SIGSTOP)
        try:
            connections = [stack.enter_context(closing(running.connect())) for _ in votes]
            for connection, one in zip(connections, votes, strict=True):
                begin(connection, one)
            until(lambda: town.ledger.head() == head + MEMBERS)
            assert running.call("GET", "/healthz")[0] == 200
        finally:
            os.kill(publisher, signal.SIGCONT)
        # 503 on a machine so slow that the votes waited for ten seconds: "stored, and not published yet".
        assert {connection.getresponse().status for connection in connections} <= {201, 503}
    until(lambda: {answered(running, one, SHORT)[0] for one in votes} == {200})


@pytest.mark.parametrize(
    ("odd", "status", "code"),
    [
        ({"choices": {"1": "maybe"}}, 409, "unknown-option"),
        ({"log": "ledger.example.org/elsewhere"}, 422, "wrong-log"),
    ],
)
def test_a_refusal_that_comes_later_is_the_same_problem(
    town: LedgerBuilder, running: RunningService, odd: dict[str, Any], status: int, code: str
) -> None:
    """Decided under the ledger's lock, or known at once: one answer for both ways."""
    refused = vote(town, town.open(), 1, **odd)
    short, long = (answered(running, refused, way) for way in (SHORT, LONG))
    assert (short[0], short[2]["code"]) == (status, code)
    assert short == long


def test_a_repetition_that_is_answered_later_gets_its_first_receipt(
    town: LedgerBuilder, running: RunningService
) -> None:
    """On both ways."""
    cast = vote(town, town.open(), 1)
    first = answered(running, cast, SHORT)
    short, long = (answered(running, cast, way) for way in (SHORT, LONG))
    assert (first[0], short[0]) == (201, 200)
    assert short == long
    assert short[2] == first[2]


def test_who_breaks_off_does_no_harm(town: LedgerBuilder, running: RunningService) -> None:
    """The answer finds nobody, and the next one is given."""
    motion = town.open()
    with closing(running.connect()) as connection:
        begin(connection, vote(town, motion, 1))
    assert answered(running, vote(town, motion, 2), SHORT)[0] == 201
