"""Reports of one procedure, as files: the extract for the minutes, the audit report, the resolution."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response

from api.access.caller import caller
from api.context import current
from api.report.as_html import policy
from api.report.compose import frame
from api.report.formats import FORMATS, name_of, written
from api.routes import Noun, View, unchanged
from api.schemas.requests import ReportQuery, ResolutionQuery
from api.shown.tallies import entry_at
from api.shown.texts import texts
from api.shown.visibility import require_may_look_back, require_may_see, withheld
from api.v1.failing import LIMITED
from projections.report.build import Source, build

calls = Noun("reports", "Reports: the extract for the minutes, the audit report, the resolution.")

Query = Mapping[str, Any]


def _get(form: str, **shape: Any) -> Callable[[View], View]:
    """The call of one form: they differ in the media type and the shape of what they hand out."""
    content = {FORMATS[form].split(";")[0]: {"schema": shape}}
    return calls.get(
        f"/procedures/<uuid:procedure>/report.{form}",
        None,
        query=ReportQuery(),
        errors=LIMITED,
        cached=True,
        responses={200: {"content": content}},
    )


@_get("pdf", type="string", format="binary")
def get_report_pdf(query: Query, procedure: UUID) -> Response:
    """The report as PDF/A-3a and PDF/UA-1, with the procedure's entries attached as `entries.jsonl`.

    Same procedure, same entry, same bytes, but for texts that were erased since.
    """
    return _report("pdf", query, procedure)


@_get("html", type="string")
def get_report_html(query: Query, procedure: UUID) -> Response:
    """The report as one page without script, and without anything from elsewhere."""
    return _report("html", query, procedure)


@_get("json", type="object")
def get_report_json(query: Query, procedure: UUID) -> Response:
    """The report for programs, never localised; its schema is at `/v1/report.schema.json`."""
    return _report("json", query, procedure)


@_get("csv", type="string")
def get_report_csv(query: Query, procedure: UUID) -> Response:
    """The report for a spreadsheet: one table, with a byte order mark; no cell is a formula."""
    return _report("csv", query, procedure)


@calls.get(
    "/procedures/<uuid:procedure>/resolution.html",
    None,
    query=ResolutionQuery(),
    errors=LIMITED,
    cached=True,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
)
def get_resolution(query: Query, procedure: UUID) -> Response:
    """The resolution as one page for everybody: what was decided on the public items, without names."""
    return _report("html", {**query, "kind": "resolution"}, procedure)


def _report(form: str, query: Query, procedure: UUID) -> Response:
    context, at, language = current(), query.get("at"), query["lang"]
    context.wait_for(query.get("wait_for"))
    require_may_see(context, str(procedure), caller())
    ledger = context.service.ledger
    entry = None if at is None else entry_at(context, at)
    require_may_look_back(context, str(procedure), entry, caller())
    with context.replay():
        found = partial(texts, ledger)
        source = build(
            *(ledger, procedure),
            kind=query["kind"],
            at=entry,
            texts=found,
            withheld=withheld,
            keep_secret=caller().narrow,
        )
        body = written(source, form, language)
    etag = hashlib.sha256(body).hexdigest()[:32]
    return unchanged(etag) or _answer(source, form, language, body, etag)


def _answer(source: Source, form: str, language: str, body: bytes, etag: str) -> Response:
    response = Response(body, content_type=FORMATS[form])
    response.set_etag(etag)
    name = name_of(source.report, form, language)
    shown = "attachment" if form == "csv" else "inline"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    if form == "html":
        response.headers["Content-Security-Policy"] = policy(frame(source.report, language))
    return response
