"""Does the page of a procedure tell everything that `stimmbuch tally` tells around the result?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from ledger.domain.profiles import complete
from ledger.telling import headings
from tests.support.builders import CLERK, SERVICE
from tests.web.page_rules import Page
from tests.web.site import Site


def eventful(site: Site) -> str:
    """Everything that is unusual: more time, a document, votes of others, an exclusion, a refused attempt."""
    town = site.town
    town.person("portal", "portal")
    town.person("second", "clerk")
    changed: dict[str, Any] = {"documents": "keep", "extension": "before_deadline", "proxy": {"max": 1}}
    profile = {**complete("nkomvg-182-1"), **changed, "publication": "required"}
    motion = town.open(profile=profile, closes_at=town.clock.later(3600), chair="m1")
    town.vote(motion, "m1")
    town.attach(motion, "a paper")
    said: dict[str, Any] = {"procedure": motion}
    town.put("proxy-given", "m2", member="m2", proxy="m1", **said)
    cast: dict[str, Any] = {**said, "choices": {"1": "yes"}}
    paper = {"kind": "clerk-recorded", "source": "paper", "witness": "second"}
    town.put(
        "vote-cast",
        "portal",
        member="m3",
        provenance={"kind": "portal-attested", "assurance": "high"},
        **cast,
    )
    town.put("vote-cast", CLERK, member="m4", provenance=paper, **cast)
    town.put("member-excluded", CLERK, member="m5", items=["1"], reason="own-interest", **said)
    town.put(
        "deadline-extended",
        CLERK,
        members=None,
        closes_at=town.clock.later(7200),
        reason=site.disclosed("reason", "a storm"),
        **said,
    )
    town.put("attempt-refused", SERVICE, code="too-late", statement="ab" * 32, **said)
    return motion


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_tells_whatever_the_text_tells(site: Site, language: str) -> None:
    """Who reads only the page must be able to write the same minutes: open, as it stood, and closed."""
    motion = eventful(site)
    opened = site.service.ledger.head()
    for step in ("open", "closed"):
        page = " ".join(Page(site.page(f"/procedures/{motion}?lang={language}")).text.split())
        told = headings(site.service.ledger.procedure(UUID(motion)), language)[2:]
        assert len(told) >= len(("body", "opened", "extended", "attached", "earlier", "excluded", "proxy"))
        assert [line for line in told if line not in page] == []
        if step == "open":
            site.town.clock.advance(7200)
            site.town.close(motion, SERVICE)
            site.town.put("result-determined", "m1", procedure=motion)
    past = " ".join(Page(site.page(f"/procedures/{motion}?lang={language}&at={opened}")).text.split())
    stood = headings(site.service.ledger.procedure(UUID(motion), opened), language)[2:]
    assert [line for line in stood if line not in past] == []
