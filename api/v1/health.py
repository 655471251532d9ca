"""For the operator: is the process alive, and can it serve?"""

from __future__ import annotations

from typing import Any

from api.answers import HealthSchema, ReadinessSchema
from api.context import Context, ledgers
from api.routes import Noun
from ledger import __version__
from ledger.scheduler import Scheduler

calls = Noun("operations", "For the operator.", in_ledger=False)


@calls.get("/healthz", HealthSchema())
def get_health() -> dict[str, Any]:
    """Whether the process answers.

    Says nothing about the database: restarting the process would not mend it.
    """
    return {"status": "ok", "version": __version__}


@calls.get("/readyz", ReadinessSchema(), errors=(503,))
def get_readiness() -> dict[str, Any]:
    """Whether the stores can be read and written, how far the views are behind, and who closes on time.

    A scheduler in trouble does not make the process unready: late votes are refused without it.
    """
    found = ledgers()
    for missing in found.missing.values():
        raise missing.why
    standing = [_standing(context) for context in found.all()]
    troubled = any(each["scheduler"]["state"] in TROUBLE for each in standing)
    return {"status": "degraded" if troubled else "ready", "ledgers": standing}


def _standing(context: Context) -> dict[str, Any]:
    service = context.service
    service.store.recorder.check()
    head, position = service.ledger.head(), service.views.position()
    scheduler = _scheduler(service.scheduler)
    return {
        "ledger": service.name,
        "origin": service.ledger.origin,
        "head": head,
        "position": position,
        "lag": max(0, head - position),
        "scheduler": scheduler,
    }


TROUBLE = ("failing", "stalled", "off")


def _scheduler(scheduler: Scheduler | None) -> dict[str, str | None]:
    if scheduler is None:
        return {"state": "off", "problem": "no-service-key", "since": None}
    standing = scheduler.standing()
    problem = None if standing.problem is None else standing.problem.code
    return {"state": standing.state(), "problem": problem, "since": standing.since}
