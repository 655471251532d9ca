"""Does a client see that a text was erased and why, and does it never come back?"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from api.report.words import LANGUAGES
from ledger.proof.kinds import LEGAL_BASES
from ledger.proof.statement import Statement
from tests.support.builders import CHAIR, CLERK, item
from tests.web.site import Site, disclosure_of, problem

TITLE = disclosure_of("title", "Widening of Okka Fehnders' driveway")
WORDING = disclosure_of("wording", "The driveway of Okka Fehnders is widened to four metres.")
LABEL = disclosure_of("option", "Okka Fehnders")
NAME = disclosure_of("person", "Okka Fehnders")
TEXTS = (TITLE, WORDING, LABEL, NAME)
PAPER = b"An offer to Okka Fehnders, 3 Lake Street." * 100
SHA256 = hashlib.sha256(PAPER).hexdigest()
DOCUMENT = {"sha256": SHA256, "size": len(PAPER), "media_type": "application/pdf", "item": None}


def opened(site: Site) -> str:
    """A procedure full of one person's name."""
    site.service.ledger.disclose([text.encoded for text in TEXTS])
    assert site.http.put(f"{site.api}/documents/{SHA256}", data=PAPER).status_code == 201
    okka: dict[str, Any] = {"subject": "okka", "roles": ["member"], "key": site.town.public("okka")}
    site.town.put("key-registered", "registrar", **okka, name=NAME.digest)
    motion = {**item("1"), "wording": WORDING.digest, "labels": {"yes": LABEL.digest}}
    return site.town.open("driveway", items=[motion], title=TITLE.digest, documents=[DOCUMENT])


def redaction(site: Site, motion: str) -> Statement:
    """Everything that belongs to the procedure."""
    digests = [TITLE.digest, WORDING.digest, LABEL.digest]
    named: dict[str, Any] = {"stream": motion, "digests": digests, "documents": [SHA256]}
    return site.town.statement("redacted", CLERK, legal_basis="gdpr-17-1-b", authority=CHAIR, **named)


def erased(site: Site) -> tuple[str, int]:
    """A procedure of which everything was redacted over HTTP; its id, and the number of that entry."""
    motion = opened(site)
    response = site.post(redaction(site, motion))
    assert response.status_code == 201
    return motion, response.get_json()["seq"]


def test_a_redaction_is_posted_like_every_statement(each_site: Site) -> None:
    """201 when it is recorded and erased; the same envelope again answers 200, and is harmless."""
    motion = opened(each_site)
    statement = redaction(each_site, motion)
    first, second = each_site.post(statement), each_site.post(statement)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()
    assert each_site.service.ledger.disclosures(text.digest for text in TEXTS).keys() == {NAME.digest}


def test_erased_texts_are_null_and_the_reason_is_told(each_site: Site) -> None:
    """What the digest stood for is gone; that it was erased, when, why, and who answers for it is not."""
    motion, entry = erased(each_site)
    shown = each_site.get(f"/procedures/{motion}").get_json()
    assert (shown["title"], shown["items"][0]["wording"]) == (None, None)
    assert shown["items"][0]["wording_digest"] == WORDING.digest
    assert shown["items"][0]["options"][0] == {"id": "yes", "label": None}
    assert shown["documents"][0]["stored"] is False
    found = {one["digest"]: one for one in shown["erased"]}
    assert found.keys() == {TITLE.digest, WORDING.digest, LABEL.digest, SHA256}
    for one in found.values():
        assert (one["entry"], one["legal_basis"], one["authority"]) == (entry, "gdpr-17-1-b", CHAIR)
    [summary] = each_site.get("/procedures").get_json()["data"]
    assert summary["title"] is None
    assert [one["digest"] for one in summary["erased"]] == [TITLE.digest]


def test_what_was_never_sent_is_null_without_a_reason(site: Site) -> None:
    """Undisclosed is another thing than erased."""
    motion = site.town.open("other", title=TITLE.digest)
    shown = site.get(f"/procedures/{motion}").get_json()
    assert (shown["title"], shown["erased"]) == (None, [])


def test_an_etag_of_before_the_erasure_is_not_confirmed(site: Site) -> None:
    """A cache that holds the text is told that there is something new."""
    motion = opened(site)
    paths = [f"/procedures/{motion}", f"/procedures/{motion}/texts"]
    before = {path: {"If-None-Match": site.get(path).headers["ETag"]} for path in paths}
    assert [site.get(path, headers=before[path]).status_code for path in paths] == [304, 304]
    site.post(redaction(site, motion))
    assert [site.get(path, headers=before[path]).status_code for path in paths] == [200, 200]
    assert site.get(paths[1]).get_json()["data"] == []


def test_pages_say_that_something_was_erased(each_site: Site) -> None:
    """And nobody finds the name on them."""
    motion, entry = erased(each_site)
    for path in ("/", f"/procedures/{motion}"):
        page = each_site.page(path)
        assert "Fehnders" not in page
        assert f"Title erased (GDPR Art. 17 (1) b, entry {entry})" in page
    assert f"the wording was erased (GDPR Art. 17 (1) b, entry {entry})" in page
    assert f"Document 1 (erased (GDPR Art. 17 (1) b, entry {entry}))" in page


def test_a_name_that_was_redacted_is_not_shown_any_more(site: Site) -> None:
    """The id stays, as in every entry."""
    motion = opened(site)
    site.town.seat(["okka"])
    other = site.town.open("other")
    site.town.vote(other, "okka")
    assert "Okka Fehnders" in site.page(f"/procedures/{other}")
    named: dict[str, Any] = {"digests": [NAME.digest], "legal_basis": "gdpr-17-1-c", "authority": CHAIR}
    site.town.put("redacted", CLERK, **named)
    page = site.page(f"/procedures/{other}")
    assert "Okka Fehnders" not in page
    assert "okka" in page
    assert "Fehnders" in site.page(f"/procedures/{motion}"), "the other procedure's texts are its own"


def test_an_erased_document_is_gone(each_site: Site) -> None:
    """410, also for a caller who has it: gone for good is not the same as never there."""
    erased(each_site)
    address = f"{each_site.api}/documents/{SHA256}"
    assert "entry" in problem(each_site.http.get(address), 410, "erased")["detail"]
    problem(each_site.http.get(address, headers={"If-None-Match": f'"{SHA256}"'}), 410, "erased")


def test_what_was_erased_does_not_come_back(each_site: Site) -> None:
    """Uploads are taken from anybody who has the bytes: but not these."""
    erased(each_site)
    problem(each_site.http.put(f"{each_site.api}/documents/{SHA256}", data=PAPER), 410, "erased")
    address = f"{each_site.api}/disclosures/{TITLE.digest}"
    problem(each_site.http.put(address, json={"disclosure": TITLE.encoded}), 410, "erased")
    assert each_site.service.ledger.disclosures([TITLE.digest]) == {}


def test_a_text_that_is_recorded_as_erased_is_not_shown_even_if_it_is_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the entry and the erasure, or where that is held up: the promise holds at once."""
    motion = opened(site)
    monkeypatch.setattr("ledger.redaction.erase", lambda store, digests: None)
    site.post(redaction(site, motion))
    assert site.service.ledger.disclosures([TITLE.digest]), "it should still be there: this tests nothing"
    assert site.get(f"/procedures/{motion}").get_json()["title"] is None


def test_history_and_feed_hold_no_text(site: Site) -> None:
    """Digests only: before the erasure and after it."""
    motion, _ = erased(site)
    for path in (f"/procedures/{motion}/history", "/events"):
        assert "Fehnders" not in site.get(path, limit=1000).get_data(as_text=True)


def test_every_legal_basis_has_its_words() -> None:
    """A page must not fail on a reason that was added later."""
    assert all(set(LEGAL_BASES) == set(words.BASES) for words in LANGUAGES.values())
