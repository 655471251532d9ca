"""Is every call open to those of the table, and to nobody else?

The table is written here a second time, on purpose: a slip in the one does not pass the other, and a call
that stands in neither fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import NamedTuple

import pytest
from werkzeug.routing import Rule

from api.access.roles import PUBLIC, ROLES
from api.access.table import WHO_MAY, only
from api.app import routes
from ledger.errors import Denied, OtherSubject, RoleMissing
from tests.support.guarded import Guarded
from tests.support.places import Place

OFFICE = {"clerk", "chair", "registrar"}
INSIDE = OFFICE | {"portal", "auditor"}
READERS = INSIDE | {"member"}
WRITERS = OFFICE | {"member", "portal", "operator"}
EVERYBODY = {"everybody"}

MAY: dict[str, set[str]] = {
    "submit_statement": WRITERS,
    "prepare_statement": WRITERS,
    "get_receipt": READERS | {"operator", "public"},
    "get_tlog_proof": READERS | {"operator", "public"},
    "get_log_file": EVERYBODY,
    "get_log_entries": INSIDE,
    "list_procedures": READERS | {"public"},
    "get_procedure": READERS | {"public"},
    "get_tally": READERS | {"public"},
    "get_history": READERS,
    "get_result": READERS | {"public"},
    "list_votes": READERS,
    "get_groups": READERS,
    "get_participation": READERS,
    "list_open": READERS,
    "list_events": INSIDE,
    "get_audit": INSIDE,
    "list_entries": INSIDE,
    "list_checkpoints": INSIDE,
    "get_register": INSIDE,
    "list_people": INSIDE,
    "list_seats": INSIDE,
    "list_paper_texts": READERS,
    "get_oparl_system": READERS | {"public"},
    "list_oparl_objects": READERS | {"public"},
    "get_oparl_object": READERS | {"public"},
    "show_oparl_file": READERS | {"public"},
    "download_oparl_file": READERS | {"public"},
    "get_resolution": READERS | {"public"},
    "get_report_pdf": READERS,
    "get_report_html": READERS,
    "get_report_json": READERS,
    "get_report_csv": READERS,
    "put_document": OFFICE | {"portal"},
    "get_document": READERS,
    "put_disclosure": READERS - {"auditor"},
    "get_health": EVERYBODY,
    "get_readiness": {"operator", "this machine"},
    "get_metrics": {"operator", "this machine"},
    "openapi_json": EVERYBODY,
    "get_report_schema": EVERYBODY,
    "show_problems": EVERYBODY,
    "show_problem": EVERYBODY,
    "static": EVERYBODY,
    "show_overview": READERS | {"public"},
    "show_procedure": READERS,
    "show_register": INSIDE,
    "show_seats": INSIDE,
    "show_audit": INSIDE,
    "show_entries": INSIDE,
    "show_checkpoints": INSIDE,
}
"""Call → who may make it; `this machine` without a token, `public` where `access.toml` lets it in."""

SAMPLES = {
    "ledger": "town",
    "member": "m1",
    "body": "council",
    "digest": "0" * 64,
    "sha256": "0" * 64,
    "code": "not-found",
    "filename": "style.css",
    "name": "checkpoint",
    "kind": "paper",
}
"""What is filled in where an address has a variable part; a UUID is that of a procedure."""

ELSEWHERE = {"X-Forwarded-For": "192.0.2.7"}
"""Makes a request one that does not come from this machine alone."""


class Route(NamedTuple):
    """A call and how it is made."""

    call: str
    rule: Rule
    method: str
    filled: dict[str, str]


def all_routes() -> Iterator[Route]:
    """Every call of the application; the published log twice, for its hashes and for its entries."""
    for rule in routes().url_map.iter_rules():
        call = rule.endpoint.rpartition(".")[2]
        [method] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        yield Route(call, rule, method, SAMPLES)
        if call == "get_log_file":
            yield Route("get_log_entries", rule, method, {**SAMPLES, "name": "tile/entries/000"})


ROUTES = list(all_routes())
NAMES = [f"{route.call} {route.rule.rule}" for route in ROUTES]


@pytest.fixture(scope="module")
def town(still: Guarded) -> tuple[Guarded, str]:
    """A guarded town, and a procedure of it."""
    motion = still.town.open()
    still.shown["expired"] = still.token("auditor", days=1)
    still.town.clock.advance(24 * 3600)
    still.site.service.follower.catch_up()
    return still, motion


@pytest.fixture(scope="module")
def open_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """Another one, which lets the public in."""
    folder = tmp_path_factory.mktemp("open") / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    guarded = Guarded(place)
    guarded.allow_the_public()
    guarded.site.service.follower.catch_up()
    yield guarded
    guarded.close()


def test_every_call_stands_in_both_tables() -> None:
    """A new call is denied to everybody until somebody has thought about it, twice."""
    assert {route.call for route in ROUTES} == set(MAY) == set(WHO_MAY)


def test_no_two_calls_have_the_same_name() -> None:
    """The second one would be open to whom the first one is meant for."""
    names = {(route.rule.endpoint, route.call) for route in ROUTES}
    assert len(names) == len({call for _, call in names})


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_gets_what_the_table_says(town: tuple[Guarded, str], route: Route, role: str) -> None:
    """Every call × every role."""
    expected = MAY[route.call] == EVERYBODY or role in MAY[route.call]
    assert let_in(town, route, role) == (200 if expected else 403)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
@pytest.mark.parametrize("who", ["expired", "foreign", "nonsense", "revoked", "unknown", None])
def test_whoever_shows_nothing_good_gets_nothing(
    town: tuple[Guarded, str], route: Route, who: str | None
) -> None:
    """No credential, an expired one, one of another ledger, a revoked one, one that never was."""
    expected = MAY[route.call] == EVERYBODY
    assert let_in(town, route, who, ELSEWHERE) == (200 if expected else 401)


@pytest.mark.parametrize(
    ("who", "member", "expected"),
    [
        ("member", "m1", None),
        ("member", "m2", OtherSubject),
        ("clerk", "m2", None),
        ("auditor", "m2", RoleMissing),
    ],
)
def test_an_address_with_a_member_in_it_is_that_members(
    still: Guarded, who: str, member: str, expected: type[Denied] | None
) -> None:
    """`own`: a member's token fills in its own subject; an office asks about everybody."""
    rule, environ = only("member", "clerk", own="member"), {"HTTP_AUTHORIZATION": still.shown[who]}
    with nullcontext() if expected is None else pytest.raises(expected):
        still.site.service.gate.admit(environ, rule, {"member": member})


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_this_machine_is_told_how_the_service_is(town: tuple[Guarded, str], route: Route) -> None:
    """A probe of the operator needs no token; it gets nothing else without one."""
    expected = MAY[route.call] == EVERYBODY or "this machine" in MAY[route.call]
    assert let_in(town, route, None) == (200 if expected else 401)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_the_public_gets_what_the_table_says(open_town: Guarded, route: Route) -> None:
    """Where it is let in at all."""
    expected = MAY[route.call] == EVERYBODY or PUBLIC in MAY[route.call]
    motion = "00000000-0000-4000-8000-000000000000"
    assert let_in((open_town, motion), route, None, ELSEWHERE) == (200 if expected else 401)


def let_in(
    town: tuple[Guarded, str], route: Route, who: str | None, headers: dict[str, str] | None = None
) -> int:
    """200 for whoever was let in, whatever the answer to an empty request is; else 401 or 403."""
    guarded, motion = town
    filled = {name: route.filled.get(name, motion) for name in route.rule.arguments}
    adapter = guarded.site.app.url_map.bind("localhost")
    path = adapter.build(route.rule.endpoint, filled, method=route.method)
    response = guarded.call(route.method, path, who, headers=headers or {})
    response.close()
    status = response.status_code
    assert status < 500
    challenged = response.headers.get("WWW-Authenticate", "")
    assert (status == 401) <= challenged.startswith('Bearer realm="stimmbuch"')
    return status if status in (401, 403) else 200
