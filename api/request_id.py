"""The id of a request: the caller's `X-Request-ID`, or one of ours. Stands in the answer and in the log."""

from __future__ import annotations

import re
import secrets

from flask import g, request

ACCEPTED = re.compile(r"[!-~]{1,64}")
"""Printable ASCII, short: it is echoed in a header and written into logs."""


def request_id() -> str:
    """The id of the request that is being served."""
    found: str | None = g.get("request_id")
    if found is None:
        given = request.headers.get("X-Request-ID", "")
        found = g.request_id = given if ACCEPTED.fullmatch(given) else secrets.token_hex(8)
    return found
