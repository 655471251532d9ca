"""When do resolutions end that are limited in time, and which have ended without an entry that says so?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.civil_time import day_of, end_of_day
from ledger.domain.periods import add_months

if TYPE_CHECKING:
    from ledger.domain.procedure import Procedure


def expires_at(procedure: Procedure, item: str) -> str | None:
    """When the resolution on an item ends: so many months after its determination, at 24:00 (BGB § 188)."""
    months, determined = procedure.items[item].get("valid_months"), procedure.life.determined_at
    if months is None or determined is None:
        return None
    zone = procedure.opening["time_zone"]
    return end_of_day(add_months(day_of(determined.at, zone), months), zone)


def next_expiry(procedure: Procedure) -> str | None:
    """When the next resolution of this procedure ends, None if none will: what was not adopted has no end."""
    if procedure.annulment is not None:
        return None
    ends = (expires_at(procedure, item) for item in _standing_items(procedure))
    return min((end for end in ends if end is not None), default=None)


def expired_items(procedure: Procedure, now: str) -> list[str]:
    """The items whose resolution has ended by `now` without an entry that says so."""
    ends = {item: expires_at(procedure, item) for item in _standing_items(procedure)}
    return [item for item, end in ends.items() if end is not None and end <= now]


def _standing_items(procedure: Procedure) -> list[str]:
    """Items that may end: limited in time, not ended yet, and with something to end."""
    if procedure.life.determined is None:
        return []
    limited = [item for item, said in procedure.items.items() if said.get("valid_months") is not None]
    return [
        item
        for item in limited
        if item not in procedure.life.expired and took_effect(procedure.outcome(item).result)
    ]


def took_effect(result: str) -> bool:
    """Whether a result is a resolution, which can be told and can end: adopted, or somebody elected."""
    return result == "adopted" or result.startswith("elected:")
