"""Does the public learn of an item that becomes public later, and of nothing that hangs on it?"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.access.test_public_items import (
    CONDITION,
    GROUND,
    HIDDEN,
    OPEN,
    PAPERS,
    TITLE,
    everything_told,
    publish,
)
from tests.access.test_public_items import mixed as mixed  # noqa: PLC0414 (a fixture)
from tests.support.builders import CHAIR, CLERK, item
from tests.support.guarded import Guarded
from tests.web.site import problem


def make_public(guarded: Guarded, motion: str, *items: str) -> int:
    """What a clerk and the chair sign; the number of the entry."""
    guarded.town.clock.advance(86400)
    fields: dict[str, Any] = {"made_public": list(items), "witness": CHAIR}
    return guarded.town.put("result-published", CLERK, procedure=motion, **fields).seq


def agenda(guarded: Guarded) -> list[dict[str, Any]]:
    """All agenda items that the public sees."""
    found: list[dict[str, Any]] = guarded.get("/oparl/agenda-item", None).get_json()["data"]
    return found


def test_the_resolution_becomes_public_and_nothing_that_hangs_on_it(guarded: Guarded, mixed: str) -> None:
    """Wording, condition and result; not its papers, the title over all, the ground of an objection."""
    assert HIDDEN not in everything_told(guarded, mixed)
    make_public(guarded, mixed, "2")
    told = everything_told(guarded, mixed)
    assert [one for one in (OPEN, HIDDEN) if one not in told] == []
    assert [one for one in (TITLE, GROUND, "entlassung") if one in told] == []
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in PAPERS}
    assert [name for name, digest in digests.items() if digest in told] == ["the way"]
    shown = guarded.get(f"/procedures/{mixed}", None).get_json()
    assert [(one["id"], one["public"]) for one in shown["items"]] == [("1", True), ("2", True)]
    result = guarded.get(f"/procedures/{mixed}/result", None).get_json()
    assert [(one["item"], one["counts"]["yes"], one["condition"]) for one in result["items"]] == [
        ("1", 3, None),
        ("2", 2, CONDITION),
    ]
    steps = [one["payload"].get("made_public") for one in result["steps"]]
    assert (steps.count(["2"]), {one["statement"] for one in result["steps"]}) == (1, {None})


def test_inside_it_says_since_when(guarded: Guarded, mixed: str) -> None:
    """On the page, and among the steps; the item was not public before, and the past says so."""
    before = guarded.town.ledger.head()
    seq = make_public(guarded, mixed, "2")
    now, then = (
        guarded.get(f"/procedures/{mixed}{at}", "auditor").get_json() for at in ("", f"?at={before}")
    )
    assert ([one["public"] for one in now["items"]], now["made_public"]) == ([True, True], {"2": seq})
    assert ([one["public"] for one in then["items"]], then["made_public"]) == ([True, False], {})
    pages = [guarded.call("GET", f"/procedures/{mixed}?lang={one}", "auditor") for one in ("en", "de")]
    english, german = (page.get_data(as_text=True) for page in pages)
    assert "published the result; item 2 becomes public" in english
    assert "veröffentlichte das Ergebnis; Punkt 2 wird öffentlich" in german
    assert f"{HIDDEN} (not public)" not in english


def test_the_public_sees_nothing_from_before(guarded: Guarded, mixed: str) -> None:
    """Neither the procedure as it was shown then with the item in it, nor the votes that led there."""
    before = guarded.town.ledger.head()
    make_public(guarded, mixed, "2")
    then = guarded.get(f"/procedures/{mixed}?at={before}", None).get_json()
    assert [one["id"] for one in then["items"]] == ["1"]
    steps = guarded.get(f"/procedures/{mixed}/result", "auditor").get_json()["steps"]
    first = next(one["seq"] for one in steps if one["kind"] == "result-published")
    assert guarded.get(f"/procedures/{mixed}/tally?at={first}", None).status_code == 200
    problem(guarded.get(f"/procedures/{mixed}/tally?at={first - 1}", None), 404, "not-found")


def test_what_was_never_public_appears_with_its_first_item(guarded: Guarded) -> None:
    """Until then it is as if there were no such procedure; afterwards no look goes back behind that entry."""
    guarded.allow_the_public()
    wording = guarded.site.disclosed("wording", HIDDEN)
    title = guarded.site.disclosed("title", TITLE)
    motion = guarded.town.open(title=title, items=[{**item("1"), "wording": wording}])
    guarded.town.vote(motion, "m1", "yes")
    publish(guarded, motion)
    problem(guarded.get(f"/procedures/{motion}", None), 404, "not-found")
    assert agenda(guarded) == []
    seq = make_public(guarded, motion, "1")
    told = everything_told(guarded, motion)
    assert (HIDDEN in told, TITLE in told) == (True, False)
    problem(guarded.get(f"/procedures/{motion}/tally?at={seq - 1}", None), 404, "not-found")
    assert guarded.get(f"/procedures/{motion}/tally?at={seq}", None).status_code == 200
    assert [one["resolutionText"] for one in agenda(guarded)] == [HIDDEN]


def test_oparl_tells_it_as_modified(guarded: Guarded, mixed: str) -> None:
    """A council information system that asks what changed since yesterday gets the new agenda item."""
    [old] = agenda(guarded)
    since = guarded.town.clock.later(3600)
    make_public(guarded, mixed, "2")
    query = {"modified_since": since.replace(".000Z", "+00:00").replace("Z", "+00:00")}
    found = guarded.get("/oparl/agenda-item", None, query_string=query).get_json()["data"]
    assert [(one["number"], one["public"]) for one in found] == [("1", True), ("2", True)]
    assert found[0]["id"] == old["id"]
    assert found[1]["modified"] > old["modified"]
    assert found[1]["resolutionFile"]["sha512Checksum"] != old["resolutionFile"]["sha512Checksum"]


def test_the_resolution_has_the_item_and_the_extract_says_since_when(guarded: Guarded, mixed: str) -> None:
    """In both languages; papers and title stay inside."""
    before = guarded.get(f"/procedures/{mixed}/resolution.html", None).get_data(as_text=True)
    seq = make_public(guarded, mixed, "2")
    after = guarded.get(f"/procedures/{mixed}/resolution.html", None).get_data(as_text=True)
    assert (HIDDEN in before, HIDDEN in after) == (False, True)
    assert [one for one in (TITLE, hashlib.sha256(b"her file").hexdigest()) if one in after] == []
    for language, words in (
        ("de", "der Beschluss ist öffentlich seit Eintrag"),
        ("en", "public since entry"),
    ):
        page = guarded.get(f"/procedures/{mixed}/report.html?lang={language}&kind=audit", "auditor")
        assert f"{words} {seq}" in page.get_data(as_text=True)


@pytest.mark.parametrize("who", ["member", "portal", "auditor", "operator", "registrar"])
def test_only_the_office_submits_it(guarded: Guarded, mixed: str, who: str) -> None:
    """A token of anybody else is refused before the signatures are looked at."""
    fields: dict[str, Any] = {"procedure": mixed, "made_public": ["2"], "witness": CHAIR}
    statement = guarded.town.statement("result-published", CLERK, **fields)
    problem(guarded.submit(statement, who), 403, "role-missing")
    assert guarded.submit(statement, "clerk").status_code == 201


def test_it_needs_both_signatures(guarded: Guarded, mixed: str) -> None:
    """A clerk alone, or with a signature that is not the witness's, opens nothing."""
    fields: dict[str, Any] = {"procedure": mixed, "made_public": ["2"], "witness": CHAIR}
    for names in ((CLERK,), (CLERK, "m1"), (CHAIR,)):
        keys = [guarded.town.key(name) for name in names]
        statement = guarded.town.statement("result-published", CLERK, keys=keys, **fields)
        answer = guarded.submit(statement, "clerk")
        assert answer.get_json()["code"] in {"bad-signature", "unknown-key"}
    assert HIDDEN not in everything_told(guarded, mixed)
