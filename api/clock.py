"""The one place that asks for the time of day. Everything else is told it."""

from __future__ import annotations

from datetime import UTC, datetime

from ledger.rfc3339 import utc


def utc_now() -> str:
    """The time of day in UTC, RFC 3339 with milliseconds, as entries write it."""
    return utc(datetime.now(UTC))
