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
    assert states(site, motion, then.get_json()["at"]) == {"suspended"}


def test_as_of_an_instant_a_suspension_has_ended_or_not(site: Site) -> None:
    """Between two instants without an entry: whoever asks for one is told what stood then."""
    motion = site.town.open()
    site.town.close(motion)
    site.town.put("result-determined", "clerk", procedure=motion)
    until = site.town.clock.later(3600)
    site.town.put("result-suspended", "clerk", procedure=motion, until=until)
    before = site.town.clock.later(3590)
    site.town.clock.advance(7200)
    assert (states(site, motion, before), states(site, motion, until)) == ({"suspended"}, {"determined"})


def test_a_report_as_of_an_entry_after_its_end_says_so_too(site: Site) -> None:
    """Not what the last entry of the procedure said: what stood when that entry was recorded."""
    motion = site.town.open()
    site.town.close(motion)
    site.town.put("result-determined", "clerk", procedure=motion)
    until = site.town.clock.later(3600)
    site.town.put("result-suspended", "clerk", procedure=motion, until=until)
    suspended = site.town.ledger.head()
    site.town.clock.advance(7200)
    site.town.open("another")
    later = site.town.ledger.head()
    assert [reported(site, motion, at) for at in (suspended, later)] == ["suspended", "determined"]
    assert states(site, motion, later) == {"determined"}


def reported(site: Site, motion: str, at: int) -> str:
    """How the procedure stood, by its report."""
    state: str = site.get(f"/procedures/{motion}/report.json?kind=audit&at={at}").get_json()["state"]
    return state


def states(site: Site, motion: str, at: object = None) -> set[str]:
    """How the procedure stands, or stood, by every call."""
    calls = (f"/procedures/{motion}", f"/procedures/{motion}/tally", f"/procedures/{motion}/result")
    point = "" if at is None else f"?at={at}"
    return {site.get(f"{call}{point}").get_json()["state"] for call in calls}


def listed(site: Site, state: str) -> list[str]:
    """Procedures in this state, by the list."""
    return [one["id"] for one in site.get(f"/procedures?state={state}").get_json()["data"]]
