"""Can a person see where everything stands, without script and without trusting colours?"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from ledger.domain.profiles import complete
from tests.support.builders import item
from tests.web.page_rules import Page
from tests.web.site import Site


def replay(site: Site, name: str, published: dict[str, Any], votes: tuple[str, ...]) -> str:
    """A replayed roll call of persons or yes and no, closed, with its source."""
    source = {"id": name, "source": "Protokoll 12", "published": published}
    motion = site.town.open(
        name,
        replay={"held_at": "2018-03-05T09:12:00.000Z"},
        title=site.disclosed("title", f"Vote {name}"),
        source=site.disclosed("source", json.dumps(source)),
    )
    for number, choice in enumerate(votes, 1):
        site.town.vote(motion, f"m{number}", choice)
    site.town.close(motion)
    return motion


def every_page(site: Site) -> dict[str, str]:
    """Pages of all kinds, in a town where much has happened."""
    name = site.disclosed("body", "Committee for the affairs of the town, its roads, and its waters")
    site.town.put("body-registered", "clerk", body="committee", name=name)
    site.town.seat(["m1", "m2"], group="a-group-with-a-long-name-that-nobody-may-break")
    right = replay(site, "right", {"counts": {"yes": 2, "no": 1}, "outcome": "adopted"}, ("yes", "yes", "no"))
    wrong = replay(site, "wrong", {"counts": {"yes": 3}}, ("yes", "no"))
    live = site.town.open("live", title=site.disclosed("title", "A roof"), items=[item("1"), item("2")])
    site.town.vote(live, "m1", {"1": "yes", "2": "no"})
    hidden = site.town.open("hidden", closes_in=3600)
    site.town.vote(hidden, "m1")
    site.town.attach(hidden, "an offer")
    site.town.annul(wrong, repeated_as=right)
    opened = site.get(f"/procedures/{right}").get_json()["opened_seq"]
    paths = [
        *("/", "/problems", "/problems/too-late", "/register", "/register/bodies/council"),
        *("/audit", "/audit/entries", "/audit/entries?topic=keys", "/audit/entries?kind=anchored"),
        "/audit/checkpoints",
        *(f"/procedures/{one}" for one in (right, wrong, live, hidden)),
        *(f"{page}?at={opened + 2}" for page in (f"/procedures/{right}", "/register", "/audit")),
    ]
    german = ("/", "/problems", "/register", "/register/bodies/council", "/audit", "/audit/checkpoints")
    paths += [
        f"{path}?lang=de" for path in (*german, *(f"/procedures/{one}" for one in (wrong, live, hidden)))
    ]
    pages = {path: site.page(path) for path in paths}
    missing = site.http.get("/nothing/here", headers={"Accept": "text/html"})
    assert missing.status_code == 404
    return pages | {"404": missing.get_data(as_text=True)}


def test_every_page_is_whole_without_script_and_without_other_hosts(each_site: Site) -> None:
    """Landmarks, one main heading, no level skipped, captions, unique ids; nothing that is forbidden."""
    for path, text in every_page(each_site).items():
        assert Page(text).wrong == [], path


def test_live_procedures_come_before_replayed_roll_calls(site: Site) -> None:
    """Whatever was opened first."""
    replay(site, "old", {}, ("yes",))
    site.town.open("live", title=site.disclosed("title", "A roof"))
    text = site.page("/")
    assert text.index("Live procedures") < text.index("A roof") < text.index("Replayed roll calls")
    assert text.index("Replayed roll calls") < text.index("Vote old")


def test_a_bar_stands_beside_its_number_and_differs_by_pattern(site: Site) -> None:
    """Who sees no colours, or no bars, reads the same result."""
    motion = site.town.open()
    for member, choice in (("m1", "yes"), ("m2", "yes"), ("m3", "no")):
        site.town.vote(motion, member, choice)
    text = site.page(f"/procedures/{motion}")
    rows = re.findall(
        r'<th scope="row">(\w+)</th>\s*<td class="figure">(\d+)</td>\s*<td class="figure">([\d.]+) %', text
    )
    assert rows == [("yes", "2", "66.7"), ("no", "1", "33.3"), ("abstention", "0", "0.0")]
    fills = re.findall(r'class="share" width="([\d.]+)%" height="16" fill="url\(#([\w-]+)\)"', text)
    assert fills == [("66.7", "fill-yes"), ("33.3", "fill-no"), ("0.0", "fill-abstain")]
    assert all(f'<pattern id="{fill}"' in text for _, fill in fills)


def test_the_outcome_is_shown_with_its_derivation(site: Site) -> None:
    """Each step with its numbers, so that a reader can do it again."""
    motion = site.town.open()
    site.town.vote(motion, "m1", "no")
    site.town.close(motion)
    text = Page(site.page(f"/procedures/{motion}")).text
    assert "By the votes, not determined yet: rejected unanimously" in " ".join(text.split())
    assert "0 yes, 1 no, 0 abstentions" in text
    assert "not reached" in text
    assert "without the one vote “no”: rejected as well" in text


def test_the_published_result_is_compared(site: Site) -> None:
    """A difference is said as loudly as a match."""
    right = replay(site, "right", {"counts": {"yes": 2}, "outcome": "adopted"}, ("yes", "yes", "no"))
    counts = replay(site, "counts", {"counts": {"yes": 1}, "outcome": "adopted"}, ("yes", "yes", "no"))
    outcome = replay(site, "outcome", {"outcome": "rejected"}, ("yes",))
    said = {one: Page(site.page(f"/procedures/{one}")).text for one in (right, counts, outcome)}
    assert "Matches the published result: 2 yes; adopted." in " ".join(said[right].split())
    assert "Differs from the published result: 1 yes; adopted." in " ".join(said[counts].split())
    assert "Differs from the published result: rejected." in " ".join(said[outcome].split())
    overview = Page(site.page("/")).text
    assert (overview.count("Matches the published"), overview.count("Differs from the published")) == (1, 2)


def test_a_published_election_is_compared_in_the_words_of_its_source(site: Site) -> None:
    """Persons have an id in the log, and their name in the source."""
    labels = {"o1": site.disclosed("option", "Ursel Kroll"), "o2": site.disclosed("option", "Jan Beck")}
    published = {"counts": {"Ursel Kroll": 2, "Jan Beck": 1}, "outcome": "elected:Ursel Kroll"}
    source = site.disclosed("source", json.dumps({"id": "1", "source": None, "published": published}))
    motion = site.town.open(
        items=[{**item("1", "o1", "o2"), "labels": labels}],
        profile=complete("majority-for-person"),
        replay={"held_at": None},
        source=source,
    )
    for member, choice in (("m1", "o1"), ("m2", "o1"), ("m3", "o2")):
        site.town.vote(motion, member, choice)
    text = " ".join(Page(site.page(f"/procedures/{motion}")).text.split())
    assert "Matches the published result: 2 Ursel Kroll, 1 Jan Beck; elected: Ursel Kroll." in text
    assert "voted: Jan Beck" in text


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"published":[]}',
        '{"published":{"counts":[1]}}',
        '{"published":{"counts":{"yes":"2"}}}',
        '{"published":{"counts":{"yes":["2"]}}}',
        '{"published":{"counts":{"yes":null}}}',
        '{"published":{"counts":{"yes":"two"}}}',
        '{"published":{"counts":{"yes":true}}}',
        '{"published":{"outcome":["adopted"]}}',
        '{"published":{"outcome":"elected"}}',
        '{"published":{"outcome":"accepted, with applause"}}',
    ],
)
def test_a_source_that_says_nothing_breaks_nothing(site: Site, source: str) -> None:
    """Sources are texts of others."""
    motion = site.town.open(source=site.disclosed("source", source))
    site.town.vote(motion, "m1")
    assert "Matches the published" not in site.page(f"/procedures/{motion}")


def test_the_overview_goes_on_on_another_page_and_shows_the_open_ones_first(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The live procedure is not lost behind hundreds of replayed ones."""
    monkeypatch.setattr("api.pages.overview.PAGE", 2)
    for name in ("one", "two", "three"):
        replay(site, name, {}, ("yes",))
    site.town.open("live", title=site.disclosed("title", "A roof"))
    first = site.page("/")
    assert "A roof" in first
    assert ("Vote two" in first, "Vote three" in first) == (True, False)
    [link] = re.findall(r'rel="next" href="([^"]+)"', first)
    assert "Vote three" in site.page(link)


def test_a_clerk_finds_the_procedures_of_one_body_and_state(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several councils in one office; a mistyped address shows all of them."""
    monkeypatch.setattr("api.pages.overview.PAGE", 1)
    site.town.put("body-registered", "clerk", body="committee")
    site.town.seat(["m1"], body="committee")
    for name, body in (("A roof", "council"), ("A road", "council"), ("A bus", "committee")):
        site.town.open(name, body=body, title=site.disclosed("title", name))
    site.town.close(site.town.open("A tax", title=site.disclosed("title", "A tax")))

    def shown(query: str) -> set[str]:
        found: set[str] = set()
        onward: str | None = f"/?{query}"
        while onward:
            page = site.page(onward.replace("&amp;", "&"))
            found |= {one for one in ("A roof", "A road", "A bus", "A tax") if f">{one}</a>" in page}
            link = re.search(r'rel="next" href="([^"]+)"', page)
            onward = link and link[1]
        return found

    assert shown("body=committee") == {"A bus"}
    assert shown("body=council&state=closed") == {"A tax"}
    assert shown("state=opened") == {"A roof", "A road", "A bus"}
    for query in ("", "body=&state=", "body=%20&state=gone"):
        assert shown(query) == {"A roof", "A road", "A bus", "A tax"}


def test_groups_and_weights_are_shown_where_there_are_any(site: Site) -> None:
    """Votes by group are what a council asks for first; elsewhere a column would be empty."""
    plain = site.page(f"/procedures/{site.town.open('plain')}")
    assert not re.search(r">(Group|Weight)</th>", plain)
    seat = {"member": "m1", "weight": 3, "group": "left"}
    site.town.put("seats-changed", "clerk", body="council", granted=[seat], ended=[])
    page = site.page(f"/procedures/{site.town.open('grouped')}")
    totals, members = "Votes by group", "Members and their votes"
    for caption, columns in ((totals, ["Group"]), (members, ["Group", "Weight"])):
        table = page.split(f"<caption>{caption}")[1].split("</table>")[0]
        assert re.findall(r">(Group|Weight)</th>", table) == columns
    assert re.search(r">m1</th><td[^>]*>left</td><td[^>]*>3</td>", page)


def test_who_is_still_asked_is_said(site: Site) -> None:
    """The clerk's question while a procedure is open, and nobody's after it is closed."""
    motion = site.town.open()
    for member in ("m1", "m2", "m3"):
        site.town.vote(motion, member)
    page = Page(site.page(f"/procedures/{motion}")).text
    assert "No vote of these counts yet: m4, m5." in " ".join(page.split())
    site.town.close(motion)
    assert "counts yet" not in site.page(f"/procedures/{motion}")


def test_what_others_wrote_is_shown_as_text(site: Site) -> None:
    """A title is not a place for markup."""
    evil = "<script>alert('1')</script>"
    motion = site.town.open(title=site.disclosed("title", evil))
    for path in ("/", f"/procedures/{motion}"):
        page = site.page(path)
        assert "<script" not in page
        assert evil in Page(page).text


def test_the_last_verification_is_shown(site: Site) -> None:
    """Whether it held, how many entries it saw, and when."""
    path = site.service.store.home / "verification.json"
    assert "none recorded" in site.page("/")
    found = {"holds": True, "complete": True, "entries": 12345, "at": "2026-03-02T08:00:00.000Z"}
    path.write_text(json.dumps(found))
    assert "✓ holds, 12,345 entries, 2 Mar 2026" in Page(site.page("/")).text
    path.write_text(json.dumps({**found, "holds": False}))
    assert "✗ does not hold" in site.page("/")
    path.write_text(json.dumps({**found, "complete": False}))
    assert "holds as far as it could be checked" in site.page("/")


def test_how_to_vote_is_told_while_it_is_possible(site: Site) -> None:
    """With the addresses of this service, ready to be copied."""
    motion = site.town.open()
    call = f"http://localhost{site.api}"
    text = Page(site.page(f"/procedures/{motion}")).text
    assert f"stimmbuch prepare vote-cast --url {call}" in text
    assert f"curl -s {call}/statements/prepare" in text
    assert "--receipt receipt.tlog-proof" in text, "a receipt has one form, and its name says which"
    site.town.close(motion)
    assert "How to vote" not in site.page(f"/procedures/{motion}")


def test_what_the_page_says_to_send_is_accepted(site: Site) -> None:
    """The example is not decoration."""
    motion = site.town.open(items=[item("1"), item("2")])
    text = Page(site.page(f"/procedures/{motion}")).text
    found = re.search(r"-d '(\{\"kind\".*?\})'\n", text, re.DOTALL)
    assert found
    wish = json.loads(found[1].replace("YOUR-ID", "m1"))
    assert site.http.post(f"{site.api}/statements/prepare", json=wish).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "text/html,application/xhtml+xml,*/*;q=0.8"])
def test_a_person_gets_a_page_where_nothing_is(site: Site, accept: str) -> None:
    """With a way back, and the request's id for a question to the operator."""
    response = site.http.get("/nothing", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "This page does not exist" in response.get_data(as_text=True)
    assert response.headers["X-Request-ID"] in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/ledgers/town/procedures?limit=x"])
def test_a_call_gets_json_whatever_it_accepts(site: Site, path: str) -> None:
    """A program that sends a browser's headers is still a program."""
    response = site.http.get(path, headers={"Accept": "text/html"})
    assert response.mimetype == "application/problem+json"


def test_the_type_of_every_problem_leads_to_its_explanation(site: Site) -> None:
    """RFC 9457 §3.1.1."""
    found = site.http.get(f"{site.api}/receipts/{'0' * 64}").get_json()
    assert found["hint"].rstrip(".") in Page(site.page(found["type"])).text


def test_a_query_that_makes_no_sense_shows_the_beginning(site: Site) -> None:
    """Pages are not an interface: no error for a mistyped number."""
    motion = site.town.open()
    for after in ("x", "-5", "9" * 30, "\u0661"):
        assert site.http.get("/", query_string={"after": after}).status_code == 200
        assert site.http.get(f"/procedures/{motion}", query_string={"after": after}).status_code in {200, 404}


def test_the_page_shows_how_it_looked_on_tuesday_at_ten(each_site: Site) -> None:
    """By a time on the wall clock, by entry, and from one entry to the next."""
    town = each_site.town
    motion = town.open()
    first = town.vote(motion, "m1", "yes")
    town.clock.advance(2 * 86400)
    second = town.vote(motion, "m2", "no")
    town.close(motion)
    then = Page(each_site.page(f"/procedures/{motion}?at=2026-03-03T10:00")).text
    assert "As it stood on 3 Mar 2026, 10:00:00 CET, after entry" in " ".join(then.split())
    assert "1 of 5 members have a vote that counts" in then
    assert "voted: no" not in then
    page = each_site.page(f"/procedures/{motion}?at={second.seq}")
    assert f'rel="prev" href="/procedures/{motion}?at={first.seq}"' in page
    assert f'rel="next" href="/procedures/{motion}?at={second.seq + 1}"' in page
    last = Page(each_site.page(f"/procedures/{motion}?at={second.seq + 1}")).text
    assert "Nothing has happened since." in last
    now = each_site.page(f"/procedures/{motion}")
    assert f'<a href="/procedures/{motion}?at={first.seq}">' in now
    assert "As it stood" not in now


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-03-29T02:30", 422),
        ("2025-10-26T02:30", 422),
        ("tuesday", 422),
        ("2100-01-01T10:00", 404),
        ("0", 404),
    ],
)
def test_a_time_that_is_none_is_refused_on_a_page(site: Site, at: str, status: int) -> None:
    """Left out or twice there when the clocks change, no time, in the future, or before the opening."""
    motion = site.town.open()
    site.service.follower.catch_up()
    answer = site.http.get(f"/procedures/{motion}?at={at}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (status, "text/html")


def test_the_page_shows_everybody_who_takes_part(site: Site) -> None:
    """Who has not voted yet, who is represented, who voted through somebody else."""
    profile = {**complete("nkomvg-182-1"), "proxy": {"max": 1}, "result_visibility": "live"}
    motion = site.town.open(profile=profile, closes_at=site.town.clock.later(3600))
    site.town.put("proxy-given", "m1", procedure=motion, member="m1", proxy="m2")
    voted: dict[str, Any] = {"member": "m1", "choices": {"1": "yes"}, "provenance": {"kind": "proxy"}}
    site.town.put("vote-cast", "m2", procedure=motion, **voted)
    text = " ".join(Page(site.page(f"/procedures/{motion}")).text.split())
    assert "represented by m2" in text
    assert "Votes that count: 1 by proxy." in text
    assert text.count("not yet") == 4
