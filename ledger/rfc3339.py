"""Times as entries write them: RFC 3339, in UTC, with three decimals and `Z` (decision 0006)."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(moment: datetime) -> str:
    """A moment, which has a zone, as entries write it.

    Raises `OverflowError` if it is before the year 1 or after 9999 in UTC.
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
