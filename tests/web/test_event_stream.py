"""Does a stream of events miss nothing, repeat nothing, and leave the threads to the votes?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from api.context import EXTENSION, Settings
from tests.support.followers import PATIENCE
from tests.support.places import Place
from tests.web.site import Site, problem

STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def streaming(each_place: Place) -> Iterator[Site]:
    """A site whose streams end after a moment."""
    site = Site(each_place, Settings(stream_seconds=0.6, keep_alive=0.2, long_polls=1))
    site.service.follower.catch_up()
    yield site
    site.close()


def events(text: str) -> list[dict[str, Any]]:
    """The events of a stream: their fields, with the data read."""
    blocks = [
        dict(line.split(": ", 1) for line in block.split("\n")) for block in text.split("\n\n") if block
    ]
    return [{**block, "data": json.loads(block["data"])} for block in blocks if "data" in block]


def stream(site: Site, query: str = "", **headers: str) -> str:
    """A whole stream."""
    with site.http.get(f"{site.api}/events{query}", headers={**STREAM, **headers}) as response:
        assert (response.status_code, response.mimetype) == (200, "text/event-stream")
        return response.get_data(as_text=True)


def test_a_stream_delivers_every_entry_with_its_number(streaming: Site) -> None:
    """The number is what the client names when it connects again."""
    found = events(stream(streaming))
    assert [int(one["id"]) for one in found] == list(range(streaming.service.ledger.head() + 1))
    assert [one["data"]["seq"] for one in found] == [int(one["id"]) for one in found]
    assert found[0]["event"] == found[0]["data"]["kind"] == "ledger-created"


def test_a_stream_goes_on_after_the_last_event(streaming: Site) -> None:
    """Whatever the address says: an `EventSource` keeps the address and sends the header."""
    head = streaming.service.ledger.head()
    text = stream(streaming, "?after=0", **{"Last-Event-ID": str(head - 2)})
    assert [int(one["id"]) for one in events(text)] == [head - 1, head]
    assert [int(one["id"]) for one in events(stream(streaming, f"?after={head - 1}"))] == [head]


def test_what_happens_meanwhile_is_delivered_and_silence_is_broken(each_place: Place) -> None:
    """A comment keeps the connection open on its way."""
    with closing(Site(each_place, Settings(stream_seconds=PATIENCE, keep_alive=0.1))) as site:
        site.service.follow()
        address = f"{site.api}/events?after={site.service.ledger.head()}"
        with site.http.get(address, headers=STREAM, buffered=False) as response:
            pieces = (piece if isinstance(piece, str) else piece.decode() for piece in response.response)
            assert next(pieces) == "retry: 1000\n\n"
            assert next(pieces) == ": still here\n\n"
            site.town.open()
            [found] = events(next(piece for piece in pieces if not piece.startswith(":")))
    assert found["event"] == "procedure-opened"


def test_a_stream_tells_no_choice_that_is_withheld(streaming: Site) -> None:
    """The feed goes through the same place as every other read."""
    motion = streaming.town.open(closes_in=3600)
    streaming.town.vote(motion, "m1", "no")
    streaming.service.follower.catch_up()
    vote = events(stream(streaming))[-1]["data"]
    assert (vote["kind"], vote["payload"]["choices"], vote["statement"]) == ("vote-cast", None, None)


def test_without_a_place_a_stream_is_refused_and_given_back_places_are_used(streaming: Site) -> None:
    """Each stream holds a thread; an aborted one gives it back."""
    context = streaming.app.extensions[EXTENSION].only()
    assert context.polls.acquire()
    response = streaming.http.get(f"{streaming.api}/events", headers=STREAM)
    problem(response, 503, "busy")
    assert response.headers["Retry-After"]
    context.polls.release()
    for _ in range(3):
        response = streaming.http.get(f"{streaming.api}/events", headers=STREAM, buffered=False)
        assert next(iter(response.response)) in (b"retry: 1000\n\n", "retry: 1000\n\n")
        response.close()
    assert context.polls.acquire()


def test_a_stream_ends_when_the_server_stops(sqlite_place: Place) -> None:
    """A stop must not take a minute."""
    stopping = threading.Event()
    site = Site(sqlite_place, Settings(stopping=stopping))
    try:
        stopping.set()
        assert events(stream(site)) == []
    finally:
        site.close()


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "", "٣", "9" * 20])
def test_a_last_event_that_is_no_number_is_refused(streaming: Site, last: str) -> None:
    """And one beyond the head as well: it is of another ledger."""
    headers = {**STREAM, "Last-Event-ID": last.encode().decode("latin-1")}
    problem(streaming.http.get(f"{streaming.api}/events", headers=headers), 400, "bad-encoding")


def test_a_last_event_beyond_the_head_is_refused(streaming: Site) -> None:
    """It is of another ledger, or of one that was restored from an old backup."""
    headers = {**STREAM, "Last-Event-ID": "99999"}
    problem(streaming.http.get(f"{streaming.api}/events", headers=headers), 404, "not-yet")
