"""The id of a request: the caller's `X-Request-ID`, or one of ours. Stands in the answer and in the log."""

from __future__ import annotations

import itertools
import os
import re
import secrets

from flask import g, request

ACCEPTED = re.compile(r"[!-~]{1,64}")
"""Printable ASCII, short: it is echoed in a header and written into logs."""

# A number behind a random name of the process: asking for randomness would hand the interpreter over to
# another thread, in every request.
_process: dict[int, tuple[str, itertools.count[int]]] = {}


def request_id() -> str:
    """The id of the request that is being served."""
    found: str | None = g.get("request_id")
    if found is None:
        given = request.headers.get("X-Request-ID", "")
        found = g.request_id = given if ACCEPTED.fullmatch(given) else _own()
    return found


def _own() -> str:
    pid = os.getpid()
    if pid not in _process:  # also after a fork
        _process[pid] = (secrets.token_hex(6), itertools.count(1))
    name, numbers = _process[pid]
    return f"{name}-{next(numbers)}"
