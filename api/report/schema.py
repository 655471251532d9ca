"""The JSON Schema (2020-12) of a report, made from the model's types.

`python -m api.report.schema` prints it; `report.schema.json` is the committed result.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from projections.report import model

FILE = Path(__file__).with_name("report.schema.json")
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {"description": "any JSON value"},
}


def schema() -> dict[str, Any]:
    """The schema of a whole report; each type of the model is one of its definitions."""
    types = [one for one in vars(model).values() if inspect.isclass(one) and hasattr(one, "_fields")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:stimmbuch:report:1",
        "title": "Report of one procedure of a voting ledger",
        "$ref": "#/$defs/Report",
        "$defs": {one.__name__: _object(one) for one in types},
    }


def text() -> str:
    """As it is committed."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _object(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {name: _shape(hints[name]) for name in kind._fields}
    if kind is model.Report:
        properties["format"] = {"const": model.FORMAT}
        properties["kind"] = {"enum": list(model.KINDS)}
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n", 1)[0],
        "properties": properties,
        "required": list(kind._fields),
        "additionalProperties": False,
    }


def _shape(kind: Any) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return {"anyOf": [_shape(one) for one in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _shape(arguments[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _shape(arguments[1])}
    return _PLAIN.get(kind) or {"$ref": f"#/$defs/{kind.__name__}"}


if __name__ == "__main__":
    sys.stdout.write(text())
