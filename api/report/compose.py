"""Puts a report together in one language: which sections, in which order."""

from __future__ import annotations

from collections.abc import Iterator

from api.report import course, proving, sections, taking_part, verifying
from api.report.document import Block, Document, Heading, Paragraph, Signatures
from api.report.language import Language
from projections.report.model import Evidence, Report


def compose(report: Report, language: str) -> Document:
    """The report in German (`de`) or English (`en`)."""
    say = Language(language, report.time_zone)
    evidence = report.evidence
    if report.kind == "resolution":
        blocks = _resolution(report, say)
    else:
        blocks = _extract(report, say) if evidence is None else _audit(report, evidence, say)
    return frame(report, language)._replace(blocks=tuple(blocks))


def frame(report: Report, language: str) -> Document:
    """The same without a block: what stands around them, on every page."""
    say = Language(language, report.time_zone)
    return Document(
        language=language,
        title=say.words.TITLES["interim" if _interim(report) else report.kind],
        subject=say.words.SUBJECT[report.kind],
        about=say.text(report.title, say.words.UNTITLED),
        body=say.text(report.body.name, report.body.id) or report.body.id,
        head=_head(report, say),
        ledger=_ledger(report),
        page=say.words.PAGE,
        at=report.position.at,
        blocks=(),
    )


def _extract(report: Report, say: Language) -> Iterator[Block]:
    yield from sections.standing(report, say)
    yield from sections.facts(report, say)
    yield from sections.items(report, say, relevance=False)
    yield from taking_part.rollcall(report, say, full=False)
    yield from course.course(report, say)
    yield from sections.documents(report, say)
    yield from verifying.head(report, say)
    if _interim(report):
        return
    yield Heading(say.words.SECTIONS["signatures"])
    yield Paragraph(say.words.NOTES["signatures"])
    yield Signatures(say.words.SIGN)


def _interim(report: Report) -> bool:
    """Whether an extract tells how it stands while members vote: there is nothing to certify yet."""
    return report.kind == "extract" and report.state == "opened"


def _resolution(report: Report, say: Language) -> Iterator[Block]:
    yield from sections.standing(report, say)
    yield Paragraph(say.words.NOTES["resolution"], "note")
    yield from sections.facts(report, say)
    yield from sections.items(report, say, relevance=False)
    yield from sections.documents(report, say)
    yield from verifying.head(report, say)


def _audit(report: Report, evidence: Evidence, say: Language) -> Iterator[Block]:
    yield from sections.standing(report, say)
    yield from proving.verdict(report, evidence, say)
    yield from sections.facts(report, say)
    yield from sections.items(report, say, relevance=True)
    yield from proving.rules(report, say)
    yield from taking_part.rollcall(report, say, full=True)
    yield from proving.electorate(evidence, say)
    yield from course.sequence(report, say)
    yield from proving.attempts(report, say)
    yield from sections.documents(report, say)
    yield from proving.checks(evidence, say)
    yield from verifying.keys(evidence, say)
    yield from verifying.head(report, say)
    yield from verifying.anchors(evidence, say)
    yield from verifying.again(report, say)


def _head(report: Report, say: Language) -> str:
    """For people, as everything above it; for machines the same stands in `_ledger`."""
    seq, one = say.number(report.position.seq), report.head
    if one is None:
        return str(say.words.HEAD_MISSING.format(origin=report.origin, seq=seq))
    size = say.number(one.size)
    return str(say.words.HEAD.format(origin=report.origin, size=size, root=one.root, seq=seq))


def _ledger(report: Report) -> dict[str, str | int]:
    known: dict[str, str | int] = {"origin": report.origin, "position": report.position.seq}
    if report.head is not None:
        known |= {"size": report.head.size, "root": report.head.root, "checkpoint": report.head.sha256}
    return known
