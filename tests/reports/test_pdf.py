"""Is the PDF archivable, accessible, complete, and the source in it the log's own bytes?

typst refuses what PDF/A-3a and PDF/UA-1 forbid while it writes. Here pikepdf looks at what can be asserted
one by one, and pdf_oxide is a second opinion; it does not walk the structure tree (its WARN-007). veraPDF,
which would judge the whole standard, comes through no package index: it has to be run once outside.
"""

from __future__ import annotations

from uuid import UUID

import pdf_oxide
import pytest

from api.report.compose import compose
from api.report.document import Chart, Facts, Heading, Lines, Paragraph, Table
from api.report.formats import written
from api.report.row_headers import with_row_headers
from projections.report.build import Source
from projections.report.model import KINDS
from tests.reports.conftest import Decided
from tests.support import pdf

EACH = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in ("de", "en")]
)


def source_of(told: Decided, kind: str) -> Source:
    """One of the reports."""
    source: Source = getattr(told, kind)
    return source


@EACH
def test_it_says_that_it_is_archivable_and_accessible(told: Decided, kind: str, language: str) -> None:
    """An archive and a screen reader look at these first."""
    with pdf.opened(written(source_of(told, kind), "pdf", language)) as found:
        root = found.Root
        assert (pdf.metadata(found, "pdfaid:part"), pdf.metadata(found, "pdfaid:conformance")) == ("3", "A")
        assert pdf.metadata(found, "pdfuaid:part") == "1"
        assert str(root.Lang) == {"de": "de-DE", "en": "en-GB"}[language]
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert [str(one.S) for one in root.OutputIntents] == ["/GTS_PDFA1"]


@EACH
def test_every_font_is_inside_and_can_be_read_back_as_text(told: Decided, kind: str, language: str) -> None:
    """In thirty years nobody has our fonts; a search needs the way from glyphs to letters."""
    with pdf.opened(written(source_of(told, kind), "pdf", language)) as found:
        used = pdf.fonts(found)
        assert used
        for font in used:
            described = font.get("/DescendantFonts", [font])[0].FontDescriptor
            assert any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))
            assert "/ToUnicode" in font


@EACH
def test_headings_tables_lists_and_pictures_are_told_as_such(told: Decided, kind: str, language: str) -> None:
    """Who hears the document goes from heading to heading, and through tables by their headings."""
    source = source_of(told, kind)
    blocks = compose(source.report, language).blocks
    tables = [one for one in blocks if isinstance(one, Table)]
    with pdf.opened(written(source, "pdf", language)) as found:
        tags = pdf.tags(found)
        assert tags["H1"] == 1
        assert tags["H2"] == sum(isinstance(one, Heading) and one.level == 2 for one in blocks)
        assert tags["Table"] == len(tables)
        assert tags["TH"] == sum(len(one.columns) + len(one.rows) for one in tables)
        assert tags["TD"] == sum((len(one.columns) - 1) * len(one.rows) for one in tables)
        assert tags["L"] == sum(isinstance(one, Lines) for one in blocks)
        charts = [one.alt for one in blocks if isinstance(one, Chart)]
        assert [str(one.Alt) for one in pdf.elements(found, "Figure")] == charts


@EACH
def test_a_vote_is_read_out_with_its_member_and_its_column(told: Decided, kind: str, language: str) -> None:
    """ISO 14289-1 §7.5: each cell has a header above it and one before it, and lists none of its own."""
    source = source_of(told, kind)
    tables = [one for one in compose(source.report, language).blocks if isinstance(one, Table)]
    with pdf.opened(written(source, "pdf", language)) as found:
        shown = [pdf.cells(one) for one in pdf.elements(found, "Table")]
    column, row, data = ("TH", "Column", False), ("TH", "Row", False), ("TD", None, False)
    for table, cells in zip(tables, shown, strict=True):
        rest = len(table.columns) - 1
        assert cells[:1] == [[column] * (rest + 1)]
        assert cells[1:] == [[row, *[data] * rest]] * len(table.rows)


def test_only_structure_elements_become_headers() -> None:
    """What looks like one elsewhere in a file, and a file of another make, stay as they are."""
    cell = b"1 0 obj\n<</Type/StructElem/S/TD/P 2 0 R/A[<</O/Table/Headers[(U1x0y0)]>>]>>"
    assert with_row_headers(cell) == cell
    assert with_row_headers(b"%PDF-1.7\nstartxref\n3\n%%EOF\n") == b"%PDF-1.7\nstartxref\n3\n%%EOF\n"


@EACH
def test_a_second_opinion_finds_no_fault(told: Decided, kind: str, language: str) -> None:
    """pdf_oxide, as far as it looks."""
    pdf_oxide.disable_logging()
    document = pdf_oxide.PdfDocument.from_bytes(written(source_of(told, kind), "pdf", language))
    for verdict in (document.validate_pdf_a("3a"), document.validate_pdf_ua()):
        assert verdict["valid"]
        assert verdict["errors"] == []


@pytest.mark.parametrize("kind", ["extract", "audit"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_entries_are_attached_as_they_are_hashed(told: Decided, kind: str, language: str) -> None:
    """Whoever holds the file alone can compute every leaf hash that it names."""
    source, ledger = source_of(told, kind), told.town.ledger
    rows = ledger.store.recorder.stream(UUID(told.procedure))
    with pdf.opened(written(source, "pdf", language)) as found:
        [(name, (relationship, data))] = pdf.attachments(found).items()
    assert (name, relationship) == ("entries.jsonl", "/Source")
    assert data.splitlines() == [row.state for row in rows]


@EACH
def test_every_page_names_the_head_of_the_ledger(told: Decided, kind: str, language: str) -> None:
    """A single sheet that was copied still says of which log it is, and at which root."""
    source = source_of(told, kind)
    head = source.report.head
    assert head is not None
    for page in pdf.pages_of(written(source, "pdf", language)):
        for value in (source.report.origin, head.root, str(head.size), str(source.report.position.seq)):
            assert value in page


@EACH
def test_every_word_of_the_report_is_in_the_text(told: Decided, kind: str, language: str) -> None:
    """Nothing is cut off by a column, a page or a font: all that the blocks say can be found."""
    source = source_of(told, kind)
    text = pdf.squeezed(" ".join(pdf.pages_of(written(source, "pdf", language))))
    for block in compose(source.report, language).blocks:
        for said in _said(block):
            for part in said.split("\n"):
                assert pdf.squeezed(part) in text, part


@EACH
def test_no_text_leaves_the_page_or_lies_on_another(told: Decided, kind: str, language: str) -> None:
    """A digest in a column that is too narrow for it can be extracted, and not read."""
    assert pdf.collisions(written(source_of(told, kind), "pdf", language)) == []


def _said(block: object) -> list[str]:
    match block:
        case Heading() | Paragraph():
            return [block.text]
        case Facts():
            return [one for pair in block.pairs for one in pair]
        case Table():
            return [block.caption, *(cell for row in block.rows for cell in row)]
        case Lines():
            return [line for _, line in block.lines]
    return []
