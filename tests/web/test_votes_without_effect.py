"""Is it said why a vote does not count, and is nobody asked for one that would be refused?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from tests.support.builders import CLERK, item
from tests.web.site import Site


def test_who_took_back_a_vote_that_may_not_be_changed_has_nothing_to_do(each_site: Site) -> None:
    """The ledger would refuse another vote; so it does where one stands on some items only."""
    profile = {**complete("simple-majority"), "change": "never", "withdraw": True}
    motion = each_site.town.open(profile=profile, items=[item("1"), item("2")])
    each_site.town.vote(motion, "m1", {"1": "yes", "2": "yes"})
    each_site.town.withdraw(motion, "m1")
    each_site.town.vote(motion, "m2", {"1": "yes"})
    open_ = {one: each_site.get(f"/members/{one}/open").get_json()["data"] for one in ("m1", "m2", "m3")}
    assert {one: len(found) for one, found in open_.items()} == {"m1": 0, "m2": 0, "m3": 1}


def excluded_proxy(site: Site, *items: str) -> str:
    """m1 has given m2 a proxy, m2 has voted for both, and is excluded afterwards."""
    profile = {**complete("nkomvg-182-1"), "proxy": {"max": 1}, "result_visibility": "live"}
    closes_at = site.town.clock.later(3600)
    motion = site.town.open(profile=profile, closes_at=closes_at, items=[item("1"), item("2")])
    site.town.put("proxy-given", "m1", procedure=motion, member="m1", proxy="m2")
    cast: dict[str, Any] = {"procedure": motion, "choices": {"1": "yes", "2": "yes"}}
    site.town.put("vote-cast", "m2", member="m1", provenance={"kind": "proxy"}, **cast)
    why: dict[str, Any] = {"member": "m2", "items": list(items), "reason": "own-interest"}
    site.town.put("member-excluded", CLERK, procedure=motion, **why)
    return motion


def test_a_vote_set_aside_with_its_proxy_is_not_one_to_confirm(site: Site) -> None:
    """Giving it again changes nothing; the page says why it does not count."""
    motion = excluded_proxy(site, "1", "2")
    data = site.get(f"/procedures/{motion}/participation").get_json()["data"]
    rows = {one["member"]: one for one in data}
    assert (rows["m1"]["voted"], rows["m1"]["reconfirm"]) == (False, False)
    page = site.page(f"/procedures/{motion}")
    assert "given by a proxy who is excluded: does not count" in page
    assert "has to be confirmed" not in page
    assert "für den ein Mitwirkungsverbot gilt: zählt nicht" in site.page(f"/procedures/{motion}?lang=de")


def test_a_vote_set_aside_on_one_item_says_so(site: Site) -> None:
    """On the other item it counts."""
    page = site.page(f"/procedures/{excluded_proxy(site, '1')}")
    assert "given by a proxy who is excluded from item 1: does not count there" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "von jemandem abgegeben, der ausgeschlossen ist: Punkt 1"),
        ("en", "somebody who is excluded: item 1"),
    ],
)
def test_the_extract_says_why_the_vote_of_an_excluded_proxy_does_not_count(
    site: Site, language: str, said: str
) -> None:
    """Minutes that only say that it does not count would leave the reason to be guessed."""
    motion = excluded_proxy(site, "1")
    found = site.get(f"/procedures/{motion}/report.html", kind="extract", lang=language)
    assert said in found.get_data(as_text=True)


def test_who_is_excluded_is_not_asked_to_vote_for_others(site: Site) -> None:
    """The ledger would refuse it."""
    excluded_proxy(site, "1", "2")
    assert site.get("/members/m2/open").get_json()["data"] == []


def test_the_page_says_which_votes_are_on_an_older_paper_although_they_count(site: Site) -> None:
    """Who reads the roll call knows on which documents each vote was given."""
    profile = {**complete("simple-majority"), "documents": "keep"}
    motion = site.town.open(profile=profile)
    site.town.vote(motion, "m1")
    site.town.attach(motion, "a paper")
    site.town.vote(motion, "m2")
    assert site.page(f"/procedures/{motion}").count("voted on an older ballot paper: counts") == 1
    german = site.page(f"/procedures/{motion}?lang=de")
    assert german.count("auf einem älteren Stimmzettel abgestimmt: zählt") == 1
