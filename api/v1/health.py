"""For the operator: is the process alive, and can it serve?"""

from __future__ import annotations

from typing import Any

from api.answers import HealthSchema, ReadinessSchema
from api.context import Context, ledgers
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
    """Whether the stores can be read and written, and how far the views are behind them."""
    found = ledgers()
    for missing in found.missing.values():
        raise missing.why
    return {"status": "ready", "ledgers": [_standing(context) for context in found.all()]}


def _standing(context: Context) -> dict[str, Any]:
    service = context.service
    service.store.recorder.check()
    head, position = service.ledger.head(), service.views.position()
    return {
        "ledger": service.name,
        "origin": service.ledger.origin,
        "head": head,
        "position": position,
        "lag": max(0, head - position),
    }
