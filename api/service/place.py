"""Where a ledger of the service lies, as the operator says it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """Where a ledger lies."""

    store: str
    """A directory, or postgresql://…"""
    home: Path | None = None
    """Its folder of keys and documents, where that is not the usual one."""
    name: str = ""
    """The name that the ledger is expected to have; "" for whatever name it has."""
