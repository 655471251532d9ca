"""Does the public, once a result is published, learn of the public items, and of nothing else?"""

from __future__ import annotations

import hashlib
import io
from uuid import UUID

import pytest

from api.access.roles import ROLES
from tests.support.builders import CLERK, document, item
from tests.support.guarded import Guarded
from tests.web.site import problem

OPEN, HIDDEN = "Der Radweg wird gebaut.", "Frau N. wird entlassen."
TITLE, GROUND, CONDITION = "Radweg und Personal", "Die Entlassung war falsch gezählt.", "Sofern sie zustimmt."
PAPERS = {"the way": "1", "her file": "2", "both": None}
SECRETS = (HIDDEN, TITLE, GROUND, CONDITION, "entlassung")
READS = ("", "/tally", "/result")


def publish(guarded: Guarded, motion: str) -> str:
    """Closes a procedure and tells everybody what was decided."""
    town = guarded.town
    town.close(motion)
    town.put("result-determined", CLERK, procedure=motion)
    town.put("result-announced", CLERK, procedure=motion, to="members")
    town.put("result-published", CLERK, procedure=motion)
    return motion


@pytest.fixture
def mixed(guarded: Guarded) -> str:
    """A published result on a public item and on another one, with everything that may be said of both."""
    guarded.allow_the_public()
    site, town = guarded.site, guarded.town
    for content in PAPERS:
        data = content.encode()
        site.service.ledger.put_document(hashlib.sha256(data).hexdigest(), io.BytesIO(data), limit=100)
    hidden = {
        **item("2"),
        "wording": site.disclosed("wording", HIDDEN),
        "condition": site.disclosed("condition", CONDITION),
    }
    motion = town.open(
        title=site.disclosed("title", TITLE),
        items=[{**item("1", public=True), "wording": site.disclosed("wording", OPEN)}, hidden],
        documents=[document(content, about=about) for content, about in PAPERS.items()],
        subject={"simple": False, "urgent": False, "topics": ["entlassung"]},
    )
    for member, second in (("m1", "yes"), ("m2", "yes"), ("m3", "no")):
        town.vote(motion, member, {"1": "yes", "2": second})
    publish(guarded, motion)
    town.put("condition-met", CLERK, procedure=motion, items=["2"])
    ground = site.disclosed("ground", GROUND)
    town.put("result-objected", CLERK, procedure=motion, ground=ground)
    return motion


def everything_told(guarded: Guarded, motion: str) -> str:
    """All that the public is told anywhere, as text."""
    answers = [guarded.get(f"/procedures/{motion}{read}", None) for read in READS]
    answers += [guarded.get("/procedures", None), guarded.call("GET", "/", None)]
    kinds = ("meeting", "agenda-item", "paper", "consultation", "file", "organization")
    answers += [guarded.get(f"/oparl/{kind}", None) for kind in kinds]
    assert [one.status_code for one in answers] == [200] * len(answers)
    return "".join(one.get_data(as_text=True) for one in answers)


def test_the_public_is_told_the_public_items_and_nothing_of_the_others(guarded: Guarded, mixed: str) -> None:
    """Not a wording, a title over both, a ground, a document's digest or a topic."""
    told = everything_told(guarded, mixed)
    assert OPEN in told
    assert [one for one in SECRETS if one in told] == []
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in PAPERS}
    assert [name for name, digest in digests.items() if digest in told] == ["the way"]
    opening = guarded.town.ledger.procedure(UUID(mixed)).opening
    signed = [opening["title"], opening["items"][1]["wording"], opening["items"][1]["condition"]]
    assert [one for one in signed if one in told] == []


def test_numbers_of_other_items_are_in_no_statement_that_leads_on(guarded: Guarded, mixed: str) -> None:
    """A closing holds the tally of every item, and its receipt the whole closing: neither is handed out."""
    found = guarded.get(f"/procedures/{mixed}/result", None).get_json()
    assert [one["item"] for one in found["items"]] == ["1"]
    steps = {one["kind"]: one for one in found["steps"]}
    assert steps["procedure-closed"]["payload"]["tally"] == {"1": {"yes": 3, "no": 0, "abstain": 0}}
    assert steps["result-determined"]["payload"]["outcome"] == {"1": "adopted"}
    assert "condition-met" not in steps
    assert {one["statement"] for one in found["steps"]} == {None}
    assert [one for one in found["steps"] if {"nonce", "derivation", "seal"} & one["payload"].keys()] == []
    digests = [row.statement.hex() for row in guarded.town.ledger.store.recorder.read(-1, 100)]
    assert [one for one in digests if one in everything_told(guarded, mixed)] == []


@pytest.mark.parametrize("who", ["auditor", "clerk", "member"])
def test_those_who_decide_and_those_who_audit_see_all_of_it(guarded: Guarded, mixed: str, who: str) -> None:
    """The members of the body sit in the private part of the meeting, too."""
    shown = guarded.get(f"/procedures/{mixed}", who).get_json()
    assert [(one["wording"], one["public"]) for one in shown["items"]] == [(OPEN, True), (HIDDEN, False)]
    assert (shown["title"], len(shown["documents"])) == (TITLE, 3)
    tally = guarded.get(f"/procedures/{mixed}/tally", who).get_json()
    assert [one["item"] for one in tally["items"]] == ["1", "2"]
    steps = guarded.get(f"/procedures/{mixed}/result", who).get_json()["steps"]
    assert GROUND in [one["text"] for one in steps]
    page = guarded.call("GET", f"/procedures/{mixed}", who).get_data(as_text=True)
    assert f"{OPEN}<br>" in page
    assert f"{HIDDEN} (not public)<br>" in page


def test_what_the_public_was_sent_is_never_taken_for_the_whole(guarded: Guarded, mixed: str) -> None:
    """A cache that asks with the public's ETag gets the answer of whoever asks."""
    for read in (*READS, "/tally?at=" + str(guarded.town.ledger.head())):
        path = f"/procedures/{mixed}{read}"
        part = guarded.get(path, None)
        held = {"If-None-Match": part.headers["ETag"]}
        again, whole = (guarded.get(path, who, headers=held) for who in (None, "auditor"))
        assert (again.status_code, whole.status_code) == (304, 200), read
        assert len(whole.get_data()) > len(part.get_data())


@pytest.mark.parametrize("said", [None, False])
def test_without_a_public_item_there_is_nothing_to_see(guarded: Guarded, said: bool | None) -> None:
    """Not even that something was decided; what does not say that it is public is not."""
    guarded.allow_the_public()
    motion = guarded.town.open(items=[item("1", public=said)])
    guarded.town.vote(motion, "m1", "yes")
    publish(guarded, motion)
    for read in READS:
        problem(guarded.get(f"/procedures/{motion}{read}", None), 404, "not-found")
        assert guarded.get(f"/procedures/{motion}{read}", "member").status_code == 200
    told = [guarded.get(path, None) for path in ("/procedures", "/oparl/meeting", "/oparl/organization")]
    assert [one.get_json()["data"] for one in told] == [[], [], []]
    assert motion not in guarded.call("GET", "/", None).get_data(as_text=True)


def test_where_all_items_are_public_all_of_it_is(guarded: Guarded) -> None:
    """The ballot paper can be computed again by anybody: nothing in it is missing."""
    guarded.allow_the_public()
    site = guarded.site
    title = site.disclosed("title", TITLE)
    motion = publish(guarded, guarded.town.open(title=title, items=[item("1", public=True)]))
    public, whole = (guarded.get(f"/procedures/{motion}", who).get_json() for who in (None, "auditor"))
    assert public == whole


def test_agenda_items_are_counted_without_a_gap(guarded: Guarded) -> None:
    """OParl numbers the items that there are: a gap would tell that there was another one."""
    guarded.allow_the_public()
    items = [item(name, public=name != "2") for name in ("1", "2", "3")]
    publish(guarded, guarded.town.open(items=items))
    [meeting] = guarded.get("/oparl/meeting", None).get_json()["data"]
    found = [(one["number"], one["order"], one["public"]) for one in meeting["agendaItem"]]
    assert found == [("1", 0, True), ("3", 1, True)]


def test_the_overview_links_a_procedure_only_for_those_who_may_open_it(guarded: Guarded, mixed: str) -> None:
    """A link that is refused looks as if something were broken; the public reads the result where it is."""
    page = f'href="/procedures/{mixed}"'
    guarded.site.service.follower.catch_up()
    for who in (None, *sorted(ROLES)):
        answer = guarded.call("GET", "/", who)
        may = guarded.call("GET", f"/procedures/{mixed}", who).status_code == 200
        assert (page in answer.get_data(as_text=True)) == may, who
    assert OPEN in guarded.call("GET", "/", None).get_data(as_text=True)
