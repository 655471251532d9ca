"""A report as one HTML page: complete without script, and without anything from elsewhere; prints well."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from string import Template

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.report.document import Document

TEMPLATES = Path(__file__).with_name("templates")


def as_html(document: Document) -> bytes:
    """The page, UTF-8."""
    page = _environment().get_template("report.html")
    return page.render(document=document, blocks=document.plain()["blocks"], style=style(document)).encode()


def policy(document: Document) -> str:
    """The Content-Security-Policy of the page: its own style, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style(document).encode()).digest()).decode()
    nothing = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return f"default-src 'none'; style-src 'sha256-{digest}'; {nothing}"


def style(document: Document) -> Markup:
    """The style sheet, with the head of the ledger for the foot of every printed page."""
    page, of, _ = (part.split("}")[-1] for part in document.page.split("{"))
    words = {"head": document.head, "page": page, "of": of}
    # Names and base64 hold nothing that would end a string of CSS; whatever else does is left out.
    safe = {name: value.replace("\\", "").replace('"', "").replace("<", "") for name, value in words.items()}
    sheet = Template((TEMPLATES / "report.css").read_text("utf-8"))
    return Markup(sheet.substitute(safe))  # noqa: S704 (a style element is raw text)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
