"""A report as JSON: the whole model, never localised, in the one shape of `report.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from projections.report.model import Report


def as_json(report: Report) -> bytes:
    """UTF-8, keys in the order of the schema."""
    return json.dumps(plain(report), ensure_ascii=False, indent=1).encode() + b"\n"


def plain(value: Any) -> Any:
    """The model as dictionaries, lists and values."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(inner) for name, inner in value._asdict().items()}
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
