"""For the operator: is the process alive, and can it serve?"""

from __future__ import annotations

from typing import Any

from api.answers import HealthSchema, ReadinessSchema
from api.context import current
from api.routes import Noun
from ledger import __version__

calls = Noun("operations", "For the operator.", in_ledger=False)


@calls.get("/healthz", HealthSchema())
def get_health() -> dict[str, Any]:
    """Whether the process answers.

    Says nothing about the database: restarting the process would not mend it.
    """
    return {"status": "ok", "version": __version__}


@calls.get("/readyz", ReadinessSchema(), errors=(503,))
def get_readiness() -> dict[str, Any]:
    """Whether the store can be read and written, and how far the views are behind it."""
    service = current().service
    service.store.recorder.check()
    lag = service.follower.lag()
    return {
        "status": "ready",
        "ledger": service.name,
        "origin": service.ledger.origin,
        "head": lag.head,
        "position": lag.position,
        "lag": lag.entries,
        "lag_seconds": lag.seconds,
    }
