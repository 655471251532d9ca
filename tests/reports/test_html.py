"""Is the page complete by itself, and does a real browser find nothing to complain about?"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from api.report.as_html import policy
from api.report.compose import compose
from api.report.formats import written
from projections.report.model import KINDS
from tests.reports.conftest import Decided, new_place
from tests.support.browser import NARROW, WIDE
from tests.support.reporting import opened, published, report

FORMS = [(kind, language) for kind in KINDS for language in ("de", "en")]


class Reader(HTMLParser):
    """Tags, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remembers a tag."""
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Remembers a text."""
        self.text.append(data)


def pages(told: Decided) -> dict[tuple[str, str], str]:
    """Kind and language → page."""
    return {(kind, one): written(getattr(told, kind), "html", one).decode() for kind, one in FORMS}


def test_nothing_is_fetched_and_nothing_runs(told: Decided) -> None:
    """A file that is opened in twenty years, from a stick, is all there is."""
    for page in pages(told).values():
        read = Reader(page)
        assert {tag for tag, _ in read.seen}.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
        for _, attributes in read.seen:
            assert not {"src", "href", "style", "action"} & attributes.keys()
            assert not [name for name in attributes if name.startswith("on")]
        urls = set(re.findall(r"https?://[^\"< ]+", page))
        assert urls <= {"http://www.w3.org/2000/svg"}
        assert "@import" not in page
        assert not re.search(r"url\((?!#)", page)


def test_its_policy_allows_its_own_style_and_nothing_else(told: Decided) -> None:
    """The hash in the header is that of the style element, to the letter."""
    document = compose(told.extract.report, "de")
    [style] = re.findall(r"<style>(.*?)</style>", pages(told)["extract", "de"], re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy(document)


def test_the_head_of_the_ledger_is_there_for_machines(told: Decided) -> None:
    """As data, not only as a sentence: a program compares it with a checkpoint that it keeps."""
    head = told.audit.report.head
    assert head is not None
    for page in pages(told).values():
        read = Reader(page)
        named = {one["name"]: one["content"] for tag, one in read.seen if tag == "meta" and "name" in one}
        assert named["stimmbuch:origin"] == told.audit.report.origin
        assert named["stimmbuch:root"] == head.root
        assert named["stimmbuch:size"] == str(head.size)
        assert named["stimmbuch:checkpoint"] == head.sha256
        [foot] = [one for tag, one in read.seen if tag == "footer"]
        assert foot["data-root"] == head.root


def test_charts_read_without_colour_and_have_a_table_beside_them(told: Decided) -> None:
    """Each option has a pattern of its own, its number beside the bar, and a row in the table."""
    page = pages(told)["extract", "de"]
    [svg] = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert 'role="img"' in svg
    assert "Balken: Ja 2, Nein 0, Enthaltung 1</title>" in svg
    assert len(set(re.findall(r'fill="url\(#(.*?)\)"', svg))) == 2, "no bar for no votes"
    for option, votes in (("Ja", 2), ("Nein", 0), ("Enthaltung", 1)):
        assert f'<th scope="row"><bdi>{option}</bdi></th>\n<td class="number"><bdi>{votes}</bdi></td>' in page


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_no_violation_and_nothing_is_too_wide(
    browser: Any, told: Decided, tmp_path: Path, width: int
) -> None:
    """WCAG as far as a program can tell, also at 320 pixels, and also for an open procedure."""
    from axe_playwright_python.sync_playwright import Axe

    with published(new_place(tmp_path / "ledger")) as town:
        motion = opened(town, title="عنوان <b>طويل</b> " + "Langwort" * 30)
        found = {**pages(told), ("open", "de"): written(report(town, motion, "audit"), "html", "de").decode()}
    page = browser.new_page(bypass_csp=True, viewport={"width": width, "height": 800})
    wrong = {}
    for name, text in found.items():
        page.set_content(text)
        violations = [one["id"] for one in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        wrong[name] = violations + ["too wide"] * wide
    page.close()
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_the_headings_of_a_table_are_written_alike(browser: Any, told: Decided) -> None:
    """Also above a column of digests, whose cells are small and in a letter of their own."""
    alike = "[...document.querySelectorAll('thead tr')].map((row) => new Set([...row.cells].map("
    alike += "(cell) => getComputedStyle(cell).font)).size)"
    page = browser.new_page(bypass_csp=True)
    for text in pages(told).values():
        page.set_content(text)
        assert set(page.evaluate(alike)) == {1}
    page.close()


def test_every_printed_page_names_the_head_of_the_ledger(browser: Any, told: Decided) -> None:
    """The foot of a page is made by the style sheet: a browser prints it on each."""
    from tests.support import pdf

    head = told.audit.report.head
    assert head is not None
    page = browser.new_page()
    page.set_content(pages(told)["audit", "de"])
    printed = pdf.pages_of(page.pdf(prefer_css_page_size=True))
    page.close()
    assert len(printed) > 1
    for number, text in enumerate(printed, 1):
        assert head.root in text
        assert f"Seite {number} von {len(printed)}" in text
