"""Who calls, for those who serve the call."""

from __future__ import annotations

from flask import request

from api.access.layer import GRANT
from api.access.roles import Grant


def caller() -> Grant:
    """What the caller of the request that is being served is granted."""
    found: Grant = request.environ[GRANT]
    return found
