"""Does a report say, of every point of a procedure, what is said from the views?

A report replays and verifies the bytes, the views were written while they came. Both ask the same domain;
here it shows that neither adds anything of its own.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles import complete
from tests.support.builders import item
from tests.web.site import Site

SAME = ("code", "numbers", "names", "holds", "setting", "paragraph", "text")
"""What a step of a derivation says in both."""


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
        told = {
            name: each_site.get(f"/procedures/{motion}/{name}", at=at).get_json()
            for name in ("tally", "votes", "participation", "history")
        }
        report = each_site.get(f"/procedures/{motion}/report.json", kind="audit", at=at).get_json()
        assert (report["state"], report["voted"]) == (told["tally"]["state"], told["tally"]["voted"]), at
        assert [result_of(one) for one in report["items"]] == [
            item_of(one) for one in told["tally"]["items"]
        ], at
        assert votes_of(report) == {one["member"]: vote_of(one) for one in told["votes"]["data"]}, at
        assert people_of(report) == {one["member"]: asked(one) for one in told["participation"]["data"]}, at
        assert [(one["entry"], one["leaf"], one["payload"]) for one in report["events"]] == [
            (one["seq"], one["leaf"], one["payload"]) for one in told["history"]["data"]
        ], at


def result_of(told: dict[str, Any]) -> dict[str, Any]:
    """An item of a report, as the tally writes it."""
    found = told["result"]
    return {
        "item": told["id"],
        "counts": {one["option"]: one["votes"] for one in found["counts"]},
        "outcome": found["outcome"],
        "outcome_text": found["words"],
        "valid": found["valid"],
        "derivation": [{name: step[name] for name in SAME} for step in found["derivation"]],
        "relevance": found["relevance"],
    }


def item_of(told: dict[str, Any]) -> dict[str, Any]:
    """The same of the tally."""
    steps = [{name: step[name] for name in SAME} for step in told["derivation"]]
    return {name: value for name, value in told.items() if name != "unanimous"} | {"derivation": steps}


def votes_of(report: dict[str, Any]) -> dict[str, Any]:
    """Member → the vote, as a roll call writes it."""
    cast = {one["member"]["id"]: one["vote"] for one in report["participants"] if one["vote"]}
    return {member: {"seq": vote["entry"], **vote_of(vote)} for member, vote in cast.items()}


def vote_of(vote: dict[str, Any]) -> dict[str, Any]:
    """What of a vote stands in both."""
    named = {"seq": vote["seq"]} if "seq" in vote else {}
    return named | {name: vote[name] for name in ("at", "leaf", "choices", "provenance", "counts")}


def people_of(report: dict[str, Any]) -> dict[str, Any]:
    """Member → what else is known, as participation writes it."""
    people = report["participants"]
    return {
        one["member"]["id"]: asked({**one, "proxy": one["proxy"] and one["proxy"]["id"]}) for one in people
    }


def asked(one: dict[str, Any]) -> dict[str, Any]:
    """What of a participant stands in both; without consent there is none, or an empty list."""
    names = ("group", "weight", "deadline", "excluded", "objected_at", "proxy")
    return {**{name: one[name] for name in names}, "consents": list(one["consents"] or ())}
