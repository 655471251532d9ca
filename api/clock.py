"""The one place that asks for the time of day. Everything else is told it."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> str:
    """The time of day in UTC, RFC 3339 with milliseconds, as entries write it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
