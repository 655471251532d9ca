"""Do titles that are programs stay titles: in typst, in a browser, in a spreadsheet, at any length?"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from api.report import glyphs
from api.report.as_csv import FORMULA, harmless
from api.report.as_pdf import Attachment, as_pdf
from api.report.compose import compose
from api.report.document import Code, Paragraph
from api.report.formats import written
from projections.report.build import Source
from projections.report.model import KINDS
from tests.reports.conftest import Decided, new_place
from tests.support import pdf
from tests.support.reporting import opened, published, report

TYPST = '#read("/etc/passwd") #panic("x") $x^2$ *bold* _it_ `raw` <label> @ref \\ // /* = Heading'
HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;\"'><style>*{display:none}</style>"
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\u200e=1+1", "\uff1d1+1", " =1")
ARABIC = "\u202eمحضر الجلسة\u202c (عكس) اختبار"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenbandfabrik" * 40
ODD = "a\x00b\x1b[31m\ud7ff\ufffe c\u2028d\x0c\U0001f600 中文 \ue000"

TITLES = {"typst": TYPST, "html": HTML, "formula": FORMULAS[0], "arabic": ARABIC, "long": LONG, "odd": ODD}


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_title_stays_text(tmp_path: Path, name: str, kind: str) -> None:
    """Everywhere it is written, and as every form."""
    title = TITLES[name]
    with published(new_place(tmp_path / "ledger")) as town:
        motion = opened(town, title=title, wording=title)
        source = report(town, motion, kind)
    page = written(source, "html", "en").decode()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<style>") == 1
    file = written(source, "pdf", "en")
    text = pdf.squeezed(" ".join(pdf.pages_of(file)))
    assert pdf.collisions(file) == []
    assert "root:x:0:0" not in text
    if name in {"typst", "html", "formula", "long"}:
        assert pdf.squeezed(title) in text
    if name == "odd":
        for said in ("⟨U+1F600⟩", "⟨U+4E2D⟩", "⟨U+001B⟩", "⟨U+2028⟩"):
            assert said in text, "a character without a glyph is named, never hidden"
        assert "中文" in page
    if name == "arabic":
        assert "⟨U+202E⟩" in text, "nothing turns the text around it"
    for row in rows_of(written(source, "csv", "de")):
        assert not any(cell.startswith(FORMULA) for cell in row)


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_is_no_formula(cell: str) -> None:
    """Excel and LibreOffice run what begins like one, also behind blanks and marks of direction."""
    assert harmless(cell).startswith("'")


@pytest.mark.parametrize("cell", ["Ja", "12", "12.5", "(=1)", "", "–", "'quoted"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    """A list full of apostrophes would be of no use."""
    assert harmless(cell) == cell


def test_a_spreadsheet_opens_it_as_it_is_meant(tmp_path: Path) -> None:
    """A byte order mark, the separator of the language, one rectangular table."""
    with published(new_place(tmp_path / "ledger")) as town:
        source = report(town, opened(town), "audit")
    for language, separator in (("de", ";"), ("en", ",")):
        data = written(source, "csv", language)
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == data.count(b"\n")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) > len(source.report.participants)


def test_a_spreadsheet_says_in_words_why_an_attempt_was_refused(told: Decided) -> None:
    """A clerk reads it as well: the code alone is for programs."""
    refused = Source(told.audit.report._replace(attempts={"too-late": 2}), [])
    for language, words in (
        ("de", b"Versuch;;too-late;zu sp\xc3\xa4t;"),
        ("en", b"attempt,,too-late,too late,"),
    ):
        assert words in written(refused, "csv", language)


def test_a_german_wording_is_not_divided_as_english_is(tmp_path: Path) -> None:
    """The wording is quoted; in an English report "zuges-timmt" would be another word."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = opened(
            town, title="Zustimmung", wording=" ".join(f"{'a' * n} wird zugestimmt." for n in range(60))
        )
        text = pdf.raw(written(report(town, motion, "extract"), "pdf", "en"))
    assert text.count("zugestimmt.") == 60, "one of them was divided"


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a German file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_every_character_that_is_said_to_be_shown_is(told: Decided) -> None:
    """In each font that is used, regular and bold: typst refuses a document with one glyph missing."""
    known = [tuple(int(one, 16) for one in pair.split("-")) for pair in glyphs._FONTS.split()]
    text = " ".join(chr(code) for first, last in known for code in range(first, last + 1))
    blocks = (Paragraph(text), Paragraph(text, "outcome"), Code(text))
    document = compose(told.extract.report, "de")._replace(blocks=blocks)
    assert as_pdf(document, Attachment("none", b"", "data", "text/plain", "none")).startswith(b"%PDF")
    assert glyphs.shown(text) == text
