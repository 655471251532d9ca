"""Does everybody see that a suspension has ended, although no entry says so?"""

from __future__ import annotations

from tests.web.site import Site


def test_a_suspension_that_has_ended_is_told_as_ended_everywhere(site: Site) -> None:
    """Calls and list; with an ETag of its own, and as of an earlier entry it is suspended still."""
    motion = site.town.open()
    site.town.close(motion)
    site.town.put("result-determined", "clerk", procedure=motion)
    until = site.town.clock.later(3600)
    site.town.put("result-suspended", "clerk", procedure=motion, until=until)
    then = site.get(f"/procedures/{motion}/tally")
    assert (states(site, motion), listed(site, "suspended")) == ({"suspended"}, [motion])
    site.town.clock.advance(7200)
    now = site.get(f"/procedures/{motion}/tally")
    assert (states(site, motion), listed(site, "suspended")) == ({"determined"}, [])
    assert (listed(site, "determined"), then.headers["ETag"] == now.headers["ETag"]) == ([motion], False)
    past = site.get(f"/procedures/{motion}/tally?at={then.json['at']}").json
    assert (
        past["state"] == site.get(f"/procedures/{motion}?at={then.json['at']}").json["state"] == "suspended"
    )


def states(site: Site, motion: str) -> set[str]:
    """How the procedure stands, by every call."""
    calls = (f"/procedures/{motion}", f"/procedures/{motion}/tally", f"/procedures/{motion}/result")
    return {site.get(call).json["state"] for call in calls}


def listed(site: Site, state: str) -> list[str]:
    """Procedures in this state, by the list."""
    return [one["id"] for one in site.get(f"/procedures?state={state}").json["data"]]
