"""Whom does a proposal take for a member today, where a server tells from when to when?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.proposals.proposal import propose

TYPE, HOST = "https://schema.oparl.org/1.1/", "https://oparl.example"


def has(kind: str, path: str, **members: Any) -> dict[str, Any]:
    """An object of a town."""
    return {"id": f"{HOST}/{path}", "type": TYPE + kind, **members}


@pytest.mark.parametrize("end", ["2026-03-02", "2026-10-31", "2031-10-31T00:00:00+01:00", ""])
def test_what_ends_with_the_term_has_not_ended_yet(end: str) -> None:
    """Where a server tells the end of the term, all members of a council would be missing until then."""
    seat = {"person": f"{HOST}/person/1", "organization": f"{HOST}/gr/7"}
    found = propose(
        HOST,
        [
            has("Organization", "gr/7", name="Rat", endDate=end),
            has("Person", "person/1", name="Anna Muster"),
            has("Membership", "seat/1", **seat, startDate="2026-03-02", endDate=end),
            has("Membership", "seat/2", **seat, startDate="2026-03-03"),
            has("Membership", "seat/3", **seat, endDate="2026-03-01"),
        ],
        date(2026, 3, 2),
    )
    said = {"endDate": end} if end else {}
    assert [(one["body"], one["said"]) for one in found.bodies] == [("gr-7", said)]
    assert [(one["membership"], one["said"]) for one in found.seats] == [("seat-1", said)]
    assert {one["oparl"].removeprefix(HOST): one["why"] for one in found.left_out} == {
        "/seat/2": "a membership that begins on 2026-03-03",
        "/seat/3": "a membership that ended on 2026-03-01",
    }
