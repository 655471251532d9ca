"""Is a list for the public made of what is public, whatever else there is, and of nothing more?"""

from __future__ import annotations

from typing import Any

import pytest

from api.oparl.index import Index
from projections.views import ProcedureView, Wanted
from tests.access.test_public_items import publish
from tests.access.test_who_sees_what import titles
from tests.support.builders import CHAIR, CLERK, item
from tests.support.guarded import Guarded


@pytest.fixture
def told(guarded: Guarded) -> list[str]:
    """Procedures that are public, each in another way, in the order of opening, among others that are not."""
    guarded.allow_the_public()
    town, open_to_all = guarded.town, [item("1", public=True), item("2")]
    for number in range(3):
        publish(guarded, town.open(f"inside {number}"))
    announced, published, annulled, later, to_members, at_the_end = (
        town.open(name, items=open_to_all if name != "later" else [item("1")])
        for name in ("announced", "published", "annulled", "later", "to members", "closed")
    )
    for motion in (published, annulled, later):
        publish(guarded, motion)
    for motion, whom in ((announced, "everybody"), (to_members, "members")):
        town.close(motion)
        town.put("result-determined", CLERK, procedure=motion)
        town.put("result-announced", CLERK, procedure=motion, to=whom)
    town.put("result-annulled", CLERK, procedure=annulled, repeated_as=None)
    town.put("result-published", CLERK, procedure=later, made_public=["1"], witness=CHAIR)
    town.close(at_the_end)
    town.open("open", items=open_to_all)
    return [announced, published, annulled, later]


def test_the_views_and_the_index_call_the_same_procedures_public(guarded: Guarded, told: list[str]) -> None:
    """One rule, written down twice: what the list leaves out is what the public may not see."""
    assert titles(guarded, None) == told
    service = guarded.site.service
    service.publication.settle()
    shown = service.views.procedures(wanted=Wanted(public=True))
    assert [view.id for view in shown] == told
    assert {one.procedure for one in Index(service).all()} == set(told)
    hidden = service.views.procedures(wanted=Wanted(public=False))
    assert len(hidden) == len(service.views.procedures()) - len(told)


def test_a_list_for_the_public_costs_as_much_as_there_is_public(
    guarded: Guarded, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A council with thousands of results that are not public must not read over them for each visitor."""
    read: list[ProcedureView] = []
    asked = guarded.site.service.views.procedures

    def procedures(**how: Any) -> list[ProcedureView]:
        found = asked(**how)
        read.extend(found)
        return found

    monkeypatch.setattr(guarded.site.service.views, "procedures", procedures)
    page = guarded.get("/procedures?limit=2", None).get_json()
    assert [one["id"] for one in page["data"]] == told[:2]
    assert [view.id for view in read] == told[:3]
    assert [one["id"] for one in guarded.call("GET", page["links"]["next"], None).get_json()["data"]] == told[
        2:
    ]


def test_what_no_signed_head_contains_yet_is_not_listed(
    guarded: Guarded, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The views know it already; whoever reads it could not prove it. Neither does a cursor tell of it."""
    index = Index(guarded.site.service)
    guarded.site.service.follower.catch_up()
    guarded.site.service.publication.settle()
    newest = max(index.all(), key=lambda one: one.seq)
    monkeypatch.setattr(guarded.site.service.publication.published, "size", lambda: newest.seq)
    assert newest.procedure == told[-1]
    assert titles(guarded, None) == told[:-1]
    assert guarded.get("/procedures?limit=3", None).get_json()["pagination"]["next"] is None
