"""Does the page of a procedure say in words what happened, and no more than may be told?"""

from __future__ import annotations

import pytest

from ledger.domain.profiles import complete
from tests.web.page_rules import Page
from tests.web.site import Site


def test_the_timeline_says_in_words_what_happened(site: Site) -> None:
    """With the entry's number, the local time and the beginning of its leaf hash."""
    motion = site.town.open(closes_in=60, profile={**complete("nkomvg-66"), "result_visibility": "live"})
    site.town.vote(motion, "m1", "yes")
    changed = site.town.vote(motion, "m1", "no")
    site.town.withdraw(motion, "m1")
    site.town.attach(motion, "an offer")
    site.town.clock.advance(60)
    site.town.close(motion, "service")
    page = site.page(f"/procedures/{motion}")
    text = Page(page).text
    for sentence in (
        "opened the procedure",
        "voted: yes",
        "changed the vote: no",
        "withdrew the vote",
        "attached a document (application/pdf, 8 B)",
        "closed the procedure at the deadline",
    ):
        assert sentence in text
    assert changed.leaf[:10] in page
    assert "2 Mar 2026, 09:00:" in text
    assert "CET" in text


def test_who_only_confirms_after_an_added_document_has_not_changed_the_vote(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same choice again is no change of mind; where that cannot be told, neither is said."""
    profile = {**complete("nkomvg-66"), "result_visibility": "live", "documents": "reconfirm"}
    motion = site.town.open(closes_in=60, profile=profile)
    site.town.vote(motion, "m1", "yes")
    site.town.attach(motion, "an offer")
    site.town.vote(motion, "m1", "yes")
    site.town.vote(motion, "m1", "no")
    text = Page(site.page(f"/procedures/{motion}")).text
    assert text.count("confirmed the vote: yes") == text.count("changed the vote: no") == 1
    assert "bestätigte die Stimme: Ja" in Page(site.page(f"/procedures/{motion}?lang=de")).text
    monkeypatch.setattr("api.pages.procedure.ENTRIES", 3)
    hidden = site.town.open("hidden", closes_in=60, profile={**profile, "result_visibility": "after_closing"})
    first = site.town.vote(hidden, "m1", "yes")
    site.town.vote(hidden, "m1", "no")
    assert "voted again (withheld)" in Page(site.page(f"/procedures/{hidden}")).text
    assert "voted again (withheld)" in Page(site.page(f"/procedures/{hidden}?after={first.seq}")).text


def test_a_vote_that_was_never_confirmed_need_not_be_after_the_closing(site: Site) -> None:
    """It does not count, and nothing can be done about it any more."""
    motion = site.town.open(closes_in=60, profile={**complete("nkomvg-66"), "documents": "reconfirm"})
    site.town.vote(motion, "m1", "yes")
    site.town.attach(motion, "an offer")
    assert "older ballot paper: has to be confirmed" in site.page(f"/procedures/{motion}")
    site.town.clock.advance(60)
    site.town.close(motion, "service")
    assert "older ballot paper: does not count" in site.page(f"/procedures/{motion}")


def test_a_long_timeline_goes_on_on_another_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page stays small, whatever happened."""
    monkeypatch.setattr("api.pages.procedure.ENTRIES", 2)
    motion = site.town.open()
    seqs = [site.town.vote(motion, f"m{number}").seq for number in range(1, 4)]
    first = site.page(f"/procedures/{motion}")
    assert f"?after={seqs[0]}#timeline" in first
    second = site.page(f"/procedures/{motion}?after={seqs[0]}")
    assert "Later entries" not in second
    assert second.count(">voted: yes</td>") == 2
