"""Does the real server, in processes of its own, keep what the application promises?"""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.application import VotingLedger
from ledger.errors import StoreUnavailable
from ledger.proof.statement import Statement
from tests.support.builders import ORIGIN, LedgerBuilder, a_town
from tests.support.followers import until
from tests.support.places import Place
from tests.support.raw import is_read
from tests.support.running import RunningService, send

LEDGER = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}"


@pytest.fixture
def town(sqlite_place: Place) -> Iterator[LedgerBuilder]:
    """A town of twelve, in the store that the service opens too."""
    town = a_town(sqlite_place.open(), members=12)
    yield town
    town.ledger.close()


@pytest.fixture
def running(
    sqlite_place: Place,
    town: LedgerBuilder,  # noqa: ARG001  # founds it
    tmp_path: Path,
) -> Iterator[RunningService]:
    """The service, with two worker processes."""
    with RunningService(sqlite_place, tmp_path / "log") as service:
        yield service


def vote(town: LedgerBuilder, motion: str, number: int) -> Statement:
    """The vote of a member."""
    return town.statement(
        "vote-cast", f"m{number}", procedure=motion, member=f"m{number}", choices={"1": "yes"}
    )


def test_votes_reach_every_process_and_are_counted_once(town: LedgerBuilder, running: RunningService) -> None:
    """Twelve members at once, each sending twice, over two workers."""
    motion = town.open()
    votes = [vote(town, motion, number).envelope.to_dict() for number in range(1, 13)]
    statuses: list[int] = []

    def cast(body: object) -> None:
        with closing(running.connect()) as connection:
            statuses.extend(send(connection, "POST", f"{LEDGER}/statements", body)[0] for _ in range(2))

    threads = [threading.Thread(target=cast, args=(body,)) for body in votes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 12 + [201] * 12
    head = town.ledger.head()
    path = f"{LEDGER}/procedures/{motion}/tally?wait_for={head}"
    until(lambda: running.call("GET", path)[0] == 200)  # 503 for a moment, where the views take longer
    tally = running.call("GET", path)[1]
    assert (tally["voted"], tally["items"][0]["counts"]["yes"]) == (12, 12)


def test_a_body_without_a_length_is_read_and_limited(town: LedgerBuilder, running: RunningService) -> None:
    """Chunked, as some clients send; the limit holds for it as well."""
    motion = town.open()
    body = json.dumps(vote(town, motion, 1).envelope.to_dict()).encode()

    def chunked(data: bytes) -> int:
        with closing(running.connect()) as connection:
            parts = iter([data[:100], data[100:]])
            headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
            connection.request("POST", f"{LEDGER}/statements", parts, headers, encode_chunked=True)
            return connection.getresponse().status

    assert chunked(body) == 201
    assert chunked(body + b" " * 40_000) == 413


def test_a_document_goes_there_and_back(running: RunningService) -> None:
    """Three megabytes, in both directions as a stream."""
    import hashlib

    content = bytes(range(256)) * 12_000
    path = f"{LEDGER}/documents/{hashlib.sha256(content).hexdigest()}"
    with closing(running.connect()) as connection:
        connection.request("PUT", path, content, {"Content-Type": "application/pdf"})
        answer = connection.getresponse()
        assert (answer.status, answer.read()[:1]) == (201, b"{")
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.read() == content
        assert answer.headers["Content-Length"] == str(len(content))
        connection.request("HEAD", path)
        assert connection.getresponse().status == 200


def test_a_client_that_breaks_off_does_no_harm(town: LedgerBuilder, running: RunningService) -> None:
    """Half a statement is none, and the next caller is served."""
    head = town.ledger.head()
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", running.port)) as half:
            half.sendall(
                f"POST {LEDGER}/statements HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                'Content-Length: 500\r\n\r\n{"payload":'.encode()
            )
    until(lambda: running.call("GET", "/readyz")[0] == 200)
    assert town.ledger.head() == head


def test_a_stop_leaves_no_vote_without_its_answer(
    sqlite_place: Place, town: LedgerBuilder, tmp_path: Path
) -> None:
    """Every entry in the log was answered with 201, although the service was stopped in the middle."""
    motion = town.open()
    before = town.ledger.head()
    votes = [vote(town, motion, number).envelope.to_dict() for number in range(1, 13)]
    answered: list[int] = []
    first = threading.Event()
    with RunningService(sqlite_place, tmp_path / "log") as service:

        def cast(body: object) -> None:
            with closing(running_connection(service)) as connection:
                try:
                    status, receipt = send(connection, "POST", f"{LEDGER}/statements", body)
                except (OSError, http.client.HTTPException):
                    return
                if status == 201:
                    answered.append(receipt["seq"])
                    first.set()

        threads = [threading.Thread(target=cast, args=(body,)) for body in votes]
        for thread in threads:
            thread.start()
        first.wait(60)
        assert service.stop() == 0
        for thread in threads:
            thread.join()
    assert sorted(answered) == list(range(before + 1, town.ledger.head() + 1))


def running_connection(service: RunningService) -> http.client.HTTPConnection:
    """A connection of its own."""
    return service.connect()


def test_a_stop_is_heard_while_the_workers_are_starting(sqlite_place: Place, tmp_path: Path) -> None:
    """A worker that has not set its own handler yet must not be left behind."""
    log = tmp_path / "log"
    a_town(sqlite_place.open(), members=1).ledger.close()
    service = RunningService(sqlite_place, log)
    try:
        until(lambda: "Spawning worker-2" in log.read_text("utf-8", "replace"))
    finally:
        code = service.stop()
    assert code == 0


def test_a_stop_answers_who_is_waiting(sqlite_place: Place, town: LedgerBuilder, tmp_path: Path) -> None:
    """A long poll ends with an empty answer, not with a broken connection."""
    head = town.ledger.head()
    with (
        RunningService(sqlite_place, tmp_path / "log") as service,
        closing(service.connect()) as connection,
    ):
        connection.request("GET", f"{LEDGER}/events?after={head}&wait=25")
        until(lambda: is_read(connection.sock))
        assert service.stop() == 0
        answer = connection.getresponse()
        assert (answer.status, json.load(answer)["data"]) == (200, [])


def test_the_environment_is_not_told_to_anybody(
    sqlite_place: Place,
    town: LedgerBuilder,  # noqa: ARG001  # founds it
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Granian puts it into every request: it must not come out in an answer or in the log."""
    monkeypatch.setenv("STIMMBUCH_TEST_SECRET", "hunter2-hunter2")
    log = tmp_path / "log"
    with RunningService(sqlite_place, log) as service:
        (sqlite_place.home / "ledger.sqlite").rename(sqlite_place.home / "gone")
        found = [service.call("GET", path) for path in ("/readyz", "/v1/nothing", f"{LEDGER}/procedures")]
    assert "hunter2" not in str(found)
    assert "hunter2" not in log.read_text("utf-8", "replace")


def test_the_settings_for_gunicorn_lead_to_the_same_application(sqlite_place: Place) -> None:
    """The fallback is the same application, opened in the worker and closed by its exit."""
    from types import SimpleNamespace

    from api.service import gunicorn_settings
    from api.service.server import application

    town = a_town(sqlite_place.open(), members=1)
    town.ledger.close()
    assert gunicorn_settings.preload_app is False
    assert gunicorn_settings.graceful_timeout > 25
    app = application(sqlite_place.where)
    assert app.test_client().get(f"{LEDGER}/procedures").status_code == 200  # type: ignore[attr-defined]
    gunicorn_settings.worker_exit(None, SimpleNamespace(wsgi=app))
    [context] = app.extensions["stimmbuch"].all()  # type: ignore[attr-defined]
    ledger: VotingLedger = context.service.ledger
    with pytest.raises(StoreUnavailable, match="this store was closed"):
        ledger.head()
