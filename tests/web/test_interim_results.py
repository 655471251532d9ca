"""Does anything tell how a procedure stands before it may be told?"""

from __future__ import annotations

import json

import pytest

from ledger.domain.profiles import complete
from tests.web.site import Site, problem


@pytest.fixture
def motion(site: Site) -> str:
    """A procedure with a deadline whose result is withheld until the closing; m1 and m2 have voted."""
    motion = site.town.open(closes_in=3600)
    site.town.vote(motion, "m1", "yes")
    site.town.vote(motion, "m2", "no")
    return motion


def read_everything(site: Site, motion: str) -> dict[str, str]:
    """Every answer that could give it away."""
    view = site.get(f"/procedures/{motion}").get_json()
    moments = (view["opened_seq"] + 1, view["opened_seq"] + 2, site.town.clock())
    paths = [
        "/procedures",
        f"/procedures/{motion}",
        f"/procedures/{motion}/tally",
        f"/procedures/{motion}/history",
        f"/procedures/{motion}/history?at={moments[0]}",
        "/events",
        "/members/m1/open",
        "/members/m3/open",
        "/audit/entries",
        *(
            f"/procedures/{motion}{read}?at={moment}"
            for read in ("", "/tally", "/result", "/votes", "/participation")
            for moment in moments
        ),
        *(f"/procedures/{motion}/{read}" for read in ("result", "votes", "participation")),
    ]
    answers = {path: site.get(path).get_data(as_text=True) for path in paths}
    return answers | {page: site.page(page) for page in ("/", f"/procedures/{motion}")}


def test_no_answer_tells_a_choice_or_a_count(site: Site, motion: str) -> None:
    """One early look would be enough to sway the others."""
    for path, text in read_everything(site, motion).items():
        if "/votes" in path:
            assert {one["choices"] for one in json.loads(text)["data"]} == {None}
        if "/tally" in path or "/result" in path:
            shown = json.loads(text)
            assert shown["withheld"] is True
            assert [one["counts"] for one in shown["items"]] == [None]
            assert [one["outcome"] for one in shown["items"]] == [None]
            assert [one["derivation"] for one in shown["items"]] == [None]
        assert '{"1":"yes"}' not in text, path
        assert '{"1":"no"}' not in text, path
        assert "adopted</b>" not in text, path
        assert "voted: yes" not in text, path


def test_participation_is_shown(site: Site, motion: str) -> None:
    """Who has voted is no secret: the clerk reminds the others."""
    shown = site.get(f"/procedures/{motion}/tally").get_json()
    assert (shown["voted"], shown["members"]) == (2, 5)
    page = site.page(f"/procedures/{motion}")
    assert "<b>2</b> of <b>5</b>" in page
    assert page.count('role="rowheader">m1</th>') == 1


def test_the_history_withholds_the_way_to_the_receipt(site: Site, motion: str) -> None:
    """A receipt holds the vote; only who has the envelope can compute its digest."""
    rows = site.get(f"/procedures/{motion}/history").get_json()["data"]
    votes = [row for row in rows if row["kind"] == "vote-cast"]
    assert [(row["statement"], row["payload"]["choices"]) for row in votes] == [(None, None)] * 2
    assert all(row["leaf"] for row in votes)


def test_preparing_the_closing_does_not_tell_the_tally_before_the_deadline(site: Site, motion: str) -> None:
    """The closing statement contains the tally."""
    problem(site.prepare("procedure-closed", actor="service", procedure=motion), 409, "not-due")
    site.town.clock.advance(3600)
    assert site.prepare("procedure-closed", actor="service", procedure=motion).status_code == 200


def test_preparing_the_closing_does_not_tell_the_tally_where_the_chair_ends_the_vote(site: Site) -> None:
    """Otherwise anybody could look at any time; such a closing is prepared beside the store."""
    motion = site.town.open(profile={**complete("simple-majority"), "result_visibility": "after_closing"})
    problem(site.prepare("procedure-closed", actor="chair", procedure=motion), 403, "not-allowed")


def test_preparing_the_closing_does_not_tell_the_tally_while_the_deadline_may_be_extended(site: Site) -> None:
    """Otherwise a clerk could look, and have others vote where the result does not please."""
    motion = site.town.open(closes_in=3600, profile=complete("vwvfg-90"), chair="m1")
    site.town.clock.advance(3600)
    for actor in ("service", "clerk"):
        found = problem(site.prepare("procedure-closed", actor=actor, procedure=motion), 409, "not-due")
        assert "may still be extended" in found["detail"]
    assert "the service closes at" in site.page(f"/procedures/{motion}")
    site.town.clock.advance(4 * 86400)
    assert site.prepare("procedure-closed", actor="service", procedure=motion).status_code == 200


FINAL = {"early_close": "all_voted", "change": "never", "withdraw": False, "objection": None}


def early(site: Site, **settings: object) -> str:
    """A procedure that may be closed once all have voted; four of five have."""
    motion = site.town.open(closes_in=3600, profile={**complete("nkomvg-66"), **FINAL, **settings})
    for member in ("m1", "m2", "m3", "m4"):
        site.town.vote(motion, member, "yes")
    return motion


def test_an_early_closing_is_prepared_once_every_vote_is_in_and_final(site: Site) -> None:
    """Nobody can use what the tally tells any more; who is missing is no secret."""
    motion, wanted = early(site), {"actor": "clerk", "reason": "all-voted"}
    refused = problem(site.prepare("procedure-closed", procedure=motion, **wanted), 409, "not-due")
    assert "m5 has not voted" in refused["detail"]
    site.town.vote(motion, "m5", "no")
    assert site.prepare("procedure-closed", procedure=motion, **wanted).status_code == 200
    problem(site.prepare("procedure-closed", procedure=motion, actor="clerk"), 409, "not-due")
    closing = site.town.statement("procedure-closed", "clerk", procedure=motion, reason="all-voted")
    assert site.post(closing).status_code == 201


def test_an_early_closing_is_not_prepared_while_votes_may_be_changed(site: Site) -> None:
    """Who prepares it could look, close nothing, and have somebody vote again."""
    motion = early(site, change="until_deadline")
    site.town.vote(motion, "m5", "no")
    wanted = {"actor": "clerk", "procedure": motion, "reason": "all-voted"}
    problem(site.prepare("procedure-closed", **wanted), 409, "not-due")


def test_a_certain_result_is_prepared_only_when_it_is_certain(site: Site) -> None:
    """Three of five yes: from then on nothing changes it, and no vote may be changed."""
    settings = {"early_close": "unlosable", "majority": {"n": 1, "d": 2, "strict": True, "base": "members"}}
    motion = site.town.open(closes_in=3600, profile={**complete("nkomvg-66"), **FINAL, **settings})
    wanted = {"actor": "clerk", "procedure": motion, "reason": "unlosable"}
    for member in ("m1", "m2"):
        site.town.vote(motion, member, "yes")
    problem(site.prepare("procedure-closed", **wanted), 409, "not-due")
    site.town.vote(motion, "m3", "yes")
    assert site.prepare("procedure-closed", **wanted).status_code == 200


def test_preparing_the_determination_does_not_tell_the_tally_before_the_closing(
    site: Site, motion: str
) -> None:
    """It contains tally and outcome: before the closing nobody gets it, also after the deadline."""
    for _ in range(2):
        problem(site.prepare("result-determined", actor="clerk", procedure=motion), 409, "not-closed")
        site.town.clock.advance(3600)
    site.town.close(motion, "service")
    assert site.prepare("result-determined", actor="clerk", procedure=motion).status_code == 200


def test_a_deadline_that_has_passed_is_not_yet_a_closing(site: Site, motion: str) -> None:
    """The result is told when it is sealed, not earlier."""
    site.town.clock.advance(3600)
    assert site.get(f"/procedures/{motion}/tally").get_json()["withheld"] is True


def test_after_the_closing_everything_is_told(site: Site, motion: str) -> None:
    """Also how it stood in between."""
    site.town.clock.advance(3600)
    seq = site.town.close(motion, "service").seq
    shown = site.get(f"/procedures/{motion}/tally").get_json()
    assert (shown["withheld"], shown["items"][0]["counts"]["yes"]) == (False, 1)
    early = site.get(f"/procedures/{motion}/tally", at=seq - 2).get_json()
    assert early["items"][0]["counts"] == {"yes": 1, "no": 0, "abstain": 0}
    rows = site.get(f"/procedures/{motion}/history").get_json()["data"]
    assert [row["payload"]["choices"] for row in rows if row["kind"] == "vote-cast"] == [
        {"1": "yes"},
        {"1": "no"},
    ]
    assert "voted: yes" in site.page(f"/procedures/{motion}")


def test_a_profile_with_live_results_withholds_nothing(site: Site) -> None:
    """The rule decides, not the service."""
    motion = site.town.open()
    site.town.vote(motion, "m1", "yes")
    assert site.get(f"/procedures/{motion}/tally").get_json()["items"][0]["counts"]["yes"] == 1
    assert '"choices":{"1":"yes"}' in site.get("/events").get_data(as_text=True)


def test_the_feed_withholds_for_each_procedure_by_itself(site: Site, motion: str) -> None:
    """Two procedures in one answer."""
    other = site.town.open("other")
    site.town.vote(other, "m3", "yes")
    rows = site.get("/events").get_json()["data"]
    choices = {row["stream"]: row["payload"]["choices"] for row in rows if row["kind"] == "vote-cast"}
    assert choices == {motion: None, other: {"1": "yes"}}
