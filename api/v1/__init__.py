"""The calls of version 1: one module for each noun."""

from __future__ import annotations

from api.openapi import OpenApi
from api.v1.disclosures import disclosures
from api.v1.documents import documents
from api.v1.events import events
from api.v1.health import health
from api.v1.procedures import procedures
from api.v1.receipts import receipts
from api.v1.statements import statements

NOUNS = (statements, receipts, procedures, events, documents, disclosures, health)


def register(api: OpenApi) -> None:
    """Adds all calls to the application of `api`, and to its document."""
    for noun in NOUNS:
        api.register_blueprint(noun.blueprint, parameters=noun.parameters)
