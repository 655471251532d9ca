"""Does a real browser find nothing to complain about: accessibility, policy, small screens, print?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.support.browser import NARROW, WIDE
from tests.support.places import Place
from tests.web.site import Site
from tests.web.test_pages import every_page

SEEN = """() => {
    const one = document.activeElement;
    if (one === document.body || getComputedStyle(one).outlineStyle === "none") return [];
    return [one.dataset.seen ??= String(Math.random())];
}"""
"""The element that has the focus, if that is seen, under a name of its own."""


TABLES = """() => {
    const frames = [...document.querySelectorAll('.scroll')];
    const cells = [...document.querySelectorAll('.stack tbody :is(th, td):not(:empty)')];
    const boxes = cells.map((cell) => cell.getBoundingClientRect());
    const outside = boxes.filter((box) => box.left < 0 || box.right > document.documentElement.clientWidth);
    return [frames.filter((one) => one.scrollWidth > one.clientWidth).length, outside.length, cells.length];
}"""
"""Frames that scroll sideways, cells beyond the edge of the screen, and cells in all."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A served site, and the paths of pages of all kinds."""
    folder = tmp_path_factory.mktemp("pages") / "ledger"
    place = Place(str(folder), str(folder), folder)
    place.create().close()
    site = Site(place)
    paths = ["/nothing" if path == "404" else path for path in every_page(site)]
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()
    site.close()


@pytest.mark.parametrize(
    ("width", "scheme", "lang"),
    [(WIDE, "light", "en"), (NARROW, "light", "en"), (NARROW, "light", "de"), (WIDE, "dark", "de")],
)
def test_axe_finds_no_violation(
    browser: Any, address: tuple[str, list[str]], width: int, scheme: str, lang: str
) -> None:
    """WCAG as far as a program can tell: contrast, names, roles, landmarks, keyboard."""
    from axe_playwright_python.sync_playwright import Axe

    root, paths = address[0], [path for path in address[1] if ("lang=de" in path) == (lang == "de")]
    # axe is a script of its own, which our policy would keep out.
    view = {"width": width, "height": 800}
    page = browser.new_page(bypass_csp=True, viewport=view, color_scheme=scheme)
    looked_at = {"runOnly": ["color-contrast"]} if scheme == "dark" else None  # the rest is the same
    found = {}
    for path in paths:
        page.goto(root + path)
        violations = Axe().run(page, options=looked_at).response["violations"]
        found[path] = [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
    page.close()
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_no_page_is_wider_than_a_small_screen(browser: Any, address: tuple[str, list[str]]) -> None:
    """WCAG 1.4.10: at 320 pixels nothing needs scrolling in two directions but tables in their frames."""
    root, paths = address
    page = browser.new_page(viewport={"width": NARROW, "height": 800})
    widths = {}
    for path in paths:
        page.goto(root + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert {path: width for path, width in widths.items() if width > NARROW} == {}


def test_tables_need_no_scrolling_sideways(browser: Any, address: tuple[str, list[str]]) -> None:
    """Register, lists, members, what happened: on a small screen cells stand below each other, all seen."""
    root, paths = address
    page = browser.new_page(viewport={"width": NARROW, "height": 800})
    found = {}
    for path in paths:
        page.goto(root + path)
        found[path] = page.evaluate(TABLES)
    page.close()
    assert {path: wide for path, (wide, _, _) in found.items() if wide} == {}
    assert {path: outside for path, (_, outside, _) in found.items() if outside} == {}
    assert sum(cells for _, _, cells in found.values()) > 100


def test_the_policy_is_not_violated_and_script_is_not_missed(
    browser: Any, address: tuple[str, list[str]]
) -> None:
    """The browser reports nothing, with script switched off, and shows the style and the bars."""
    root, paths = address
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in paths:
        page.goto(root + path)
    context.close()
    assert [text for text in said if "404" not in text] == []


def test_bars_are_drawn_as_wide_as_their_share(browser: Any, address: tuple[str, list[str]]) -> None:
    """Two of three votes are two thirds of the frame, in pixels."""
    root, paths = address
    page = browser.new_page(viewport={"width": WIDE, "height": 800})
    page.goto(root + next(path for path in paths if path.startswith("/procedures/")))
    frame, *_ = (box.bounding_box()["width"] for box in page.locator("rect.frame").all())
    shares = [box.bounding_box()["width"] for box in page.locator("rect.share").all()]
    page.close()
    assert [share / frame for share in shares[:2]] == pytest.approx([2 / 3, 1 / 3], abs=0.01)


def test_everything_is_reached_with_the_keyboard_alone(browser: Any, address: tuple[str, list[str]]) -> None:
    """WCAG 2.1.1, 2.4.1, 2.4.7: the way past the navigation comes first, and what has the focus is seen."""
    root, paths = address
    page = browser.new_page(viewport={"width": WIDE, "height": 800})
    for path in ("/", "/audit", paths[paths.index("/audit/entries?kind=anchored") + 1]):
        page.goto(root + path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", path
        wanted = page.locator("a, button, select, input:not([type=hidden]), [tabindex='0']").count()
        seen: set[str] = set()
        for _ in range(2 * wanted + 12):  # a field for a time has several stops
            seen.update(page.evaluate(SEEN))
            page.keyboard.press("Tab")
        assert len(seen) == wanted, path
    page.close()
