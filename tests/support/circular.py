"""A council that decides by circulation, for tests of single statements.

::

    ledger, procedure = council(exclusion="both")     # any settings of the profile `nkomvg-78`
    say(ledger, procedure, "objection-raised", "anna", member="anna")
"""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles import complete
from tests.support.memory_ledger import MemoryLedger, item, later

DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
MEMBERS = ("anna", "bert", "cem", "dora", "emil")
CONSENT = {"n": 4, "d": 5, "of": "members", "partial": False, "implied": "none"}
Fields = dict[str, Any]


def council(**settings: Any) -> tuple[MemoryLedger, str]:
    """Five members (Anna has a substitute), two clerks, a portal; a procedure with two items, for an hour."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    for name, role in (("clara", "clerk"), ("klaus", "clerk"), ("portal", "portal"), ("sub", "member")):
        ledger.person(name, role)
    anna = {"member": "anna", "weight": 1, "group": None, "substitutes": ["sub"]}
    ledger.put("seats-changed", body="rat", granted=[anna], ended=[])
    profile = {**complete("nkomvg-78"), **settings}
    closes_at = later(ledger.now, 3600) if profile["deadline"] == "fixed" else None
    conditional = {**item("2"), "condition": DIGEST}
    items = [item("1"), conditional]
    return ledger, ledger.open(profile=profile, items=items, chair="bert", closes_at=closes_at)


def say(ledger: MemoryLedger, procedure: str, kind: str, actor: str, **fields: Any) -> str:
    """One statement about the procedure."""
    return ledger.put(kind, actor, procedure=procedure, **fields)
