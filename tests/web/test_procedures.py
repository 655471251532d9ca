"""Do the reads show what happened, page by page, as of any time, and only when something changed?"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from api.context import Settings
from ledger.domain.profiles import complete
from tests.support.builders import document, item
from tests.support.followers import PATIENCE
from tests.support.places import Place
from tests.web.site import Site, disclosure_of, problem


def ids(answer: dict[str, Any]) -> list[str]:
    """The ids on a page."""
    return [one["id"] for one in answer["data"]]


def test_procedures_come_page_by_page_in_the_order_of_opening(each_site: Site) -> None:
    """Following `next` shows each of them once."""
    opened = [each_site.town.open(f"motion {number}") for number in range(5)]
    seen: list[str] = []
    after: dict[str, Any] = {}
    while True:
        page = each_site.get("/procedures", limit=2, **after).get_json()
        seen += ids(page)
        if page["pagination"]["next"] is None:
            break
        after = {"after": page["pagination"]["next"]}
    assert seen == opened


def test_a_full_last_page_has_no_next(site: Site) -> None:
    """Nobody has to ask for an empty page."""
    site.town.open("one"), site.town.open("two")
    assert site.get("/procedures", limit=2).get_json()["pagination"] == {"next": None}


def test_procedures_are_found_by_state_and_body(site: Site) -> None:
    """A portal shows one committee's open procedures."""
    site.town.put("body-registered", "clerk", body="committee")
    site.town.seat(["m1"], body="committee")
    first, second = site.town.open("first"), site.town.open("second", body="committee")
    site.town.close(first)
    assert ids(site.get("/procedures", state="closed").get_json()) == [first]
    assert ids(site.get("/procedures", state="opened").get_json()) == [second]
    assert ids(site.get("/procedures", body="committee").get_json()) == [second]
    assert ids(site.get("/procedures", body="nothing").get_json()) == []


def test_a_procedure_shows_its_whole_ballot_paper(each_site: Site) -> None:
    """Everything that a voter decides on, with the texts as far as they are disclosed."""
    label = each_site.disclosed("option", "Ursel Kroll")
    wording = each_site.disclosed("wording", "Wer wird Vorsitzende?")
    profile = {**complete("majority-for-person"), "documents": "keep"}
    items = [{**item("1", "o1", "o2", "abstain"), "wording": wording, "labels": {"o1": label}}]
    name = each_site.disclosed("body", "Rat der Stadt")
    each_site.town.put("body-registered", "clerk", body="rat", name=name)
    each_site.town.seat(["m1", "m2"], body="rat")
    paper = document("the candidates")
    motion = each_site.town.open(
        items=items,
        profile=profile,
        documents=[paper],
        body="rat",
        title=each_site.disclosed("title", "Wahl"),
    )
    each_site.town.attach(motion, "a late candidate")
    shown = each_site.get(f"/procedures/{motion}").get_json()
    assert (shown["title"], shown["body_name"], shown["members"], shown["voted"]) == (
        "Wahl",
        "Rat der Stadt",
        2,
        0,
    )
    assert shown["items"][0]["wording"] == "Wer wird Vorsitzende?"
    assert [(one["id"], one["label"]) for one in shown["items"][0]["options"]] == [
        ("o1", "Ursel Kroll"), ("o2", None), ("abstain", None)
    ]  # fmt: skip
    assert [(one["sha256"], one["attached"], one["stored"]) for one in shown["documents"]] == [
        (paper["sha256"], False, False), (document("a late candidate")["sha256"], True, False)
    ]  # fmt: skip
    assert shown["profile"] == profile
    assert shown["opening"]["procedure"] == motion
    assert shown["ballot"] != shown["opening"]["ballot"]


def test_the_tally_shows_counts_outcome_and_how_it_follows(each_site: Site) -> None:
    """The same as the domain says: nothing is counted a second time here."""
    motion = each_site.town.open()
    for member, choice in (("m1", "yes"), ("m2", "yes"), ("m3", "no")):
        each_site.town.vote(motion, member, choice)
    shown = each_site.get(f"/procedures/{motion}/tally").get_json()
    [counted] = shown["items"]
    assert (shown["voted"], shown["members"], shown["withheld"]) == (3, 5, False)
    assert (counted["counts"], counted["outcome"]) == ({"yes": 2, "no": 1, "abstain": 0}, "adopted")
    assert [step["code"] for step in counted["derivation"]] == ["counts", "majority"]
    majority = counted["derivation"][1]
    assert majority["numbers"] == {"votes": 2, "n": 1, "d": 2, "base": 3, "required": 2}
    assert (majority["setting"], majority["text"]["de"][-8:]) == ("majority", "erreicht")
    assert counted["valid"] is True
    assert [(one["code"], one["survives"]) for one in counted["relevance"]] == [
        ("without-vote", False),
        ("without-vote", True),
    ]


def test_the_tally_can_be_seen_as_of_any_entry_or_time(each_site: Site) -> None:
    """How it looked on Tuesday at ten."""
    motion = each_site.town.open()
    moments = []
    for member, choice in (("m1", "no"), ("m2", "yes"), ("m3", "yes")):
        receipt = each_site.town.vote(motion, member, choice)
        moments.append((receipt.seq, receipt.at))
    each_site.town.close(motion)
    for number, (seq, at) in enumerate(moments, 1):
        for moment in (seq, at, at.replace("Z", "+00:00")):
            shown = each_site.get(f"/procedures/{motion}/tally", at=moment).get_json()
            assert (shown["at"], shown["voted"], shown["state"]) == (seq, number, "opened")
            assert sum(shown["items"][0]["counts"].values()) == number
    now = each_site.get(f"/procedures/{motion}/tally").get_json()
    later = each_site.get(f"/procedures/{motion}/tally", at=each_site.town.clock()).get_json()
    assert now["state"] == later["state"] == "closed"
    assert now["items"] == later["items"]


@pytest.mark.parametrize("at", ["0", "1999-01-01T00:00:00Z"])
def test_before_its_opening_a_procedure_is_not_there(site: Site, at: str) -> None:
    """It had no tally then."""
    problem(site.get(f"/procedures/{site.town.open()}/tally", at=at), 404, "not-found")


@pytest.mark.parametrize(
    "at",
    [
        *("x", "", "-1", "2026-01-01", "2026-01-01T00:00:00", "2026-02-30T00:00:00Z"),
        *("2026-01-01T00:00:00 01:00", "0001-01-01T00:00:00+14:00", "9" * 17),
    ],
)
def test_a_moment_that_cannot_be_read_is_refused(site: Site, at: str) -> None:
    """A time without its offset could mean two times."""
    motion = site.town.open()
    found = problem(site.get(f"/procedures/{motion}/tally", at=at), 422, "unprocessable")
    assert [error["parameter"] for error in found["errors"]] == ["at"]


def test_the_history_shows_every_entry_in_order(each_site: Site) -> None:
    """Who did what, and the handle by which its receipt is fetched."""
    name = each_site.disclosed("person", "Ida Mohr")
    registered: dict[str, Any] = {
        "subject": "m9",
        "roles": ["member"],
        "key": each_site.town.public("m9"),
        "name": name,
    }
    each_site.town.put("key-registered", "registrar", **registered)
    each_site.town.seat(["m9"])
    motion = each_site.town.open()
    first = each_site.town.vote(motion, "m9", "yes")
    each_site.town.vote(motion, "m1", "no")
    each_site.town.withdraw(motion, "m1")
    rows = each_site.get(f"/procedures/{motion}/history").get_json()["data"]
    assert [row["kind"] for row in rows] == ["procedure-opened", "vote-cast", "vote-cast", "vote-withdrawn"]
    assert [row["pos"] for row in rows] == [1, 2, 3, 4]
    assert (rows[1]["actor_name"], rows[2]["actor_name"]) == ("Ida Mohr", None)
    assert rows[1]["payload"]["choices"] == {"1": "yes"}
    assert rows[1]["leaf"] == first.leaf
    receipt = each_site.http.get(f"{each_site.api}/receipts/{rows[1]['statement']}")
    assert receipt.get_json()["seq"] == first.seq


def test_the_history_comes_page_by_page_and_up_to_a_moment(site: Site) -> None:
    """A long one need not be read at once."""
    motion = site.town.open()
    seqs = [site.town.vote(motion, f"m{number}").seq for number in range(1, 6)]
    page = site.get(f"/procedures/{motion}/history", limit=3).get_json()
    assert page["pagination"]["next"] == seqs[1]
    rest = site.get(f"/procedures/{motion}/history", after=seqs[1]).get_json()
    assert [row["seq"] for row in rest["data"]] == seqs[2:]
    assert rest["pagination"]["next"] is None
    early = site.get(f"/procedures/{motion}/history", at=seqs[0]).get_json()
    assert [row["seq"] for row in early["data"]] == [seqs[0] - 1, seqs[0]]


READS = ["/procedures", "/procedures/{id}", "/procedures/{id}/tally", "/procedures/{id}/history",
         "/procedures/{id}/tally?at={seq}", "/procedures/{id}/history?at={seq}"]  # fmt: skip


@pytest.mark.parametrize("read", READS)
def test_what_has_not_changed_is_answered_with_304(site: Site, read: str) -> None:
    """Polling costs next to nothing; the ETag is repeated (RFC 9110 §15.4.5)."""
    motion = site.town.open()
    path = read.format(id=motion, seq=site.town.vote(motion, "m1").seq)
    first = site.get(path)
    etag = first.headers["ETag"]
    again = site.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", etag)
    assert not etag.startswith("W/")
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("read", READS[:4])
def test_what_has_changed_is_answered_anew(site: Site, read: str) -> None:
    """A vote changes every view of its procedure."""
    motion = site.town.open()
    path = read.format(id=motion)
    etag = site.get(path).headers["ETag"]
    site.town.vote(motion, "m1")
    again = site.get(path, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert again.headers["ETag"] != etag


def test_a_text_that_arrives_later_changes_the_etag(site: Site) -> None:
    """Texts come and go without an entry: a cache must not keep the older answer."""
    title = disclosure_of("title", "a roof")
    motion = site.town.open(title=title.digest)
    etag = site.get(f"/procedures/{motion}").headers["ETag"]
    site.service.ledger.disclose([title.encoded])
    again = site.get(f"/procedures/{motion}", headers={"If-None-Match": etag})
    assert (again.status_code, again.get_json()["title"]) == (200, "a roof")


def test_the_etag_is_the_procedure_and_its_version(site: Site) -> None:
    """One look tells how new an answer is."""
    motion = site.town.open()
    seq = site.town.vote(motion, "m1").seq
    assert site.get(f"/procedures/{motion}/tally").headers["ETag"] == f'"{motion}.{seq}"'


def test_a_read_waits_for_ones_own_write(sqlite_place: Place) -> None:
    """With the views being followed, as they are in a running service."""
    with closing(Site(sqlite_place, Settings(patience=PATIENCE))) as site:
        site.service.follow()
        motion = site.town.open()
        seq = site.town.vote(motion, "m1").seq
        answer = site.http.get(f"{site.api}/procedures/{motion}/tally?wait_for={seq}")
        assert answer.get_json()["voted"] == 1


def test_a_read_does_not_wait_for_ever(site: Site) -> None:
    """The views stand still here: the caller is told to come back."""
    motion = site.town.open()
    seq = site.town.vote(motion, "m1").seq
    response = site.http.get(f"{site.api}/procedures/{motion}/tally?wait_for={seq}")
    found = problem(response, 503, "view-behind")
    assert response.headers["Retry-After"] == "1"
    assert str(seq) in found["detail"]


def test_only_so_many_look_into_the_past_at_a_time(sqlite_place: Place) -> None:
    """Replaying costs as much as there are votes; the threads are there for new ones."""
    site = Site(sqlite_place, Settings(replays=1, patience=0.2))
    try:
        motion = site.town.open()
        seq = site.town.vote(motion, "m1").seq
        site.town.vote(motion, "m2")
        with site.app.extensions["stimmbuch"].only().replay():
            response = site.get(f"/procedures/{motion}/tally", at=seq)
            problem(response, 503, "busy")
            assert response.headers["Retry-After"] == "2"
            assert site.get(f"/procedures/{motion}/tally").status_code == 200
        assert site.get(f"/procedures/{motion}/tally", at=seq).status_code == 200
    finally:
        site.close()


def test_an_annulled_procedure_says_by_which_it_was_replaced(site: Site) -> None:
    """The counts stand, the outcome is void."""
    first, second = site.town.open("first"), site.town.open("second")
    site.town.vote(first, "m1", "yes")
    site.town.close(first)
    site.town.annul(first, repeated_as=second)
    assert site.get(f"/procedures/{first}").get_json()["replaced_by"] == second
    [counted] = site.get(f"/procedures/{first}/tally").get_json()["items"]
    assert (counted["counts"]["yes"], counted["outcome"]) == (1, "void")
