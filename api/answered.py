"""An answer that is ready: the same bytes for a call that took the fast path and for one through Flask."""

from __future__ import annotations

from typing import NamedTuple


class Answered(NamedTuple):
    """Status, headers, and the bytes of the body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
