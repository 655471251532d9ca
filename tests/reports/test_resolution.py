"""Does a resolution tell everybody what was decided, and nobody who decided it?"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.report.formats import FORMATS, written
from ledger.errors import NotFound
from tests.reports.conftest import Decided, new_place
from tests.support import pdf
from tests.support.builders import LedgerBuilder, document, item
from tests.support.reporting import NAMES, TITLE, WORDING, opened, published, report, settle, text

IDS = re.compile(r"\b(m[1-5]|clerk|chair|registrar|service)\b")
SECRET = "Über den Grundstückskauf wird verhandelt."
PAPERS = {"of the school": "1", "of the plot": "2", "of both": None}


@dataclass
class Forms:
    """A resolution in every form, as text; with what is inside the PDF."""

    town: LedgerBuilder
    procedure: str

    def __call__(self) -> dict[str, str]:
        """Form → text."""
        source = report(self.town, self.procedure, "resolution")
        made = {form: written(source, form, "de") for form in FORMATS}
        file = made.pop("pdf")
        told = {form: data.decode() for form, data in made.items()}
        with pdf.opened(file) as found:
            inside = {name: data.decode() for name, (_, data) in pdf.attachments(found).items()}
        return {**told, "pdf": " ".join(pdf.pages_of(file)), **inside}


def test_nobody_is_named_in_any_form(told: Decided) -> None:
    """Not by name and not by id: not those who voted, presided, signed, were excluded, or tried."""
    for form, said in Forms(told.town, told.procedure)().items():
        assert [name for name in NAMES.values() if name in said] == [], form
        assert IDS.findall(said.replace('"chair": null', "")) == [], form
    assert IDS.findall(written(told.extract, "json", "de").decode()), "the pattern finds them where they are"


def test_it_tells_what_was_decided_as_the_extract_does(told: Decided) -> None:
    """Nothing is computed a second time: counts, words, times, state and head are those of the extract."""
    shorter, whole = told.resolution.report, told.extract.report
    for name in ("head", "position", "state", "closed_at", "legal_basis", "members", "voted", "faults"):
        assert getattr(shorter, name) == getattr(whole, name), name
    ours, theirs = shorter.items[0].result, whole.items[0].result
    assert ours is not None
    assert theirs is not None
    assert ours == theirs._replace(relevance=())
    page = pdf.squeezed(" ".join(pdf.pages_of(written(told.resolution, "pdf", "de"))))
    for said in (TITLE, WORDING, ours.words.de, "NKomVG § 66", whole.position.at, "öffentlich"):
        assert pdf.squeezed(said) in page


def test_it_holds_itself_for_machines(told: Decided) -> None:
    """What others publish as a picture can be read here; the entries, with every vote, are left out."""
    with pdf.opened(written(told.resolution, "pdf", "de")) as found:
        [(name, (relationship, data))] = pdf.attachments(found).items()
    assert (name, relationship) == ("resolution.json", "/Data")
    assert data == written(told.resolution, "json", "de")
    assert told.resolution.entries == b""
    counts = json.loads(data)["items"][0]["result"]["counts"]
    assert counts == [
        {"option": "yes", "votes": 2},
        {"option": "no", "votes": 0},
        {"option": "abstain", "votes": 1},
    ]


@pytest.fixture
def mixed(tmp_path: Path) -> Any:
    """One public item and one that is not, with documents of each and of both."""
    with published(new_place(tmp_path / "ledger")) as town:
        wordings = {"1": text(town, "wording", WORDING), "2": text(town, "wording", SECRET)}
        items = [{**item(one, public=one == "1"), "wording": digest} for one, digest in wordings.items()]
        papers = [document(content, about=about) for content, about in PAPERS.items()]
        motion = opened(town, items=items, documents=papers)
        town.vote(motion, "m1", {"1": "yes", "2": "no"})
        town.clock.advance(4000)
        town.close(motion, "service")
        town.put("result-determined", "clerk", procedure=motion)
        settle(town)
        yield Forms(town, motion)


def test_what_is_not_public_is_in_no_form(mixed: Forms) -> None:
    """Neither its wording nor the title over both, nor a document of it or of both."""
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in PAPERS}
    for form, said in mixed().items():
        assert (SECRET in said, TITLE in said) == (False, False), form
        assert [name for name, digest in digests.items() if digest in said] == ["of the school"], form
    source = report(mixed.town, mixed.procedure, "resolution")
    assert [one.id for one in source.report.items] == ["1"]
    extract = report(mixed.town, mixed.procedure).report
    assert [(one.id, one.public) for one in extract.items] == [("1", True), ("2", False)]


def test_without_a_public_item_there_is_none(tmp_path: Path) -> None:
    """An empty file would still tell that something was decided."""
    with published(new_place(tmp_path / "ledger")) as town:
        motion = opened(town, items=[item("1")], documents=[])
        with pytest.raises(NotFound, match="no public item"):
            report(town, motion, "resolution")
