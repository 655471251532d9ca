"""Does every golden case have its reports, with the outcome that the law gives and the paragraph for it?"""

from __future__ import annotations

import html
import re
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from api.demo.cases import CASES
from api.demo.stage import Stage
from api.report.formats import FORMATS, written
from api.shown.texts import texts
from api.shown.visibility import withheld
from ledger.proof.statement import topic
from projections.report.build import Source, build
from projections.report.model import KINDS
from tests.support import pdf


def sources(stage: Stage, kind: str) -> list[Source]:
    """A report of each procedure of a case."""
    ledger = stage.ledger
    rows = ledger.store.recorder.read(-1, 10_000, topics=(topic("procedure-opened"),))
    told = partial(texts, ledger)
    streams: list[UUID] = [row.stream for row in rows]
    return [build(ledger, one, kind=kind, texts=told, withheld=withheld) for one in streams]


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_told_as_the_domain_decides_it(name: str, tmp_path: Path) -> None:
    """The outcome, each step of the derivation and each paragraph stand in the German text, in every kind."""
    with Stage(tmp_path, CASES[name].start) as stage:
        list(CASES[name].play(stage))
        for kind in KINDS:
            found = sources(stage, kind)
            assert found or name == "9", "only the case that is refused at the opening has no procedure"
            for source in found:
                _compare(stage, source)


def _compare(stage: Stage, source: Source) -> None:
    report = source.report
    assert report.faults == 0
    text = _text(source)
    for item in report.items:
        if item.result is None:
            continue
        domain = stage.procedure(report.procedure).outcome(item.id)
        assert (item.result.outcome, item.result.valid) == (domain.result, domain.valid)
        assert pdf.squeezed(item.result.words.de) in text
        for step in item.result.derivation:
            assert pdf.squeezed(step.text.de) in text
            assert step.paragraph is None or pdf.squeezed(step.paragraph) in text
    for form in FORMATS.keys() - {"pdf"}:
        assert written(source, form, "en")


def _text(source: Source) -> str:
    """Of the PDF; of extracts, to save time, of the page."""
    if source.report.kind == "audit":
        return pdf.squeezed(" ".join(pdf.pages_of(written(source, "pdf", "de"))))
    return pdf.squeezed(re.sub("<[^>]*>", "", html.unescape(written(source, "html", "de").decode())))
