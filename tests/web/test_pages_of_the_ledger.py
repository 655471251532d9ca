"""Do the pages of register and audit say what the calls say, as of any point, and only to whom they may?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.access.roles import ROLES
from tests.access.test_table import INSIDE, READERS
from tests.support.guarded import Guarded
from tests.web.page_rules import Page
from tests.web.site import Site

READ = {"Accept": "text/html"}


def rows(page: str) -> list[str]:
    """The rows of all tables, as text with single spaces."""
    found = re.findall(r"<tr[ >].*?</tr>", page, re.DOTALL)
    return [" ".join(Page(re.sub(r"<br>|</t[hd]>", " ", row)).text.split()) for row in found]


def published(site: Site) -> dict[str, Any]:
    """The head, once something was sent that is in it."""
    body = site.town.statement("body-registered", "clerk", body="published")
    assert site.post(body).status_code == 201
    found: dict[str, Any] = site.get("/audit").get_json()["checkpoint"]
    return found


def renewed(site: Site) -> int:
    """The number of the entry by which m1 gets another key."""
    town = site.town
    fields: dict[str, Any] = {"subject": "m1", "old": town.public("m1"), "key": town.public("m1/2")}
    return town.put("key-rotated", "m1", **fields).seq


def test_the_register_shows_whose_key_counted_when(each_site: Site) -> None:
    """Now the old one has ended; as of the entry before it was live, and the new one unheard of."""
    town, seq = each_site.town, renewed(each_site)
    old, new = town.public("m1"), town.public("m1/2")
    lives = {row.split()[2]: row for row in rows(each_site.page("/register")) if row.startswith("m1 ")}
    assert lives.keys() == {old, new}
    assert f"entry {seq}, m1: replaced" in lives[old]
    assert lives[new].endswith("live")
    then = [row for row in rows(each_site.page(f"/register?at={seq - 1}")) if row.startswith("m1 ")]
    assert [(row.split()[2], row.endswith("live")) for row in then] == [(old, True)]


def test_the_register_shows_the_keys_with_which_the_log_signs(each_site: Site) -> None:
    """An auditor compares them with the file that was handed out."""
    keys = [one["key"] for one in each_site.get("/register").get_json()["log_keys"]]
    table = each_site.page("/register").split('id="log-keys"')[1].split("</table>")[0]
    assert len(keys) > 0
    assert [row.split()[0] for row in rows(table)[1:]] == keys
    assert all(row.endswith("live") for row in rows(table)[1:])


def test_the_seats_are_those_of_the_time_that_was_asked_for(each_site: Site) -> None:
    """By entry, and by a time on the wall clock of the ledger's zone."""
    town = each_site.town
    town.person("m6")
    town.clock.advance(86400)
    seq = town.seat({"m6": 3}, ended=["m1"]).seq
    page = "/register/bodies/council"
    assert [row.split()[0] for row in rows(each_site.page(page))[1:]] == ["m2", "m3", "m4", "m5", "m6"]
    for at in (str(seq - 1), "2026-03-02T10:00"):
        then = each_site.page(f"{page}?at={at}")
        assert [row.split()[0] for row in rows(then)[1:]] == ["m1", "m2", "m3", "m4", "m5"]
        assert "As it stood on" in then
    assert f'href="{page}?at={seq - 1}"' in each_site.page(f"/register?at={seq - 1}")


def test_the_audit_page_says_what_the_call_says(each_site: Site) -> None:
    """Counts, size, root and signatures are those of the JSON: one computation."""
    site = each_site
    motion = site.town.open(closes_in=60)
    site.town.vote(motion, "m1")
    published(site)
    told = site.get("/audit").get_json()
    page = site.page("/audit")
    counts = [f"{one['entries']} {one['last_seq']} {one['kind']}" for one in told["entries"]]
    assert [row for row in rows(page) if row.endswith(tuple(counts))] == rows(page)[-len(counts) :]
    assert told["checkpoint"]["root"] in page
    for line in told["checkpoint"]["signatures"]:
        assert f"{line['name']} the log's own {line['key_id']} – ✓ verifies" in rows(page)


def test_refused_attempts_extensions_and_corrections_are_lists(each_site: Site) -> None:
    """Each with who, what, when, and a way to the procedure as it stood then."""
    town = each_site.town
    renewed(each_site)
    motion = town.open(title=each_site.disclosed("title", "A roof"))
    town.vote(motion, "m1", keys=[town.key("m1/2")])
    withdrawn = town.withdraw(motion, "m1", keys=[town.key("m1/2")])
    page = each_site.page("/audit/entries?topic=corrections")
    [row] = rows(page)[1:]
    assert row.startswith(f"{withdrawn.seq} m1 withdrew the vote A roof")
    assert f'href="/procedures/{motion}?at={withdrawn.seq}"' in page
    assert "replaced a key of m1" in each_site.page("/audit/entries?topic=keys")
    assert "There is none." in each_site.page("/audit/entries?topic=anchors")
    told = each_site.get("/audit/entries", topic="keys").get_json()["data"]
    assert [row.split()[0] for row in rows(each_site.page("/audit/entries?topic=keys"))[1:]] == [
        str(one["seq"]) for one in told
    ]


def test_what_is_withheld_is_withheld_in_the_lists_too(site: Site) -> None:
    """A list of votes would be a way around."""
    profile = "nkomvg-66"
    motion = site.town.open(profile=profile, closes_in=3600)
    site.town.vote(motion, "m1", "no")
    page = site.page("/audit/entries?kind=vote-cast")
    assert "voted (withheld)" in page
    assert ": no" not in page


@pytest.mark.parametrize(
    ("path", "within"), [("/register", 'id="people"'), ("/audit/entries?topic=keys", "<main")]
)
def test_a_long_list_is_the_same_on_many_pages_as_on_one_and_stays_in_time(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str, within: str
) -> None:
    """Nobody is twice on it, nobody is left out, and all is as of the same entry."""
    seq = site.service.ledger.head()
    asked = f"{path}{'&' if '?' in path else '?'}at={seq}&lang=en"
    whole = listed(site.page(asked), within)
    site.town.person("later")
    monkeypatch.setattr("api.pages.register.PEOPLE", 2)
    monkeypatch.setattr("api.pages.audit.ENTRIES", 2)
    seen: list[str] = []
    onward: str | None = asked
    while onward:
        page = site.page(onward)
        seen += listed(page, within)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        onward = found and found[1].replace("&amp;", "&")
        assert onward is None or (f"at={seq}" in onward and "lang=en" in onward)
    assert seen == whole
    assert len(whole) > 4


def listed(page: str, within: str) -> list[str]:
    """The rows of the first table after this."""
    table = page[page.index("<table", page.index(within)) :]
    return rows(table[: table.index("</table>")])[1:]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/audit/entries?topic=gossip", 422),
        ("/audit/entries?kind=vote", 422),
        ("/register?at=2026-03-29T02:30", 422),
        ("/register?at=yesterday", 422),
        ("/audit?at=99999", 404),
        ("/register?at=2100-01-01T10:00", 404),
        ("/register/bodies/nobody", 404),
        ("/register/bodies/%3Cscript%3E", 400),
    ],
)
def test_what_makes_no_sense_is_refused_on_a_page(site: Site, path: str, status: int) -> None:
    """A time that is none, beyond the head, an unknown list or body."""
    answer = site.http.get(path, headers=READ)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("/audit/entries?topic=gossip&lang=de", "topic: eine solche Liste gibt es nicht"),
        ("/audit/entries?kind=vote&lang=en", "kind: there is no such list"),
        ("/register?at=yesterday&lang=en", "at: "),
    ],
)
def test_a_refused_page_says_what_of_the_address_was_wrong(site: Site, query: str, told: str) -> None:
    """The hint to correct the named fields helps nobody where none is named."""
    answer = site.http.get(query, headers=READ)
    assert answer.status_code == 422
    assert told in " ".join(Page(answer.get_data(as_text=True)).text.split())


def test_the_head_of_the_log_is_on_every_page_for_machines(each_site: Site) -> None:
    """A stored page says of which log and which head it is."""
    told = published(each_site)
    for path in ("/", "/register", "/audit", "/problems", "/nothing"):
        page = each_site.http.get(path, headers=READ).get_data(as_text=True)
        named = dict(re.findall(r'<meta name="stimmbuch:(\w+)" content="([^"]+)">', page))
        assert named == {
            "origin": told["origin"],
            "position": str(each_site.service.views.position()),
            "size": str(told["size"]),
            "root": told["root"],
        }
        assert told["root"] in Page(page).text


def test_a_page_is_there_while_the_head_cannot_be_read(site: Site) -> None:
    """The page that explains a failure must not fail for the same reason."""
    published(site)
    (site.service.store.home / "log" / "checkpoint").write_bytes(b"nonsense")
    answer = site.http.get("/problems", headers=READ)
    assert answer.status_code == 200
    assert "stimmbuch:root" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("lang", "none", "some"),
    [
        ("en", "This page shows no entries yet.", "This page goes up to entry"),
        ("de", "Diese Seite zeigt noch keine Einträge.", "Diese Seite reicht bis Eintrag"),
    ],
)
def test_a_page_of_empty_views_says_that_there_is_nothing_yet(
    site: Site, lang: str, none: str, some: str
) -> None:
    """The number of no entry is -1, which says nothing to anybody."""
    assert site.service.views.position() == -1
    empty = Page(site.http.get(f"/problems?lang={lang}", headers=READ).get_data(as_text=True)).text
    assert none in empty
    assert some not in empty
    site.service.follower.catch_up()
    full = Page(site.http.get(f"/problems?lang={lang}", headers=READ).get_data(as_text=True)).text
    assert some in full
    assert none not in full


def test_links_lead_only_where_one_may_go(guarded: Guarded) -> None:
    """A member sees no way to the register, which would be refused; an auditor does, and gets there."""
    guarded.site.service.follower.catch_up()
    for role in sorted(ROLES & READERS):
        page = guarded.call("GET", "/", role, headers=READ).get_data(as_text=True)
        assert (('href="/register"' in page), ('href="/audit"' in page)) == (role in INSIDE,) * 2, role
        for path in ("/register", "/register/bodies/council", "/audit", "/audit/entries"):
            status = guarded.call("GET", path, role, headers=READ).status_code
            assert status == (200 if role in INSIDE else 403), (role, path)


def test_the_names_on_a_page_are_escaped(site: Site) -> None:
    """A person's and a body's name are texts of others."""
    evil = "<script>alert('1')</script>"
    fields: dict[str, Any] = {"subject": "mallory", "roles": ["member"], "key": site.town.public("mallory")}
    site.town.put("key-registered", "registrar", **fields, name=site.disclosed("person", evil))
    site.town.put("body-registered", "clerk", body="b", name=site.disclosed("body", evil))
    for path in ("/register", "/register/bodies/b", "/audit/entries"):
        assert "<script" not in site.page(path)
    assert Page(site.page("/register")).text.count(evil) == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("state=gone", "state: Must be one of: opened, "),
        ("state=Opened&body=council", "state: Must be one of: opened, "),
        ("body=%20", "body: String does not match expected pattern."),
        ("body=council&state=closed,opened", "state: Must be one of: opened, "),
    ],
)
def test_a_mistyped_list_does_not_show_everything(site: Site, query: str, said: str) -> None:
    """Whoever asks for the closed ones and is shown all takes open ones for closed."""
    response = site.http.get(f"/?{query}", headers={"Accept": "text/html"})
    assert (response.status_code, said.replace(": ", "</code>: ", 1) in response.text) == (422, True)
