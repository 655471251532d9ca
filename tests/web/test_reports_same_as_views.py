"""Does a report say, of every point of a procedure, what is said from the views?

A report replays and verifies the bytes, the views were written while they came. Both ask the same domain;
here it shows that neither adds anything of its own.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.domain.profiles import complete
from tests.support.alike import assert_alike, assert_counted
from tests.support.builders import item
from tests.support.circulations import Circulation, crowd, stories
from tests.support.told import Told
from tests.web.site import Site


def a_story(site: Site) -> tuple[str, list[int]]:
    """A procedure in which much has happened, and the numbers of its entries."""
    town = site.town
    changed = {"proxy": {"max": 1}, "result_visibility": "live", "documents": "reconfirm"}
    profile = {**complete("nkomvg-182-1"), **changed}
    motion = town.open(profile=profile, items=[item("1"), item("2")], closes_at=town.clock.later(3600))

    def put(kind: str, actor: str, **fields: Any) -> None:
        town.put(kind, actor, procedure=motion, **fields)

    for number in range(1, 5):
        put("consent-declared", f"m{number}", member=f"m{number}", items=None)
    town.vote(motion, "m1", {"1": "yes", "2": "no"})
    town.vote(motion, "m2", {"1": "no", "2": "yes"})
    town.vote(motion, "m2", {"1": "yes", "2": "abstain"})
    town.attach(motion, "an offer")
    town.vote(motion, "m1", {"1": "yes", "2": "yes"})
    put("member-excluded", "clerk", member="m4", items=["2"], reason="own-interest")
    put("proxy-given", "m3", member="m3", proxy="m1")
    voted = {"member": "m3", "choices": {"1": "no", "2": "no"}, "provenance": {"kind": "proxy"}}
    put("vote-cast", "m1", **voted)
    town.vote(motion, "m4", {"1": "abstain"})
    town.withdraw(motion, "m2")
    town.clock.advance(3600)
    town.close(motion, "service")
    rows = site.get(f"/procedures/{motion}/history").get_json()["data"]
    return motion, [row["seq"] for row in rows]


def test_a_report_of_every_entry_is_what_the_views_say(each_site: Site) -> None:
    """Counts, outcome, validity, every step and variant, every vote, who is asked until when, every entry."""
    motion, seqs = a_story(each_site)
    assert len(seqs) > 14
    for at in seqs:
        assert_alike(Told(each_site, motion, at))


@pytest.fixture
def crowded(each_site: Site) -> Site:
    """A town with everybody who may be needed."""
    crowd(each_site.town)
    return each_site


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make a failure shorter would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=stories, back=st.lists(st.integers(0, 20), max_size=3))
def test_whatever_happens_is_told_alike_in_every_way(crowded: Site, story: Any, back: list[int]) -> None:
    """JSON, CSV, page and reports, now and as of earlier entries: one number, name and time for each fact."""
    motion = Circulation(crowded.town).play(story)
    seqs = [row["seq"] for row in crowded.get(f"/procedures/{motion}/history").get_json()["data"]]
    for at in {seqs[-1], *(seqs[-1 - number] for number in back if number < len(seqs))}:
        told = Told(crowded, motion, at)
        assert_alike(told)
        assert_counted(told, [row.state for row in crowded.town.ledger.entries(-1, at + 1)])
