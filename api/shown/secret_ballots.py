"""Items that go to a meeting because a secret ballot was demanded: votes there are for those who audit alone.

The entries hold them all the same. A member is told neither what somebody chose there, nor what leads to it:
the statement's handles, and the counts from one entry to the next.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from api.access.roles import Grant
from projections.views import HistoryRow, ProcedureView


def secret_items(procedure: ProcedureView, grant: Grant) -> frozenset[str]:
    """Items of the procedure, as it stands now, on which this caller is told no single vote."""
    return frozenset(procedure.referred) if grant.narrow else frozenset()


def without_secret_choices(row: HistoryRow, secret: Collection[str]) -> HistoryRow:
    """The entry without what was chosen on these items, and then without the way to its receipt."""
    choices = row.payload.get("choices") or {}
    told = {item: option for item, option in choices.items() if item not in secret}
    if told == choices:
        return row
    payload: dict[str, Any] = {**row.payload, "choices": told or None, "nonce": None}
    return row._replace(payload=payload, statement="")
