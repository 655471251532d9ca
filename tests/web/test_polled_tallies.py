"""Is a tally that goes the short way, and is remembered, the one that the views would give at this moment?"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from flask import request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from api import create_app
from api.wiring import open_service
from ledger.domain.profiles import complete
from ledger.errors import Invalid, NotFound, Refused
from projections.model import ProcedureView
from tests.support.builders import LedgerBuilder, item
from tests.support.guarded import Guarded
from tests.support.places import Place
from tests.web.site import Site

UNKNOWN = str(UUID(int=7, version=4))
CALLERS = ("clerk", "auditor", "member", "portal", "operator", "outsider", "revoked", "nonsense", None)
HELD = (None, "{etag}", "W/{etag}", '"other", {etag}', '"other", W/{etag}', '"other"', "*", "nonsense", "")
"""Values of If-None-Match, `{etag}` being that of a moment ago."""

numbers = st.integers(0, 2)
people = st.sampled_from(["m1", "m2", "m3", "nobody"])
actions = st.one_of(
    st.tuples(st.just("open"), st.booleans(), st.integers(1, 3)),
    st.tuples(st.just("vote"), numbers, people, st.sampled_from(["yes", "no", "abstain"])),
    st.tuples(st.just("withdraw"), numbers, people),
    st.tuples(st.just("attach"), numbers, st.text(max_size=2)),
    st.tuples(st.just("close"), numbers),
    st.tuples(st.just("annul"), numbers),
    st.tuples(st.sampled_from(["follow", "rebuild"])),
)


def told(response: TestResponse) -> tuple[int, dict[str, str], bytes | Any]:
    """Everything about an answer but the number of its request, and where it was asked."""
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    if response.mimetype != "application/problem+json":
        return response.status_code, headers, response.get_data()
    problem = {**response.get_json(force=True), "request_id": "", "instance": ""}
    return response.status_code, {**headers, "Content-Length": ""}, problem


class Story:
    """What happens in a guarded town, and who asks for tallies meanwhile."""

    def __init__(self, guarded: Guarded) -> None:
        self.guarded, self.town, self.service = guarded, guarded.town, guarded.site.service
        self.opened: list[str] = []
        self.shown = {"outsider": guarded.token("member", subject="elsewhere")}

    def play(self, action: tuple[Any, ...]) -> None:
        """One action. What is refused has not happened."""
        kind, *values = action
        self.town.clock.advance(1)
        with contextlib.suppress(Refused, Invalid, NotFound):
            if kind == "open":
                self.opened.append(opened(self.town, *values))
            elif kind == "follow":
                self.service.follower.catch_up()
            elif kind == "rebuild":
                self.service.follower.rebuild()
            elif self.opened:
                number, *rest = values
                getattr(self.town, kind)(self.opened[number % len(self.opened)], *rest)

    def ask(self, procedure: str, who: str | None, held: str | None, query: str = "") -> TestResponse:
        """Asks for a tally; with a query the request goes through Flask."""
        path = f"{self.guarded.site.api}/procedures/{procedure}/tally{query}"
        headers = {} if held is None else {"If-None-Match": held}
        return self.guarded.call("GET", path, self.shown.get(who or "", who), headers=headers)


def opened(town: LedgerBuilder, withheld: bool, items: int) -> str:
    """A procedure whose result is told while it is open, or not."""
    chosen = {"result_visibility": "after_closing"} if withheld else {"result_visibility": "live"}
    majority = {"n": 1, "d": 2, "strict": True, "base": "yes_no"}
    profile = complete({"majority": majority, "documents": "reconfirm", "withdraw": True, **chosen})
    return town.open(
        f"motion at {town.ledger.head()}", profile=profile, items=[item(f"{n + 1}") for n in range(items)]
    )


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A town with a token of every role, for all histories: each has procedures of its own."""
    home = tmp_path_factory.mktemp("polled") / "ledger"
    place = Place(str(home), str(home), home)
    place.create().close()
    with closing(Guarded(place)) as guarded:
        guarded.site.service.follower.catch_up()
        yield guarded


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(actions, numbers, st.sampled_from(CALLERS), st.sampled_from(HELD)), max_size=25),
    st.booleans(),
)
def test_the_short_way_and_the_long_one_answer_alike(
    guarded: Guarded, history: list[tuple[tuple[Any, ...], int, str | None, str | None]], public: bool
) -> None:
    """Whatever happened, whoever asks and whatever they have: the same status, headers and bytes."""
    story = Story(guarded)
    guarded.allow_the_public() if public else guarded.keep_the_public_out()
    for action, number, who, held in [(("open", False, 1), 0, "clerk", None), *history]:
        procedure = story.opened[number % len(story.opened)] if story.opened else UNKNOWN
        etag = story.ask(procedure, "clerk", None).headers.get("ETag", '"none"')
        story.play(action)
        named = held and held.format(etag=etag)
        short = story.ask(procedure, who, named)
        assert told(short) == told(story.ask(procedure, who, named, "?wait_for=0"))
        view = story.service.views.procedure(procedure)
        if view is not None:
            assert_computed_anew(story, view, who)


def assert_computed_anew(story: Story, view: ProcedureView, who: str | None) -> None:
    """As of the latest entry, by number, a tally is never remembered: it must be the same for each caller."""
    now, anew = (story.ask(view.id, who, None, query) for query in ("", f"?at={view.last_seq}"))
    assert now.status_code == anew.status_code
    if now.status_code == 200:
        assert now.get_data() == anew.get_data()


@pytest.fixture
def site_in_flask(site: Site) -> tuple[Site, list[str]]:
    """A site, and the paths of what Flask has served of it."""
    served: list[str] = []
    through = site.app.full_dispatch_request

    def note() -> Any:
        served.append(request.full_path)
        return through()

    site.app.full_dispatch_request = note  # type: ignore[method-assign]
    return site, served


def test_a_tally_of_now_takes_the_short_way_and_nothing_else_does(
    site_in_flask: tuple[Site, list[str]],
) -> None:
    """Otherwise the comparison above would compare Flask with itself."""
    site, served = site_in_flask
    address = f"/procedures/{site.town.open()}/tally"
    etag = site.get(address).headers["ETag"]
    assert site.get(address, {"If-None-Match": etag}).status_code == 304
    assert served == []
    site.get(address, wait_for=0)
    site.get(address, at=3)
    site.get(f"/procedures/{UNKNOWN}/tally")
    assert site.http.head(site.api + address).status_code == 200
    assert len(served) == 4


def test_what_a_rebuild_repairs_is_not_shown_from_memory(site: Site) -> None:
    """The number of the latest entry is the same before and after; the rows are not."""
    motion = site.town.open()
    site.town.vote(motion, "m1", "yes")
    right = site.get(f"/procedures/{motion}/tally").get_data()
    site.service.views.ask("UPDATE {view_tallies} SET counts = '{{\"yes\":7}}'")
    assert site.get(f"/procedures/{motion}/tally").get_json()["items"][0]["counts"] == {"yes": 7}
    site.service.follower.rebuild()
    assert site.get(f"/procedures/{motion}/tally").get_data() == right


def test_what_another_process_has_followed_is_shown_at_once(sqlite_place: Place) -> None:
    """One process follows for all of them; what the others remember must not hide it."""
    with closing(Site(sqlite_place)) as site:
        motion = site.town.open()
        site.service.follower.catch_up()
        other = open_service(sqlite_place.where, home=sqlite_place.home, clock=site.town.clock)
        with closing(other):
            http = create_app(other).test_client()
            address = f"{site.api}/procedures/{motion}/tally"
            first = http.get(address)
            assert http.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
            site.town.vote(motion, "m1", "no")
            site.service.follower.catch_up()
            second = http.get(address, headers={"If-None-Match": first.headers["ETag"]})
            assert (first.get_json()["voted"], second.get_json()["voted"]) == (0, 1)
