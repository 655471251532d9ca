"""Is it told how each group voted, and only where single votes are told?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from ledger.domain.profiles import complete
from tests.support.builders import item
from tests.web.page_rules import Page
from tests.web.site import Site, problem

RIGHT = {"group": "right", "members": 1, "voted": 1}
NOBODY = {"yes": 0, "no": 0, "abstain": 0}


def seat(site: Site) -> None:
    """m1 (two votes) and m2 of the left, m3 of the right, m4 and m5 of no group."""
    site.town.seat({"m1": 2, "m2": 1}, group="left")
    site.town.seat(["m3"], group="right")


def shown(site: Site, motion: str, **query: Any) -> dict[str, Any]:
    """Item → its groups."""
    answer = site.get(f"/procedures/{motion}/groups", **query).get_json()
    return {one["item"]: one["groups"] for one in answer["items"]}


def test_each_group_is_told_with_its_seats_and_votes(each_site: Site) -> None:
    """What every parliament's page shows; weights are counted, heads are heads."""
    seat(each_site)
    motion = each_site.town.open(items=[item("1"), item("2")])
    each_site.town.vote(motion, "m1", {"1": "yes", "2": "no"})
    each_site.town.vote(motion, "m3", {"1": "no"})
    each_site.town.vote(motion, "m4", {"1": "yes"})
    assert shown(each_site, motion)["1"] == [
        {"group": "left", "members": 2, "voted": 1, "counts": {**NOBODY, "yes": 2}},
        {**RIGHT, "counts": {**NOBODY, "no": 1}},
        {"group": None, "members": 2, "voted": 1, "counts": {**NOBODY, "yes": 1}},
    ]
    assert [(one["voted"], one["counts"]["no"]) for one in shown(each_site, motion)["2"]] == [
        (1, 2),
        (0, 0),
        (0, 0),
    ]


def test_groups_can_be_seen_as_of_any_entry(each_site: Site) -> None:
    """A change of mind in one group is seen as it was, and as it is."""
    seat(each_site)
    motion = each_site.town.open()
    seq = each_site.town.vote(motion, "m3", "yes").seq
    before = shown(each_site, motion)
    each_site.town.vote(motion, "m3", "no")
    assert shown(each_site, motion, at=seq) == before
    assert shown(each_site, motion)["1"][1] == {**RIGHT, "counts": {**NOBODY, "no": 1}}


def test_the_groups_of_a_procedure_are_those_of_its_opening(site: Site) -> None:
    """Who changes the group afterwards has voted for the old one."""
    seat(site)
    motion = site.town.open()
    site.town.seat(["m3"], group="left")
    site.town.vote(motion, "m3")
    assert [one["group"] for one in shown(site, motion)["1"]] == ["left", "right", None]


def test_where_nobody_has_a_group_none_is_told(site: Site) -> None:
    """A table with one row without a name would say nothing."""
    motion = site.town.open()
    site.town.vote(motion, "m1")
    assert shown(site, motion) == {"1": []}
    assert "Votes by group" not in site.page(f"/procedures/{motion}")


def test_no_group_is_told_while_the_votes_are_withheld(each_site: Site) -> None:
    """The total of a group of one is a vote. Not in the past either, and after the closing all of it."""
    seat(each_site)
    motion = each_site.town.open(closes_in=60)
    seq = each_site.town.vote(motion, "m3").seq
    queries: tuple[dict[str, Any], ...] = ({}, {"at": seq})
    for query in queries:
        answer = each_site.get(f"/procedures/{motion}/groups", **query).get_json()
        assert (answer["withheld"], answer["items"]) == (True, [{"item": "1", "groups": None}])
    assert "Votes by group" not in each_site.page(f"/procedures/{motion}")
    each_site.town.clock.advance(60)
    each_site.town.close(motion, "service")
    assert shown(each_site, motion)["1"][1]["counts"]["yes"] == 1
    assert "Votes by group" in each_site.page(f"/procedures/{motion}")


def test_no_group_is_told_where_a_secret_ballot_was_demanded(site: Site) -> None:
    """Nor before the demand: the item is told of as it stands now."""
    seat(site)
    profile = {**complete("plurality-for-person"), "secrecy": {"demand": 1, "items": "elections"}}
    motion = site.town.open(profile=profile, items=[item("1", "o1", "o2"), item("2", "o1", "o2")])
    seq = site.town.vote(motion, "m3", {"1": "o1", "2": "o2"}).seq
    site.town.put("secret-ballot-demanded", "m2", procedure=motion, member="m2", items=["2"])
    for query in ({}, {"at": seq}):
        assert shown(site, motion, **query)["1"][1] == {**RIGHT, "counts": {"o1": 1, "o2": 0}}
        assert shown(site, motion, **query)["2"] is None
    page = site.page(f"/procedures/{motion}")
    assert ("Votes by group, item 1" in page, "Votes by group, item 2" in page) == (True, False)


def test_no_assumption_tells_what_a_group_chose_in_a_secret_ballot(each_site: Site) -> None:
    """Of the right, which has one member, "without one vote" would say what it was."""
    each_site.town.seat(["m1", "m2", "m4", "m5"], group="left")
    each_site.town.seat(["m3"], group="right")
    apart = {"groups": "each", "secrecy": {"demand": 1, "items": "all"}}
    profile = {**complete("nkomvg-78"), **apart}
    closes_at = each_site.town.clock.later(3600)
    motion = each_site.town.open(profile=profile, items=[item("1"), item("2")], closes_at=closes_at)
    each_site.town.vote(motion, "m3", {"1": "yes", "2": "no"})
    each_site.town.put("secret-ballot-demanded", "m2", procedure=motion, member="m2", items=["2"])
    each_site.town.clock.advance(3600)
    each_site.town.close(motion, "service")
    first, second = each_site.get(f"/procedures/{motion}/tally").get_json()["items"]
    assert [one["names"] for one in first["relevance"]] == [{"option": "yes", "group": "right"}]
    assert second["relevance"] == []
    extract = each_site.get(f"/procedures/{motion}/report.json", kind="extract").get_json()
    assert [bool(one["result"]["relevance"]) for one in extract["items"]] == [True, False]


def test_a_tag_says_whether_the_groups_are_the_same(site: Site) -> None:
    """Whoever polls them asks with it."""
    seat(site)
    motion = site.town.open()
    path = f"/procedures/{motion}/groups"
    held = {"If-None-Match": site.get(path).headers["ETag"]}
    assert site.get(path, held).status_code == 304
    site.town.vote(motion, "m3")
    assert site.get(path, held).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "code"), [({"at": 9999}, 404, "not-yet"), ({"of": 1}, 422, "unprocessable")]
)
def test_groups_of_another_time_are_refused(
    site: Site, query: dict[str, Any], status: int, code: str
) -> None:
    """As everywhere else."""
    problem(site.get(f"/procedures/{site.town.open()}/groups", **query), status, code)


def test_the_page_shows_the_groups_in_both_languages(site: Site) -> None:
    """With the seats whose vote is missing."""
    seat(site)
    motion = site.town.open()
    site.town.vote(motion, "m1")
    english, german = (site.page(f"/procedures/{motion}?lang={one}") for one in ("en", "de"))
    assert (Page(english).wrong, Page(german).wrong) == ([], [])
    for page, caption in ((english, "Votes by group"), (german, "Stimmen nach Gruppen")):
        rows = page.split(f"<caption>{caption}</caption>")[1].split("</table>")[0]
        assert re.search(r">left</th><td[^>]*>2</td><td[^>]*>2</td>", rows)
