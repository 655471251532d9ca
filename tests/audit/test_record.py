"""Is an audit's record complete, in its published form, and readable for everybody?"""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ledger.audit import Audit
from ledger.audit.findings import of_log
from ledger.audit.record import Circumstances, make_record
from ledger.audit.record_html import record_page
from ledger.audit.report import Audit as Report
from ledger.proof.checks import CHECKS, Failure, check_said
from ledger.publish.folder import CHECKPOINT, FOLDER
from tests.support.audited import LAST, audit, put

ABOUT = Circumstances("stimmbuch verify rat", "1.2.3", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:09.000Z")
SCHEMA = Draft202012Validator(json.loads((files("ledger.audit") / "record.schema.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def good(original: Path) -> dict[str, Any]:
    """The record of a ledger that holds."""
    return make_record(of_log(audit(original)), ABOUT)


@pytest.fixture
def bad(folder: Path) -> dict[str, Any]:
    """The record of one that does not."""
    put(folder, "topic", 3, "<script>alert('you')</script>")
    return make_record(of_log(audit(folder)), ABOUT)


class Page(HTMLParser):
    """What stands in a page: its elements with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The innermost element ends."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text."""
        self.text += data


def test_the_schema_is_one_and_every_record_follows_it(good: dict[str, Any], bad: dict[str, Any]) -> None:
    """Others read records: what may stand in one is published with the program."""
    Draft202012Validator.check_schema(SCHEMA.schema)
    for record in (good, bad, make_record(of_log(Report("ledger.example.org/empty")), ABOUT)):
        SCHEMA.validate(json.loads(json.dumps(record)))


def test_every_check_is_told_with_its_sentence_result_and_count(good: dict[str, Any]) -> None:
    """Also those that there was nothing for: they are not told as good."""
    checks = {one["number"]: one for one in good["checks"]}
    assert {number: one["sentence"] for number, one in checks.items()} == CHECKS
    assert checks["4.2"] == {
        "number": "4.2",
        "sentence": CHECKS["4.2"],
        "german": check_said("4.2", "de"),
        "result": "holds",
        "made": LAST + 1,
        "failures": 0,
    }
    assert checks["8.5"]["result"] == "not made"
    assert good["verdict"] == "holds"


def test_whoever_has_the_checkpoint_can_compare_it(good: dict[str, Any], original: Path) -> None:
    """The SHA-256 of the head that was verified, as `sha256sum` gives it."""
    data = (original / FOLDER / CHECKPOINT).read_bytes()
    assert good["checkpoint"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert good["checkpoint"]["note"] == data.decode()


def test_every_failure_stands_there_with_entry_and_values(bad: dict[str, Any]) -> None:
    """As in the output of the command."""
    assert [(one["check"], one["seq"]) for one in bad["failures"]] == [("6.1", 3)]
    assert bad["failures"][0]["found"] == "<script>alert('you')</script>"
    assert next(one for one in bad["checks"] if one["number"] == "6.1")["result"] == "fails"
    assert (bad["verdict"], bad["failures_left_out"]) == ("does not hold", 0)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("stimmbuch verify postgresql://u:secret@host/db", "stimmbuch verify postgresql://u:…@host/db"),
        ("verify postgresql://host/db?password=secret", "verify postgresql://host/db?password=…"),
        (
            "verify 'postgresql://host/db?user=u&password=secret&x=1'",
            "verify 'postgresql://host/db?user=u&password=…&x=1'",
        ),
        ("stimmbuch verify rat --key a+b+c=", "stimmbuch verify rat --key a+b+c="),
    ],
)
def test_a_password_in_the_command_is_not_kept(original: Path, typed: str, kept: str) -> None:
    """The record is handed on."""
    assert make_record(of_log(audit(original)), ABOUT._replace(command=typed))["command"] == kept


def test_the_page_says_all_of_it_and_loads_nothing(good: dict[str, Any], bad: dict[str, Any]) -> None:
    """One file, without scripts, that opens in ten years."""
    for record in (good, bad):
        page = Page(record_page(record))
        names = {tag for tag, _ in page.elements}
        assert names.isdisjoint({"script", "link", "img", "iframe", "object", "form", "a"})
        assert not any(
            name.startswith("on") or name in {"src", "href"} for _, one in page.elements for name in one
        )
        for check in record["checks"]:
            assert check["sentence"] in page.text
        for value in (record["origin"], record["head"], record["command"], record["checkpoint"]["sha256"]):
            assert value in page.text
    assert "<script>alert('you')</script>" in page.text
    assert "<script" not in record_page(bad)


def test_the_page_is_readable_without_seeing_it_and_without_colour(bad: dict[str, Any]) -> None:
    """Language, one main heading, tables with captions, named rows and columns; words beside every mark."""
    text = record_page(bad)
    page = Page(text)
    tags = [tag for tag, _ in page.elements]
    assert ("html", {"lang": "en"}) in page.elements
    assert (tags.count("h1"), tags.count("title"), tags.count("main")) == (1, 1, 1)
    assert tags.count("table") == tags.count("caption") == 4
    assert {attrs.get("scope") for tag, attrs in page.elements if tag == "th"} == {"row", "col"}
    assert "✗ fails" in page.text
    assert "✗ It does not hold" in page.text
    colours = set(re.findall(r"#[0-9a-f]{3,6}", text))
    assert colours <= {"#111", "#fff", "#767676"}  # black on white; lines with a contrast of 4.5 to 1


def test_a_thousand_failures_of_a_check_are_enough() -> None:
    """And the record says how many more there are."""
    found: Audit = Report("ledger.example.org/x", failures=[Failure("2.2", 1, "broken")])
    found.counts["2.2"] = 5000
    record = make_record(of_log(found), ABOUT)
    assert record["failures_left_out"] == 4999
    assert "4,999 more are left out" in record_page(record)
