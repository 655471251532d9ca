"""What an audit report adds: the verdict, rules, electorate, attempts, checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.report.document import Block, Heading, Lines, Paragraph, Table
from api.report.language import Language
from api.report.tables import table
from ledger.plural import Number
from ledger.proof.checks import check_said, in_language
from projections.report.model import Check, Evidence, Report

_CHECK = ("check", "", 0.6), ("sentence", "", 5.0)


def verdict(report: Report, evidence: Evidence, say: Language) -> Iterator[Block]:
    """In one sentence: does it hold?"""
    made = say.number(sum(one.made for one in evidence.checks))
    missing = sum(len(one.faults) for one in evidence.checks)
    if not report.faults and missing:
        told = say.words.NOTES["incomplete"].format(made=made, missing=Number(missing, say.number(missing)))
        yield Paragraph(told, "note")
    elif not report.faults:
        yield Paragraph(say.words.NOTES["holds"].format(made=made), "good")
    yield from _faults(evidence, say)


def rules(report: Report, say: Language) -> Iterator[Block]:
    """The rule profile in words."""
    yield Heading(say.words.SECTIONS["rules"])
    yield Lines(tuple(("", say.say(one)) for one in report.rules))


def electorate(evidence: Evidence, say: Language) -> Iterator[Block]:
    """Who had a seat when, and which of it counts here."""
    yield Heading(say.words.SECTIONS["electorate"])
    looks = ("entry", "number", 0.9), ("time", "short", 2.2), ("who", "", 1.6), ("granted", "", 2.6)
    columns = (*looks, ("given_up", "", 1.6), ("seats", "number", 0.9), ("counts", "", 0.7))
    rows = (
        (
            *(say.number(one.entry), say.brief(one.at), say.named(one.actor)),
            *(say.listed(one.granted) or say.words.NONE, say.listed(one.ended) or say.words.NONE),
            *(say.number(one.seats), "✓" if one.counts else "–"),
        )
        for one in evidence.seats
    )
    yield table(say, "electorate", columns, rows)
    yield Paragraph(say.words.NOTES["electorate"], "note")


def attempts(report: Report, say: Language) -> Iterator[Block]:
    """What was late, and what was refused."""
    yield Heading(say.words.SECTIONS["attempts"])
    late = [say.named(one.member) for one in report.participants if one.vote is not None and one.vote.late]
    words = say.words
    yield Paragraph(words.LATE_VOTES.format(members=", ".join(late)) if late else words.NOTHING_LATE)
    if not report.attempts:
        yield Paragraph(words.NOTHING_ATTEMPTED)
        return
    columns = ("entry", "number", 0.8), ("time", "short", 2.0), ("code", "", 1.6), ("sha256", "code", 0)
    refused = (one for one in report.events if one.kind == "attempt-refused")
    rows = (
        (say.number(one.entry), say.brief(one.at), say.refusal(one.payload["code"]), one.payload["statement"])
        for one in refused
    )
    yield table(say, "attempts", columns, rows)
    yield Paragraph(words.NOTES["attempts"], "note")


def checks(evidence: Evidence, say: Language) -> Iterator[Block]:
    """Every numbered check: what came of it, or that it was not made."""
    yield Heading(say.words.SECTIONS["checks"])
    yield _made(evidence.checks, "checks", say)
    if evidence.whole is None:
        yield Heading(say.words.SECTIONS["unmade"], 3)
        yield Paragraph(say.words.NOTES["unmade"], "note")
        yield _unmade(evidence.checks, "unmade", say)
        return
    whole, words = evidence.whole, say.words
    yield Heading(words.SECTIONS["whole"], 3)
    told = words.NOTES["whole"].format(entries=say.number(whole.entries), head=whole.head)
    yield Paragraph(told, "note")
    yield _made(whole.checks, "whole", say)
    yield _unmade(whole.checks, "nothing", say)


def _made(looked: Iterable[Check], caption: str, say: Language) -> Table:
    rows = (
        (one.number, _sentence(one, say), say.number(one.made), say.words.RESULTS[one.result])
        for one in looked
        if one.result != "not-made"
    )
    return table(say, caption, (*_CHECK, ("made", "number", 0.9), ("result", "", 1.3)), rows)


def _unmade(looked: Iterable[Check], caption: str, say: Language) -> Table:
    left = ((one.number, _sentence(one, say)) for one in looked if one.result == "not-made")
    return table(say, caption, _CHECK, left)


def _sentence(one: Check, say: Language) -> str:
    return check_said(one.number, say.code)


def _faults(evidence: Evidence, say: Language) -> Iterator[Block]:
    rows = [
        (
            one.number,
            say.words.NONE if fault.entry is None else say.number(fault.entry),
            in_language(say.code, fault.message, fault.german),
        )
        for one in (*evidence.checks, *(evidence.whole.checks if evidence.whole else ()))
        for fault in one.faults
    ]
    if rows:
        columns = ("check", "", 0.6), ("entry", "number", 0.9), ("detail", "", 6.0)
        yield table(say, "faults", columns, rows)
