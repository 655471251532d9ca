"""Do long tables begin and end where a reader expects it, wherever the pages break?"""

from __future__ import annotations

import pytest

from api.report.as_pdf import Attachment, as_pdf
from api.report.document import Block, Column, Document, Heading, Paragraph, Table
from tests.support import pdf

NOTHING = Attachment("nothing", b"", "data", "text/plain", "")
DIGEST = "XteNeFyyoOMMeyc8Gpeg8goPYX4byYar80GspFq8hy8="
LINES = 48
"""More lines of text than a page has."""


def written(*blocks: Block) -> bytes:
    """A document of these blocks as PDF."""
    words = {"title": "Report", "subject": "Subject", "about": "About", "body": "Council", "head": "Head"}
    page, at = "Page {page} of {pages}", "2026-11-27T05:03:37.526Z"
    told = Document("en", **words, ledger={"origin": "test"}, page=page, at=at, blocks=blocks)
    return as_pdf(told, NOTHING)


def members(number: int) -> Table:
    """A table of so many rows."""
    rows = tuple((f"member{one}", f"{one}\nseen") for one in range(number))
    return Table("Caption", (Column("Member"), Column("Vote")), rows)


def page_with(pages: list[str], word: str) -> int:
    """The number of the one page that has the word."""
    [found] = [number for number, page in enumerate(pages) if word in page.split()]
    return found


@pytest.mark.parametrize("lines", range(0, LINES, 2))
def test_a_long_table_begins_with_its_heading_and_two_rows(lines: int) -> None:
    """A heading alone at a page's foot is missed, and all rows would be laid out to see that none fits."""
    above = [Paragraph(f"line{one}") for one in range(lines)]
    pages = pdf.pages_of(written(*above, Heading("Beginning"), members(40)))
    first = {page_with(pages, word) for word in ("Beginning", "Caption", "member0", "member1")}
    assert len(first) == 1
    assert page_with(pages, "member39") - first.pop() in (1, 2)


def test_no_page_is_left_empty_for_a_long_table() -> None:
    """The room that is asked for is given back: the table begins right below its heading."""
    few, many = (pdf.pages_of(written(Heading("Beginning"), members(number))) for number in (8, 9))
    assert (len(few), len(many)) == (1, 1)


def test_the_heads_of_columns_stand_on_every_page_of_a_table() -> None:
    """Who copies one sheet has them, and the number of the sheets."""
    pages = pdf.pages_of(written(members(200)))
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert {"Member", "Vote"} <= set(page.split())
        assert page.endswith(f"Page {number} of {len(pages)}")


def test_what_is_as_wide_as_needed_is_not_divided() -> None:
    """The width is measured with other digits than those that stand there."""
    looks = Column("No", "number", 0), Column("Time", "short", 0), Column("What"), Column("Hash", "code", 0)
    times = "27/11/2026, 05:03:37 UTC", "18/08/2028, 08:08:08 GMT+5:45", "11/11/2011, 11:11:11 CEST"
    rows = tuple((f"{10**one:,}", times[one % 3], "given " * 9, DIGEST) for one in range(10))
    data = written(Table("Caption", looks, rows))
    lines = [line.strip() for line in pdf.raw(data).splitlines()]
    for number, time, *_ in rows:
        assert any(line.startswith(f"{number} {time} given") for line in lines), number
    assert lines.count(DIGEST) == len(rows)
    assert pdf.collisions(data) == []
