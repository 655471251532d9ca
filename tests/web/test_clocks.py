"""Is anything recorded by a clock that is known to be wrong, and does it go on when the clocks are right?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import main
from api.clock import utc_now
from api.context import Settings
from api.service.ledgers import Ledgers
from api.service.opening import Opener
from api.service.place import Place as Served
from api.wiring import Service
from ledger import clocks as comparing
from ledger import scheduler as scheduling
from ledger.errors import ClockDrift
from ledger.mapper import read_entry
from ledger.proof.statement import Statement
from ledger.scheduler import Scheduler
from ledger.storage import Store
from ledger.storage.migrate import SERVICE as READER
from ledger.storage.postgres import PostgresLedgerRecorder
from ledger.storage.sqlite import SQLiteLedgerRecorder
from projections.postgres_schema import prepare_views
from tests.support.builders import SERVICE, Clock
from tests.support.databases import OWNER, SCHEMA, Database
from tests.support.followers import until
from tests.support.places import Place
from tests.web.site import Site, problem


class Moved:
    """The town's clock is that of the service; time itself, and the database, know nothing of its errors."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ours = 0.0
        self.theirs = 0.0
        """Seconds by which the database's clock is ahead of time."""
        self.compared = 0

    def set_ours(self, seconds: float) -> None:
        """Somebody sets the clock of the service, forward or back."""
        self._ours += seconds
        self._clock.advance(seconds)

    def ticks(self) -> float:
        """Seconds on a clock that nobody can set."""
        return datetime.fromisoformat(self._clock()).timestamp() - self._ours

    def now(self) -> str:
        """By the database's clock."""
        self.compared += 1
        return self._clock.later(self.theirs - self._ours)


class Once(threading.Event):
    """Lets a loop have one turn."""

    def wait(self, timeout: float | None = None) -> bool:
        """Whether to stop."""
        turn = self.is_set()
        self.set()
        return turn


@pytest.fixture
def prepared(database: Database, tmp_path: Path) -> Place:
    """An empty ledger on PostgreSQL, with room for views."""
    prepare_views(database.conninfo(OWNER), SCHEMA, READER)
    return Place(database.service, database.owner, tmp_path / "home")


@pytest.fixture
def site(prepared: Place) -> Iterator[Site]:
    """A town of five on PostgreSQL."""
    site = Site(prepared)
    yield site
    site.close()


@pytest.fixture
def moved(site: Site, monkeypatch: pytest.MonkeyPatch) -> Moved:
    """The clocks, to be moved; from now on the service watches them."""
    moved = Moved(site.town.clock)
    monkeypatch.setattr(PostgresLedgerRecorder, "now", lambda recorder: moved.now())
    site.service.ledger.clocks.watch(moved.ticks)
    return moved


def a_vote(site: Site, motion: str | None = None, member: str = "m1", closes_in: float = 3600) -> Statement:
    """Signed, and not sent; in a procedure that is opened for it, unless one is named."""
    motion = motion or site.town.open(closes_in=closes_in)
    return site.town.statement("vote-cast", member, procedure=motion, member=member, choices={"1": "yes"})


def kinds(site: Site) -> list[str]:
    """What stands in the log."""
    return [read_entry(row.state).statement.kind for row in site.service.ledger.entries(-1, 1000)]


def refused(site: Site, statement: Statement) -> None:
    """The answer to a statement while the clocks differ; nothing is stored."""
    before = kinds(site)
    answer = site.post(statement)
    found = problem(answer, 503, "clock-drift")
    assert answer.headers["Retry-After"] == "10"
    assert "Nothing was recorded; send the same envelope again" in found["hint"]
    assert "Nichts wurde gespeichert; denselben Umschlag erneut senden" in found["german"]["hint"]
    assert kinds(site) == before


def test_an_operator_who_sets_the_services_clock_back_lets_no_late_vote_in(site: Site, moved: Moved) -> None:
    """Not even before the next comparison: a clock that was set is compared before it counts again."""
    vote = a_vote(site, closes_in=60)
    site.town.clock.advance(60)
    moved.set_ours(-90)
    refused(site, vote)
    refused(site, vote)
    moved.set_ours(90)
    site.service.ledger.clocks.run(Once())
    problem(site.post(vote), 409, "too-late")
    assert "vote-cast" not in kinds(site)


def test_a_vote_in_time_is_not_refused_as_late_because_the_services_clock_is_fast(
    site: Site, moved: Moved
) -> None:
    """The same envelope is recorded once the clock is right."""
    vote = a_vote(site)
    moved.set_ours(7200)
    refused(site, vote)
    refused(site, vote)
    moved.set_ours(-7200)
    site.service.ledger.clocks.run(Once())
    assert site.post(vote).status_code == 201


@pytest.mark.parametrize("seconds", [-3600, -3, 3, 3600])
def test_nothing_is_recorded_while_the_databases_clock_differs_and_everything_after_it(
    site: Site, moved: Moved, seconds: float
) -> None:
    """Nobody knows which of the two is wrong. No query is asked for a refusal."""
    vote = a_vote(site)
    moved.theirs = seconds
    with pytest.raises(ClockDrift, match="the database's"):
        site.service.ledger.clocks.compare()
    compared = moved.compared
    refused(site, vote)
    refused(site, vote)
    assert moved.compared == compared
    moved.theirs = 0.0
    site.service.ledger.clocks.run(Once())
    assert site.post(vote).status_code == 201


@pytest.mark.parametrize("seconds", [-1.9, 1.9])
def test_votes_are_recorded_while_the_clocks_differ_by_less_than_anybody_argues_about(
    site: Site, moved: Moved, seconds: float
) -> None:
    """A service that refuses for every query that takes a while would be as wrong."""
    moved.theirs = seconds
    assert site.post(a_vote(site)).status_code == 201


def test_the_clocks_are_compared_before_the_first_statement_after_a_start_and_not_for_each(
    site: Site, moved: Moved
) -> None:
    """A service that starts with a wrong clock records nothing; a vote costs no query."""
    vote, clocks = a_vote(site), site.service.ledger.clocks
    moved.theirs, moved.compared = 30, 0
    clocks.watch(moved.ticks)
    refused(site, vote)
    assert moved.compared == 1
    moved.theirs = 0.0
    clocks.watch(moved.ticks)
    for _ in range(20):
        site.town.vote(vote.payload["procedure"], "m2")
    assert site.post(vote).status_code == 201
    assert moved.compared == 2


def test_what_is_recorded_already_gets_its_receipt_while_the_clocks_differ(site: Site, moved: Moved) -> None:
    """Whoever lost the answer sends again: "nothing was recorded" would be false."""
    vote = a_vote(site)
    other = a_vote(site, vote.payload["procedure"], "m2")
    first = site.post(vote)
    moved.theirs = 30
    with pytest.raises(ClockDrift):
        site.service.ledger.clocks.compare()
    again = site.post(vote)
    assert (again.status_code, again.get_json()["seq"]) == (200, first.get_json()["seq"])
    refused(site, other)


def test_a_clock_behind_the_log_records_nothing_until_it_has_caught_up(site: Site, moved: Moved) -> None:
    """What is recorded now would get the time of that entry, and votes in time would be late."""
    motion = site.town.open(closes_in=7200)
    vote = a_vote(site, motion)
    site.town.clock.advance(3600)
    site.town.vote(motion, "m2")
    site.town.clock.advance(-3600)  # all clocks are set back: they agree, and the log does not
    site.service.ledger.clocks.watch(moved.ticks)
    refused(site, vote)
    site.town.clock.advance(3600)
    site.service.ledger.clocks.run(Once())
    assert site.post(vote).status_code == 201


@pytest.mark.parametrize("key", [True, False])
def test_recording_stops_and_goes_on_by_itself_with_the_services_key_and_without(
    site: Site, moved: Moved, monkeypatch: pytest.MonkeyPatch, key: bool
) -> None:
    """In a copy without its keys no scheduler runs; the clocks are compared all the same."""
    for module in (comparing, scheduling):
        monkeypatch.setattr(module, "TICK", 0.01)
        monkeypatch.setattr(module, "CLOCKS_EVERY", 1)
    service, clocks = site.service, site.service.ledger.clocks
    if key:
        due = service.views.overdue
        service.scheduler = Scheduler(service.ledger, SERVICE, site.town.key(SERVICE), due)
    vote = a_vote(site)
    service.keep_time()
    moved.theirs = 30
    until(lambda: clocks.drift is not None)
    refused(site, vote)
    moved.theirs = 0.0
    until(lambda: clocks.agree)
    assert site.post(vote).status_code == 201


def test_a_clock_that_is_set_is_noticed_before_anybody_votes(site: Site, moved: Moved) -> None:
    """The next look compares, and not only the next statement: readiness speaks in time."""
    clocks = site.service.ledger.clocks
    clocks.compare()
    agreed = [clocks.agree]
    for seconds in (-90, 90):
        moved.set_ours(seconds)
        agreed.append(clocks.agree)
        clocks.run(Once())
        agreed.append(clocks.agree)
    assert agreed == [True, False, False, False, True]


@pytest.mark.usefixtures("patient_probe")
def test_readiness_says_that_nothing_is_recorded_while_the_clocks_differ(site: Site, moved: Moved) -> None:
    """Voters are sent to a process that records; and nobody looks for the fault elsewhere."""
    until(lambda: site.http.get("/readyz").status_code == 200)
    moved.theirs = 30
    with pytest.raises(ClockDrift):
        site.service.ledger.clocks.compare()
    found = until_unready(site)
    assert [reason["code"] for reason in found["ledgers"][0]["reasons"]] == ["clock-drift"]
    assert site.http.get("/healthz").status_code == 200
    moved.theirs = 0.0
    site.service.ledger.clocks.compare()
    until(lambda: site.http.get("/readyz").status_code == 200)


def until_unready(site: Site) -> dict[str, Any]:
    """What readiness says then: a look that found nothing wrong counts for a second."""
    until(lambda: site.http.get("/readyz").status_code == 503)
    found: dict[str, Any] = site.http.get("/readyz").get_json()
    return found


def test_a_service_watches_its_clock_from_the_moment_it_is_opened(
    site: Site, prepared: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for what arrives before anything else of it has been started."""
    vote, opened = a_vote(site), list[Service]()
    ledgers = Ledgers(Settings())
    monkeypatch.setattr(PostgresLedgerRecorder, "now", lambda recorder: "2000-01-01T00:00:00.000Z")
    Opener(ledgers, [Served(prepared.where, prepared.home)], opened.append).open()
    [service] = opened
    with closing(service), pytest.raises(ClockDrift, match="the database's"):
        service.ledger.submit(vote.envelope)
    assert "vote-cast" not in kinds(site)


def test_the_command_records_nothing_by_a_clock_that_differs_and_still_looks(
    site: Site, prepared: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It records from any machine that has the store's address, by the clock of that machine."""
    motion = site.town.open()
    envelope = tmp_path / "vote.json"
    envelope.write_text(json.dumps(a_vote(site, motion).envelope.to_dict()))
    where = ["--store", prepared.where, "--home", str(prepared.home)]
    with monkeypatch.context() as wrong:
        wrong.setattr(PostgresLedgerRecorder, "now", lambda recorder: "2000-01-01T00:00:00.000Z")
        done = CliRunner().invoke(main, ["submit", str(envelope), *where])
        looked = CliRunner().invoke(main, ["replay", motion, *where])
    assert (done.exit_code, looked.exit_code) == (2, 0), done.output
    assert "the database's" in done.output
    assert "vote-cast" not in kinds(site)
    assert CliRunner().invoke(main, ["submit", str(envelope), *where]).exit_code == 0
    assert kinds(site).count("vote-cast") == 1


def test_an_embedded_ledger_has_one_clock_and_asks_nobody(
    sqlite_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file has no clock of its own that could differ."""
    monkeypatch.setattr(SQLiteLedgerRecorder, "now", lambda recorder: pytest.fail("asked"))
    with closing(Site(sqlite_place)) as site:
        site.service.ledger.clocks.watch()
        vote = a_vote(site)
        assert site.post(vote).status_code == 201
        assert site.service.ledger.clocks.drift is None


def test_the_databases_clock_is_told_as_entries_write_it(store: Store) -> None:
    """UTC with milliseconds, and about now: both are on this machine."""
    before, theirs, after = utc_now(), store.recorder.now(), utc_now()
    second = timedelta(seconds=1)
    assert (len(theirs), theirs[-1]) == (len(before), "Z")
    moment = datetime.fromisoformat(theirs)
    assert datetime.fromisoformat(before) - second <= moment <= datetime.fromisoformat(after) + second
