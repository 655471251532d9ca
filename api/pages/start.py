"""What the first page of a service with several ledgers shows."""

from __future__ import annotations

from typing import Any

from api.context import Context
from api.service.ledgers import Ledgers
from ledger.errors import StorageError


def all_ledgers(ledgers: Ledgers) -> list[dict[str, Any]]:
    """The ledgers that are open, by name, as far as their views go. Who is not open is for the operator."""
    return [
        {
            "name": context.service.name,
            "origin": context.service.ledger.origin,
            "entries": _entries(context),
        }
        for context in ledgers.all()
    ]


def _entries(context: Context) -> int | None:
    try:
        return context.service.views.position() + 1
    except StorageError:  # its database does not answer, which is nothing to the others
        return None
