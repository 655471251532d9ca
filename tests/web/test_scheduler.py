"""Does the service close on time, once, late where it was down, and never by a wrong clock?"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from api.cli import main
from ledger.application import VotingLedger
from ledger.clocks import CLOCKS_EVERY
from ledger.domain.profiles import complete
from ledger.errors import ClockDrift, StoreUnavailable, TooLate
from ledger.founding import keys_of
from ledger.keyfile import write_key
from ledger.mapper import read_entry
from ledger.scheduler import Scheduler
from ledger.scheduler_standing import STALLED_AFTER, Standing
from projections.followed import FollowedViews
from projections.follower import Follower
from projections.open import open_views
from tests.support.builders import SERVICE, LedgerBuilder, a_town, item
from tests.support.followers import until
from tests.support.places import Place
from tests.web.site import Site


@pytest.fixture
def town(each_place: Place) -> Iterator[LedgerBuilder]:
    """A council on each backend."""
    town = a_town(each_place.open())
    yield town
    town.ledger.close()


@pytest.fixture
def views(town: LedgerBuilder) -> Iterator[FollowedViews]:
    """Its views."""
    with closing(open_views(town.ledger.store)) as views:
        yield views


@pytest.fixture
def agreeing(town: LedgerBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's clock is the one that the test moves."""
    monkeypatch.setattr(type(town.ledger.store.recorder), "now", lambda recorder: town.clock())


def scheduler(town: LedgerBuilder, views: FollowedViews, ledger: VotingLedger | None = None) -> Scheduler:
    """The scheduler of one process."""
    Follower(town.ledger, views).catch_up()
    return Scheduler(ledger or town.ledger, SERVICE, town.key(SERVICE), views.overdue, views.expiring)


def kinds(town: LedgerBuilder) -> list[str]:
    """What stands in the log."""
    return [read_entry(row.state).statement.kind for row in town.ledger.entries(-1, 1000)]


@pytest.mark.usefixtures("agreeing")
def test_nothing_is_closed_before_its_deadline_and_everything_at_it(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """Exactly at the instant: not a millisecond earlier."""
    motion = town.open(closes_in=3600)
    deadline = town.clock.later(3599)
    town.clock.advance(3598.999)
    assert scheduler(town, views).look() == 0
    town.clock.advance(0.001)
    assert town.clock() == deadline
    assert scheduler(town, views).look() == 1
    procedure = town.ledger.procedure(UUID(motion))
    assert procedure.closing is not None
    assert procedure.closed is not None
    assert (procedure.closing["reason"], procedure.closed.at) == ("deadline", deadline)


@pytest.mark.usefixtures("agreeing")
def test_a_service_that_was_down_closes_late_without_counting_late_votes(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """The reason is the deadline, however long ago; what was refused in between stays refused."""
    motion = town.open(closes_in=60)
    town.vote(motion, "m1", "yes")
    town.clock.advance(86400)
    with pytest.raises(TooLate):
        town.vote(motion, "m2", "no")
    assert scheduler(town, views).look() == 1
    procedure = town.ledger.procedure(UUID(motion))
    assert procedure.tally() == {"1": {"yes": 1, "no": 0, "abstain": 0}}
    assert procedure.closing is not None
    assert procedure.closing["reason"] == "deadline"


@pytest.mark.usefixtures("agreeing")
def test_a_procedure_that_objections_ended_is_closed_at_once(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """Its deadline does not matter any more."""
    motion = town.open(closes_in=3600, profile=complete("aktg-108"))
    town.put("objection-raised", "m1", procedure=motion, member="m1")
    assert scheduler(town, views).look() == 1
    procedure = town.ledger.procedure(UUID(motion))
    assert procedure.closing is not None
    assert (procedure.closing["reason"], procedure.state) == ("objection", "referred")


@pytest.mark.usefixtures("agreeing")
def test_an_extended_deadline_is_the_one_that_counts(town: LedgerBuilder, views: FollowedViews) -> None:
    """The views know the later one."""
    profile = {**complete("nkomvg-66"), "extension": "before_deadline"}
    motion = town.open(closes_in=60, profile=profile)
    later, ground = town.clock.later(7200), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    town.put("deadline-extended", "clerk", procedure=motion, closes_at=later, reason=ground)
    town.clock.advance(3600)
    assert scheduler(town, views).look() == 0
    town.clock.advance(3600)
    assert scheduler(town, views).look() == 1


@pytest.mark.usefixtures("agreeing")
def test_a_deadline_may_be_extended_after_it_has_passed_while_the_service_runs(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """VwVfG § 31 Abs. 7: the service waits for the time of grace, counted from the new deadline as well."""
    motion = town.open(closes_in=3600, profile=complete("vwvfg-90"), chair="m1")
    town.clock.advance(3600)
    assert scheduler(town, views).look() == 0
    later, ground = town.clock.later(7200), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    town.put("deadline-extended", "clerk", procedure=motion, closes_at=later, reason=ground)
    town.vote(motion, "m2", "yes")
    town.clock.advance(3 * 86400)
    assert scheduler(town, views).look() == 0
    town.clock.advance(86400)
    assert scheduler(town, views).look() == 1
    procedure = town.ledger.procedure(UUID(motion))
    assert procedure.closing is not None
    assert procedure.closing["reason"] == "deadline"


@pytest.mark.usefixtures("agreeing")
def test_several_processes_close_once(each_place: Place, town: LedgerBuilder, views: FollowedViews) -> None:
    """Each process has a scheduler; the rules accept one closing."""
    for name in ("a", "b", "c"):
        town.open(name, closes_in=60)
    town.clock.advance(60)
    ledgers = [VotingLedger(each_place.open(), clock=town.clock) for _ in range(3)]
    schedulers = [scheduler(town, views, ledger) for ledger in ledgers]
    closed: list[int] = []
    threads = [threading.Thread(target=lambda one=one: closed.append(one.look())) for one in schedulers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for ledger in ledgers:
        ledger.close()
    assert sum(closed) == 3
    assert kinds(town).count("procedure-closed") == 3


def limited(town: LedgerBuilder) -> tuple[str, str]:
    """A resolution for three months, determined; and the instant at which it ends."""
    items = [{**item("1"), "valid_months": 3}, item("2"), {**item("3"), "valid_months": 3}]
    motion = town.open(closes_in=60, items=items)
    for member in ("m1", "m2"):
        town.vote(motion, member, {"1": "yes", "2": "yes", "3": "no"})
    town.clock.advance(60)
    town.close(motion, SERVICE)
    town.put("result-determined", "clerk", procedure=motion)
    return motion, "2026-06-02T22:00:00.000Z"  # determined on 2 March, in Berlin


@pytest.mark.usefixtures("agreeing")
def test_a_resolution_for_three_months_ends_by_itself_and_not_before(
    town: LedgerBuilder, views: FollowedViews
) -> None:
    """Whoever asks the log must see that it has ended; what was rejected or is not limited has no end."""
    motion, ends = limited(town)
    running = scheduler(town, views)
    shown = views.procedure(motion)
    assert shown is not None
    assert shown.expires_at == ends
    town.clock.now = "2026-06-02T21:59:59.999Z"
    assert running.look() == 0
    town.clock.now = ends
    assert running.look() == 1
    procedure = town.ledger.procedure(UUID(motion))
    assert procedure.life.expired == {"1"}
    assert scheduler(town, views).look() == 0
    assert kinds(town).count("result-expired") == 1


@pytest.mark.usefixtures("agreeing")
def test_a_resolution_that_ended_while_the_service_was_down_is_recorded_once_by_several_processes(
    each_place: Place, town: LedgerBuilder, views: FollowedViews
) -> None:
    """Late, and the rules accept one end."""
    limited(town)
    town.clock.now = "2027-01-01T00:00:00.000Z"
    ledgers = [VotingLedger(each_place.open(), clock=town.clock) for _ in range(3)]
    signed = sum(scheduler(town, views, ledger).look() for ledger in ledgers)
    for ledger in ledgers:
        ledger.close()
    assert signed == 1
    assert kinds(town).count("result-expired") == 1


@pytest.mark.usefixtures("agreeing")
def test_an_annulled_resolution_has_no_end(town: LedgerBuilder, views: FollowedViews) -> None:
    """Nothing is left that could expire."""
    motion, ends = limited(town)
    town.annul(motion)
    town.clock.now = ends
    assert scheduler(town, views).look() == 0


@pytest.mark.parametrize("seconds", [-3600, -3, 3, 3600])
def test_a_clock_that_differs_from_the_databases_closes_nothing(
    town: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    """A fast clock would end a vote before its time, with the service's own signature."""
    town.open(closes_in=60)
    town.clock.advance(60)
    monkeypatch.setattr(type(town.ledger.store.recorder), "now", lambda recorder: town.clock.later(seconds))
    with pytest.raises(ClockDrift, match="the database's"):
        scheduler(town, views).look()
    assert "procedure-closed" not in kinds(town)


def test_the_command_closes_nothing_by_a_clock_that_differs(
    each_place: Place, town: LedgerBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It signs as the service, from any machine: a wrong clock there ends a vote as early as one here."""
    town.open(closes_in=60)
    write_key(keys_of(each_place.home) / f"{SERVICE}.key", town.key(SERVICE).seed)
    command = ["close", "--store", each_place.where, "--home", str(each_place.home)]
    with monkeypatch.context() as wrong:
        wrong.setattr(type(town.ledger.store.recorder), "now", lambda recorder: "2026-03-02T08:00:01.000Z")
        done = CliRunner().invoke(main, command)
    assert done.exit_code != 0
    assert "the database's" in done.output
    assert "procedure-closed" not in kinds(town)
    assert CliRunner().invoke(main, command).exit_code == 0
    assert kinds(town).count("procedure-closed") == 1


@pytest.mark.parametrize("seconds", [-1.9, 1.9])
def test_clocks_that_differ_by_less_than_anybody_argues_about_close(
    town: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """A scheduler that never closes would be as wrong as one that closes early."""
    town.open(closes_in=60)
    town.clock.advance(60)
    monkeypatch.setattr(type(town.ledger.store.recorder), "now", lambda recorder: town.clock.later(seconds))
    assert scheduler(town, views).look() == 1


@pytest.mark.usefixtures("agreeing")
def test_a_clock_behind_the_log_closes_nothing(town: LedgerBuilder, views: FollowedViews) -> None:
    """Another process with another clock wrote the last entry: one of the two is wrong."""
    town.open(closes_in=60)
    town.clock.advance(3600)
    town.open("later")
    due = town.clock()
    town.clock.advance(-1800)
    with pytest.raises(ClockDrift, match="the log's last entry"):
        Scheduler(town.ledger, SERVICE, town.key(SERVICE), lambda now: views.overdue(due) or ["-"]).look()


def test_a_failure_is_kept_for_those_who_ask_and_tried_again(
    town: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread lives on: a database that is back is used again."""
    town.open(closes_in=60)
    town.clock.advance(60)
    clocks: list[Any] = ["2000-01-01T00:00:00.000Z"]
    recorder = type(town.ledger.store.recorder)
    monkeypatch.setattr(recorder, "now", lambda recorder: clocks[0] if clocks else town.clock())
    running, stop = scheduler(town, views), threading.Event()
    seen: list[object] = []
    states: list[str] = []

    class Ticks:
        """Three looks, then the end."""

        def wait(self, timeout: float) -> bool:
            seen.append(running.problem)
            states.append(running.standing().state())
            if len(seen) == 3:
                clocks.clear()
            return len(seen) == 4

    running.run(Ticks())  # type: ignore[arg-type]
    assert not stop.is_set()
    assert [type(problem) for problem in seen] == [type(None), ClockDrift, ClockDrift, type(None)]
    assert states == ["starting", "failing", "failing", "running"]
    assert kinds(town).count("procedure-closed") == 1


class Looks:
    """So many ticks, and then the end; what is known of the trouble before each of them."""

    def __init__(self, running: Scheduler, number: int) -> None:
        self._running, self._number = running, number
        self.problems: list[object] = []

    def wait(self, timeout: float) -> bool:
        """Whether to stop."""
        self.problems.append(self._running.problem)
        return len(self.problems) > self._number


def test_a_clock_that_is_behind_is_noticed_although_by_it_nothing_is_due(
    town: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Votes would be taken after their deadline, and nobody would be told before it is too late."""
    town.open(closes_in=60)
    theirs = [town.clock()]
    monkeypatch.setattr(type(town.ledger.store.recorder), "now", lambda recorder: theirs[0])
    running = scheduler(town, views)
    running.run(Looks(running, 3))  # type: ignore[arg-type]
    assert running.standing().state() == "running"
    theirs[0] = town.clock.later(30)
    running.run(Looks(running, CLOCKS_EVERY))  # type: ignore[arg-type]
    assert isinstance(running.problem, ClockDrift)


def test_clocks_that_differ_stay_the_trouble_until_they_agree(
    town: LedgerBuilder, views: FollowedViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is due a look finds no fault: readiness would say every second that all is well."""
    theirs = [town.clock.later(30)]
    monkeypatch.setattr(type(town.ledger.store.recorder), "now", lambda recorder: theirs[0])
    running = scheduler(town, views)
    looks = Looks(running, 2 * CLOCKS_EVERY)
    running.run(looks)  # type: ignore[arg-type]
    assert {type(problem) for problem in looks.problems[1:]} == {ClockDrift}
    theirs[0] = town.clock()
    running.run(Looks(running, 1))  # type: ignore[arg-type]
    assert running.problem is None


def test_the_same_trouble_again_keeps_its_beginning_and_a_look_that_does_not_end_shows() -> None:
    """The operator wants to know since when; and a thread that hangs reports nothing by itself."""
    first = Standing().failed(ClockDrift("once"), "2026-03-02T08:00:00.000Z", 10.0)
    again = first.failed(ClockDrift("twice"), "2026-03-02T09:00:00.000Z", 20.0)
    other = again.failed(StoreUnavailable("gone"), "2026-03-02T10:00:00.000Z", 30.0)
    assert [one.since for one in (first, again, other)] == [
        "2026-03-02T08:00:00.000Z",
        "2026-03-02T08:00:00.000Z",
        "2026-03-02T10:00:00.000Z",
    ]
    assert again.state(20.0 + STALLED_AFTER) == "failing"
    assert again.state(20.1 + STALLED_AFTER) == "stalled"


@pytest.mark.usefixtures("patient_probe")
def test_readiness_shows_a_scheduler_in_trouble_and_stays_200(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An embedded ledger goes on recording: nobody is sent away, but somebody must look."""
    service = site.service
    until(lambda: site.http.get("/readyz").status_code == 200)  # the publisher has just been started
    service.scheduler = Scheduler(
        service.ledger, SERVICE, site.town.key(SERVICE), service.views.overdue, service.views.expiring
    )
    assert site.http.get("/readyz").get_json()["ledgers"][0]["scheduler"]["state"] == "starting"
    standing = Standing().failed(ClockDrift("off by an hour"), "2026-03-02T08:00:00.000Z", time.monotonic())
    monkeypatch.setattr(service.scheduler, "_standing", standing)
    shown = site.http.get("/readyz")
    assert (shown.status_code, shown.get_json()["status"]) == (200, "degraded")
    told = {"state": "failing", "problem": "clock-drift", "since": "2026-03-02T08:00:00.000Z"}
    assert shown.get_json()["ledgers"][0]["scheduler"] == told


@pytest.mark.usefixtures("patient_probe")
def test_readiness_shows_that_nobody_closes_where_the_services_key_is_missing(site: Site) -> None:
    """A copied database without its keys looks healthy otherwise."""
    site.service.scheduler = None
    until(lambda: site.http.get("/readyz").status_code == 200)
    shown = site.http.get("/readyz").get_json()
    scheduler = shown["ledgers"][0]["scheduler"]
    assert (shown["status"], *scheduler.values()) == ("degraded", "off", "no-service-key", None)
