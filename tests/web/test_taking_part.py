"""Do participation, roll call, result and open votes say what happened, now and as of any entry?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from tests.support.builders import CHAIR, CLERK, SERVICE, item
from tests.web.site import Site, problem

CIRCULAR = complete("nkomvg-182-1")


def by_member(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of an answer by member."""
    return {one["member"]: one for one in answer["data"]}


def test_participation_says_who_has_voted_and_how_many_of_how_many(each_site: Site) -> None:
    """The clerk's first question, on both databases."""
    motion = each_site.town.open(closes_in=3600)
    name = each_site.disclosed("person", "Ida Mohr")
    registered: dict[str, Any] = {"subject": "m9", "roles": ["member"], "key": each_site.town.public("m9")}
    each_site.town.put("key-registered", "registrar", **registered, name=name)
    voted = each_site.town.vote(motion, "m2")
    shown = each_site.get(f"/procedures/{motion}/participation").get_json()
    assert (shown["members"], shown["voted"], shown["provenance"]) == (5, 1, {"own-key": 1})
    rows = by_member(shown)
    assert list(rows) == ["m1", "m2", "m3", "m4", "m5"]
    assert (rows["m2"]["voted"], rows["m2"]["voted_at"], rows["m2"]["provenance"]) == (
        True,
        voted.at,
        "own-key",
    )
    assert (rows["m1"]["voted"], rows["m1"]["voted_at"]) == (False, None)
    deadline = each_site.get(f"/procedures/{motion}").get_json()["closes_at"]
    assert {row["deadline"] for row in rows.values()} == {deadline}
    missing = each_site.get(f"/procedures/{motion}/participation", voted="false").get_json()
    assert list(by_member(missing)) == ["m1", "m3", "m4", "m5"]
    there = each_site.get(f"/procedures/{motion}/participation", voted="true").get_json()
    assert list(by_member(there)) == ["m2"]


def test_the_roll_call_says_who_voted_how(each_site: Site) -> None:
    """And goes on by member, with addresses to follow."""
    motion = each_site.town.open()
    for member, choice in (("m3", "no"), ("m1", "yes"), ("m2", "yes")):
        each_site.town.vote(motion, member, choice)
    each_site.town.vote(motion, "m1", "no")
    first = each_site.get(f"/procedures/{motion}/votes", limit=2).get_json()
    assert [(one["member"], one["choices"]["1"]) for one in first["data"]] == [("m1", "no"), ("m2", "yes")]
    rest = each_site.http.get(first["links"]["next"]).get_json()
    assert [(one["member"], one["choices"]["1"]) for one in rest["data"]] == [("m3", "no")]
    assert rest["links"]["next"] is None
    assert each_site.http.get(rest["links"]["first"]).get_json() == first


def voted_in_four_ways(site: Site) -> str:
    """m1 and m5 with their own keys, m2 through m1, m3 through a portal, m4 on paper."""
    town = site.town
    town.person("portal", "portal")
    town.person("second", "clerk")
    profile = {**CIRCULAR, "proxy": {"max": 1}}
    motion = town.open(profile=profile, closes_at=town.clock.later(3600))
    town.put("proxy-given", "m2", procedure=motion, member="m2", proxy="m1")
    town.vote(motion, "m1")
    town.vote(motion, "m5")
    cast: dict[str, Any] = {"procedure": motion, "choices": {"1": "yes"}}
    attested = {"kind": "portal-attested", "assurance": "high"}
    paper = {"kind": "clerk-recorded", "source": "paper", "witness": "second"}
    town.put("vote-cast", "m1", member="m2", provenance={"kind": "proxy"}, **cast)
    town.put("vote-cast", "portal", member="m3", provenance=attested, **cast)
    town.put("vote-cast", CLERK, member="m4", provenance=paper, **cast)
    return motion


CAME = {"own-key": ["m1", "m5"], "proxy": ["m2"], "portal-attested": ["m3"], "clerk-recorded": ["m4"]}


def test_a_roll_call_can_be_had_by_how_the_votes_came(each_site: Site) -> None:
    """An auditor looks at those first that others than the members themselves sent; now, and as it was."""
    motion = voted_in_four_ways(each_site)
    seq = each_site.service.ledger.head()
    each_site.town.vote(motion, "m4")
    for came, members in CAME.items():
        query: dict[str, Any] = {"provenance": came, "at": seq}
        rows = each_site.get(f"/procedures/{motion}/votes", **query).get_json()["data"]
        assert [(one["member"], one["provenance"]) for one in rows] == [(one, came) for one in members]
    now = each_site.get(f"/procedures/{motion}/votes", provenance="own-key").get_json()["data"]
    assert [one["member"] for one in now] == ["m1", "m4", "m5"]
    assert each_site.get(f"/procedures/{motion}/votes", provenance="clerk-recorded").get_json()["data"] == []


def test_a_roll_call_by_provenance_goes_on_as_it_began(each_site: Site) -> None:
    """The addresses of its pages keep the question; each version of the answer has a tag of its own."""
    motion = voted_in_four_ways(each_site)
    path = f"/procedures/{motion}/votes"
    first = each_site.get(path, provenance="own-key", limit=1)
    assert [one["member"] for one in first.get_json()["data"]] == ["m1"]
    following = each_site.http.get(first.get_json()["links"]["next"]).get_json()
    assert ([one["member"] for one in following["data"]], following["links"]["next"]) == (["m5"], None)
    tags = {each_site.get(path, provenance=came).headers["ETag"] for came in CAME}
    assert len(tags | {each_site.get(path).headers["ETag"]}) == len(CAME) + 1
    held = {"If-None-Match": first.headers["ETag"]}
    assert each_site.get(path, held, provenance="own-key", limit=1).status_code == 304
    assert each_site.get(path, held, provenance="proxy", limit=1).status_code == 200


def test_a_way_in_which_no_vote_comes_is_refused(site: Site) -> None:
    """An empty list would look like "no such vote"; on the page as well."""
    motion = voted_in_four_ways(site)
    answer = problem(site.get(f"/procedures/{motion}/votes", provenance="fax"), 422, "unprocessable")
    assert [error["parameter"] for error in answer["errors"]] == ["provenance"]
    page = site.http.get(f"/procedures/{motion}?provenance=fax&lang=de", headers={"Accept": "text/html"})
    assert page.status_code == 422
    assert "Muss eines davon sein: own-key, proxy," in page.get_data(as_text=True)
    assert site.get(f"/procedures/{motion}/votes", provenance="").status_code == 422


def test_the_page_leads_to_the_votes_that_came_in_one_way(site: Site) -> None:
    """From the numbers to the members behind them, and back."""
    motion = voted_in_four_ways(site)
    assert f'<a href="/procedures/{motion}?provenance=portal-attested#members">' in site.page(
        f"/procedures/{motion}"
    )
    part = site.page(f"/procedures/{motion}?provenance=portal-attested")
    table = part.split('id="members"')[1].split("</table>")[0]
    assert [member for member in ("m1", "m2", "m3", "m4", "m5") if f">{member}<" in table] == ["m3"]
    assert f'<a href="/procedures/{motion}#members">All members</a>' in part


def test_everything_about_a_procedure_can_be_seen_as_of_an_entry(each_site: Site) -> None:
    """What was shown then is shown again, whatever happened since."""
    motion = each_site.town.open(profile={**complete("simple-majority"), "documents": "reconfirm"})
    reads = ("", "/tally", "/votes", "/participation", "/result")
    seen: dict[int, list[Any]] = {}
    for member in ("m1", "m2", "m3"):
        seq = each_site.town.vote(motion, member).seq
        seen[seq] = [each_site.get(f"/procedures/{motion}{read}").get_json() for read in reads]
    each_site.town.withdraw(motion, "m2")
    each_site.town.attach(motion, "a paper")
    each_site.town.close(motion)
    for seq, before in seen.items():
        for read, answer in zip(reads, before, strict=True):
            again = each_site.get(f"/procedures/{motion}{read}", at=seq).get_json()
            again["links"] = answer["links"] = None
            assert again == answer


def test_a_result_says_what_became_of_it(site: Site) -> None:
    """Determined, announced, corrected: each step with its entry, and the text that was disclosed to it."""
    town = site.town
    ground = site.disclosed("ground", "Zählfehler")
    motion = town.open(closes_in=60, items=[item("1")])
    town.vote(motion, "m1", "yes")
    before = site.get(f"/procedures/{motion}/result").get_json()
    assert (before["determined"], before["steps"], before["withheld"]) == (False, [], True)
    town.clock.advance(60)
    town.close(motion, SERVICE)
    town.put("result-determined", CHAIR, procedure=motion)
    town.put("result-announced", CLERK, procedure=motion, to="members")
    town.put("result-annulled", CLERK, procedure=motion, repeated_as=None, ground=ground)
    shown = site.get(f"/procedures/{motion}/result").get_json()
    assert [step["kind"] for step in shown["steps"]] == [
        *("procedure-closed", "result-determined", "result-announced", "result-annulled")
    ]
    assert (shown["determined"], shown["state"], shown["steps"][-1]["text"]) == (
        True,
        "annulled",
        "Zählfehler",
    )
    assert shown["items"][0]["outcome"] == "void"
    earlier = site.get(f"/procedures/{motion}/result", at=shown["steps"][1]["seq"]).get_json()
    assert (earlier["state"], earlier["items"][0]["outcome"]) == ("determined", "adopted")
    assert len(earlier["steps"]) == 2


def test_a_member_sees_what_is_still_to_be_voted_on(each_site: Site) -> None:
    """By deadline; not what they voted on, not what is closed, and only the items that are left."""
    town = each_site.town
    late = town.open("late", closes_in=7200, items=[item("1"), item("2")])
    soon = town.open("soon", closes_in=3600)
    voted, closed = town.open("voted"), town.open("closed")
    town.vote(voted, "m1")
    town.vote(late, "m1", {"2": "yes"})
    town.close(closed)
    shown = each_site.get("/members/m1/open").get_json()
    assert [(one["procedure"]["id"], one["items"]) for one in shown["data"]] == [(soon, ["1"]), (late, ["1"])]
    assert [one["role"] for one in shown["data"]] == ["member", "member"]
    assert shown["data"][1]["replaces"] is not None
    assert each_site.get("/members/clerk/open").get_json()["data"] == []
    town.clock.advance(3600)
    [left] = each_site.get("/members/m1/open").get_json()["data"]
    assert left["procedure"]["id"] == late


def test_a_proxy_votes_for_somebody_else(site: Site) -> None:
    """The principal has nothing to do any more, the proxy one vote more."""
    profile = {**CIRCULAR, "proxy": {"max": 1}}
    motion = site.town.open(profile=profile, closes_at=site.town.clock.later(3600))
    site.town.put("proxy-given", "m1", procedure=motion, member="m1", proxy="m2")
    assert site.get("/members/m1/open").get_json()["data"] == []
    tasks = site.get("/members/m2/open").get_json()["data"]
    assert [(one["member"], one["role"]) for one in tasks] == [("m1", "proxy"), ("m2", "member")]
    assert by_member(site.get(f"/procedures/{motion}/participation").get_json())["m1"]["proxy"] == "m2"


def test_a_vote_on_an_older_paper_has_to_be_given_again(site: Site) -> None:
    """And says which vote it replaces."""
    motion = site.town.open(profile={**complete("simple-majority"), "documents": "reconfirm"})
    vote = site.town.vote(motion, "m1")
    site.town.attach(motion, "a paper")
    [task] = site.get("/members/m1/open").get_json()["data"]
    assert (task["reconfirm"], task["replaces"]) == (True, vote.leaf)
    assert by_member(site.get(f"/procedures/{motion}/participation").get_json())["m1"]["reconfirm"] is True


def test_nobody_whom_the_register_does_not_know_has_open_votes(site: Site) -> None:
    """An empty list would look like "nothing to do"."""
    problem(site.get("/members/nobody/open"), 404, "not-found")
    problem(site.get("/members/no body/open"), 400, "bad-encoding")


def test_the_register_can_be_seen_as_of_any_instant(each_site: Site) -> None:
    """Bodies, seats, persons and keys, before and after a change."""
    town = each_site.town
    before = town.clock()
    town.clock.advance(10)
    town.seat({"m1": 3}, ended=["m2"])
    new = town.public("m3/2")
    town.put("key-rotated", "m3", subject="m3", old=town.public("m3"), key=new)
    body = each_site.get("/register").get_json()["bodies"]
    assert [(one["id"], one["seats"]) for one in body] == [("council", 4)]
    assert [one["seats"] for one in each_site.get("/register", at=before).get_json()["bodies"]] == [5]
    path = "/register/bodies/council/seats"
    assert [(s["member"], s["weight"]) for s in each_site.get(path).get_json()["data"]][:2] == [
        ("m1", 3),
        ("m3", 1),
    ]
    assert [s["weight"] for s in each_site.get(path, at=before).get_json()["data"]] == [1] * 5
    people = {one["id"]: one for one in each_site.get("/register/people").get_json()["data"]}
    assert people.keys() == {"registrar", "service", "clerk", "chair", "m1", "m2", "m3", "m4", "m5"}
    first, second = people["m3"]["keys"]
    assert (first["ended"], first["reason"], second["key"]) == (second["since"], "rotated", new)
    past = {one["id"]: one for one in each_site.get("/register/people", at=before).get_json()["data"]}
    [only] = past["m3"]["keys"]
    assert (only["ended"], only["reason"], only["ended_at"]) == (None, None, None)
    assert len(each_site.get("/register").get_json()["log_keys"]) == 1


def test_people_come_page_by_page(site: Site) -> None:
    """By id, each of them once, with a full last page."""
    seen, path = [], f"{site.api}/register/people?limit=3"
    site.service.follower.catch_up()
    while path:
        page = site.http.get(path).get_json()
        seen += [one["id"] for one in page["data"]]
        path = page["links"]["next"]
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == 9


def test_an_auditor_finds_entries_by_kind_and_the_checkpoint(each_site: Site) -> None:
    """How many of each, refused attempts apart, and whose signatures are on the newest checkpoint."""
    motion = each_site.town.open()
    each_site.town.vote(motion, "m1")
    each_site.town.put("attempt-refused", SERVICE, procedure=motion, code="too-late", statement="ab" * 32)
    each_site.service.publication.settle()
    shown = each_site.get("/audit").get_json()
    counted = {one["kind"]: one["entries"] for one in shown["entries"]}
    assert (counted["vote-cast"], counted["attempt-refused"]) == (1, 1)
    assert sum(counted.values()) == each_site.service.ledger.head() + 1 == shown["checkpoint"]["size"]
    assert [line["by_log"] for line in shown["checkpoint"]["signatures"]] == [True]
    refused = each_site.get("/audit/entries", topic="refused").get_json()["data"]
    assert [row["payload"]["code"] for row in refused] == ["too-late"]
    keys = each_site.get("/audit/entries", topic="keys").get_json()["data"]
    assert {row["kind"] for row in keys} == {"ledger-created", "key-registered"}
    assert each_site.get("/audit/entries", topic="keys", kind="vote-cast").get_json()["data"] == []
    everything = each_site.get("/audit/entries", limit=1000).get_json()["data"]
    assert [row["seq"] for row in everything] == list(range(each_site.service.ledger.head() + 1))


QUERIES: list[dict[str, Any]] = [
    {"member": "m2"},
    {"opened_before": "2100-01-01T00:00:00Z", "member": "m5"},
    {"closes_from": "2026-01-01T00:00:00Z"},
]


@pytest.mark.parametrize("query", QUERIES)
def test_procedures_are_found_by_person_and_time(each_site: Site, query: dict[str, Any]) -> None:
    """Also by deadline: what closes this week."""
    motion = each_site.town.open(closes_in=3600)
    each_site.town.seat([], ended=["m2", "m5"])
    assert [one["id"] for one in each_site.get("/procedures", **query).get_json()["data"]] == [motion]
    later: dict[str, Any] = {"opened_from": "2100-01-01T00:00:00Z"}
    assert each_site.get("/procedures", **query, **later).get_json()["data"] == []
    assert each_site.get("/procedures", member="nobody").get_json()["data"] == []


def test_pages_stay_the_same_while_procedures_are_added(site: Site) -> None:
    """What was on a page is not shown again, and nothing is left out."""
    opened = [site.town.open(f"motion {number}") for number in range(3)]
    page = site.get("/procedures", limit=2).get_json()
    opened += [site.town.open(f"later {number}") for number in range(2)]
    seen = page["data"]
    while page["links"]["next"]:
        site.service.follower.catch_up()
        page = site.http.get(page["links"]["next"]).get_json()
        seen += page["data"]
    assert [one["id"] for one in seen] == opened


def test_no_single_vote_is_told_where_a_secret_ballot_was_demanded(site: Site) -> None:
    """The item goes to a meeting; the votes on the other items are told."""
    profile = {**complete("plurality-for-person"), "secrecy": {"demand": 1, "items": "elections"}}
    items = [item("1", "o1", "o2"), item("2", "o1", "o2")]
    motion = site.town.open(profile=profile, items=items)
    site.town.vote(motion, "m1", {"1": "o1", "2": "o2"})
    site.town.put("secret-ballot-demanded", "m2", procedure=motion, member="m2", items=["2"])
    [vote] = site.get(f"/procedures/{motion}/votes").get_json()["data"]
    assert vote["choices"] == {"1": "o1"}
    tasks = site.get("/members/m3/open").get_json()["data"]
    assert [one["items"] for one in tasks] == [["1"]]
    assert site.get(f"/procedures/{motion}").get_json()["referred"] == ["2"]
