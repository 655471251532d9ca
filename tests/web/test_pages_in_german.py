"""Is every page there in German, whole, and does the language stay while one goes from page to page?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract

import api.pages
from api.pages.german import GERMAN, happened, ledger, procedures, terms
from ledger.domain.profiles import complete
from ledger.domain.words import LANGUAGES
from tests.support.builders import SERVICE
from tests.web.page_rules import Page
from tests.web.site import Site
from tests.web.test_pages import every_page

FOLDER = Path(api.pages.__path__[0])
WAYS = {".py": "python", ".html": "jinja2"}
MARKS = {"_": None, "ngettext": (1, 2), "translated": None, "counted": (1, 2), "marked": None}
PLACES = re.compile(r"%\((\w+)\)s")


def sentences() -> Iterator[str]:
    """What templates and code say in English and mark as translated."""
    for path in FOLDER.rglob("*.*"):
        if path.suffix in WAYS and "german" not in path.parts:
            with path.open("rb") as file:
                for _, found, _, _ in extract(WAYS[path.suffix], file, keywords=MARKS):
                    yield from found if isinstance(found, tuple) else (found,)


def test_every_sentence_has_its_german_one_and_no_german_one_is_left_over() -> None:
    """A missing one would be an English sentence on a German page."""
    assert set(sentences()) == set(GERMAN)


def test_no_sentence_is_translated_twice() -> None:
    """Of two, the one that counts would be the one in the later file."""
    parts = [one.GERMAN for one in (happened, ledger, procedures, terms)]
    assert sum(map(len, parts)) == len(GERMAN)


def test_both_languages_put_the_same_values_in() -> None:
    """A value that is left out is not told; one that is not there breaks the page."""
    free = {"german"}  # the German word, on the English page
    for english, german in GERMAN.items():
        assert set(PLACES.findall(english)) - free == set(PLACES.findall(german)), english


def test_every_error_is_explained_in_german(site: Site) -> None:
    """Also those that only HTTP knows: whoever is refused follows the address of the problem."""
    english, german = (
        dict(ROW.findall(site.http.get(f"/problems?lang={one}").get_data(as_text=True)))
        for one in ("en", "de")
    )
    assert len(english) > 60
    assert english.keys() == german.keys()
    assert [code for code in english if english[code] == german[code]] == []


ROW = re.compile(r"<code>([a-z-]+)</code></a></th>(.*?)</tr>")
WRITTEN_ALONE = re.compile(r"(?<=>)[^<>{}]*[a-z]{3}[^<>{}]*(?=<)")


def test_no_template_says_anything_in_one_language_alone() -> None:
    """Between the tags of a template are names, code and marked sentences."""
    names = {"Stimmbuch", "OpenAPI", "SHA-256", "JSON", "checkpoint"}
    for path in (FOLDER / "templates").glob("*.html"):
        text = re.sub(r"<(pre|code)\b.*?</\1>", "", path.read_text("utf-8"), flags=re.DOTALL)
        plain = re.sub(r"{[{%#].*?[#%}]}", "", text, flags=re.DOTALL)
        assert {one.strip(" ·\n") for one in WRITTEN_ALONE.findall(plain)} <= names, path.name


def test_every_german_page_is_german(each_site: Site) -> None:
    """Its language is named, and none of the longer English sentences is on it."""
    english = [one for one in GERMAN if "%" not in one and len(one.split()) > 2 and GERMAN[one] != one]
    for path, text in every_page(each_site).items():
        if "lang=de" in path:
            assert '<html lang="de">' in text
            said = " ".join(Page(text).text.split())
            assert [one for one in english if one in said] == [], path


def test_the_browser_says_which_language_and_the_address_has_the_last_word(site: Site) -> None:
    """`Accept-Language` first; whoever has chosen stays in that language, from link to link."""
    german = {"Accept": "text/html", "Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}
    first = site.http.get("/", headers=german)
    assert first.headers["Content-Language"] == "de"
    assert "Accept-Language" in first.headers["Vary"]
    chosen = site.http.get("/?lang=en", headers=german)
    assert chosen.headers["Content-Language"] == "en"
    page = chosen.get_data(as_text=True)
    assert 'href="/register?lang=en"' in page
    assert 'href="/?lang=de" lang="de" hreflang="de">Deutsch</a>' in page


def test_another_language_shows_the_same_page(site: Site) -> None:
    """Where one is in time and in a list is kept."""
    page = site.page("/audit/entries?topic=keys&at=5&lang=de")
    assert 'href="/audit/entries?topic=keys&amp;at=5&amp;lang=en"' in page
    assert '<input type="hidden" name="lang" value="de">' in page


@pytest.mark.parametrize("lang", ["fr", "", "de_DE", "<script>"])
def test_a_language_that_we_do_not_speak_is_as_if_nothing_was_said(site: Site, lang: str) -> None:
    """A mistyped address still shows the page."""
    answer = site.http.get("/", query_string={"lang": lang}, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "en")


def test_a_failure_is_told_in_the_language_of_the_address(site: Site) -> None:
    """Also where the caller's browser prefers another one."""
    answer = site.http.get("/register/bodies/nobody?lang=de", headers={"Accept": "text/html"})
    text = Page(answer.get_data(as_text=True)).text
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in text
    assert "Alle Verfahren" in text


def test_a_page_uses_the_words_of_reports_and_commands(site: Site) -> None:
    """Two names for one office, or for one majority, would be two offices and two rules to a reader."""
    motion = site.town.open(profile=complete("simple-majority"))
    site.town.vote(motion, "m1", "yes")
    register = site.page("/register?lang=de")
    for roles in (("clerk", "registrar"), ("clerk",), ("chair", "member"), ("member",), ("service",)):
        assert f">{', '.join(LANGUAGES['de'].ROLES[role] for role in roles)}</td>" in register, roles
    page = site.page(f"/procedures/{motion}?lang=de")
    assert "<dd>Erforderlich sind mehr als 1/2 der Ja- und Nein-Stimmen.</dd>" in page
    assert f'<th scope="row">{LANGUAGES["de"].OPTIONS["abstain"][0]}</th>' in page


def test_the_service_and_its_refusals_have_german_names(site: Site) -> None:
    """Who recorded an attempt, and why it was refused, is read by people: ids and codes are no words."""
    motion = site.town.open(closes_in=3600)
    evidence: dict[str, Any] = {"code": "too-late", "statement": "ab" * 32}
    site.town.put("attempt-refused", SERVICE, procedure=motion, **evidence)
    for path in (f"/procedures/{motion}", "/audit/entries?topic=refused"):
        page = site.page(f"{path}{'&' if '?' in path else '?'}lang=de")
        assert re.search(r">Dienst</td><td[^>]*>wies einen Versuch zurück \(zu spät\)</td>", page), path
    assert ", Registrar</td>" in site.page("/register?lang=de")


def test_the_practice_that_a_rule_cites_is_told_in_german(site: Site) -> None:
    """Paragraphs have one name; what is only practice has none, but words."""
    motion = site.town.open(profile=complete("simple-majority"))
    site.town.close(motion)
    text = Page(site.page(f"/procedures/{motion}?lang=de")).text
    assert "parlamentarische Übung: mehr Ja als Nein" in text
    assert "parliamentary practice" not in text
    assert "parliamentary practice: more yes than no" in Page(site.page(f"/procedures/{motion}?lang=en")).text
