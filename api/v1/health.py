"""For the operator: is the process alive, and can it serve?"""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from api.context import Context, ledgers
from api.errors import NotReady, title
from api.language import language
from api.observation.observer import OBSERVER, Observer
from api.observation.probe import all_results
from api.observation.standing import DISRUPTED, Standing
from api.routes import Noun
from api.schemas.operations import HealthSchema, ReadinessSchema
from api.service.ledgers import Missing
from api.wiring import Service
from ledger import __version__
from ledger.sentence import Sentence

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"

calls = Noun("operations", "For the operator.", in_ledger=False)


@calls.get("/healthz", HealthSchema())
def get_health() -> dict[str, Any]:
    """Whether the process answers.

    Says nothing about the database: restarting the process would not mend it.
    """
    return {"status": "ok", "version": __version__}


@calls.get("/readyz", ReadinessSchema(), errors=(503,))
def get_readiness() -> tuple[dict[str, Any], int, dict[str, str]]:
    """Whether votes are taken, published and shown, in every ledger, and who closes on time.

    503 with all reasons if no ledger is ready; `degraded` while something is wrong with one of them, or a
    scheduler is in trouble: late votes are refused without it.
    """
    found = ledgers()
    contexts = found.all()
    standings = all_results([one.probe for one in contexts])
    told = [_told(*one) for one in zip(contexts, standings, strict=True)]
    told += [_missing(missing) for missing in found.missing.values()]
    if not any(one["ready"] for one in told):
        kept = [title(type(missing.why)) for missing in found.missing.values()]
        raise NotReady(told, [*(reason.sentence for one in standings for reason in one.reasons), *kept])
    well = all(one["ready"] and one["scheduler"]["state"] not in DISRUPTED for one in told)
    spoken = {"Content-Language": language(), "Vary": "Accept-Language"}
    return {"status": "ready" if well else "degraded", "ledgers": told}, 200, spoken


@calls.plain(
    "GET",
    "/metrics",
    {200: None},
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics() -> Response:
    """What is measured, in the text format of Prometheus."""
    observer: Observer = current_app.extensions[OBSERVER]
    return Response(observer.exposition(), content_type=EXPOSITION, headers={"Cache-Control": "no-store"})


def _told(context: Context, standing: Standing) -> dict[str, Any]:
    return {
        "ledger": context.service.name,
        "origin": context.service.ledger.origin,
        "ready": standing.ready,
        "reasons": [_reason(code, sentence) for code, sentence in standing.reasons],
        "head": standing.head,
        "position": standing.position,
        "lag": standing.lag(),
        "lag_seconds": standing.view_lag,
        "published": standing.published,
        "scheduler": _scheduler(context.service),
    }


def _missing(missing: Missing) -> dict[str, Any]:
    reason = _reason(missing.why.code, title(type(missing.why)))
    nothing = dict.fromkeys(("origin", "head", "position", "lag", "published"))
    scheduler = {"state": "off", "problem": missing.why.code, "since": None}
    name = missing.place.name or None
    return {"ledger": name, "ready": False, "reasons": [reason], **nothing, "scheduler": scheduler}


def _reason(code: str, sentence: Sentence) -> dict[str, str]:
    return {"code": code, "sentence": sentence.say(language(), {})}


def _scheduler(service: Service) -> dict[str, str | None]:
    if service.scheduler is None:
        return {"state": "off", "problem": "no-service-key", "since": None}
    standing = service.scheduler.standing()
    problem = None if standing.problem is None else standing.problem.code
    return {"state": standing.state(), "problem": problem, "since": standing.since}
