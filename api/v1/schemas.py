"""The published shape of what is handed out as JSON files."""

from __future__ import annotations

from flask import Response

from api.report.schema import FILE
from api.routes import Noun

calls = Noun("schemas", "Shapes of files (JSON Schema).", in_ledger=False)

_CONTENT = {"application/schema+json": {"schema": {"type": "object"}}}


@calls.plain("GET", "/v1/report.schema.json", {200: None}, responses={200: {"content": _CONTENT}})
def get_report_schema() -> Response:
    """The JSON Schema (2020-12) of `report.json`."""
    return Response(FILE.read_bytes(), content_type="application/schema+json")
