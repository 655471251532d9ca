"""The first cell of every table row as its header, in the structure tree of a PDF that typst wrote.

typst marks the headings of columns. Marking a cell as the heading of its row needs a feature of its compiler
(`a11y-extras`, function `pdf.header-cell`) that its Python package cannot switch on. So it is done in the
finished file, in structure elements only, byte for byte in place: no offset changes, and no other object is
touched. A row's first TD becomes a TH with the scope Row; data cells lose the list of their headers
(`Headers`), which names the columns' alone: without it both scopes count (ISO 32000-1 §14.8.5.7; ISO 14289-1
§7.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TABLE = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_HEAD = re.compile(rb"xref\r?\n0 (\d+)\r?\n")
_ROW = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/TR/P \d+ 0 R/K\[((?:\d+ 0 R ?)+)\]>>")
_CELL = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/T(D)/P \d+ 0 R/A\[?<</O/Table(/Headers\[[^]]*\])>>")
_SCOPE = b"/Scope/Row"


def with_row_headers(pdf: bytes) -> bytes:
    """The file with a header for each row. A file that is laid out otherwise is returned as it is."""
    found, places = bytearray(pdf), dict(_objects(pdf))
    for place in places.values():
        if row := _ROW.match(pdf, place):
            for number, cell in enumerate(re.findall(rb"(\d+) 0 R", row[1])):
                _mark(found, pdf, places[int(cell)], header=number == 0)
    return bytes(found)


def _mark(found: bytearray, pdf: bytes, place: int, *, header: bool) -> None:
    """One cell, if it is one of data: those of the table's head are headers already."""
    if (cell := _CELL.match(pdf, place)) is None:
        return
    start, end = cell.span(2)
    found[start:end] = (_SCOPE if header else b"").ljust(end - start)
    if header:
        found[slice(*cell.span(1))] = b"H"


def _objects(pdf: bytes) -> Iterator[tuple[int, int]]:
    """Number and offset of every object, as the cross-reference table says (ISO 32000-1 §7.5.4)."""
    if (end := _TABLE.search(pdf)) is None:
        return
    if (head := _HEAD.match(pdf, int(end[1]))) is None:
        return
    for number in range(1, int(head[1])):
        place = head.end() + 20 * number
        yield number, int(pdf[place : place + 10])
