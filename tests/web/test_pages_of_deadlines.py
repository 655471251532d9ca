"""Does a page say when a procedure ends, where that is not simply the deadline?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from tests.web.page_rules import Page
from tests.web.site import Site


def test_the_page_says_how_it_ends_when_somebody_is_not_reached(site: Site) -> None:
    """Otherwise nobody would know why the service does not close."""
    motion = site.town.open(profile=complete("iteos-8"))
    before = " ".join(Page(site.page(f"/procedures/{motion}")).text.split())
    assert "chair or clerk may close by declaration" in before
    received: dict[str, Any] = {"members": ["m1", "m2", "m3", "m4", "m5"], "how": "mail"}
    site.town.put("delivery-recorded", "clerk", procedure=motion, **received)
    after = " ".join(Page(site.page(f"/procedures/{motion}")).text.split())
    assert "chair or clerk may close by declaration" not in after


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the service closes at"), ("de", "schließt der Dienst am")]
)
def test_the_page_says_that_a_deadline_may_still_be_extended(site: Site, language: str, said: str) -> None:
    """In the time of grace nothing is closed yet, and a vote is late all the same."""
    motion = site.town.open(profile=complete("vwvfg-90"), chair="m1", closes_in=3600)
    assert said not in site.page(f"/procedures/{motion}?lang={language}")
    site.town.clock.advance(3600)
    assert said in " ".join(site.page(f"/procedures/{motion}?lang={language}").split())
    site.town.clock.advance(4 * 86400)
    assert said not in " ".join(site.page(f"/procedures/{motion}?lang={language}").split())
