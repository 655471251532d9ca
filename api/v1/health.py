"""For the operator: is the process alive, and can it serve?"""

from __future__ import annotations

from typing import Any

from api.answers import HealthSchema, ReadinessSchema
from api.context import current
from api.routes import Noun
from ledger import __version__
from ledger.scheduler_standing import Standing

calls = Noun("operations", "For the operator.", in_ledger=False)


@calls.get("/healthz", HealthSchema())
def get_health() -> dict[str, Any]:
    """Whether the process answers.

    Says nothing about the database: restarting the process would not mend it.
    """
    return {"status": "ok", "version": __version__}


@calls.get("/readyz", ReadinessSchema(), errors=(503,))
def get_readiness() -> dict[str, Any]:
    """Whether the store can be read and written, how far the views are behind it, and who closes on time.

    A scheduler in trouble does not make the process unready: late votes are refused without it.
    """
    service = current().service
    service.store.recorder.check()
    head, position = service.ledger.head(), service.views.position()
    scheduler = _scheduler(service.scheduler.standing() if service.scheduler else None)
    return {
        "status": "degraded" if scheduler["state"] in TROUBLE else "ready",
        "ledger": service.name,
        "origin": service.ledger.origin,
        "head": head,
        "position": position,
        "lag": max(0, head - position),
        "scheduler": scheduler,
    }


TROUBLE = ("failing", "stalled", "off")


def _scheduler(standing: Standing | None) -> dict[str, str | None]:
    if standing is None:
        return {"state": "off", "problem": "no-service-key", "since": None}
    problem = None if standing.problem is None else standing.problem.code
    return {"state": standing.state(), "problem": problem, "since": standing.since}
