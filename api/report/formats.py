"""The forms of a report, and how their files are called."""

from __future__ import annotations

from api.report.as_csv import as_csv
from api.report.as_html import as_html
from api.report.as_json import as_json
from api.report.as_pdf import Attachment, as_pdf
from api.report.compose import compose
from api.report.file_names import file_name
from projections.report.build import Source
from projections.report.model import Report

FORMATS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
}
"""Form → its media type."""


def written(source: Source, form: str, language: str) -> bytes:
    """The report in this form. JSON is the same in every language."""
    report = source.report
    if form == "json":
        return as_json(report)
    if form == "csv":
        return as_csv(report, language)
    document = compose(report, language)
    return as_html(document) if form == "html" else as_pdf(document, _attachment(source))


def _attachment(source: Source) -> Attachment:
    """What lies behind the report: the entries, or, where they would name people, the report for machines."""
    if source.report.kind == "resolution":
        described = "What this document tells, for machines"
        return Attachment("resolution.json", as_json(source.report), "data", "application/json", described)
    described = "The entries of the procedure, as they are hashed"
    return Attachment("entries.jsonl", source.entries, "source", "application/x-ndjson", described)


def name_of(report: Report, form: str, language: str) -> str:
    """The name of the file; JSON is the same in every language."""
    ending = form if form == "json" else f"{language}.{form}"
    return file_name(report.procedure, report.kind, report.position.seq, ending)
