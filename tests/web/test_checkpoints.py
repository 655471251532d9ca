"""Does an auditor see of every published checkpoint who signed and cosigned it, and when?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api import wiring
from ledger.proof.keys import SigningKey
from ledger.proof.note import Note, NoteSignature, format_note, parse_note
from ledger.proof.verification_key import parse_verification_key, verification_key
from ledger.publish.anchor_files import anchor_path
from ledger.publish.folder import checkpoint_path
from ledger.publish.publication import Publication
from ledger.publish.witnesses import Witnesses
from tests.support.builders import ORIGIN
from tests.support.followers import PATIENCE
from tests.support.places import Place
from tests.support.tsa import Tsa, openssl
from tests.support.witnessing import Staff
from tests.web.page_rules import Page
from tests.web.site import Site, problem

LOG_KEY = verification_key(ORIGIN, SigningKey(hashlib.sha256(b"town: key of log").digest()).public)
"""As `LedgerBuilder` makes it."""


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    """The witnesses of the town's log, all at work."""
    with Staff(parse_verification_key(LOG_KEY), tmp_path) as staff:
        yield staff


@pytest.fixture
def witnessed(each_place: Place, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A town whose checkpoints need all of w1 and w2, and wait for them; w3 is asked as well."""
    monkeypatch.setattr(wiring, "Witnesses", partial(Witnesses, timeout=PATIENCE))
    monkeypatch.setattr(wiring, "Publication", partial(Publication, patience=PATIENCE))
    each_place.home.mkdir(exist_ok=True)
    (each_place.home / "policy").write_text(staff.text("group both all w1 w2", "quorum both"))
    site = Site(each_place)
    yield site
    site.close()


def published(site: Site, times: int) -> list[int]:
    """So many checkpoints, one entry further each; the sizes, the newest first."""
    sizes = []
    for number in range(times):
        site.town.person(f"p{number}")
        site.service.publication.settle()
        sizes.append(site.service.publication.published.size())
    return sizes[::-1]


def spoil(site: Site, size: int) -> None:
    """Changes the last signature of a kept checkpoint; it is still a note."""
    name = checkpoint_path(size)
    note = parse_note(site.service.publication.folder.read(name))
    *others, last = note.signatures
    other = NoteSignature(last.name, last.hash, last.blob[:-1] + bytes([last.blob[-1] ^ 1]))
    site.service.publication.folder.put({name: format_note(Note(note.text, (*others, other)))})


def test_every_checkpoint_tells_its_cosignatures_and_when(witnessed: Site) -> None:
    """cosignature/v1 has a time: it says at the latest when the entries were there."""
    sizes = published(witnessed, 3)
    shown = witnessed.get("/audit/checkpoints").get_json()["data"]
    assert [one["size"] for one in shown][:3] == sizes
    for one in shown[:3]:
        lines = {line["witness"] or "log": line for line in one["signatures"]}
        assert lines.keys() >= {"log", "w1", "w2"}
        assert {line["verified"] for line in one["signatures"]} == {True}
        assert (lines["log"]["by_log"], lines["log"]["time"]) == (True, None)
        assert lines["w1"]["time"].startswith("2026-01-31T12:0")
        assert one["quorum"] is True
        assert one["missing"] == sorted({"w3", "w3-pq"} - lines.keys())
    newest = witnessed.get("/audit").get_json()["checkpoint"]
    assert (newest["size"], newest["root"], newest["quorum"]) == (sizes[0], shown[0]["root"], True)


def test_checkpoints_come_page_by_page_from_the_newest_on(site: Site) -> None:
    """Those that are published meanwhile push none of the others out."""
    sizes = published(site, 5)
    page = site.get("/audit/checkpoints", limit=2).get_json()
    site.town.vote(site.town.open(), "m1")
    site.service.publication.settle()
    seen = [one["size"] for one in page["data"]]
    while page["links"]["next"]:
        page = site.http.get(page["links"]["next"]).get_json()
        seen += [one["size"] for one in page["data"]]
    assert seen[:5] == sizes
    assert seen == sorted(set(seen), reverse=True)


def test_checkpoints_can_be_seen_as_of_any_entry(site: Site) -> None:
    """What was published up to then."""
    sizes = published(site, 3)
    query: dict[str, Any] = {"at": sizes[1] - 1}
    then = site.get("/audit/checkpoints", **query).get_json()["data"]
    assert [one["size"] for one in then][:2] == sizes[1:]
    path = "/audit/checkpoints"
    held = {"If-None-Match": site.get(path).headers["ETag"]}
    assert site.get(path, held).status_code == 304


def test_without_a_policy_there_is_no_quorum(site: Site) -> None:
    """None asked for is not one that is met."""
    published(site, 1)
    one = site.get("/audit/checkpoints").get_json()["data"][0]
    assert (one["quorum"], one["missing"], one["anchors"], one["readable"]) == (None, [], [], True)
    assert [line["verified"] for line in one["signatures"]] == [True]


def test_a_cosignature_that_was_tampered_with_is_told(witnessed: Site) -> None:
    """And then the quorum is not met any more."""
    size = published(witnessed, 1)[0]
    spoil(witnessed, size)
    one = witnessed.get("/audit/checkpoints").get_json()["data"][0]
    lost = one["signatures"][-1]
    assert (lost["verified"], lost["time"]) == (False, None)
    assert lost["witness"] in one["missing"]
    assert one["quorum"] is (lost["witness"] not in {"w1", "w2"})
    assert "✗ does not verify" in witnessed.page("/audit/checkpoints")


def test_a_damaged_checkpoint_does_not_hide_the_others(site: Site) -> None:
    """It stands in the list as what it is; so does one that was put in another one's place."""
    newest, swapped, damaged, gone, *_ = published(site, 5)
    folder = site.service.publication.folder
    other = folder.read(checkpoint_path(newest))
    folder.put({checkpoint_path(damaged): b"no note", checkpoint_path(swapped): other})
    (folder.path / checkpoint_path(gone)).unlink()
    shown = {one["size"]: one["readable"] for one in site.get("/audit/checkpoints").get_json()["data"]}
    assert [shown[size] for size in (newest, swapped, damaged, gone)] == [True, False, False, False]
    page = site.page("/audit/checkpoints")
    assert (page.count("damaged or gone"), Page(page).wrong) == (3, [])


@openssl
def test_the_time_stamps_over_a_checkpoint_are_told(site: Site, tmp_path: Path) -> None:
    """One over something else has no time here."""
    first, second = published(site, 2)
    folder, tsa = site.service.publication.folder, Tsa(tmp_path / "tsa")
    text = parse_note(folder.read(checkpoint_path(first))).text.encode()
    response = tsa.stamp(text)
    folder.put({anchor_path(size, "tsa.example"): response for size in (first, second)})
    found = {one["size"]: one["anchors"] for one in site.get("/audit/checkpoints").get_json()["data"]}
    [stamp], [other] = found[first], found[second]
    assert (stamp["tsa"], other) == ("tsa.example", {"tsa": "tsa.example", "time": None})
    assert stamp["time"].endswith("Z")
    assert "cannot be read" in site.page("/audit/checkpoints")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"after": "x"}, {"size": 3}])
def test_a_question_about_checkpoints_that_is_none_is_refused(site: Site, query: dict[str, Any]) -> None:
    """As everywhere else."""
    problem(site.get("/audit/checkpoints", **query), 422, "unprocessable")


def test_the_page_of_checkpoints_is_there_in_both_languages(witnessed: Site) -> None:
    """With the quorum, and a way from the audit page."""
    published(witnessed, 1)
    assert '<a href="/audit/checkpoints">' in witnessed.page("/audit")
    english, german = (witnessed.page(f"/audit/checkpoints?lang={one}") for one in ("en", "de"))
    assert (Page(english).wrong, Page(german).wrong) == ([], [])
    assert "✓ met" in english
    assert "✓ erreicht" in german
