"""Does the operator see what happens, and nobody through it who voted what?"""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.observation.logs import TOLD, formatter
from api.observation.observer import ALONE, OBSERVER, Observer
from api.observation.seen import Seen, Watcher
from api.wiring import _start
from tests.support.builders import a_town
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService
from tests.web.site import Site, disclosure_of


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that the service logs, as it stands on standard error."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter(json=True))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(before)
    root.removeHandler(handler)


def records(written: io.StringIO) -> list[dict[str, Any]]:
    """The lines, read."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


def observer_of(site: Site) -> Observer:
    """What counts and logs the requests of a site."""
    found: Observer = site.app.extensions[OBSERVER]
    return found


def test_no_log_of_a_whole_journey_names_anybody_or_what_they_voted(
    each_site: Site, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids, names, texts, tokens, digests, queries and what an exception quotes: none of it is in any line."""
    site = each_site
    name, title = disclosure_of("name", "Frieda Meierhofer"), disclosure_of("title", "Abberufung Winkelmann")
    for text in (name, title):
        site.http.put(f"{site.api}/disclosures/{text.digest}", json={"disclosure": text.encoded})
    member = "frieda.m-4711"
    key = site.town.public(member)
    site.town.put("key-registered", "registrar", subject=member, roles=["member"], key=key, name=name.digest)
    motion = site.town.open("secret-motion", title=title.digest)
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    secret = {"Authorization": "Bearer stb_hunter2"}
    receipt = site.post(vote).get_json()
    late = site.town.statement("vote-cast", member, procedure=motion, member=member, choices={"1": "no"})
    assert site.post(late).status_code == 403
    for path in (
        f"/procedures/{motion}?wait_for=1&token=hunter2",
        f"/procedures/{motion}/history",
        f"/receipts/{receipt['statement']}",
        f"/members/{member}/open",
        f"/procedures/{member}",
        f"/documents/{member}",
    ):
        site.get(path, headers=secret)

    def broken(*_: Any, **__: Any) -> None:
        raise ValueError(f"{member} chose yes")

    monkeypatch.setattr(site.service.views, "procedure", broken)
    assert site.http.get(f"{site.api}/procedures/{motion}", headers=secret).status_code == 500
    observer_of(site).look()
    said = lines.getvalue()
    assert {"a fault of ours", "request"} <= {one["event"] for one in records(lines)}
    for personal in (
        *(member, "Frieda", "Meierhofer", "Winkelmann", "hunter2", "secret-motion", motion, "wait_for=1"),
        *(receipt["statement"], receipt["leaf"], name.digest, title.digest, '"m1"', "yes"),
        *(site.town.public("m1"), vote.envelope.to_dict()["payload"][:40]),
    ):
        assert personal not in said, personal
    allowed = {"event", "level", "logger", "timestamp", "failure", "where", *TOLD}
    assert {member for one in records(lines) for member in one} <= allowed


def test_a_line_says_what_an_operator_needs(site: Site, lines: io.StringIO) -> None:
    """Request id, ledger, route, status, duration, and why it was refused."""
    answer = site.http.get(f"{site.api}/procedures/11111111-1111-4111-8111-111111111111/tally")
    observer_of(site).look()
    [line] = [one for one in records(lines) if one["event"] == "request"]
    assert {key: line[key] for key in ("request_id", "ledger", "route", "status", "code", "method")} == {
        "request_id": answer.headers["X-Request-ID"],
        "ledger": "town",
        "route": "/v1/ledgers/{ledger}/procedures/{procedure}/tally",
        "status": 404,
        "code": "not-found",
        "method": "GET",
    }
    assert line["ms"] >= 0


def test_a_flood_is_told_in_sum(site: Site, lines: io.StringIO) -> None:
    """Or whoever asks often fills the operator's disk, and the busiest minute is the slowest."""
    for _ in range(ALONE + 50):
        site.http.get("/healthz")
    observer_of(site).look()
    found = [one for one in records(lines) if one.get("route") == "/healthz"]
    assert [one["event"] for one in found] == ["request"] * ALONE + ["requests"]
    assert found[-1]["count"] == 50


def test_what_callers_make_up_becomes_no_label_and_no_ledger(site: Site, lines: io.StringIO) -> None:
    """Each new name would be a new series, until the memory is full of them."""
    for number in range(30):
        site.http.open(f"/v1/ledgers/x{number}/procedures", method=f"ODD{number}")
        site.http.get(f"/nothing/{number}")
    found = site.http.get("/metrics").get_data(as_text=True)
    assert "x1" not in found
    assert "ODD" not in found
    assert 'stimmbuch_requests_total{method="other",route="nowhere",status="405"} 30.0' in found
    assert 'stimmbuch_requests_total{method="GET",route="nowhere",status="404"} 30.0' in found
    assert {one["ledger"] for one in records(lines) if "ledger" in one} == {""}


def test_the_metrics_say_how_each_ledger_stands(each_site: Site) -> None:
    """Head, published size, lag, and the votes that were timed."""
    site = each_site
    motion = site.town.open()
    site.service.ledger.committer.watch = observer_of(site).metrics.batches.observe
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    assert site.post(vote).status_code == 201
    site.service.follower.catch_up()
    found = dict(
        line.rsplit(" ", 1)
        for line in site.http.get("/metrics").get_data(as_text=True).splitlines()
        if not line.startswith("#")
    )
    entries = float(site.service.ledger.head() + 1)
    assert float(found['stimmbuch_head_entries{ledger="town"}']) == entries
    assert float(found['stimmbuch_published_entries{ledger="town"}']) == entries
    assert float(found['stimmbuch_view_lag_entries{ledger="town"}']) == 0
    assert float(found["stimmbuch_statement_seconds_count"]) == 1
    assert float(found["stimmbuch_batch_statements_count"]) == 1
    assert 'stimmbuch_verification_holds{ledger="town"}' not in found  # nobody has verified it yet


FOR_PEOPLE = ("no token", "serving", "Ctrl")
"""How the lines for people begin that stand before the log."""


def test_all_processes_count_together(sqlite_place: Place, tmp_path: Any) -> None:
    """Whichever of them is asked; and what they count in is gone afterwards."""
    a_town(sqlite_place.open()).ledger.close()
    log = tmp_path / "log"
    with RunningService(sqlite_place, log, "--log-format", "json") as service:
        for _ in range(40):
            assert service.call("GET", "/healthz")[0] == 200
        wanted = 'stimmbuch_requests_total{method="GET",route="/healthz",status="200"} 40.0'
        until(lambda: wanted in service.fetch("/metrics")[1].decode())
    own = [line for line in log.read_text("utf-8").splitlines() if not line.startswith(FOR_PEOPLE)]
    assert all("event" in json.loads(line) for line in own)


def test_the_server_warns_of_nothing_at_a_plain_start(sqlite_place: Place, tmp_path: Path) -> None:
    """Who is warned each time reads no warning. More threads than cores are meant: they wait, not compute."""
    a_town(sqlite_place.open()).ledger.close()
    log = tmp_path / "log"
    with RunningService(sqlite_place, log, "--log-format", "json", threads=64):
        # Before the stop: there it sometimes says that it kills a worker that another thread of its saw end.
        lines = [line for line in log.read_text("utf-8").splitlines() if not line.startswith(FOR_PEOPLE)]
    told = [json.loads(line) for line in lines]
    granian = [one for one in told if one["logger"].startswith("_granian")]
    assert granian
    assert [one for one in granian if one["level"] != "info"] == []


def test_a_watcher_forgets_rather_than_fill_the_memory() -> None:
    """If nobody counts any more, requests are served all the same."""
    watcher = Watcher(lambda _environ, _start: [])
    assert watcher.seen.maxlen is not None
    for _ in range(watcher.seen.maxlen + 10):
        watcher.seen.append(Seen("GET", "/", 204, 0.0, "", None))
    assert len(watcher.seen) == watcher.seen.maxlen


def test_what_a_ledgers_own_threads_log_names_the_ledger(lines: io.StringIO) -> None:
    """Of several ledgers in one service, which one is not published?"""
    log = logging.getLogger("ledger.publish.loop")

    def run(stop: threading.Event) -> None:
        log.error("nothing is published", extra={"told": stop.is_set()})

    _start("publisher", run, threading.Event(), "rat").join()
    run(threading.Event())
    found = [one for one in records(lines) if one["event"] == "nothing is published"]
    assert [one.get("ledger") for one in found] == ["rat", None]
