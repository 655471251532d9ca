"""A report as it is read: blocks of text in one language. HTML and PDF are written from the same blocks."""

from __future__ import annotations

from typing import Any, NamedTuple

from api.report.as_json import plain


class Heading(NamedTuple):
    """A section (level 2) or a part of one (3)."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Text; `look` is "", note, good, bad, wording, outcome or label."""

    text: str
    look: str = ""


class Facts(NamedTuple):
    """Terms and what they are; a value's lines are apart by a line feed."""

    pairs: tuple[tuple[str, str], ...]


class Column(NamedTuple):
    """A column of a table; `look` is "", number, code or short."""

    title: str
    look: str = ""
    width: float = 1.0
    """Share of the width; 0 means: as wide as needed."""


class Table(NamedTuple):
    """Rows under headings; a cell's lines are apart by a line feed, the first cell names its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(NamedTuple):
    """A picture of the numbers in the table beside it; `alt` says the same in words."""

    svg: str
    alt: str


class Lines(NamedTuple):
    """Sentences in order, each with a mark before it (or "")."""

    lines: tuple[tuple[str, str], ...]


class Code(NamedTuple):
    """What is typed, or what a machine wrote."""

    text: str


class Signatures(NamedTuple):
    """Lines to sign on: who, and what is written there."""

    lines: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Facts | Table | Chart | Lines | Code | Signatures


class Document(NamedTuple):
    """A report in one language."""

    language: str
    title: str
    """What kind of report it is."""
    subject: str
    about: str
    """The title of the procedure."""
    body: str
    head: str
    """The head of the ledger in one line: for the foot of every page."""
    ledger: dict[str, str | int]
    """The same for machines: origin, size, root, position."""
    page: str
    """"Page {page} of {pages}"."""
    at: str
    """The time of the entry at the position: the time of the document."""
    blocks: tuple[Block, ...]

    def plain(self) -> dict[str, Any]:
        """As plain values; each block says its `type`."""
        blocks = [{"type": type(one).__name__.lower(), **plain(one)} for one in self.blocks]
        return {**self._asdict(), "blocks": blocks}
