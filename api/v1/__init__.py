"""The calls of version 1: one module for each noun."""

from __future__ import annotations

from api.openapi import OpenApi
from api.v1 import (
    disclosures,
    documents,
    events,
    health,
    log,
    oparl,
    procedures,
    receipts,
    reports,
    schemas,
    statements,
)

NOUNS = (
    statements,
    receipts,
    log,
    procedures,
    reports,
    schemas,
    events,
    documents,
    disclosures,
    oparl,
    health,
)


def register(api: OpenApi) -> None:
    """Adds all calls to the application of `api`, and to its document."""
    for noun in NOUNS:
        api.register_blueprint(noun.calls.blueprint, parameters=noun.calls.parameters)
