"""Does a member see what concerns it, the public what was published, and nobody a choice too early?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.test_public_items import publish
from tests.support.builders import CHAIR, CLERK, item
from tests.support.guarded import Guarded
from tests.web.site import problem


def titles(guarded: Guarded, who: str | None) -> list[str]:
    """Ids of the procedures that are listed for a caller."""
    found = guarded.get("/procedures", who)
    assert found.status_code == 200
    return [one["id"] for one in found.get_json()["data"]]


def read(guarded: Guarded, motion: str, who: str | None, what: str = "") -> Any:
    """One read of a procedure."""
    return guarded.get(f"/procedures/{motion}{what}", who)


@pytest.fixture
def elsewhere(guarded: Guarded) -> str:
    """A procedure of a committee in which m3 has a seat and m4 may take it; m1 has none."""
    town = guarded.town
    town.put("body-registered", "registrar", body="committee")
    seat = {"member": "m3", "weight": 1, "group": None, "substitutes": ["m4"]}
    town.put("seats-changed", "registrar", body="committee", granted=[seat], ended=[])
    return town.open("elsewhere", body="committee")


@pytest.mark.parametrize(
    "what", ["", "/tally", "/history", "/texts", "/report.json", "/report.csv", "/report.html"]
)
def test_a_member_sees_the_procedures_in_which_it_has_a_seat(
    guarded: Guarded, elsewhere: str, what: str
) -> None:
    """Others are as if they did not exist: not even that there is one is told."""
    here = guarded.town.open()
    assert titles(guarded, "member") == [here]
    assert read(guarded, here, "member", what).status_code == 200
    problem(read(guarded, elsewhere, "member", what), 404, "not-found")
    assert guarded.call("GET", f"/procedures/{elsewhere}", "member").status_code == 404
    assert elsewhere not in guarded.call("GET", "/", "member").get_data(as_text=True)


@pytest.mark.parametrize("who", ["member", None])
def test_where_a_list_goes_on_tells_nothing_of_what_is_hidden(
    guarded: Guarded, elsewhere: str, who: str | None
) -> None:
    """A cursor is the number of an entry: behind a hidden one it would say that there is one, and which."""
    guarded.allow_the_public()
    hidden = [elsewhere, *(guarded.town.open(f"elsewhere {n}", body="committee") for n in range(3))]
    here = [guarded.town.open(f"here {number}") for number in range(2)] if who else []
    found: list[str] = []
    for query in ("limit=1", "limit=1&state=opened", "limit=1&member=m3", "limit=1&body=committee"):
        page = guarded.get(f"/procedures?{query}", who).get_json()
        listed = [one["id"] for one in page["data"]]
        assert not set(listed) & set(hidden)
        assert (page["pagination"]["next"] is None) is ("body" in query or not here), page
        found += listed
    assert found == [here[0]] * 3 if here else not found
    following = guarded.get("/procedures?limit=1", who).get_json()["links"]["next"]
    if following:
        last = guarded.call("GET", following, who).get_json()
        assert ([one["id"] for one in last["data"]], last["pagination"]["next"]) == (here[1:], None)


@pytest.mark.parametrize("person", ["m3", "m4"])
def test_so_do_those_who_may_be_called_upon(guarded: Guarded, elsewhere: str, person: str) -> None:
    """A substitute reads what it is about before it is needed."""
    assert read(guarded, elsewhere, guarded.token("member", subject=person)).status_code == 200


def test_so_does_the_chair_without_a_seat(guarded: Guarded) -> None:
    """Named at the opening."""
    motion = guarded.town.open(chair=CHAIR)
    assert read(guarded, motion, guarded.token("member", subject=CHAIR)).status_code == 200


@pytest.mark.parametrize("who", ["auditor", "chair", "clerk", "portal", "registrar"])
def test_an_office_sees_all_of_them(guarded: Guarded, elsewhere: str, who: str) -> None:
    """Their work is not about one seat."""
    assert elsewhere in titles(guarded, who)
    assert read(guarded, elsewhere, who, "/history").status_code == 200


def test_a_member_with_an_office_sees_all_of_them(guarded: Guarded, elsewhere: str) -> None:
    """What counts is the whole credential."""
    assert elsewhere in titles(guarded, guarded.token("member", "chair", subject="m1"))


@pytest.mark.parametrize("who", ["member", "auditor", "clerk", "portal"])
def test_nobody_sees_a_choice_before_the_closing(guarded: Guarded, who: str) -> None:
    """No role is a way around `result_visibility`: not the clerk's, not the auditor's."""
    motion = guarded.town.open("hidden", closes_in=3600)
    guarded.town.vote(motion, "m2", "yes")
    assert read(guarded, motion, who, "/tally").get_json()["withheld"] is True
    rows = read(guarded, motion, who, "/history").get_json()["data"]
    [vote] = [row for row in rows if row["kind"] == "vote-cast"]
    assert (vote["payload"]["choices"], vote["statement"]) == (None, None)


def public_sees(guarded: Guarded, motion: str) -> bool:
    """Whether the public sees a procedure, in every place where it could."""
    listed = titles(guarded, None) == [motion]
    found = [read(guarded, motion, None, what).status_code == 200 for what in ("", "/tally")]
    on_page = motion in guarded.call("GET", "/", None).get_data(as_text=True)
    assert {listed, *found} == {on_page}
    problem(read(guarded, motion, None, "/history"), 401, "credential-missing")
    return listed


def test_the_public_sees_what_was_published(guarded: Guarded) -> None:
    """Step by step: nothing before the publication; and after it an annulment is as public as the result."""
    guarded.allow_the_public()
    town = guarded.town
    motion = town.open(items=[item("1", public=True)])
    town.vote(motion, "m1", "yes")
    seen = [public_sees(guarded, motion)]
    town.close(motion)
    for kind, more in (
        ("result-determined", {}),
        ("result-announced", {"to": "members"}),
        ("result-published", {}),
        ("result-annulled", {"repeated_as": None}),
    ):
        seen.append(public_sees(guarded, motion))
        town.put(kind, CLERK, procedure=motion, **more)
    seen.append(public_sees(guarded, motion))
    assert seen == [False, False, False, False, True, True]


def test_an_annulled_result_that_nobody_published_stays_inside(guarded: Guarded) -> None:
    """The state alone does not say whether the public was told."""
    guarded.allow_the_public()
    motion = guarded.town.open()
    guarded.town.close(motion)
    guarded.town.put("result-annulled", CLERK, procedure=motion, repeated_as=None)
    assert titles(guarded, None) == []


def test_entries_of_the_log_are_kept_by_no_cache_for_others(guarded: Guarded) -> None:
    """Hashes may lie in any cache; entries name members and what they chose."""
    guarded.site.service.publication.settle()
    size = guarded.site.service.publication.published.size()
    hashes = guarded.get(f"/log/tile/0/000.p/{size}", None)
    entries = guarded.get(f"/log/tile/entries/000.p/{size}", "auditor")
    assert hashes.headers["Cache-Control"].startswith("public")
    assert entries.headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize("what", ["/tally", "/result"])
def test_the_public_is_told_no_assumption_about_a_single_vote(guarded: Guarded, what: str) -> None:
    """Without one vote of a weight it would be otherwise: whoever knows the weights knows whose it is."""
    guarded.allow_the_public()
    motion = guarded.town.open(items=[item("1", public=True)], closes_in=60)
    for member in ("m1", "m2", "m3"):
        guarded.town.vote(motion, member, "no" if member == "m3" else "yes")
    guarded.town.clock.advance(60)
    publish(guarded, motion)
    (inside,) = read(guarded, motion, "auditor", what).get_json()["items"]
    (told,) = read(guarded, motion, None, what).get_json()["items"]
    assert (told["counts"], told["derivation"]) == (inside["counts"], inside["derivation"])
    assert (bool(inside["relevance"]), told["relevance"]) == (True, [])
    entry = guarded.site.service.ledger.head()
    assert read(guarded, motion, None, f"{what}?at={entry}").get_json()["items"][0]["relevance"] == []
