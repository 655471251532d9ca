"""A report as PDF: PDF/A-3a (archivable) and PDF/UA-1 (accessible) in one file, written by typst.

What is told goes in as JSON and stays text, whatever it looks like. The template sees no file outside its
own folder, which is its root; its fonts are those inside typst. The time of the document is that of the
entry at its position, so the same report has the same bytes. typst's exporter refuses what the standards
forbid; what can be checked besides, and what not, stands in `api/report/README.md`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import typst

from api.report.document import Document
from api.report.glyphs import breakable, broken, shown
from api.report.row_headers import with_row_headers

TEMPLATES = Path(__file__).with_name("templates")


class Attachment(NamedTuple):
    """A file inside the file."""

    name: str
    data: bytes
    """UTF-8. Where it is empty, nothing is attached."""
    relationship: str
    """To the document, as PDF 2.0 calls it: `source` or `data`."""
    media_type: str
    description: str


def as_pdf(document: Document, attachment: Attachment) -> bytes:
    """The file, with the attachment in it."""
    made = datetime.fromisoformat(document.at).astimezone(UTC).replace(microsecond=0)
    told = shown(document.plain())
    told |= {"blocks": breakable(told["blocks"]), "about": broken(told["about"])}
    told |= {"made": [made.year, made.month, made.day, made.hour, made.minute, made.second]}
    pdf = typst.compile(
        str(TEMPLATES / "report.typ"),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": json.dumps(told), "attached": json.dumps(_plain(attachment))},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=int(made.timestamp()),
    )
    return with_row_headers(pdf)


def _plain(attachment: Attachment) -> dict[str, str]:
    return {**attachment._asdict(), "data": attachment.data.decode()}
