"""Does whoever floods one procedure come to nothing there, and does nobody else notice?"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from api.access.table import WHO_MAY
from api.context import Settings
from api.limits.allowances import DEAR
from api.limits.buckets import IN_A_ROW, ROWS, Buckets
from ledger.proof.statement import Statement
from tests.support.builders import a_town
from tests.support.guarded import Guarded
from tests.support.places import Place
from tests.support.running import RunningService
from tests.web.site import Site, problem

CODE = "procedure-limit"

DEAR_READS = (
    *("/history", "/votes", "/participation", "/report.json?kind=audit", "/resolution.html"),
    *("?at=3", "/tally?at=3", "/result?at=3"),
)


@pytest.fixture
def limited(sqlite_place: Place) -> Iterator[Guarded]:
    """A town with tokens in which a client may do three things of a kind with a procedure, and then waits."""
    guarded = Guarded(sqlite_place, settings=Settings(procedure_rate=0.001, procedure_burst=3))
    yield guarded
    guarded.close()


def vote(guarded: Guarded, motion: str, member: str = "m1") -> Statement:
    """A vote, each time another statement; that of "clerk", who has no seat, is refused."""
    return guarded.town.statement("vote-cast", member, procedure=motion, member=member, choices={"1": "yes"})


def prepared(guarded: Guarded, motion: object, who: str) -> TestResponse:
    """Asks for the payload of a vote."""
    fields = {"actor": "m1", "member": "m1", "procedure": motion, "choices": {"1": "yes"}}
    wish = {"kind": "vote-cast", "fields": fields}
    path, body = f"{guarded.site.api}/statements/prepare", json.dumps(wish)
    return guarded.call("POST", path, who, data=body, content_type="application/json")


def test_a_flood_of_statements_about_one_procedure_slows_down_its_sender_there_alone(
    limited: Guarded,
) -> None:
    """429 with Retry-After and a code of its own; the same client votes elsewhere, and others vote here."""
    flooded, other = limited.town.open(), limited.town.open("other")
    refused = [limited.submit(vote(limited, flooded, "clerk"), "clerk").status_code for _ in range(5)]
    assert refused == [403, 403, 403, 429, 429]
    answer = limited.submit(vote(limited, flooded), "clerk")
    told = problem(answer, 429, CODE)
    assert 1 <= int(answer.headers["Retry-After"]) <= 1000
    assert flooded in told["detail"]
    assert told["german"]["detail"] == f"dieser Absender fragt zu viel zum Verfahren {flooded}"
    assert limited.submit(vote(limited, other, "m2"), "clerk").status_code == 201
    assert limited.submit(vote(limited, flooded), "member").status_code == 201
    limited.shown["portal of another town"] = limited.token("portal")
    assert limited.submit(vote(limited, flooded, "m2"), "portal of another town").status_code == 201


def test_who_looks_at_a_procedure_all_the_time_still_votes_in_it(limited: Guarded) -> None:
    """One page of a portal that is loaded over and over must not cost its members their votes."""
    motion = limited.town.open()
    looked = [limited.get(f"/procedures/{motion}/history", "portal").status_code for _ in range(5)]
    asked = [prepared(limited, motion, "portal").status_code for _ in range(5)]
    assert looked == asked == [200, 200, 200, 429, 429]
    assert limited.submit(vote(limited, motion), "portal").status_code == 201


@pytest.mark.parametrize("path", DEAR_READS)
def test_reads_that_cost_as_much_as_there_are_entries_are_limited(limited: Guarded, path: str) -> None:
    """Each of them alone, and together: they share one allowance."""
    motion = limited.town.open()
    answers = [limited.get(f"/procedures/{motion}{path}", "auditor") for _ in range(3)]
    assert [answer for answer in answers if answer.status_code == 429] == []
    for again in (path, "/history"):
        problem(limited.get(f"/procedures/{motion}{again}", "auditor"), 429, CODE)


def test_the_page_of_a_procedure_is_limited_and_says_so_as_a_page(limited: Guarded) -> None:
    """A person reads a sentence, in their language, and no JSON."""
    motion = limited.town.open()
    limited.get("", "clerk")
    accept = {"Accept": "text/html", "Accept-Language": "de"}
    path = f"/procedures/{motion}"
    pages = [limited.call("GET", path, "clerk", headers=accept) for _ in range(4)]
    assert [page.status_code for page in pages] == [200, 200, 200, 429]
    assert "dieser Absender fragt zu viel zum Verfahren" in pages[-1].get_data(as_text=True)


def test_a_page_counts_the_same_under_both_of_its_addresses(limited: Guarded) -> None:
    """A second address of the same page, and the calls beside it, are no second allowance."""
    motion = limited.town.open()
    limited.get("", "clerk")
    short, long = f"/procedures/{motion}", f"/ledgers/town/procedures/{motion}"
    asked = [limited.call("GET", path, "clerk").status_code for path in (short, long, short, long)]
    assert asked == [200, 200, 200, 429]
    problem(limited.get(f"/procedures/{motion}/history", "clerk"), 429, CODE)


def test_a_tally_may_be_polled(limited: Guarded) -> None:
    """The reads that portals repeat every second are cheap, and not counted."""
    motion = limited.town.open()
    for path in ("/tally", "", "/result", "/texts"):
        answers = [limited.get(f"/procedures/{motion}{path}", "portal") for _ in range(10)]
        assert {answer.status_code for answer in answers} == {200}


def test_what_is_hidden_and_what_is_not_there_are_limited_alike(limited: Guarded) -> None:
    """Or whoever may not know of a procedure would see from the limit that there is one."""
    limited.town.put("body-registered", "registrar", body="committee")
    limited.town.seat(["m3"], body="committee")
    hidden = limited.town.open("hidden", body="committee")
    for procedure in (hidden, str(uuid4())):
        asked = [limited.get(f"/procedures/{procedure}/history", "member") for _ in range(4)]
        assert [answer.status_code for answer in asked] == [404, 404, 404, 429]


def test_a_procedure_written_otherwise_is_the_same_procedure(limited: Guarded) -> None:
    """Capital letters are no fresh allowance."""
    motion = limited.town.open()
    for name in (motion, motion.upper(), motion.capitalize()):
        limited.get(f"/procedures/{name}/history", "auditor")
    problem(limited.get(f"/procedures/{motion}/history", "auditor"), 429, CODE)


def test_no_road_of_a_statement_goes_around_the_limit(limited: Guarded) -> None:
    """The short one of nearly all votes and the long one through the framework count together."""
    motion, path = limited.town.open(), f"{limited.site.api}/statements"
    statuses = []
    for content in ["application/json", "application/json; charset=utf-8"] * 2:
        body = json.dumps(vote(limited, motion, "clerk").envelope.to_dict())
        statuses.append(limited.call("POST", path, "clerk", data=body, content_type=content).status_code)
    assert statuses == [403, 403, 403, 429]


def test_a_wish_about_nonsense_is_refused_as_ever(limited: Guarded) -> None:
    """What is no id is no reason to fall over, and half a character is no fault of ours."""
    nonsense: tuple[object, ...] = (17, None, [], "\ud800", "x" * 9000)
    for procedure in nonsense:
        assert prepared(limited, procedure, "portal").status_code in {400, 404, 409, 422}


def test_without_a_credential_the_address_is_the_client(limited: Guarded) -> None:
    """Who is nobody in particular is told apart as `--rate` does; a token never shares with an address."""
    motion = limited.town.open()
    limited.allow_the_public()
    limited.site.service.follower.catch_up()
    limited.shown["192.0.2.1"] = limited.token("auditor", name="192.0.2.1")

    def asked(who: str | None, address: str) -> int:
        path = f"{limited.site.api}/procedures/{motion}/resolution.html"
        return limited.call("GET", path, who, environ_overrides={"REMOTE_ADDR": address}).status_code

    assert [asked(None, "192.0.2.1") for _ in range(4)] == [404, 404, 404, 429]
    assert asked(None, "192.0.2.2") == 404
    assert asked("192.0.2.1", "192.0.2.1") != 429


def test_without_the_setting_nobody_is_limited(site: Site) -> None:
    """Behind the token of one portal may sit a whole council."""
    motion = site.town.open()
    assert {site.get(f"/procedures/{motion}/history").status_code for _ in range(250)} == {200}


def test_who_was_slowed_down_is_counted_for_the_operator(limited: Guarded) -> None:
    """By ledger and limit, and not by procedure: of those there is no bounded number."""
    motion = limited.town.open()
    for _ in range(5):
        limited.get(f"/procedures/{motion}/history", "auditor")
    found = limited.call("GET", "/metrics", "operator").get_data(as_text=True)
    assert f'stimmbuch_limited_total{{code="{CODE}",ledger="town"}} 2.0' in found
    assert motion not in found


def test_every_dear_read_is_a_call_that_there_is() -> None:
    """A call with a new name would otherwise be forgotten here."""
    assert WHO_MAY.keys() >= DEAR


def test_nobody_makes_up_callers_that_push_out_a_chosen_one() -> None:
    """Who knew the rows of the table could empty one, and with it the own debts, with eight requests."""
    names, row = (f"{number}" for number in count()), None
    buckets = Buckets(0.001, 1, lambda: 1.0)

    def guessed(name: str) -> int:
        return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") % ROWS

    mine = next(names)
    row = guessed(mine)
    assert buckets.take(mine) == 0
    for _ in range(2 * IN_A_ROW):
        assert buckets.take(next(name for name in names if guessed(name) == row)) == 0
    assert buckets.take(mine) > 0


def test_the_limit_is_that_of_the_whole_service(sqlite_place: Place, tmp_path: Path) -> None:
    """Each worker of the real server would otherwise allow as much again."""
    town = a_town(sqlite_place.open(), members=1)
    motion = town.open()
    town.ledger.close()
    options = ("--procedure-rate", "0.001", "--procedure-burst", "10")
    with RunningService(sqlite_place, tmp_path / "log", *options, workers=3) as service:
        path = f"/v1/ledgers/town/procedures/{motion}"
        answers = Counter(service.fetch(f"{path}/history")[0] for _ in range(30))
        assert answers == {200: 10, 429: 20}
        assert service.fetch(f"{path}/tally")[0] == 200
