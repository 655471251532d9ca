"""A PDF as a reader, an archive and a screen reader see it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]


def pages_of(data: bytes) -> list[str]:
    """The text of each page, as it is extracted for a search; words are apart by one space."""
    return [clean(page) for page in _raw_pages(data)]


def raw(data: bytes) -> str:
    """The text as it is laid out, with the signs of words that are divided at line ends."""
    return "\n".join(_raw_pages(data))


def _raw_pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def collisions(data: bytes, margin: float = 50.0) -> list[str]:
    """Pieces of text that leave the page's margins (in points), or lie on one another: as `page: text`."""
    document, found = pypdfium2.PdfDocument(data), []
    for number, page in enumerate(document, 1):
        read, (width, _) = page.get_textpage(), page.get_size()
        boxes = [read.get_rect(one) for one in range(read.count_rects())]
        boxes = [box for box in boxes if box[2] - box[0] > 1]
        wrong = [box for box in boxes if box[0] < margin or box[2] > width - margin]
        wrong += [one for place, one in enumerate(boxes) if any(_overlap(one, two) for two in boxes[:place])]
        found += [f"{number}: {read.get_text_bounded(*box)}" for box in wrong]
    document.close()
    return found


def _overlap(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    """Whether two boxes (left, bottom, right, top) share more than an edge."""
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    return wide > 2 and high > 2


def clean(text: str) -> str:
    """Without what only lays out: line ends, soft hyphens, breaking points."""
    text = re.sub("[\u200b\ufeff\u00ad\ufffe]|\u0002\r?\n?", "", text)
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Without any space or hyphen: for what is broken over lines."""
    return re.sub(r"[\s\u2010\u00ad-]", "", clean(text))


def opened(data: bytes) -> Any:
    """For pikepdf; close it."""
    return pikepdf.open(io.BytesIO(data))


def tags(pdf: Any) -> Counter[str]:
    """How often each structure type stands in the tree."""
    return Counter(str(one.S).removeprefix("/") for one in _elements(pdf.Root.StructTreeRoot.K))


def elements(pdf: Any, kind: str) -> list[Any]:
    """The elements of one type, in their order."""
    return [one for one in _elements(pdf.Root.StructTreeRoot.K) if f"/{kind}" == one.S]


Cell = tuple[str, str | None, bool]


def cells(table: Any) -> list[list[Cell]]:
    """The rows of a table: type and scope of each cell, and whether it lists its headers by itself."""
    rows = [one for one in _elements(table.K) if one.S == "/TR"]
    return [[_cell(one) for one in row.K] for row in rows]


def _cell(cell: Any) -> Cell:
    attributes = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
    [said] = [one for one in attributes if one.O == "/Table"]
    scope = str(said.Scope).removeprefix("/") if "/Scope" in said else None
    return str(cell.S).removeprefix("/"), scope, "/Headers" in said and len(said.Headers) > 0


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and node.get("/Type", "/StructElem") == "/StructElem":
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def fonts(pdf: Any) -> list[Any]:
    """Every font of every page and of the forms (pictures) in it."""
    return [font for page in pdf.pages for font in _fonts(page.get("/Resources", {}), 0)]


def _fonts(resources: Any, depth: int) -> Iterator[Any]:
    yield from (resources.get("/Font", {}) or {}).values()
    for one in (resources.get("/XObject", {}) or {}).values():
        if "/Resources" in one and depth < 8:
            yield from _fonts(one.Resources, depth + 1)


def metadata(pdf: Any, name: str) -> str | None:
    """A value of the XMP metadata, written as an element or as an attribute."""
    text = bytes(pdf.Root.Metadata.read_bytes()).decode()
    match = re.search(rf'{name}(?:>|=")([^<"]+)', text)
    return match and match[1]


def attachments(pdf: Any) -> dict[str, tuple[str, bytes]]:
    """Name → relationship and bytes of the associated files of the document."""
    return {
        str(one.UF): (str(one.AFRelationship), bytes(one.EF.F.read_bytes()))
        for one in pdf.Root.get("/AF", [])
    }
